//! `dmarc-psd-misuse`: `psd=y` at a name that is no public suffix.

use crate::dmarc::{Psd, legacy};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-psd-misuse",
    area: Area::Dmarc,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Refused(5),
    references: &[section("RFC 9989", "4.7"), section("RFC 9989", "4.10.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, record)) = super::own(domain) else { return };
    if record.psd() != Psd::Yes || legacy::is_public_suffix(domain.name()) {
        return;
    }
    let Some(tag) = text.parsed.tag("psd") else { return };
    let draft = super::about_part(domain, text, tag.span.clone()).arg("domain", domain.name());
    out.add(super::instead(domain, draft, text, text.parsed.amended(&[("psd", None)])));
}
