//! `dmarc-rua-invalid`: a report destination that nobody can send to.

use crate::dmarc::{self, Authorisation, Destination, Effect, SlipKind};
use crate::facts::{Fact, ReportTarget};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, MOST_FINDINGS, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-rua-invalid",
    area: Area::Dmarc,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc, Need::ReportTargets],
    impact: Impact::Weakened(7),
    references: &[section("RFC 9989", "4.7"), section("RFC 9990", "4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, record)) = super::own(domain) else { return };
    let usable = record.rua.iter().any(|to| to.address.is_some() && target(domain, to).is_none_or(is_usable));
    let severity = |tag: &str| if tag == "rua" && !usable { Severity::Error } else { Severity::Warning };
    let value = put_right(domain, text);
    let offer = |draft| match &value {
        Some(value) => super::instead(domain, draft, text, value.clone()),
        None => draft,
    };
    let slips = text.parsed.slips.iter().filter(|slip| slip.kind.is_uri() && slip.effect() != Effect::Harmless);
    for slip in slips.take(MOST_FINDINGS) {
        let tag = slip.tag.as_deref().unwrap_or("rua");
        let draft = super::about_part(domain, text, slip.span.clone()).severity(severity(tag)).arg("tag", tag);
        let draft = draft.detail(match slip.kind {
            SlipKind::UriNoScheme => "detail-scheme-missing",
            SlipKind::UriBlank => "detail-blank",
            SlipKind::UriSemicolon => "detail-semicolon",
            SlipKind::UriNonAscii => "detail-ascii",
            SlipKind::UriScheme => "detail-scheme",
            _ => "detail",
        });
        out.add(offer(match slip.suggestion.as_deref().map(|s| s.trim_start_matches(',')).filter(|s| !s.is_empty()) {
            Some(suggestion) => draft.fix("fix-suggest").arg("suggestion", suggestion),
            None => draft,
        }));
    }
    for (tag, list) in [("rua", &text.parsed.rua), ("ruf", &text.parsed.ruf)] {
        for place in list.iter().take(MOST_FINDINGS) {
            let found = place.destination.as_ref().and_then(|to| target(domain, to));
            // A domain out of use need not get reports; that it takes no mail is no fault.
            let found = found.filter(|target| !domain.parked || !target.host.is_within(domain.name()));
            let Some(target) = found.filter(|target| target.takes_mail == Fact::Known(false)) else { continue };
            // `mx-missing` says it of the domain itself.
            if !domain.in_zone_file()
                && target.host == *domain.name()
                && domain.sends()
                && !domain.null_mx
                && !domain.does_not_exist()
            {
                continue;
            }
            let draft = super::about_part(domain, text, place.span.clone()).severity(severity(tag)).arg("tag", tag);
            out.add(offer(draft.detail("detail-no-mail").arg("host", &target.host)));
        }
    }
}

/// What is known of a destination, where the record is the one that the facts speak of.
fn target<'d>(domain: &'d Domain<'_>, to: &Destination) -> Option<&'d ReportTarget> {
    let policy = domain.facts.dmarc.policy.as_ref()?;
    let own = policy.domain == *domain.name();
    domain.facts.report_targets.iter().find(|target| own && target.destination == *to)
}

fn is_usable(target: &ReportTarget) -> bool {
    use Authorisation::{NameTooLong, ReplacedElsewhere, Unauthorised, Unsupported};
    let refused = matches!(target.permission, Unauthorised | NameTooLong | ReplacedElsewhere(_) | Unsupported);
    target.takes_mail != Fact::Known(false) && !refused
}

/// The record with every destination as it was meant, and without those that take no mail.
fn put_right(domain: &Domain<'_>, text: &crate::rules::domain::DmarcText) -> Option<String> {
    let read = dmarc::parse(&text.parsed.repaired());
    let record = read.record.as_ref()?;
    let kept = |list: &[Destination]| {
        let good = list.iter().filter(|to| to.address.is_some());
        let good = good.filter(|to| target(domain, to).is_none_or(|t| t.takes_mail != Fact::Known(false)));
        let uris: Vec<&str> = good.map(|to| to.uri.as_str()).collect();
        (!uris.is_empty()).then(|| uris.join(","))
    };
    let (mut rua, ruf) = (kept(&record.rua), kept(&record.ruf));
    if rua.is_none() && text.parsed.tag("rua").is_some() {
        rua = super::mailbox(domain);
    }
    let changes = [("rua", rua.as_deref()), ("ruf", ruf.as_deref())];
    let changes: Vec<_> = changes.into_iter().filter(|(tag, _)| text.parsed.tag(tag).is_some()).collect();
    let fixed = text.parsed.amended(&changes);
    // A record that says nothing any more is worse than what is there.
    dmarc::parse(&fixed).record.is_some_and(|record| record.effective().is_some()).then_some(fixed)
}
