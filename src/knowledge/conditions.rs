//! Conditions: what a finding or its absence says about a receiver's requirement.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::Severity;

static TABLE: OnceLock<Table> = OnceLock::new();
pub(super) const DATA: &str = include_str!("conditions.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(default)]
    pub fact: Vec<Fact>,
    #[serde(default)]
    pub condition: Vec<Condition>,
}

/// A fact that conditions ask for; the caller answers whether it holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Stable id.
    pub id: String,
    /// What it states.
    pub meaning: String,
}

/// Something that receivers ask for, in terms of rules and facts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Stable id.
    pub id: String,
    /// The fact that decides by itself when it is known.
    pub held_by: Option<String>,
    /// Rules whose finding makes it unmet.
    #[serde(default)]
    pub broken_by: Vec<RuleRef>,
    /// Rules whose finding leaves it unknown.
    #[serde(default)]
    pub doubted_by: Vec<Doubt>,
    /// Facts that must be known before silence means "met".
    #[serde(default)]
    pub needs: Vec<String>,
}

/// A rule, perhaps only from a severity on: `rule` or `rule:error`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct RuleRef {
    /// The rule's id.
    pub rule: String,
    /// The least severity that counts.
    pub least: Severity,
}

/// A rule that leaves a condition unknown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    /// The rule.
    pub rule: RuleRef,
    /// The fact that turns the doubt into certainty when it is true.
    pub settles: Option<String>,
}

/// Whether a condition or requirement is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It is met.
    Met,
    /// It is not.
    Unmet,
    /// Nobody can tell from what is known.
    Unknown,
}

/// A status and the rules whose findings led to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The status.
    pub status: Status,
    /// Ids of the rules found, in the order of the data; empty when met.
    pub rules: Vec<String>,
}

/// Every condition.
pub fn all() -> &'static [Condition] {
    &table().condition
}

/// Every fact that a condition may ask for.
pub fn facts() -> &'static [Fact] {
    &table().fact
}

/// The condition with this id.
pub fn by_id(id: &str) -> Option<&'static Condition> {
    all().iter().find(|condition| condition.id == id)
}

/// Judges a condition by its id, [`Condition::judge`]; unknown for an id that the data does not have.
///
/// `findings` are rule ids with the *default* severity that the rule itself gave, not one that `mailauth.toml` changed:
/// a receiver does not read that file.
pub fn judge(id: &str, findings: &[(&str, Severity)], fact: &dyn Fn(&str) -> Option<bool>) -> State {
    by_id(id).map_or(State { status: Status::Unknown, rules: Vec::new() }, |c| c.judge(findings, fact))
}

impl Condition {
    /// Judges the condition by the findings made and the facts known.
    ///
    /// `fact` answers `Some(holds)` for a known fact and `None` for one that could not be learned.
    pub fn judge(&self, findings: &[(&str, Severity)], fact: &dyn Fn(&str) -> Option<bool>) -> State {
        let state = |status, rules| State { status, rules };
        let found = |rule: &RuleRef| findings.iter().any(|(id, severity)| *id == rule.rule && *severity >= rule.least);
        let broken: Vec<String> = self.broken_by.iter().filter(|r| found(r)).map(|r| r.rule.clone()).collect();
        let doubts: Vec<&Doubt> = self.doubted_by.iter().filter(|d| found(&d.rule)).collect();
        let ids = |doubts: &[&Doubt]| doubts.iter().map(|d| d.rule.rule.clone()).collect::<Vec<_>>();

        match self.held_by.as_deref().and_then(fact) {
            Some(true) => return state(Status::Met, Vec::new()),
            Some(false) => return state(Status::Unmet, [broken, ids(&doubts)].concat()),
            None => {}
        }
        if !broken.is_empty() {
            return state(Status::Unmet, broken);
        }
        if doubts.iter().any(|d| d.settles.as_deref().and_then(fact) == Some(true)) {
            return state(Status::Unmet, ids(&doubts));
        }
        if !doubts.is_empty() {
            return state(Status::Unknown, ids(&doubts));
        }
        let known = !self.needs.is_empty() && self.needs.iter().all(|need| fact(need).is_some());
        state(if known { Status::Met } else { Status::Unknown }, Vec::new())
    }

