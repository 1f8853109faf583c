//! `dkim-sha1-only`: the key allows no hash but SHA-1.

use super::{about, mend, readable, with_tag};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-sha1-only",
    area: Area::Dkim,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Refused(5),
    references: &[section("RFC 8301", "3.1"), section("RFC 6376", "3.6.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for key in readable(domain).filter(|key| !key.record.allows_hash("sha256")) {
        let Some(tag) = key.record.tag("h") else { continue };
        let draft = about(key).span(tag.value.span.clone()).arg("hashes", &tag.value.text);
        let draft = if key.record.is_sha1_only() { draft } else { draft.detail("detail-other") };
        out.add(mend(draft, domain, key, with_tag(key, "h", None)));
    }
}
