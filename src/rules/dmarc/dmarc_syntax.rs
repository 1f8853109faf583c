//! `dmarc-syntax`: a record, or a tag of it, that receivers cannot read.

use crate::dmarc::{self, Effect, Slip, SlipKind};
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::{DmarcText, Domain};
use crate::rules::{Area, Impact, Judge, MOST_FINDINGS, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-syntax",
    area: Area::Dmarc,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Refused(7),
    references: &[section("RFC 9989", "4.7"), section("RFC 9989", "4.8")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if !domain.is_mail_name() {
        return;
    }
    let view = &domain.dmarc;
    let mut left = MOST_FINDINGS;
    for text in view.records.iter().chain(&view.ignored) {
        let meant = super::meant(text).filter(|_| view.records.len() + view.ignored.len() == 1);
        if let Some(at) = text.text.find("\\;").filter(|_| !text.parsed.slips.is_empty()) {
            let plain = text.text.replace("\\;", ";");
            let draft = super::about_part(domain, text, at..at + 1).detail("detail-backslash");
            let whole = dmarc::parse(&plain).record.is_some_and(|record| record.effective().is_some());
            let draft = draft.arg("tag", "").fix("fix-backslash");
            out.add(if whole { super::instead(domain, draft, text, plain) } else { draft });
            continue;
        }
        for slip in text.parsed.slips.iter().filter(|slip| !slip.kind.is_uri()) {
            let draft = super::about_part(domain, text, slip.span.clone());
            let Some(draft) = describe(draft, slip) else { continue };
            if slip.kind == SlipKind::ValueEmpty && slip.tag.as_deref() == Some("rua") {
                // Without the tag nobody would get reports either.
                let mailbox = super::mailbox(domain).filter(|_| view.records.len() == 1);
                let value = mailbox.map(|mailbox| text.parsed.amended(&[("rua", Some(&mailbox))]));
                out.add(match value {
                    Some(value) => {
                        let draft = draft.fix("fix-record").arg("meant", &value);
                        super::instead(domain, draft, text, value)
                    }
                    None => draft.fix("fix-no-reports"),
                });
                continue;
            }
            out.add(mend(domain, draft, text, slip, meant.as_deref()));
            left -= 1;
            if left == 0 {
                return;
            }
        }
    }
}

/// What is wrong, and how bad it is; `None` for what has no effect.
fn describe(draft: Draft, slip: &Slip) -> Option<Draft> {
    let tag = slip.tag.as_deref().unwrap_or("");
    let draft = draft.arg("tag", tag);
    Some(match (slip.effect(), slip.kind) {
        (Effect::Harmless, _) => return None,
        (Effect::TagIgnored, SlipKind::ValueEmpty) if tag == "rua" => {
            draft.severity(Severity::Warning).detail("detail-no-reports")
        }
        (Effect::RecordIgnored, SlipKind::LeadingBlank) => draft.detail("detail-blank"),
        (Effect::RecordIgnored, SlipKind::Quoted) => draft.detail("detail-quoted"),
        (Effect::RecordIgnored, SlipKind::VersionSeparator) => draft.detail("detail-separator"),
        (Effect::RecordIgnored, SlipKind::VersionNotFirst) => draft.detail("detail-version-first"),
        (Effect::RecordIgnored, SlipKind::VersionMissing) => draft.detail("detail-version-missing"),
        (Effect::RecordIgnored, _) => draft.detail("detail-version"),
        (Effect::PolicyUnusable, SlipKind::MissingSeparator) => draft.detail("detail-run-together"),
        (Effect::PolicyUnusable, _) => draft.detail("detail-policy"),
        (Effect::TagIgnored, SlipKind::Duplicate) => draft.severity(Severity::Warning).detail("detail-duplicate"),
        (Effect::TagIgnored, SlipKind::MissingSeparator) => {
            draft.severity(Severity::Warning).detail("detail-run-together-tag")
        }
        (Effect::TagIgnored, _) => draft.severity(Severity::Warning).detail("detail"),
    })
}

/// Offers what was meant: the record put right, or taken away where a good one stands beside it.
fn mend(domain: &Domain<'_>, draft: Draft, text: &DmarcText, slip: &Slip, meant: Option<&str>) -> Draft {
    let view = &domain.dmarc;
    let suggested = match slip.suggestion.as_deref() {
        Some(suggestion) if !suggestion.trim().is_empty() => Some(suggestion),
        _ => None,
    };
    if text.parsed.record.is_none() && !view.records.is_empty() {
        let draft = draft.fix("fix-remove");
        let fixed = domain.is_alias(&view.name);
        return if fixed { draft } else { draft.remove(&view.name, RecordType::Txt, &text.text) };
    }
    match meant {
        Some(meant) => {
            let draft = draft.fix("fix-record").arg("meant", meant);
            super::instead(domain, draft, text, meant.to_owned())
        }
        None => match suggested {
            Some(suggestion) => draft.fix("fix-suggest").arg("suggestion", suggestion),
            None => draft,
        },
    }
}