    /// Every rule that the condition knows.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        let doubts = self.doubted_by.iter().map(|d| &d.rule);
        self.broken_by.iter().chain(doubts).map(|r| r.rule.as_str())
    }
}

impl From<String> for RuleRef {
    fn from(text: String) -> Self {
        let (rule, least) = match text.split_once(':') {
            Some((rule, "error")) => (rule, Severity::Error),
            Some((rule, "warning")) => (rule, Severity::Warning),
            _ => (text.as_str(), Severity::Note),
        };
        Self { rule: rule.to_owned(), least }
    }
}

fn table() -> &'static Table {
    TABLE.get_or_init(|| super::load(DATA))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: &dyn Fn(&str) -> Option<bool> = &|_| None;
    const EVERYTHING: &dyn Fn(&str) -> Option<bool> = &|_| Some(true);

    #[test]
    fn every_rule_of_the_data_breaks_or_doubts_its_condition() {
        for condition in all() {
            let silent = condition.judge(&[], NOTHING);
            assert_eq!(silent, State { status: Status::Unknown, rules: vec![] }, "{}", condition.id);
            assert_eq!(condition.judge(&[], EVERYTHING).status, Status::Met, "{}", condition.id);
            // What decides by itself is left out, all else is known.
            let known =
                |id: &str| (condition.held_by.as_deref() != Some(id) && id != "dkim-no-namespace").then_some(true);
            for rule in &condition.broken_by {
                let state = condition.judge(&[(&rule.rule, Severity::Error)], &known);
                assert_eq!(state, State { status: Status::Unmet, rules: vec![rule.rule.clone()] }, "{}", condition.id);
                if rule.least > Severity::Note {
                    let milder = condition.judge(&[(&rule.rule, Severity::Note)], &known);
                    assert_ne!(milder.status, Status::Unmet, "{} {}", condition.id, rule.rule);
                }
            }
            for doubt in &condition.doubted_by {
                let finding = [(doubt.rule.rule.as_str(), Severity::Error)];
                assert_eq!(condition.judge(&finding, &known).status, Status::Unknown, "{}", condition.id);
                if let Some(settles) = &doubt.settles {
                    let state = condition.judge(&finding, &|id| (id == settles).then_some(true));
                    assert_eq!(state.status, Status::Unmet, "{}", condition.id);
                }
            }
            if let Some(held_by) = &condition.held_by {
                let all_found: Vec<_> = condition.rules().map(|rule| (rule, Severity::Error)).collect();
                let held = condition.judge(&all_found, &|id| (id == held_by).then_some(true));
                assert_eq!(held.status, Status::Met, "{}", condition.id);
                let refuted = condition.judge(&[], &|id| (id == held_by).then_some(false));
                assert_eq!(refuted.status, Status::Unmet, "{}", condition.id);
            }
        }
    }

    #[test]
    fn facts_are_declared_and_used() {
        let used = |id: &str| {
            all().iter().any(|c| {
                c.needs.iter().any(|n| n == id)
                    || c.held_by.as_deref() == Some(id)
                    || c.doubted_by.iter().any(|d| d.settles.as_deref() == Some(id))
            })
        };
        for fact in facts() {
            assert!(used(&fact.id), "{}", fact.id);
        }
        for condition in all() {
            let settles = condition.doubted_by.iter().filter_map(|d| d.settles.as_ref());
            for id in condition.needs.iter().chain(&condition.held_by).chain(settles) {
                assert!(facts().iter().any(|f| f.id == *id), "{id}");
            }
        }
    }
}
