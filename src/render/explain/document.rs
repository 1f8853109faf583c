//! An explanation as the contract's JSON has it.

use serde::Serialize;

use crate::finding::Finding;
use crate::knowledge::smtp_codes;
use crate::knowledge::spam_headers::Judgement;
use crate::locales::Catalogue;
use crate::message::bounce::{Action, Bounce};
use crate::message::hops::Hop;
use crate::receipt::Receipt;
use crate::render::Worded;
use crate::render::verify::MessageDocument;
use crate::reports::rfc3339;

/// The document.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ExplainDocument {
    pub schema: &'static str,
    pub messages: Vec<Explanation>,
}

impl ExplainDocument {
    /// A document of these explanations.
    pub fn new(messages: Vec<Explanation>) -> Self {
        Self { schema: "mailauth.explain/1", messages }
    }
}

/// One message or bounce, explained.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct Explanation {
    pub source: String,
    pub verdict: Verdict,
    pub causes: Vec<&'static str>,
    pub findings: Vec<Worded>,
    pub message: Option<MessageDocument>,
    pub hops: Vec<HopDocument>,
    pub receiver: Option<ReceiverDocument>,
    pub bounce: Option<BounceDocument>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It arrived, and nobody took it for spam.
    Delivered,
    /// It was taken for spam.
    Spam,
    /// It was refused, or put off.
    Refused,
    /// Nothing says.
    Unknown,
}

impl Verdict {
    /// `delivered`, `spam`, `refused` or `unknown`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Spam => "spam",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }

    /// What a bounce and the receiver's own words come to; the bounce counts first.
    pub fn of(bounce: Option<&Bounce>, receipt: Option<&Receipt>) -> Self {
        if let Some(bounce) = bounce {
            let reply = smtp_codes::parse(&bounce.reply, bounce.host.as_deref());
            let code = reply.basic.is_some() || reply.enhanced.is_some();
            return match bounce.action {
                Some(Action::Failed) => Self::Refused,
                Some(Action::Delayed) => Self::Unknown,
                Some(Action::Delivered) => Self::Delivered,
                None if code || bounce.status.is_some() || smtp_codes::find(&reply).is_some() => Self::Refused,
                None => Self::Unknown,
            };
        }
        match receipt.and_then(Receipt::judgement) {
            Some(Judgement::Spam) => Self::Spam,
            Some(Judgement::Clean) => Self::Delivered,
            None => Self::Unknown,
        }
    }
}

/// A station.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct HopDocument {
    pub from: Option<String>,
    pub by: Option<String>,
    pub time: Option<String>,
    pub delay_s: Option<i64>,
    pub tls: Option<bool>,
}

impl From<&Hop> for HopDocument {
    fn from(hop: &Hop) -> Self {
        Self {
            from: hop.from(),
            by: hop.received.by.clone(),
            time: hop.received.time.and_then(|t| i64::try_from(t).ok()).map(rfc3339),
            delay_s: hop.delay,
            tls: hop.tls,
        }
    }
}

/// Who received the message, and what it says.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ReceiverDocument {
    /// The id of a known receiver, else its host.
    pub id: Option<String>,
    pub host: Option<String>,
    pub says: Vec<String>,
    /// The domains whose signatures it found valid.
    pub signed_by: Vec<String>,
    /// The fields that say so.
    pub fields: Vec<FieldDocument>,
}

/// A header field as proof.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct FieldDocument {
    pub by: String,
    pub name: String,
    pub value: String,
    pub says: Vec<String>,
}

impl ReceiverDocument {
    /// What a receipt tells of the receiver; `None` where it tells of none.
    pub fn new(receipt: &Receipt, catalogue: &Catalogue) -> Option<Self> {
        let fields: Vec<FieldDocument> = receipt
            .statements
            .iter()
            .map(|s| FieldDocument {
                by: s.by.clone(),
                name: s.field.clone(),
                value: s.text.clone(),
                says: s.words.iter().map(|phrase| catalogue.phrase(phrase)).collect(),
            })
            .collect();
        let id = receipt.receiver.map(str::to_owned).or_else(|| receipt.host.clone());
        (id.is_some() || !fields.is_empty()).then(|| Self {
            id: id.or_else(|| fields.first().map(|f| f.by.clone())),
            host: receipt.host.clone(),
            says: fields.iter().flat_map(|f| f.says.clone()).collect(),
            signed_by: receipt.signed_by.iter().map(ToString::to_string).collect(),
            fields,
        })
    }
}

