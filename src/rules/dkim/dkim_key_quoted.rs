//! `dkim-key-quoted`: signs of the presentation form have become part of the value.

use super::{about, mend, token};
use crate::dkim::key_record::{self, ProblemClass, ProblemKind};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-key-quoted",
    area: Area::Dkim,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Refused(6),
    references: &[section("RFC 6376", "3.6.1"), section("RFC 1035", "5.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for key in &domain.keys {
        let Some(problem) = key.record.problems_of(ProblemClass::Quoted).next() else { continue };
        let ProblemKind::Quoted(cleaned) = &problem.kind else { continue };
        // What else is wrong with the text has a finding of its own, and needs a person.
        let cleaned = (!key_record::parse(cleaned).has_fatal_problem()).then(|| cleaned.clone());
        let draft = about(key).span(problem.span.clone()).arg("token", token(&key.text, &problem.span));
        out.add(mend(draft, domain, key, cleaned));
    }
}
