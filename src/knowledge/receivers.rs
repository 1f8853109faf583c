//! What receivers ask of senders, and what a domain's state means to each of them.

use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::conditions::{State, Status};
use super::pattern;
use crate::dns::Name;

static TABLE: OnceLock<Table> = OnceLock::new();
pub(super) const DATA: &str = include_str!("receivers.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(default)]
    pub receiver: Vec<Receiver>,
    #[serde(default)]
    pub bsi: Vec<BsiRequirement>,
}

/// A mailbox provider that receives.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receiver {
    /// Stable id.
    pub id: String,
    /// Its own name.
    pub name: String,
    /// Whether it publishes rules for senders; without them mail is at most at risk of the spam folder.
    pub published: bool,
    /// Names that its exchangers lie at or below.
    pub mx_suffixes: Vec<String>,
    /// Names that hosts in its bounces lie at or below.
    pub hosts: Vec<String>,
    /// Words by which its replies are known.
    #[serde(default)]
    pub words: Vec<String>,
    /// What it asks for.
    pub requirement: Vec<Requirement>,
}

/// One thing that a receiver asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Stable id; names the text `requirement-<id>`.
    pub id: String,
    /// Of whom it is asked.
    pub applies: Applies,
    /// Whether the receiver says so itself.
    pub published: bool,
    /// What becomes of mail that misses it.
    pub effect: Effect,
    /// Conditions that must all be met.
    #[serde(default)]
    pub all: Vec<String>,
    /// Conditions of which one must be met, where there are any.
    #[serde(default)]
    pub any: Vec<String>,
    /// Whether the receiver can be "ok" while this is unknown.
    #[serde(default)]
    pub essential: Essential,
    /// Where it begins to apply.
    pub threshold: Option<String>,
    /// The SMTP replies that it shows in.
    #[serde(default)]
    pub replies: Vec<Reply>,
    /// Whether a document of the receiver says so.
    pub verified: bool,
    /// Title of the source.
    pub source: String,
    /// Date of the source, or the day it was looked at.
    #[serde(deserialize_with = "super::date")]
    pub as_of: jiff::civil::Date,
}

/// Of whom a requirement is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applies {
    /// Of every sender.
    All,
    /// Of what the receiver calls bulk senders.
    Bulk,
}

/// What becomes of mail that misses a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// It is more likely to be taken for spam.
    Spam,
    /// It is refused, or the receiver announces to refuse it.
    Reject,
}

/// Whether a receiver can be "ok" while a requirement is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Essential {
    /// Yes.
    #[default]
    Never,
    /// Not under the bulk profile.
    Bulk,
    /// No.
    Always,
}

/// An SMTP reply (RFC 5321 §4.2, RFC 3463).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The three digits.
    pub basic: u16,
    /// The enhanced status code, where the receiver gives one.
    pub enhanced: Option<String>,
    /// Words of the text, compared without case.
    pub words: Option<String>,
    /// Whether no document showed it.
    #[serde(default)]
    pub unconfirmed: bool,
}

/// Code, enhanced code and key words, as a bounce shows them.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.basic)?;
        if let Some(enhanced) = &self.enhanced {
            write!(f, " {enhanced}")?;
        }
        match &self.words {
            Some(words) => write!(f, " {words}"),
            None => Ok(()),
        }
    }
}

/// A requirement of BSI TR-03182.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BsiRequirement {
    /// Stable id; names the text `requirement-<id>`.
    pub id: String,
    /// Conditions that must all be met.
    pub all: Vec<String>,
    /// How strongly it is asked.
    pub level: Level,
    /// The item of the guideline.
    pub item: String,
    /// Whether the document was seen.
    pub verified: bool,
    /// Title of the source.
    pub source: String,
    /// Its date.
    #[serde(deserialize_with = "super::date")]
    pub as_of: jiff::civil::Date,
}

/// How strongly a guideline asks (RFC 2119 words).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// MUST.
    Must,
    /// SHOULD.
    Should,
}

/// The yardstick of `--profile`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profile {
    /// What bulk senders are asked for counts in full.
    Bulk,
    /// BSI TR-03182.
    Bsi,
    /// One receiver, by its id.
    Receiver(&'static str),
}

