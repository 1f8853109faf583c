//! `dkim-private-key-published`: a private key in the DNS.

use super::{about, mend};
use crate::dkim::key_record::{self, ProblemClass};
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-private-key-published",
    area: Area::Dkim,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Weakened(9),
    references: &[section("RFC 6376", "3.6.1"), section("RFC 6376", "8.3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for key in &domain.keys {
        if let Some(problem) = key.record.problems_of(ProblemClass::PrivateKey).next() {
            // Signatures with this key must no longer count, whoever made them (RFC 6376 §3.6.1).
            out.add(mend(about(key).span(problem.span.clone()), domain, key, Some("v=DKIM1; p=".to_owned())));
        }
    }
    for (owner, text) in &domain.facts.dkim.misplaced {
        let text = text.to_text();
        if let Some(problem) = key_record::parse(&text).problems_of(ProblemClass::PrivateKey).next() {
            let draft = Draft::new(owner).record(owner, RecordType::Txt, &text).span(problem.span.clone());
            out.add(draft.remove(owner, RecordType::Txt, &text));
        }
    }
}
