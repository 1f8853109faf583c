//! `dkim-service-type`: the key is not meant for mail.

use super::{about, mend, readable, with_tag};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-service-type",
    area: Area::Dkim,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Refused(5),
    references: &[section("RFC 6376", "3.6.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for key in readable(domain).filter(|key| !key.record.allows_email()) {
        let Some(tag) = key.record.tag("s") else { continue };
        let draft = about(key).span(tag.value.span.clone()).arg("services", &tag.value.text);
        out.add(mend(draft, domain, key, with_tag(key, "s", None)));
    }
}