/// What mail of the domain can expect at a receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outlook {
    /// Nothing stands against it.
    Ok,
    /// It may be taken for spam.
    SpamRisk,
    /// It may be refused.
    RejectRisk,
    /// Too little is known.
    Unknown,
}

/// A receiver's view of the domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiverVerdict {
    /// The receiver's id.
    pub id: String,
    /// The receiver's name.
    pub name: String,
    /// What mail can expect.
    pub verdict: Outlook,
    /// Each requirement, in the order of the data.
    pub requirements: Vec<RequirementStatus>,
}

/// Whether one requirement is met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequirementStatus {
    /// The requirement's id.
    pub id: String,
    /// Whether it is met.
    pub status: Status,
    /// Of whom it is asked.
    pub applies: Applies,
    /// The rules whose findings speak against it, each once.
    pub rules: Vec<String>,
    /// The SMTP replies that mail earns which misses it; empty unless it is unmet.
    #[serde(default)]
    pub replies: Vec<String>,
}

/// Every receiver, in the order of the output.
pub fn all() -> &'static [Receiver] {
    &table().receiver
}

/// The receiver with this id.
pub fn by_id(id: &str) -> Option<&'static Receiver> {
    all().iter().find(|receiver| receiver.id == id)
}

/// The requirement with this id, whoever asks for it.
pub fn requirement(id: &str) -> Option<&'static Requirement> {
    all().iter().flat_map(|receiver| &receiver.requirement).find(|requirement| requirement.id == id)
}

/// The requirements of BSI TR-03182.
pub fn bsi() -> &'static [BsiRequirement] {
    &table().bsi
}

/// The receiver that an exchanger belongs to.
pub fn by_mx(host: &Name) -> Option<&'static Receiver> {
    closest(host.as_str(), |receiver| receiver.mx_suffixes.as_slice())
}

/// The receiver that a host named in a bounce belongs to.
pub fn by_host(host: &str) -> Option<&'static Receiver> {
    closest(host, |receiver| receiver.hosts.as_slice())
}

/// The receiver whose words stand in the text of a reply.
pub fn by_words(text: &str) -> Option<&'static Receiver> {
    let text = text.to_ascii_lowercase();
    all().iter().find(|receiver| receiver.words.iter().any(|word| text.contains(&word.to_ascii_lowercase())))
}

/// The ids that `--profile` takes.
pub fn profile_ids() -> impl Iterator<Item = &'static str> {
    all().iter().map(|receiver| receiver.id.as_str()).chain(["bulk", "bsi-tr-03182"])
}

impl Profile {
    /// Its id, as [`Profile::parse`] takes it.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Bulk => "bulk",
            Self::Bsi => "bsi-tr-03182",
            Self::Receiver(id) => id,
        }
    }

    /// Reads the argument of `--profile`; `None` for a name that is none of [`profile_ids`].
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "bulk" => Some(Self::Bulk),
            "bsi-tr-03182" => Some(Self::Bsi),
            id => by_id(id).map(|receiver| Self::Receiver(&receiver.id)),
        }
    }
}

/// What each receiver would make of the domain.
///
/// `state` judges a condition by its id, as [`super::conditions::judge`] does. Under [`Profile::Bulk`] the requirements
/// for bulk senders count as those for everybody; without it an unmet one makes `spam-risk` at most. A receiver that
/// publishes no rules, and a requirement that is not published, never make `reject-risk`.
pub fn evaluate(
    receivers: &[Receiver],
    state: &dyn Fn(&str) -> State,
    profile: Option<&Profile>,
) -> Vec<ReceiverVerdict> {
    let bulk = profile == Some(&Profile::Bulk);
    receivers
        .iter()
        .map(|receiver| {
            let mut unmet = None;
            let mut missing = false;
            let mut met = false;
            let requirements = receiver
                .requirement
                .iter()
                .map(|requirement| {
                    let State { status, rules } = combine(&requirement.all, &requirement.any, state);
                    let counts = bulk || requirement.applies == Applies::All;
                    match status {
                        Status::Unmet => {
                            let refuses = requirement.effect == Effect::Reject
                                && requirement.published
                                && receiver.published
                                && counts;
                            unmet = unmet.max(Some(refuses));
                        }
                        Status::Unknown => {
                            missing |= requirement.essential == Essential::Always
                                || bulk && requirement.essential == Essential::Bulk;
                        }
                        Status::Met => met = true,
                    }
                    let replies = match status {
                        // What no document showed is not told as a fact.
                        Status::Unmet => {
                            let shown = requirement.replies.iter().filter(|reply| !reply.unconfirmed);
                            shown.map(ToString::to_string).collect()
                        }
                        _ => Vec::new(),
                    };
                    let (id, applies) = (requirement.id.clone(), requirement.applies);
                    RequirementStatus { id, status, applies, rules, replies }
                })
                .collect();
            let verdict = match unmet {
                Some(true) => Outlook::RejectRisk,
                Some(false) => Outlook::SpamRisk,
                None if missing || !met => Outlook::Unknown,
                None => Outlook::Ok,
            };
            ReceiverVerdict { id: receiver.id.clone(), name: receiver.name.clone(), verdict, requirements }
        })
        .collect()
}

