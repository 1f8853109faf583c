//! DKIM keys.

mod dkim_cname_dangling;
mod dkim_ed25519_only;
mod dkim_key_mismatch;
mod dkim_key_missing;
mod dkim_key_oversized;
mod dkim_key_quoted;
mod dkim_key_reused;
mod dkim_key_revoked;
mod dkim_key_split;
mod dkim_key_syntax;
mod dkim_key_weak;
mod dkim_multiple_keys;
mod dkim_none_found;
mod dkim_private_key_published;
mod dkim_rsa_beyond_2048;
mod dkim_rsa_only;
mod dkim_service_type;
mod dkim_sha1_only;
mod dkim_testing;
mod dkim_wildcard;
mod dkim_wrong_name;

use std::ops::Range;

use super::Rule;
use super::domain::{Domain, Key};
use crate::dkim::key_record::{self, Algorithm, KeyRecord, KeyType, ProblemKind};
use crate::dns::{Name, RecordType};
use crate::facts::Selector;
use crate::finding::Draft;

/// The rules of the area, in the order they are listed in.
pub(super) static RULES: &[&Rule] = &[
    &dkim_none_found::RULE,
    &dkim_key_missing::RULE,
    &dkim_key_syntax::RULE,
    &dkim_key_quoted::RULE,
    &dkim_key_split::RULE,
    &dkim_wrong_name::RULE,
    &dkim_private_key_published::RULE,
    &dkim_key_weak::RULE,
    &dkim_key_oversized::RULE,
    &dkim_key_revoked::RULE,
    &dkim_testing::RULE,
    &dkim_sha1_only::RULE,
    &dkim_service_type::RULE,
    &dkim_multiple_keys::RULE,
    &dkim_ed25519_only::RULE,
    &dkim_rsa_only::RULE,
    &dkim_rsa_beyond_2048::RULE,
    &dkim_cname_dangling::RULE,
    &dkim_wildcard::RULE,
    &dkim_key_mismatch::RULE,
    &dkim_key_reused::RULE,
];

/// A finding about a key: at its selector, with the record as evidence.
fn about(key: &Key<'_>) -> Draft {
    Draft::new(&key.selector.name).record(&key.selector.owner, RecordType::Txt, &key.text)
}

/// Whether the record stands at the selector itself, where the domain's owner can change it.
fn is_own(domain: &Domain<'_>, key: &Key<'_>) -> bool {
    key.selector.alias.is_none() && !is_echo(domain, key.selector)
}

/// Whether a selector has no more than what a wildcard answers for every name.
fn is_echo(domain: &Domain<'_>, selector: &Selector) -> bool {
    let wildcard = &domain.facts.dkim.wildcard;
    wildcard.known().is_some() && selector.texts.known() == wildcard.known()
}

/// The record in place of the published one, where the domain's owner can publish it.
fn mend(draft: Draft, domain: &Domain<'_>, key: &Key<'_>, value: Option<String>) -> Draft {
    match value {
        Some(value) if is_own(domain, key) && value != key.text => {
            draft.replace(&key.selector.name, RecordType::Txt, &key.text, value)
        }
        _ => draft,
    }
}

/// The keys at one selector of the facts.
fn siblings<'d, 'a>(domain: &'d Domain<'a>, selector: &Selector) -> &'d [Key<'a>] {
    // The keys stand in the order of the selectors, which lie side by side: zones may have very many.
    let start = domain.keys.partition_point(|key| std::ptr::from_ref(key.selector) < std::ptr::from_ref(selector));
    let rest = domain.keys.get(start..).unwrap_or_default();
    let count = rest.iter().take_while(|key| std::ptr::eq(key.selector, selector)).count();
    rest.get(..count).unwrap_or_default()
}

/// The keys worth judging by themselves: those that can be read, though the record around may be void.
fn readable<'d, 'a>(domain: &'d Domain<'a>) -> impl Iterator<Item = &'d Key<'a>> {
    domain.keys.iter().filter(|key| key.record.public_key().is_some())
}

/// The bits of an RSA key.
fn rsa_bits(record: &KeyRecord) -> Option<usize> {
    record.public_key().filter(|key| key.algorithm() == Algorithm::Rsa).map(|key| key.bits())
}

/// Whether an RSA key is published that works or would work but for a fault of its own.
fn is_rsa(record: &KeyRecord) -> bool {
    match record.public_key() {
        Some(key) => key.algorithm() == Algorithm::Rsa,
        None => record.key == key_record::Key::Unusable && record.key_type == KeyType::Known(Algorithm::Rsa),
    }
}

/// The record with another value of a tag, or without the tag; `None` where the record is damaged.
fn with_tag(key: &Key<'_>, name: &str, value: Option<&str>) -> Option<String> {
    if key.record.has_fatal_problem() {
        return None;
    }
    let tag = key.record.tag(name)?;
    let text = &key.text;
    Some(match value {
        Some(value) => format!("{}{value}{}", text.get(..tag.value.span.start)?, text.get(tag.value.span.end..)?),
        None => {
            // No value holds a semicolon (RFC 6376 §3.2), so that cutting at them is safe.
            let start = text.get(..tag.name.span.start)?.rfind(';').map_or(0, |at| at + 1);
            let rest = text.get(tag.value.span.end..)?;
            let end = rest.find(';').map_or(text.len(), |at| tag.value.span.end + at + 1);
            let kept = format!("{}{}", text.get(..start)?, text.get(end..)?);
            kept.trim().to_owned()
        }
    })
}

