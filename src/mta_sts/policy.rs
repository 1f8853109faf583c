//! The policy file (RFC 8461 §3.2).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::dns::Name;
use crate::tag_list::{Span, closest};

/// Larger files are refused (RFC 8461 §3.3 suggests a bound), in octets.
pub const MAX_POLICY_SIZE: usize = 64 * 1024;
/// The greatest `max_age` in seconds, about a year (RFC 8461 §3.2).
const MOST_AGE: u64 = 31_557_600;
const KEYS: [&str; 4] = ["version", "mode", "max_age", "mx"];

/// What senders do when a host cannot be authenticated (RFC 8461 §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// They do not deliver to it.
    Enforce,
    /// They deliver and report.
    Testing,
    /// As if there were no policy.
    None,
}

impl Mode {
    /// The word of the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Testing => "testing",
            Self::None => "none",
        }
    }
}

/// A policy that senders use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The mode.
    pub mode: Mode,
    /// How long it is kept, in seconds.
    pub max_age: u64,
    /// The patterns, in their order: host names or `*.name`.
    pub mx: Vec<String>,
}

impl fmt::Display for Policy {
    /// The file, with the CRLF of RFC 8461 §3.2.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "version: STSv1\r\nmode: {}\r\n", self.mode.as_str())?;
        self.mx.iter().try_for_each(|mx| write!(f, "mx: {mx}\r\n"))?;
        write!(f, "max_age: {}\r\n", self.max_age)
    }
}

/// What slipped in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicySlipKind {
    /// It is empty.
    Empty,
    /// Larger than [`MAX_POLICY_SIZE`].
    TooLarge,
    /// Not UTF-8.
    NotText,
    /// It begins with a byte order mark.
    ByteOrderMark,
    /// It is a web page.
    Html,
    /// No `version: STSv1`.
    VersionMissing,
    /// Another version.
    VersionInvalid,
    /// No `mode`.
    ModeMissing,
    /// None of `enforce`, `testing`, `none`.
    ModeInvalid,
    /// No `max_age`.
    MaxAgeMissing,
    /// No number of up to ten digits, or above 31557600.
    MaxAgeInvalid,
    /// No `mx`, though the mode is not `none`.
    MxMissing,
    /// A pattern that is neither a name nor `*.name`.
    MxInvalid,
    /// A line without a colon.
    Line,
    /// A key that is a slip of a known one (`nmx`, `max-age`, `Mode`).
    KeyTypo,
    /// A key other than `mx` a second time: the first counts.
    Duplicate,
}

impl PolicySlipKind {
    /// Whether senders can still use the file.
    pub fn is_harmless(self) -> bool {
        matches!(self, Self::Duplicate | Self::KeyTypo)
    }
}

/// A slip and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySlip {
    /// What slipped.
    pub kind: PolicySlipKind,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// Where in the text.
    pub span: Span,
    /// What should stand there, where that can be guessed.
    pub suggestion: Option<String>,
}

/// A policy file, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedPolicy {
    /// What senders make of it; `None` where they cannot use it.
    pub policy: Option<Policy>,
    /// The slips in their order.
    pub slips: Vec<PolicySlip>,
}

