//! What can be wrong with an entry.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::names::BadName;
use crate::dns::NameError;

/// Why an entry cannot be read. [`Problem::id`] names the kind; `Display` is one English line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "detail")]
pub enum Problem {
    /// No IPv4 or IPv6 address.
    BadAddress,
    /// A character-string of so many octets; 255 is the most (RFC 1035 §3.3).
    StringTooLong(u32),
    /// Neither a TTL, a class nor a record type.
    UnknownType,
    /// The entry ends before it names a type.
    MissingType,
    /// The entry ends before its data does.
    MissingRdata,
    /// Something follows the data.
    TrailingData,
    /// No TTL, or one above 2^31 - 1 (RFC 2181 §8).
    BadTtl,
    /// A backslash that begins no escape, or `\DDD` above 255.
    BadEscape,
    /// A quoted string where a name belongs.
    BadName,
    /// A name with two dots in a row, or a dot at its start.
    EmptyLabel,
    /// A label of more than 63 octets.
    LabelTooLong,
    /// A name of more than 255 octets, the origin included.
    NameTooLong,
    /// A name outside ASCII that has no A-labels.
    BadIdn,
    /// No number, or one out of range.
    BadNumber,
    /// No hexadecimal digits, or an odd number of them.
    BadHex,
    /// No base64.
    BadBase64,
    /// `\#` data whose length or shape is wrong (RFC 3597 §5).
    BadGenericData,
    /// The data is longer than 65,535 octets.
    RecordTooLong,
    /// A class other than IN.
    WrongClass,
    /// A `$` word that is no directive.
    UnknownDirective,
    /// A directive without its argument, or with a bad one.
    BadDirective,
    /// A quoted string that its line does not close.
    UnterminatedString,
    /// `(` without `)`.
    UnclosedParenthesis,
    /// `)` without `(`.
    StrayParenthesis,
    /// The line begins with a blank, and there is no readable owner above it.
    NoOwner,
    /// More words than any record can hold.
    TooManyTokens,
    /// An `$INCLUDE` that was not followed.
    Include(IncludeProblem),
    /// A `$GENERATE` that is not as BIND has it.
    BadGenerate,
    /// `$GENERATE` would make more records, or longer ones, than a run allows.
    GenerateLimit,
}

/// Why an `$INCLUDE` was not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncludeProblem {
    /// The file is not there.
    Missing,
    /// The file could not be read.
    Unreadable,
    /// It lies, symbolic links followed, outside the folder of the linted file.
    Outside,
    /// A folder, device, pipe or socket.
    NotAFile,
    /// Text from standard input or memory has no folder to look in.
    NoFolder,
    /// The file includes itself, by whatever way.
    Loop,
    /// More than eight files deep.
    TooDeep,
    /// More than 100 files in a run.
    TooMany,
    /// More than 256 MiB in a run.
    TooLarge,
}

