//! `dmarc-unknown-tag`: a tag that no standard knows.

use crate::dmarc::{self, TagKind};
use crate::finding::{Findings, Severity};
use crate::rules::domain::DmarcText;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, MOST_FINDINGS, Need, Rule, Source, section};
use crate::tag_list::closest;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-unknown-tag",
    area: Area::Dmarc,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Tidy(5),
    references: &[section("RFC 9989", "4.7"), section("RFC 9989", "9")],
    judge: Judge::Domain(judge),
};

/// Tags that a typing slip may have been meant to be.
const KNOWN: [&str; 10] = ["p", "sp", "np", "adkim", "aspf", "fo", "psd", "t", "rua", "ruf"];

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, _)) = super::own(domain) else { return };
    let unknown: Vec<_> = text.parsed.tags.iter().filter(|tag| tag.kind == TagKind::Unknown).collect();
    // All at once: one of them alone would leave the fault.
    let mut taken: Vec<(usize, &str)> = Vec::new();
    for tag in unknown.iter().take(MOST_FINDINGS) {
        if let Some((name, _)) = meant(text, &tag.name, tag.meant.as_deref())
            && !taken.iter().any(|(_, taken)| *taken == name)
        {
            taken.push((tag.span.start, name));
        }
    }
    let value = text.parsed.rewritten(|tag| {
        let name = taken.iter().find(|(at, _)| *at == tag.span.start).map(|(_, name)| name);
        let put = name.map(|name| format!("{name}={}", tag.meant.as_deref().unwrap_or_default()));
        (tag.kind == TagKind::Unknown).then_some(put)
    });
    for tag in unknown.into_iter().take(MOST_FINDINGS) {
        let draft = super::about_part(domain, text, tag.span.clone()).arg("tag", &tag.name);
        let draft = match meant(text, &tag.name, tag.meant.as_deref()) {
            Some((name, _)) => draft.detail("detail-typo").arg("suggestion", name),
            None => draft,
        };
        out.add(super::instead(domain, draft, text, value.clone()));
    }
}

/// The tag that this one was meant to be: a near name that is not there yet and that knows the value.
fn meant<'t>(text: &DmarcText, name: &str, value: Option<&'t str>) -> Option<(&'static str, &'t str)> {
    let value = value?;
    let near = match name {
        "policy" | "pol" | "action" => "p",
        "subdomainpolicy" | "subpolicy" => "sp",
        _ => closest(name, &KNOWN)?,
    };
    let free = text.parsed.tag(near).is_none();
    let fits = dmarc::parse(&format!("v=DMARC1; {near}={value}")).slips.is_empty();
    (free && fits).then_some((near, value))
}
