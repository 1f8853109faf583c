//! `msg-alignment`: what signed and passed is another domain than From's.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-alignment",
    area: Area::Message,
    severity: Severity::Error,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Refused(6),
    references: &[section("RFC 9989", "4.4"), section("RFC 9989", "5.3")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    let dmarc = &message.facts.dmarc;
    let Some((_, from)) = message.facts.author() else { return };
    // Without an answer nobody can say what is aligned; a temporary error may hide the aligned signature.
    let open = dmarc.result == crate::dmarc::DmarcResult::Temperror;
    if open || message.passing().any(|(_, aligned)| aligned) {
        return;
    }
    let Some((result, _)) = message.passing().next() else { return };
    let Some(domain) = &result.signature.domain else { return };
    let draft = Draft::new(message.subject()).arg("domain", domain).arg("from", from);
    // With aligned SPF the message passes until it is forwarded.
    out.add(if dmarc.spf_aligned { draft.severity(Severity::Warning) } else { draft });
}
