//! `dkim-none-found`: nothing hints at a key of the domain.

use super::is_echo;
use crate::dkim::key_record;
use crate::facts::Origin;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::{Domain, permits_someone};
use crate::rules::hosting::Hosting;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-none-found",
    area: Area::Dkim,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Spam(8),
    references: &[section("RFC 6376", "3.1"), section("RFC 6376", "3.6.2.1")],
    judge: Judge::Domain(judge),
};

/// How many of the selectors that were tried the sentence names.
const NAMED: usize = 8;

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let facts = domain.facts;
    let dkim = &facts.dkim;
    if domain.parked || domain.does_not_exist() || !domain.is_mail_name() || !domain.is_apex() || !sends(domain) {
        return;
    }
    // What nobody could see may be a key.
    if dkim.node.is_unavailable() || dkim.wildcard.is_unavailable() || domain.has_unseen_key() {
        return;
    }
    // A selector that is missing, leads nowhere, holds nonsense or stands elsewhere is reported as that.
    let named = facts.origin == Origin::Dns && !facts.wishes.named_selectors().is_empty();
    let hinted = dkim.selectors.iter().any(|s| s.alias.is_some() || (s.texts.known().is_some() && !is_echo(domain, s)));
    let caught = dkim.wildcard.list().iter().any(|text| key_record::is_key_record_like(&text.to_text()));
    if named || hinted || caught || dkim.wildcard_alias.is_some() || !dkim.misplaced.is_empty() {
        return;
    }
    let tried: Vec<&str> = dkim.without_key.iter().take(NAMED).map(String::as_str).collect();
    let draft = Draft::new(domain.name()).arg("count", dkim.without_key.len()).arg("tried", tried.join(", "));
    let draft = match Hosting::of(domain).signer() {
        Some(provider) => {
            let selectors = if provider.verified { provider.dkim_selectors.join(", ") } else { String::new() };
            let fix = match (selectors.is_empty(), &provider.docs) {
                (false, Some(_)) => "fix-provider",
                (false, None) => "fix-provider-selectors",
                (true, Some(_)) => "fix-provider-page",
                (true, None) => "fix",
            };
            let page = provider.docs.as_deref().unwrap_or_default();
            draft.fix(fix).arg("provider", &provider.name).arg("selectors", selectors).arg("page", page.to_owned())
        }
        None => draft,
    };
    out.add(if domain.in_zone_file() {
        draft.detail("detail-zone")
    } else if dkim.node.is_no_name() {
        // RFC 8020: below a name that does not exist there is nothing.
        draft.detail("detail-none-at-all")
    } else {
        draft
    });
}

/// Whether something says that mail comes from this domain.
fn sends(domain: &Domain<'_>) -> bool {
    let wishes = &domain.facts.wishes;
    let said = wishes.config.as_ref().is_some_and(|c| !c.ips.is_empty() || !c.providers.is_empty());
    let permitted = domain.spf.records.iter().any(|r| permits_someone(&r.parsed.record));
    domain.has_mx() || permitted || said || !wishes.addresses.is_empty()
}