/// Reads a policy file. Never fails.
pub fn parse_policy(octets: &[u8]) -> ParsedPolicy {
    let mut slips = Vec::new();
    let whole = |kind| vec![PolicySlip { kind, line: 0, span: 0..0, suggestion: None }];
    if octets.len() > MAX_POLICY_SIZE {
        return ParsedPolicy { policy: None, slips: whole(PolicySlipKind::TooLarge) };
    }
    let Ok(text) = std::str::from_utf8(octets) else {
        return ParsedPolicy { policy: None, slips: whole(PolicySlipKind::NotText) };
    };
    let body = text.trim_start_matches('\u{feff}');
    if body.trim().is_empty() {
        return ParsedPolicy { policy: None, slips: whole(PolicySlipKind::Empty) };
    }
    if body.trim_start().starts_with('<') {
        return ParsedPolicy { policy: None, slips: whole(PolicySlipKind::Html) };
    }
    let mut at = text.len() - body.len();
    let marked = at > 0;
    if marked {
        slips.push(PolicySlip {
            kind: PolicySlipKind::ByteOrderMark,
            line: 1,
            span: 0..at,
            suggestion: Some(String::new()),
        });
    }
    let (mut version, mut mode, mut age) = (None, None, None);
    let mut mx = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (i, raw) in body.split('\n').enumerate() {
        let begin = at;
        at += raw.len() + 1;
        let line = raw.strip_suffix('\r').unwrap_or(raw);
        let mut slip = |kind, from: usize, len: usize, suggestion: Option<&str>| {
            slips.push(PolicySlip {
                kind,
                line: i + 1,
                span: from..from + len,
                suggestion: suggestion.map(str::to_owned),
            });
        };
        if line.trim().is_empty() {
            continue;
        }
        let Some((key, rest)) = line.split_once(':') else {
            slip(PolicySlipKind::Line, begin, line.len(), None);
            continue;
        };
        // RFC 8461 §3.2: blanks behind the colon and at the end of the line.
        let value = rest.trim_matches([' ', '\t']);
        let from = begin + key.len() + 1 + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
        let Some(known) = KEYS.into_iter().find(|k| *k == key) else {
            // Unknown keys are left out by senders; near misses are worth a word.
            let bare = key.trim().to_ascii_lowercase().replace('-', "_");
            let meant = KEYS
                .into_iter()
                .find(|k| *k == bare)
                .or_else(|| if bare == "nmx" { Some("mx") } else { closest(&bare, &KEYS) });
            if let Some(meant) = meant {
                slip(PolicySlipKind::KeyTypo, begin, key.len(), Some(meant));
            }
            continue;
        };
        if known != "mx" {
            if seen.contains(&known) {
                slip(PolicySlipKind::Duplicate, begin, line.len(), Some(""));
                continue;
            }
            seen.push(known);
        }
        match known {
            "version" if value == "STSv1" => version = Some(()),
            "version" => slip(PolicySlipKind::VersionInvalid, from, value.len(), Some("STSv1")),
            "mode" => {
                mode = [Mode::Enforce, Mode::Testing, Mode::None].into_iter().find(|m| m.as_str() == value);
                if mode.is_none() {
                    slip(
                        PolicySlipKind::ModeInvalid,
                        from,
                        value.len(),
                        closest(value, &["enforce", "testing", "none"]),
                    );
                }
            }
            "max_age" => {
                let digits = (1..=10).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit());
                age = value.parse::<u64>().ok().filter(|n| digits && *n <= MOST_AGE);
                if age.is_none() {
                    slip(PolicySlipKind::MaxAgeInvalid, from, value.len(), None);
                }
            }
            _ => {
                if is_pattern(value) {
                    mx.push(value.to_ascii_lowercase());
                } else {
                    slip(PolicySlipKind::MxInvalid, from, value.len(), None);
                }
            }
        }
    }
    let mut missing = |kind| slips.push(PolicySlip { kind, line: 0, span: 0..0, suggestion: None });
    for (key, kind) in [
        ("version", PolicySlipKind::VersionMissing),
        ("mode", PolicySlipKind::ModeMissing),
        ("max_age", PolicySlipKind::MaxAgeMissing),
    ] {
        if !seen.contains(&key) {
            missing(kind);
        }
    }
    let needs_mx = mode != Some(Mode::None);
    if mx.is_empty() && needs_mx && !slips.iter().any(|s| s.kind == PolicySlipKind::MxInvalid) {
        slips.push(PolicySlip { kind: PolicySlipKind::MxMissing, line: 0, span: 0..0, suggestion: None });
    }
    let usable = slips.iter().all(|s| s.kind.is_harmless());
    let policy = match (version, mode, age) {
        (Some(()), Some(mode), Some(max_age)) if usable => Some(Policy { mode, max_age, mx }),
        _ => None,
    };
    ParsedPolicy { policy, slips }
}

/// A name of letters, digits and hyphens, with or without `*.` before it; at least two labels.
fn is_pattern(pattern: &str) -> bool {
    let name = pattern.strip_prefix("*.").unwrap_or(pattern);
    name.contains('.') && crate::dmarc::is_host(name) && Name::parse(name).is_ok()
}