/// How the domain stands against BSI TR-03182, with the strength of each requirement.
pub fn evaluate_bsi(state: &dyn Fn(&str) -> State) -> Vec<(Level, RequirementStatus)> {
    bsi()
        .iter()
        .map(|requirement| {
            let State { status, rules } = combine(&requirement.all, &[], state);
            let id = requirement.id.clone();
            let (applies, replies) = (Applies::All, Vec::new());
            (requirement.level, RequirementStatus { id, status, applies, rules, replies })
        })
        .collect()
}

/// The requirements of a profile: those of the receiver that was named, under [`Profile::Bulk`] those of all receivers,
/// under [`Profile::Bsi`] those of the guideline. The unmet ones become errors.
pub fn of_profile(
    profile: &Profile,
    verdicts: &[ReceiverVerdict],
    state: &dyn Fn(&str) -> State,
) -> Vec<RequirementStatus> {
    match profile {
        Profile::Bsi => evaluate_bsi(state).into_iter().map(|(_, requirement)| requirement).collect(),
        Profile::Bulk => verdicts.iter().flat_map(|v| v.requirements.iter().cloned()).collect(),
        Profile::Receiver(id) => {
            verdicts.iter().filter(|v| v.id == *id).flat_map(|v| v.requirements.iter().cloned()).collect()
        }
    }
}

/// Three-valued "and" over `all`, "or" over `any`, and "and" of both; `rules` speak for the result.
fn combine(all: &[String], any: &[String], state: &dyn Fn(&str) -> State) -> State {
    let all: Vec<State> = all.iter().map(|id| state(id)).collect();
    let any: Vec<State> = any.iter().map(|id| state(id)).collect();
    let has = |states: &[State], status| states.iter().any(|s| s.status == status);
    let either = if any.is_empty() || has(&any, Status::Met) {
        Status::Met
    } else if has(&any, Status::Unknown) {
        Status::Unknown
    } else {
        Status::Unmet
    };
    let status = if has(&all, Status::Unmet) || either == Status::Unmet {
        Status::Unmet
    } else if has(&all, Status::Unknown) || either == Status::Unknown {
        Status::Unknown
    } else {
        Status::Met
    };
    let mut rules: Vec<String> = Vec::new();
    let speaks = |s: &&State| match status {
        Status::Met => false,
        Status::Unmet => s.status == Status::Unmet,
        Status::Unknown => s.status != Status::Met,
    };
    let alternatives: &[State] = if either == status { &any } else { &[] };
    for rule in all.iter().chain(alternatives).filter(speaks).flat_map(|s| &s.rules) {
        if !rules.contains(rule) {
            rules.push(rule.clone());
        }
    }
    State { status, rules }
}

fn closest(name: &str, suffixes: impl Fn(&Receiver) -> &[String]) -> Option<&'static Receiver> {
    let length = |receiver: &Receiver| suffixes(receiver).iter().filter_map(|s| pattern::covers(s, name)).max();
    all().iter().filter_map(|r| length(r).map(|labels| (labels, r))).max_by_key(|(labels, _)| *labels).map(|(_, r)| r)
}

fn table() -> &'static Table {
    TABLE.get_or_init(|| super::load(DATA))
}

#[cfg(test)]
#[path = "receivers_tests.rs"]
mod tests;
