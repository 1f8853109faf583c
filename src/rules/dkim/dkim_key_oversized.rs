//! `dkim-key-oversized`: an RSA key that many receivers do not verify.

use super::{about, readable, rsa_bits};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-key-oversized",
    area: Area::Dkim,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Weakened(2),
    references: &[section("RFC 8301", "3.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for key in readable(domain) {
        let Some(bits) = rsa_bits(&key.record).filter(|bits| *bits > 4096) else { continue };
        let draft = about(key).arg("bits", bits);
        out.add(match key.record.tag("p") {
            Some(tag) => draft.span(tag.value.span.clone()),
            None => draft,
        });
    }
}
