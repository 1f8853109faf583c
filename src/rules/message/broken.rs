//! Why signatures fail, for the rules `msg-dkim-broken-…`: each failing signature has one cause for its body and one
//! for its header, and the same cause is told once.

use super::MessageView;
use crate::dkim::diagnose::{BodyChange, Diagnosis, HeaderChange};
use crate::dkim::{Outcome, SignatureResult};
use crate::dns::Name;
use crate::finding::{Draft, Findings, Severity};

/// The rule that a cause belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Footer,
    Subject,
    Encoding,
    Linewrap,
    Unknown,
}

/// Reports the first signature that fails for this kind of cause.
pub(super) fn report(message: &MessageView<'_>, kind: Kind, out: &mut Findings<'_>) {
    let facts = message.facts;
    for (result, diagnosis) in facts.signatures.iter().zip(&facts.diagnoses) {
        if result.result != Outcome::Fail {
            continue;
        }
        let domain = result.signature.domain.as_ref().map_or("?", Name::as_str);
        let draft = Draft::new(message.subject()).arg("domain", domain);
        let found = causes(result, diagnosis.as_ref(), draft).into_iter().find(|(of, _)| *of == kind);
        if let Some((_, draft)) = found {
            // Another way led to a pass, or the receiver changed the message after its own check: this costs no mail
            // today.
            let mild = facts.authenticates() || was_valid_on_receipt(message, result);
            out.add(if mild { draft.severity(Severity::Warning) } else { draft });
            return;
        }
    }
}

/// Whether the receiver found this signer's signature valid before it changed the message.
fn was_valid_on_receipt(message: &MessageView<'_>, result: &SignatureResult) -> bool {
    let domain = result.signature.domain.as_ref();
    message.receipt.is_some_and(|receipt| domain.is_some_and(|domain| receipt.signed_by.contains(domain)))
}

/// The causes of one failure; never none.
fn causes(result: &SignatureResult, diagnosis: Option<&Diagnosis>, draft: Draft) -> Vec<(Kind, Draft)> {
    let mut list = Vec::new();
    if let Some(change) = diagnosis.and_then(|d| d.body.as_ref()) {
        list.push(body(change, draft.clone()));
    }
    if let Some(change) = diagnosis.and_then(|d| d.header.as_ref()) {
        list.push(header(change, draft.clone()));
    }
    if list.is_empty() {
        let detail = match (result.body_hash_ok, result.header_hash_ok) {
            (Some(false), Some(true)) => "detail-body",
            (_, Some(false)) if result.body_hash_ok == Some(true) => "detail-header",
            _ => "detail",
        };
        list.push((Kind::Unknown, draft.detail(detail)));
    }
    list
}

fn body(change: &BodyChange, draft: Draft) -> (Kind, Draft) {
    match change {
        BodyChange::Footer { lines, text } => {
            let start: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
            (Kind::Footer, draft.arg("lines", *lines).arg("text", start))
        }
        BodyChange::Banner { lines } => (Kind::Footer, draft.detail("detail-banner").arg("lines", *lines)),
        BodyChange::PartAdded { lines } => (Kind::Footer, draft.detail("detail-part").arg("lines", *lines)),
        BodyChange::Encoding { original } => (Kind::Encoding, draft.arg("original", original)),
        BodyChange::Rewrapped => (Kind::Linewrap, draft),
        BodyChange::MboxQuoting => (Kind::Linewrap, draft.detail("detail-mbox")),
        BodyChange::DotStuffing => (Kind::Linewrap, draft.detail("detail-dots")),
        BodyChange::OtherCanonicalization => (Kind::Unknown, draft.detail("detail-canonicalization")),
        BodyChange::BareLineFeeds => (Kind::Unknown, draft.detail("detail-line-feeds")),
    }
}

fn header(change: &HeaderChange, draft: Draft) -> (Kind, Draft) {
    match change {
        HeaderChange::SubjectTag { tag, .. } => (Kind::Subject, draft.arg("tag", shorten(tag))),
        HeaderChange::Value { name, .. } if name.eq_ignore_ascii_case("subject") => {
            (Kind::Subject, draft.detail("detail-value"))
        }
        HeaderChange::Value { name, .. } => (Kind::Unknown, draft.detail("detail-value").arg("name", shorten(name))),
        HeaderChange::Added { name } => (Kind::Unknown, draft.detail("detail-added").arg("name", shorten(name))),
        HeaderChange::Refolded => (Kind::Linewrap, draft.detail("detail-refolded")),
        HeaderChange::OtherCanonicalization => (Kind::Unknown, draft.detail("detail-canonicalization")),
    }
}

fn shorten(text: &str) -> String {
    text.trim().chars().take(60).collect()
}
