//! `mta-sts-policy-syntax`: senders cannot use the policy file as it is served.

use super::sts;
use crate::dns::{Name, RecordType};
use crate::finding::{Draft, Findings, Severity};
use crate::mta_sts::{PolicySlip, PolicySlipKind, parse_policy};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mta-sts-policy-syntax",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::MtaSts, Need::MtaStsPolicy],
    impact: Impact::Weakened(5),
    references: &[section("RFC 8461", "3.2"), section("RFC 8461", "3.3")],
    judge: Judge::Domain(judge),
};

/// Longer lines are not shown, in octets.
const LONGEST_SHOWN: usize = 1000;

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some(file) = sts::file(domain) else { return };
    let host = sts::host(domain);
    let parsed = parse_policy(&file.body);
    if let Some(slip) = telling(&parsed.slips) {
        let text = String::from_utf8_lossy(&file.body);
        let severity = if parsed.policy.is_some() { Severity::Warning } else { Severity::Error };
        out.add(with_slip(&host, Draft::new(&host).severity(severity), slip, &text));
    } else if let Some(other) = file.media_type.as_deref().filter(|media| *media != "text/plain") {
        // RFC 8461 §3.3: senders SHOULD look at the media type.
        out.add(
            Draft::new(&host)
                .severity(Severity::Warning)
                .detail("detail-media-type")
                .fix("fix-media-type")
                .arg("type", other),
        );
    }
}

/// The slip that explains most: of a misspelt key, that the right one is missing is but an echo.
fn telling(slips: &[PolicySlip]) -> Option<&PolicySlip> {
    let fatal = slips.iter().find(|slip| !slip.kind.is_harmless());
    let typo = slips.iter().find(|slip| slip.kind == PolicySlipKind::KeyTypo);
    match fatal.map(|slip| slip.kind) {
        Some(
            PolicySlipKind::VersionMissing
            | PolicySlipKind::ModeMissing
            | PolicySlipKind::MaxAgeMissing
            | PolicySlipKind::MxMissing,
        )
        | None => typo.or(fatal).or(slips.first()),
        Some(_) => fatal,
    }
}

fn with_slip(host: &str, draft: Draft, slip: &PolicySlip, text: &str) -> Draft {
    let detail = match slip.kind {
        PolicySlipKind::Empty => "detail-empty",
        PolicySlipKind::TooLarge => "detail-too-large",
        PolicySlipKind::NotText => "detail-not-text",
        PolicySlipKind::ByteOrderMark => "detail-byte-order-mark",
        PolicySlipKind::Html => "detail-html",
        PolicySlipKind::VersionMissing
        | PolicySlipKind::ModeMissing
        | PolicySlipKind::MaxAgeMissing
        | PolicySlipKind::MxMissing => "detail-missing",
        PolicySlipKind::KeyTypo => "detail-key",
        PolicySlipKind::Duplicate => "detail-duplicate",
        PolicySlipKind::Line => "detail-line",
        PolicySlipKind::VersionInvalid
        | PolicySlipKind::ModeInvalid
        | PolicySlipKind::MaxAgeInvalid
        | PolicySlipKind::MxInvalid => "detail",
    };
    let key = match slip.kind {
        PolicySlipKind::VersionMissing | PolicySlipKind::VersionInvalid => "version",
        PolicySlipKind::ModeMissing | PolicySlipKind::ModeInvalid => "mode",
        PolicySlipKind::MaxAgeMissing | PolicySlipKind::MaxAgeInvalid => "max_age",
        _ => "mx",
    };
    let token = text.get(slip.span.clone()).unwrap_or("");
    let draft = draft
        .detail(detail)
        .arg("key", key)
        .arg("line", slip.line)
        .arg("token", shortened(token))
        .arg("expected", slip.suggestion.as_deref().unwrap_or(""));
    if slip.line == 0 {
        return draft.fix("fix-file");
    }
    // The line stands for the record: it is what has to change.
    let from = text[..slip.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[from..].split(['\r', '\n']).next().unwrap_or("");
    match (Name::parse(host), slip.span.end - from <= line.len() && line.len() <= LONGEST_SHOWN) {
        (Ok(host), true) => {
            draft.record(&host, RecordType::Txt, line).span(slip.span.start - from..slip.span.end - from)
        }
        _ => draft,
    }
}

/// A token of somebody's file, short enough for a sentence.
fn shortened(token: &str) -> String {
    match token.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &token[..end]),
        None => token.to_owned(),
    }
}
