//! `dkim-rsa-beyond-2048`: a longer RSA key than a guideline allows.

use super::{about, readable, rsa_bits};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-rsa-beyond-2048",
    area: Area::Dkim,
    severity: Severity::Note,
    sources: &[Source::Profile],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Tidy(2),
    references: &[section("BSI TR-03182", ""), section("RFC 8301", "3.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for key in readable(domain) {
        // Beyond 4096 bits `dkim-key-oversized` speaks.
        let Some(bits) = rsa_bits(&key.record).filter(|bits| (2049..=4096).contains(bits)) else { continue };
        out.add(about(key).arg("bits", bits));
    }
}
