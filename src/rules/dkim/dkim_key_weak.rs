//! `dkim-key-weak`: an RSA key that is too short.

use super::{about, is_own, readable, rsa_bits};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-key-weak",
    area: Area::Dkim,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Spam(6),
    references: &[section("RFC 8301", "3.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for key in readable(domain) {
        let Some(bits) = rsa_bits(&key.record).filter(|bits| *bits < 2048) else { continue };
        let mut draft = about(key).arg("bits", bits);
        if let Some(tag) = key.record.tag("p") {
            draft = draft.span(tag.value.span.clone());
        }
        // RFC 8301 §3.2: verifiers do not consider keys below 1024 bits; signers should use 2048.
        if bits >= 1024 {
            draft = draft.severity(Severity::Warning).detail("detail-short");
        }
        // The end of an alias may stand in the domain too.
        let own = is_own(domain, key) || key.selector.owner.is_within(domain.name());
        out.add(if own { draft } else { draft.fix("fix-delegated") });
    }
}
