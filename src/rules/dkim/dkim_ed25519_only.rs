//! `dkim-ed25519-only`: an Ed25519 key without an RSA key beside it.

use super::{about, is_rsa};
use crate::dkim::key_record::Algorithm;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-ed25519-only",
    area: Area::Dkim,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Spam(4),
    references: &[section("RFC 8463", "3"), section("RFC 8463", "4.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    // What nobody could see, and what stands at a wrong name, may be the RSA key.
    if domain.has_unseen_key() || !domain.facts.dkim.misplaced.is_empty() {
        return;
    }
    if domain.keys.iter().any(|key| is_rsa(&key.record)) {
        return;
    }
    if let Some(key) = domain
        .usable_keys()
        .find(|key| key.record.public_key().is_some_and(|public| public.algorithm() == Algorithm::Ed25519))
    {
        out.add(about(key));
    }
}