/// What a damaged record was meant to be, where its key could be read and nothing is left to guess.
fn corrected(text: &str, record: &KeyRecord) -> Option<String> {
    let kinds = || record.problems.iter().map(|problem| &problem.kind);
    if kinds().any(|kind| matches!(kind, ProblemKind::KeyWithoutTag)) {
        let bare = text.trim().trim_end_matches(';');
        let kinds = [Algorithm::Rsa, Algorithm::Ed25519];
        let texts = kinds.map(|kind| format!("v=DKIM1; k={kind}; p={bare}"));
        return texts.into_iter().find(|text| key_record::parse(text).problems.is_empty());
    }
    let guess = |kind: &ProblemKind| match kind {
        ProblemKind::DuplicateTag(name) => name == "p",
        ProblemKind::BrokenKey
        | ProblemKind::NoKey
        | ProblemKind::Cut { .. }
        | ProblemKind::Doubled { .. }
        | ProblemKind::PrivateKey => true,
        _ => false,
    };
    if kinds().any(guess) || !(record.public_key().is_some() || record.is_revoked()) {
        return None;
    }
    let mut tidy = record.clone();
    if let Some(key) = record.public_key() {
        tidy.key_type = KeyType::Known(key.algorithm());
    }
    if kinds().any(|kind| matches!(kind, ProblemKind::BadCharacter(_))) {
        tidy.notes = None;
    }
    let tidy = tidy.to_string();
    key_record::parse(&tidy).problems.is_empty().then_some(tidy)
}

/// A marked piece for a sentence: short, for keys are long.
fn token(text: &str, span: &Range<usize>) -> String {
    const MOST: usize = 40;
    let piece = text.get(span.clone()).unwrap_or_default();
    let mut short: String = piece.chars().take(MOST).collect();
    if short.len() < piece.len() {
        short.push('…');
    }
    short
}

/// Where a key belongs that stands at `owner`, and the selector, if the name tells one.
#[derive(Debug, PartialEq)]
struct Place {
    selector: Option<String>,
    right: Option<Name>,
}

/// Reads a misspelt name: the domain twice, `_domainkey` left out or misspelt. `None` for other names.
fn place(owner: &Name, domain: &Name) -> Option<Place> {
    let is_node = |label: &str| {
        label == "_dkim" || (label.contains("key") && strsim::damerau_levenshtein(label, "_domainkey") <= 2)
    };
    if owner == domain {
        return Some(Place { selector: None, right: None });
    }
    let base: Vec<&str> = domain.labels().collect();
    let mut labels: Vec<&str> = owner.is_below(domain).then(|| owner.labels().collect())?;
    labels.truncate(labels.len() - base.len());
    let mut stripped = false;
    loop {
        if labels.last().is_some_and(|label| is_node(label)) {
            labels.pop();
        } else if !base.is_empty() && labels.len() >= base.len() && labels.ends_with(&base) {
            labels.truncate(labels.len() - base.len());
        } else {
            break;
        }
        stripped = true;
    }
    // `s1._domainkeys.news` below the domain.
    let inner = labels.iter().position(|label| is_node(label));
    let (selector, below) = match inner {
        // The two labels the other way round: `_domainkey.s1`.
        Some(0) if labels.len() == 2 => (labels.get(1)?.to_string(), String::new()),
        Some(0) => return Some(Place { selector: None, right: None }),
        Some(at) => (labels.get(..at)?.join("."), labels.get(at + 1..)?.join(".")),
        None if labels.is_empty() => return Some(Place { selector: None, right: None }),
        // Further down, a key may stand for others' aliases to lead to.
        None if labels.len() > 1 && !stripped => return None,
        None => (labels.join("."), String::new()),
    };
    let prefix = if below.is_empty() { "_domainkey".to_owned() } else { format!("_domainkey.{below}") };
    let right = domain.prepend(&format!("{selector}.{prefix}")).ok().filter(|right| right != owner)?;
    Some(Place { selector: Some(selector), right: Some(right) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_names_are_read() {
        let domain = Name::parse("example.de").unwrap();
        let right = |owner: &str| {
            let place = place(&Name::parse(owner).unwrap(), &domain)?;
            Some(place.right.map(|name| name.to_string()).unwrap_or_default())
        };
        for (owner, want) in [
            ("s1.example.de", Some("s1._domainkey.example.de")),
            ("s1._domainkey.example.de.example.de", Some("s1._domainkey.example.de")),
            ("s1.example.de.example.de", Some("s1._domainkey.example.de")),
            ("s1._domainkey.example.de._domainkey.example.de", Some("s1._domainkey.example.de")),
            ("s1._domainkey._domainkey.example.de", Some("s1._domainkey.example.de")),
            ("s1._domainkeys.example.de", Some("s1._domainkey.example.de")),
            ("s1._domain_key.example.de", Some("s1._domainkey.example.de")),
            ("s1.domainkey.example.de", Some("s1._domainkey.example.de")),
            ("s1._domainkeys.news.example.de", Some("s1._domainkey.news.example.de")),
            ("_domainkey.example.de", Some("")),
            ("_domainkey.s1.example.de", Some("s1._domainkey.example.de")),
            ("_domainkeys.example.de", Some("")),
            ("example.de", Some("")),
            ("kunde.dkim.example.de", None),
            ("s1._domainkey.example.de", None),
            ("s1.example.com", None),
        ] {
            assert_eq!(right(owner).as_deref(), want, "{owner}");
        }
    }
}
