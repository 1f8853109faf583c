//! `dkim-testing`: the key is marked as a test.

use super::{about, mend, readable, with_tag};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-testing",
    area: Area::Dkim,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Spam(3),
    references: &[section("RFC 6376", "3.6.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for key in readable(domain) {
        let Some(flag) = key.record.testing() else { continue };
        let others: Vec<&str> = key.record.flags.iter().map(|f| f.text.as_str()).filter(|f| *f != "y").collect();
        let others = (!others.is_empty()).then(|| others.join(":"));
        let value = with_tag(key, "t", others.as_deref());
        out.add(mend(about(key).span(flag.span.clone()), domain, key, value));
    }
}
