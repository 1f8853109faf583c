//! `dkim-rsa-only`: no Ed25519 key beside the RSA key, where a guideline asks for both.

use super::about;
use crate::dkim::key_record::Algorithm;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-rsa-only",
    area: Area::Dkim,
    severity: Severity::Note,
    sources: &[Source::Profile],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Tidy(3),
    references: &[section("BSI TR-03182", ""), section("RFC 8463", "3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    // What nobody could see, and what stands at a wrong name, may be the other key.
    if domain.has_unseen_key() || !domain.facts.dkim.misplaced.is_empty() {
        return;
    }
    let is_rsa = |algorithm| algorithm == Algorithm::Rsa;
    let algorithm = |key: &&crate::rules::domain::Key<'_>| key.record.public_key().map(|public| public.algorithm());
    let mut usable = domain.usable_keys();
    if let Some(key) = usable.find(|key| algorithm(key).is_some_and(is_rsa))
        && domain.usable_keys().all(|key| algorithm(&key).is_none_or(is_rsa))
    {
        out.add(about(key));
    }
}
