//! `dkim-key-syntax`: a key record that receivers cannot read.

use super::{about, corrected, is_echo, is_own, mend, siblings, token};
use crate::dkim::key_record::{self, Algorithm, Problem, ProblemClass, ProblemKind};
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::{Domain, Key};
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-key-syntax",
    area: Area::Dkim,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Refused(6),
    references: &[section("RFC 6376", "3.6.1"), section("RFC 6376", "3.2"), section("RFC 8463", "4.2")],
    judge: Judge::Domain(judge),
};

/// More slips of one record are not listed.
const MOST: usize = 5;

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for key in domain.keys.iter().filter(|key| key.record.problems_of(ProblemClass::Syntax).next().is_some()) {
        let like_key = key_record::is_key_record_like(&key.text);
        // What a wildcard for other things answers is no key of this selector.
        if is_echo(domain, key.selector) && !like_key || super::dkim_key_split::is_half(domain, key) {
            continue;
        }
        let works = siblings(domain, key.selector).iter().any(|other| other.record.usable_key().is_some());
        if let Some(detail) = foreign(&key.text) {
            let draft = about(key).span(0..key.text.len()).detail(detail).fix("fix-foreign").arg("token", "");
            let draft = if works && is_own(domain, key) {
                draft.remove(&key.selector.name, RecordType::Txt, &key.text)
            } else {
                draft
            };
            out.add(draft);
            continue;
        }
        let mut separated = false;
        for problem in key.record.problems_of(ProblemClass::Syntax).filter(|p| !is_harmless(key, p)).take(MOST) {
            // Where semicolons are missing, that is one slip of the hand, the version included.
            let separator = matches!(problem.kind, ProblemKind::MissingSemicolon(_) | ProblemKind::BadVersion(_));
            if separator && std::mem::replace(&mut separated, true) {
                continue;
            }
            let draft = explain(about(key).span(problem.span.clone()), &problem.kind)
                .arg("token", token(&key.text, &problem.span));
            out.add(match &problem.kind {
                ProblemKind::HostName(host) => {
                    let target = host.to_string();
                    let outside = !target.ends_with(domain.name().as_str());
                    let draft = draft.fix("fix-host");
                    // Whether the target has a key is not known; in a zone file nothing else speaks against it.
                    if domain.in_zone_file() && outside && is_own(domain, key) && !works {
                        draft.remove(&key.selector.name, RecordType::Txt, &key.text).publish(
                            &key.selector.name,
                            RecordType::Cname,
                            target,
                        )
                    } else {
                        draft
                    }
                }
                _ if works && !like_key && is_own(domain, key) => {
                    draft.fix("fix-stray").remove(&key.selector.name, RecordType::Txt, &key.text)
                }
                _ => mend(draft, domain, key, corrected(&key.text, &key.record)),
            });
        }
    }
}

/// What every receiver reads as it was meant: `k=RSA`, for literals know no case (RFC 5234 §2.3), a final `=` too many,
/// an empty list of flags.
fn is_harmless(key: &Key<'_>, problem: &Problem) -> bool {
    match &problem.kind {
        ProblemKind::KeyTypeCase(_) => true,
        ProblemKind::BadPadding => {
            let octets = key.record.tag("p").map_or("", |tag| &tag.value.text).bytes();
            let digits = octets.filter(|b| !b.is_ascii_whitespace()).collect::<Vec<_>>();
            let data = digits.iter().rposition(|b| *b != b'=').map_or(0, |at| at + 1);
            // What lacks stops decoders; what is too much does not.
            digits.len() - data > (4 - data % 4) % 4
        }
        ProblemKind::EmptyValue(tag) => tag == "t",
        _ => false,
    }
}

/// What the text is where it is plainly a record of another kind.
fn foreign(text: &str) -> Option<&'static str> {
    if spf::is_spf(text) {
        Some("detail-spf")
    } else if text.trim_start().get(..8).is_some_and(|head| head.eq_ignore_ascii_case("v=DMARC1")) {
        Some("detail-dmarc")
    } else {
        None
    }
}

/// The words for a problem.
fn explain(draft: Draft, kind: &ProblemKind) -> Draft {
    match kind {
        ProblemKind::Empty => draft.detail("detail-empty"),
        ProblemKind::HostName(host) => draft.detail("detail-host").arg("target", host),
        ProblemKind::NotATag => draft.detail("detail-no-tag"),
        ProblemKind::EmptyTag => draft.detail("detail-empty-tag"),
        ProblemKind::DuplicateTag(tag) => draft.detail("detail-twice").arg("tag", tag),
        ProblemKind::TagCase(right) => draft.detail("detail-case").arg("right", right),
        ProblemKind::KeyTypeCase(right) => draft.detail("detail-case").arg("right", right),
        ProblemKind::MissingSemicolon(tag) => draft.detail("detail-semicolon").arg("tag", tag),
        ProblemKind::BadCharacter(_) => draft.detail("detail-character"),
        ProblemKind::VersionNotFirst => draft.detail("detail-version-first"),
        ProblemKind::BadVersion(_) => draft.detail("detail-version"),
        ProblemKind::UnknownKeyType(kind) => {
            draft.detail("detail-key-type").arg("right", nearest(&kind.to_ascii_lowercase()).as_str())
        }
        ProblemKind::KeyMissing => draft.detail("detail-no-key"),
        ProblemKind::KeyWithoutTag => draft.detail("detail-no-p"),
        ProblemKind::BadBase64 => draft.detail("detail-base64"),
        ProblemKind::BadPadding => draft.detail("detail-padding"),
        ProblemKind::PemArmor(_) => draft.detail("detail-pem"),
        ProblemKind::BrokenKey => draft.detail("detail-broken"),
        ProblemKind::KeyTypeMismatch(right) => draft.detail("detail-mismatch").arg("right", right.as_str()),
        ProblemKind::Ed25519Wrapped(_) => draft.detail("detail-wrapped"),
        ProblemKind::EmptyValue(tag) => draft.detail("detail-empty-value").arg("tag", tag),
        _ => draft,
    }
}

/// The kind of key that was probably meant.
fn nearest(word: &str) -> Algorithm {
    if word.starts_with("ed") || word.contains("25519") { Algorithm::Ed25519 } else { Algorithm::Rsa }
}