impl Problem {
    /// A fixed word for the kind, such as `bad-address` or `include-missing`.
    pub fn id(&self) -> &'static str {
        match self {
            Self::BadAddress => "bad-address",
            Self::StringTooLong(_) => "string-too-long",
            Self::UnknownType => "unknown-type",
            Self::MissingType => "missing-type",
            Self::MissingRdata => "missing-data",
            Self::TrailingData => "trailing-data",
            Self::BadTtl => "bad-ttl",
            Self::BadEscape => "bad-escape",
            Self::BadName => "bad-name",
            Self::EmptyLabel => "empty-label",
            Self::LabelTooLong => "label-too-long",
            Self::NameTooLong => "name-too-long",
            Self::BadIdn => "bad-idn",
            Self::BadNumber => "bad-number",
            Self::BadHex => "bad-hex",
            Self::BadBase64 => "bad-base64",
            Self::BadGenericData => "bad-generic-data",
            Self::RecordTooLong => "record-too-long",
            Self::WrongClass => "wrong-class",
            Self::UnknownDirective => "unknown-directive",
            Self::BadDirective => "bad-directive",
            Self::UnterminatedString => "unterminated-string",
            Self::UnclosedParenthesis => "unclosed-parenthesis",
            Self::StrayParenthesis => "stray-parenthesis",
            Self::NoOwner => "no-owner",
            Self::TooManyTokens => "too-many-words",
            Self::Include(why) => match why {
                IncludeProblem::Missing => "include-missing",
                IncludeProblem::Unreadable => "include-unreadable",
                IncludeProblem::Outside => "include-outside",
                IncludeProblem::NotAFile => "include-not-a-file",
                IncludeProblem::NoFolder => "include-no-folder",
                IncludeProblem::Loop => "include-loop",
                IncludeProblem::TooDeep => "include-too-deep",
                IncludeProblem::TooMany => "include-too-many",
                IncludeProblem::TooLarge => "include-too-large",
            },
            Self::BadGenerate => "bad-generate",
            Self::GenerateLimit => "generate-limit",
        }
    }

    /// Records are missing from what was read, and nobody can say which.
    pub(super) fn hides_records(self) -> bool {
        matches!(self, Self::Include(_) | Self::BadGenerate | Self::GenerateLimit)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BadAddress => "not an address; write all parts, such as 192.0.2.1 or 2001:db8::1",
            Self::StringTooLong(octets) => {
                return write!(f, "a string of {octets} octets; split it into quoted strings of at most 255");
            }
            Self::UnknownType => "not a record type; check the spelling and the order owner, TTL, class, type",
            Self::MissingType => "no record type; write owner, TTL, class, type and data on one line",
            Self::MissingRdata => "the data is missing or incomplete",
            Self::TrailingData => "more than the type takes; remove the rest, or put it in quotes",
            Self::BadTtl => "not a TTL; write seconds or units such as 1h30m",
            Self::BadEscape => "not an escape; write \\DDD with three digits up to 255, or \\\\ for a backslash",
            Self::BadName => "not a domain name; names are not quoted",
            Self::EmptyLabel => "not a domain name: a label is empty; remove the dot too many",
            Self::LabelTooLong => "not a domain name: a label is longer than 63 octets",
            Self::NameTooLong => "not a domain name: with its origin it is longer than 255 octets",
            Self::BadIdn => "not a domain name: its letters have no form in ASCII",
            Self::BadNumber => "not a number in the range of this field",
            Self::BadHex => "not hexadecimal digits in pairs",
            Self::BadBase64 => "not base64",
            Self::BadGenericData => "not data of the form \\# length hexadecimal",
            Self::RecordTooLong => "longer than the 65535 octets of a record",
            Self::WrongClass => "a class other than IN",
            Self::UnknownDirective => "not a directive; there are $ORIGIN, $TTL, $INCLUDE and $GENERATE",
            Self::BadDirective => "a directive without a usable argument",
            Self::UnterminatedString => "a quoted string that is not closed on its line; add the quotation mark",
            Self::UnclosedParenthesis => "a parenthesis that is never closed; add )",
            Self::StrayParenthesis => "a closing parenthesis without an opening one; remove it",
            Self::NoOwner => "no owner name: the line begins with a blank and no readable owner is above it",
            Self::TooManyTokens => "more words than a record can hold",
            Self::Include(why) => match why {
                IncludeProblem::Missing => "the included file does not exist",
                IncludeProblem::Unreadable => "the included file cannot be read",
                IncludeProblem::Outside => "the included file lies outside the folder of the zone file",
                IncludeProblem::NotAFile => "what is included is not a regular file",
                IncludeProblem::NoFolder => "nothing is included from standard input; name the zone file instead",
                IncludeProblem::Loop => "the file includes itself",
                IncludeProblem::TooDeep => "more than 8 included files deep",
                IncludeProblem::TooMany => "more than 100 included files",
                IncludeProblem::TooLarge => "more than 256 MiB of included files",
            },
            Self::BadGenerate => "not of the form $GENERATE start-stop[/step] owner [TTL] [class] type data",
            Self::GenerateLimit => "more than the 65536 records, or longer ones, than $GENERATE may make",
        })
    }
}

impl From<BadName> for Problem {
    fn from(bad: BadName) -> Self {
        match bad {
            // Fatal for the whole file before it gets here; kept for data that is decoded alone.
            BadName::NoOrigin => Self::NoOwner,
            BadName::Name(NameError::BadEscape) => Self::BadEscape,
            BadName::Name(NameError::EmptyLabel) => Self::EmptyLabel,
            BadName::Name(NameError::LabelTooLong) => Self::LabelTooLong,
            BadName::Name(NameError::NameTooLong) => Self::NameTooLong,
            BadName::Name(NameError::BadIdn) => Self::BadIdn,
        }
    }
}
