//! `zone-syntax`: an entry that cannot be read.

use crate::dns::{Name, RecordType};
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};
use crate::zonefile::{Entry, Problem, SyntaxError, ZoneSet, quote};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "zone-syntax",
    area: Area::Zone,
    severity: Severity::Error,
    sources: &[Source::Zone],
    rests_on: &[],
    impact: Impact::Refused(5),
    references: &[section("RFC 1035", "5.1"), section("RFC 3597", "5")],
    judge: Judge::Zone(judge),
};

fn judge(set: &ZoneSet, out: &mut Findings<'_>) {
    let mut last = None;
    for error in set.errors() {
        last = Some((subject(&error, set), error.location.clone()));
        let octets = match error.problem {
            Problem::StringTooLong(octets) => octets,
            _ => 0,
        };
        use Problem::{BadEscape, BadNumber, Include, MissingRdata, StringTooLong, TrailingData, UnterminatedString};
        let number = error.word.bytes().all(|b| b.is_ascii_digit());
        let preference = error.rtype == Some(RecordType::Mx) && !number;
        let detail = match error.problem {
            BadNumber | MissingRdata if preference => "detail-preference",
            _ => attribute(error.problem.id()),
        };
        let draft = Draft::new(subject(&error, set))
            .detail(detail)
            .arg("token", error.word)
            .arg("octets", octets)
            .at(error.location.into());
        out.add(match error.problem {
            Include(_) => draft.fix("fix-include"),
            StringTooLong(_) | TrailingData | UnterminatedString | BadEscape => draft,
            _ => draft.fix("fix-entry"),
        });
    }
    for entry in set.entries().filter(|entry| entry.rtype() == RecordType::Txt && is_cut(entry)) {
        let (owner, value) = (entry.owner(), entry.value());
        let draft = Draft::new(owner).detail("detail-comment").arg("octets", 0).arg("token", &value);
        let draft = draft.record(owner, RecordType::Txt, &value).span(0..value.len()).at(entry.location().into());
        out.add(match entry.text_with_comment() {
            Some(whole) => {
                let draft = draft.fix("fix-comment").arg("meant", quote(&whole));
                draft.replace(owner, RecordType::Txt, value, whole)
            }
            None => draft,
        });
    }
    // More than anybody reads; how many there are is worth knowing all the same.
    if let Some((subject, location)) = last.filter(|_| set.errors_dropped() > 0) {
        let draft = Draft::new(subject).detail("detail-more").arg("token", "").arg("octets", 0);
        out.add(draft.arg("count", set.errors_dropped()).at(location.into()));
    }
}

/// Whether a record of tags lost all but its first tags to a comment, because quotation marks are missing.
pub(crate) fn is_cut(entry: &Entry<'_>) -> bool {
    const BEGINNINGS: [&str; 6] = ["v=dmarc1", "v=dkim1", "k=", "v=stsv1", "v=tlsrptv1", "v=bimi1"];
    entry.is_cut_by_comment() && {
        let value = entry.value().to_ascii_lowercase();
        BEGINNINGS.iter().any(|beginning| value.starts_with(beginning))
    }
}

/// The owner, or the zone where the owner could not be read.
fn subject(error: &SyntaxError, set: &ZoneSet) -> Name {
    let zone = || set.zones().first().map(|zone| zone.apex.clone());
    error.owner.clone().or_else(zone).unwrap_or_else(Name::root)
}

macro_rules! attributes {
    ($id:expr; $($name:literal)*) => {
        match $id {
            $($name => concat!("detail-", $name),)*
            _ => "detail",
        }
    };
}

/// The attribute of the message that tells of a kind of problem.
fn attribute(id: &'static str) -> &'static str {
    attributes!(id;
        "bad-address" "string-too-long" "unknown-type" "missing-type" "missing-data" "trailing-data" "bad-ttl"
        "bad-escape" "bad-name" "empty-label" "label-too-long" "name-too-long" "bad-idn" "bad-number" "bad-hex"
        "bad-base64" "bad-generic-data" "record-too-long" "wrong-class" "unknown-directive" "bad-directive"
        "unterminated-string" "unclosed-parenthesis" "stray-parenthesis" "no-owner" "too-many-words"
        "include-missing" "include-unreadable" "include-outside" "include-not-a-file" "include-no-folder"
        "include-loop" "include-too-deep" "include-too-many" "include-too-large" "bad-generate" "generate-limit"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locales::{Catalogue, Language};
    use crate::zonefile::IncludeProblem::*;

    #[test]
    fn every_problem_has_words_of_its_own() {
        use Problem::*;
        let problems = [
            BadAddress,
            StringTooLong(300),
            UnknownType,
            MissingType,
            MissingRdata,
            TrailingData,
            BadTtl,
            BadEscape,
            BadName,
            EmptyLabel,
            LabelTooLong,
            NameTooLong,
            BadIdn,
            BadNumber,
            BadHex,
            BadBase64,
            BadGenericData,
            RecordTooLong,
            WrongClass,
            UnknownDirective,
            BadDirective,
            UnterminatedString,
            UnclosedParenthesis,
            StrayParenthesis,
            NoOwner,
            TooManyTokens,
            Include(Missing),
            Include(Unreadable),
            Include(Outside),
            Include(NotAFile),
            Include(NoFolder),
            Include(Loop),
            Include(TooDeep),
            Include(TooMany),
            Include(TooLarge),
            BadGenerate,
            GenerateLimit,
        ];
        for problem in problems {
            let name = attribute(problem.id());
            assert_ne!(name, "detail", "{problem:?}");
            for language in Language::ALL {
                assert!(Catalogue::of(language).has(RULE.id, Some(name)), "{name}");
            }
        }
    }
}