/// A bounce.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct BounceDocument {
    pub code: Option<u16>,
    pub enhanced: Option<String>,
    pub receiver: Option<&'static str>,
    pub meaning: String,
    /// Rules to look at first.
    pub rules: Vec<String>,
    /// The reply itself, shortened.
    pub reply: String,
}

impl BounceDocument {
    /// Looks a bounce up.
    pub fn new(bounce: &Bounce, catalogue: &Catalogue) -> Self {
        let words = bounce.words();
        let reply = smtp_codes::parse(&words, bounce.host.as_deref());
        let row = smtp_codes::find(&reply);
        let enhanced = reply.enhanced.or(bounce.status.as_deref()).map(str::to_owned);
        let row = row.or_else(|| {
            // The status field may hold what the reply does not.
            let status = bounce.status.as_deref().filter(|_| reply.enhanced.is_none());
            status.and_then(|status| smtp_codes::find(&smtp_codes::Reply { enhanced: Some(status), ..reply.clone() }))
        });
        let meaning = match row {
            Some(row) => format!("bounce-{}", row.meaning),
            None => general(reply.basic, enhanced.as_deref()).to_owned(),
        };
        let receiver = reply.receiver.or_else(|| row.and_then(|row| row.receiver.as_deref()));
        Self {
            code: reply.basic,
            enhanced,
            receiver,
            meaning: catalogue.text(&meaning),
            rules: row.map(|row| row.rules.clone()).unwrap_or_default(),
            reply: words.trim().chars().take(500).collect(),
        }
    }
}

/// What the subject of an enhanced code (RFC 3463 §3), else the first digit, tells of a reply that is not known.
fn general(basic: Option<u16>, enhanced: Option<&str>) -> &'static str {
    let temporary = enhanced.map_or_else(|| basic.is_some_and(|code| code < 500), |code| code.starts_with('4'));
    match enhanced.and_then(|code| code.split('.').nth(1)) {
        _ if basic.is_none() && enhanced.is_none() => "explain-bounce-none",
        _ if temporary => "explain-bounce-temporary",
        Some("1") => "explain-bounce-address",
        Some("2") => "explain-bounce-mailbox",
        Some("3") => "explain-bounce-system",
        Some("4") => "explain-bounce-network",
        Some("7") => "explain-bounce-policy",
        _ => "explain-bounce-permanent",
    }
}

/// The causes: those of the findings, before them what the bounce's reply points at and was found.
pub(super) fn causes(findings: &[Finding], bounce: Option<&BounceDocument>) -> Vec<&'static str> {
    let mut causes = crate::causes::causes(findings);
    if let Some(bounce) = bounce {
        // Named by the receiver itself: first.
        causes.sort_by_key(|id| !bounce.rules.iter().any(|rule| rule == id));
        for rule in &bounce.rules {
            if let Some(rule) = crate::rules::find(rule).filter(|rule| !causes.contains(&rule.id)) {
                causes.push(rule.id);
            }
        }
    }
    causes
}

impl Explanation {
    /// Puts together what is known; `findings` are ranked.
    pub fn new(
        source: String,
        findings: &[Finding],
        message: Option<MessageDocument>,
        receipt: Option<&Receipt>,
        bounce: Option<&Bounce>,
        catalogue: &Catalogue,
    ) -> Self {
        let described = bounce.map(|bounce| BounceDocument::new(bounce, catalogue));
        Self {
            source,
            verdict: Verdict::of(bounce, receipt),
            causes: causes(findings, described.as_ref()),
            findings: Worded::all(findings, catalogue),
            message,
            hops: receipt.map(|r| r.hops.iter().map(HopDocument::from).collect()).unwrap_or_default(),
            receiver: receipt.and_then(|r| ReceiverDocument::new(r, catalogue)),
            bounce: described,
        }
    }
}
