//! `bimi-syntax`: a record that its readers leave aside.

use crate::bimi::{self, SlipKind};
use crate::dns::{Name, Text};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, MOST_FINDINGS, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "bimi-syntax",
    area: Area::Transport,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Bimi],
    impact: Impact::Tidy(7),
    references: &[section("draft-brand-indicators-for-message-identification", "4.3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Ok(name) = domain.name().prepend("default._bimi") else { return };
    if !domain.is_mail_name() {
        return;
    }
    about(domain, &name, domain.facts.bimi.list().iter(), out);
    // Other selectors, which a zone file shows.
    let others = &domain.facts.bimi_others;
    let mut names: Vec<&Name> = others.iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    for name in names.into_iter().take(MOST_FINDINGS) {
        about(domain, name, others.iter().filter(|(owner, _)| owner == name).map(|(_, text)| text), out);
    }
}

/// What is wrong with the records of one selector.
fn about<'t>(domain: &Domain<'_>, name: &Name, texts: impl Iterator<Item = &'t Text>, out: &mut Findings<'_>) {
    let texts = texts.map(|text| text.to_text());
    let mut texts: Vec<String> = texts.filter(|text| bimi::looks_like_bimi(text)).collect();
    texts.dedup();
    if let [_, second, ..] = &*texts {
        let draft = super::about_text(domain, name, second, 0..second.len());
        out.add(draft.detail("detail-several").arg("count", texts.len()));
    }
    for text in texts.iter().take(MOST_FINDINGS) {
        let parsed = bimi::parse(text);
        for slip in parsed.slips.iter().take(MOST_FINDINGS) {
            let draft = super::about_text(domain, name, text, slip.span.clone());
            let draft = draft.detail(match slip.kind {
                SlipKind::Version => "detail-version",
                SlipKind::LocationMissing => "detail-location",
                SlipKind::NotHttps => "detail-https",
                SlipKind::NotSvg => "detail-svg",
                SlipKind::UriInvalid | SlipKind::PreferenceInvalid | SlipKind::Field | SlipKind::Duplicate => "detail",
            });

            // Beside others a record put right would be one too many.
            let value =
                Some(parsed.repaired.as_str()).filter(|value| texts.len() == 1 && bimi::parse(value).slips.is_empty());
            out.add(match value {
                Some(value) => {
                    let draft = draft.fix("fix-record").arg("meant", value);
                    super::instead(domain, draft, name, text, value)
                }
                None => draft,
            });
        }
    }
}