/// Whether a pattern covers a host: equal, or `*.` for exactly one whole label (RFC 8461 §4.1).
///
/// `host` is the name in the MX record, not where an alias leads.
pub fn mx_matches(pattern: &str, host: &Name) -> bool {
    let pattern = pattern.trim_end_matches('.');
    match pattern.strip_prefix("*.") {
        Some(base) => Name::parse(base).is_ok_and(|base| !base.is_root() && host.parent() == Some(base)),
        None => Name::parse(pattern).is_ok_and(|name| !name.is_root() && name == *host),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GOOD: &str = "version: STSv1\r\nmode: enforce\r\nmx: mail.x.de\r\nmx: *.y.de\r\nmax_age: 604800\r\n";

    #[test]
    fn a_good_file() {
        let parsed = parse_policy(GOOD.as_bytes());
        assert_eq!(parsed.slips, []);
        let policy = parsed.policy.unwrap();
        assert_eq!((policy.mode, policy.max_age, policy.mx.len()), (Mode::Enforce, 604800, 2));
        assert_eq!(policy.to_string(), GOOD);
        assert!(parse_policy(b"version: STSv1\nmode:none \nmax_age:\t86400\nfoo: bar\n").policy.is_some());
    }

    #[test]
    fn slips_of_the_file() {
        use PolicySlipKind::*;
        for (from, to, kinds) in [
            ("mx: mail", "nmx: mail", &[KeyTypo] as &[_]),
            ("max_age", "max-age", &[KeyTypo, MaxAgeMissing]),
            ("version: STSv1\r\n", "", &[VersionMissing]),
            ("STSv1", "STSv2", &[VersionInvalid]),
            ("enforce", "enforced", &[ModeInvalid]),
            ("mode: enforce\r\n", "", &[ModeMissing]),
            ("604800", "99999999", &[MaxAgeInvalid]),
            ("604800", "7d", &[MaxAgeInvalid]),
            ("mx: mail.x.de\r\nmx: *.y.de\r\n", "", &[MxMissing]),
            ("mail.x.de", "10 mail.x.de.", &[MxInvalid]),
            ("*.y.de", "*", &[MxInvalid]),
            ("mode", "mode: testing\r\nmode", &[Duplicate]),
            ("version", "\u{feff}version", &[ByteOrderMark]),
            ("mode: enforce", "mode enforce", &[Line, ModeMissing]),
            ("version", "<html>version", &[Html]),
        ] {
            let text = GOOD.replacen(from, to, 1);
            let parsed = parse_policy(text.as_bytes());
            assert_eq!(parsed.slips.iter().map(|s| s.kind).collect::<Vec<_>>(), kinds, "{text}");
            assert_eq!(parsed.policy.is_some(), kinds.iter().all(|k| k.is_harmless()), "{text}");
        }
        assert_eq!(parse_policy(b"").slips[0].kind, Empty);
        assert_eq!(parse_policy(&vec![b'a'; MAX_POLICY_SIZE + 1]).slips[0].kind, TooLarge);
        assert_eq!(parse_policy(b"\xff").slips[0].kind, NotText);
    }

    #[test]
    fn patterns() {
        for (pattern, host, want) in [
            ("mail.example.com", "mail.example.com", true),
            ("Mail.Example.com", "mail.example.com", true),
            ("*.example.com", "mail.example.com", true),
            ("*.example.com", "example.com", false),
            ("*.example.com", "a.b.example.com", false),
            ("*", "mail", false),
            ("*.", "com", false),
            ("", "com", false),
        ] {
            assert_eq!(mx_matches(pattern, &Name::parse(host).unwrap()), want, "{pattern} {host}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(octets in prop::collection::vec(any::<u8>(), 0..200), text in "(version|mode|mx|max_age|:|STSv1|\\r|\\n| |\\PC){0,40}") {
            let _ = parse_policy(&octets);
            for slip in parse_policy(text.as_bytes()).slips {
                prop_assert!(text.get(slip.span).is_some());
            }
        }
    }
}
