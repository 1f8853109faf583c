//! `mta-sts-syntax`: a record that its readers leave aside.

use crate::finding::{Findings, Severity};
use crate::mta_sts::{self, SlipKind};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, MOST_FINDINGS, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mta-sts-syntax",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::MtaSts],
    impact: Impact::Weakened(2),
    references: &[section("RFC 8461", "3.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Ok(name) = domain.name().prepend("_mta-sts") else { return };
    if !domain.is_mail_name() {
        return;
    }
    let texts = domain.facts.mta_sts.list().iter().map(|text| text.to_text());
    let mut texts: Vec<String> = texts.filter(|text| mta_sts::looks_like_mta_sts(text)).collect();
    texts.dedup();
    let counting = texts.iter().filter(|text| mta_sts::parse(text).counts).count();
    if counting > 1
        && let Some(second) = texts.iter().filter(|text| mta_sts::parse(text).counts).nth(1)
    {
        let draft = super::about_text(domain, &name, second, 0..second.len());
        out.add(draft.detail("detail-several").arg("count", counting));
    }
    for text in texts.iter().take(MOST_FINDINGS) {
        let parsed = mta_sts::parse(text);
        // Behind a bare version a semicolon is the lesser thing that lacks.
        let lacking = parsed.slips.iter().any(|slip| slip.kind == SlipKind::IdMissing);
        let bare = |slip: &mta_sts::Slip| slip.kind == SlipKind::Separator && slip.span.end == text.len();
        for slip in parsed.slips.iter().filter(|slip| !(lacking && bare(slip))).take(MOST_FINDINGS) {
            let draft = super::about_text(domain, &name, text, slip.span.clone());
            let draft = draft.detail(match slip.kind {
                SlipKind::Version | SlipKind::Separator => "detail-version",
                SlipKind::IdMissing => "detail-id-missing",
                SlipKind::IdInvalid | SlipKind::IdTooLong => "detail-id",
                SlipKind::Field | SlipKind::Duplicate => "detail",
            });

            // Beside others a record put right would be one too many.
            let value = parsed.repaired.as_deref().filter(|_| texts.len() == 1);
            out.add(match value {
                Some(value) => {
                    let draft = draft.fix("fix-record").arg("meant", value);
                    super::instead(domain, draft, &name, text, value)
                }
                None => draft,
            });
        }
    }
}
