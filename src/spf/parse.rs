//! Reads a record: the grammar of RFC 7208 §12 to the letter, and past its faults to the end.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use super::macros::{MacroError, MacroErrorKind, MacroString, Part, Place};
use super::record::{DomainSpec, DualCidr, Mechanism, Modifier, Qualifier, Record, Span, Term, TermKind};
use super::slips;

/// What [`parse`] makes of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Parsed {
    /// The terms that could be read, those surely meant included ([`Term::recovered`]).
    pub record: Record,
    /// The faults; with a single one every receiver answers permerror (RFC 7208 §4.6).
    pub errors: Vec<Fault>,
    /// What the grammar allows but nobody means: `include=example.de` is an unknown modifier.
    pub slips: Vec<Fault>,
}

/// A fault of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The bytes of the text at fault.
    pub span: Span,
    /// What is wrong with them.
    pub kind: FaultKind,
    /// What should stand in their place, where that can be told.
    pub suggestion: Option<String>,
}

/// What is wrong at a place of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "fault", content = "detail")]
pub enum FaultKind {
    /// The text does not begin with `v=spf1` and a blank (RFC 7208 §4.5).
    Version,
    /// A second `v=spf1` within the record.
    SecondVersion,
    /// Characters outside ASCII (RFC 7208 §3.1).
    NonAscii,
    /// A control character within a term.
    ControlCharacter,
    /// A tab, a line break, a comma or a semicolon where a blank belongs (RFC 7208 §4.6.1).
    Separator,
    /// Quotes around a term or the record.
    Quote,
    /// Two terms without the blank between them.
    MissingBlank,
    /// A blank between a qualifier and its mechanism.
    QualifierBlank,
    /// More than one qualifier.
    DoubleQualifier,
    /// A qualifier behind its mechanism.
    TrailingQualifier,
    /// A qualifier before a modifier (RFC 7208 §4.6.1).
    ModifierQualifier,
    /// No mechanism of this name (RFC 7208 §4.6.1).
    UnknownMechanism(String),
    /// An address or a domain without mechanism.
    MissingMechanism,
    /// A modifier written with a colon, or a mechanism with an equals sign.
    WrongDelimiter,
    /// A name that no modifier can have (RFC 7208 §4.6.1).
    BadModifierName,
    /// An unknown modifier whose name resembles a known one.
    MisspelledModifier(String),
    /// Nothing where a domain or an address belongs.
    MissingArgument,
    /// Something where nothing belongs, as in `all:x`.
    UnexpectedArgument,
    /// No IP address.
    BadAddress,
    /// An IPv6 address after `ip4`, or an IPv4 address after `ip6`.
    WrongFamily,
    /// An address where a domain belongs, as in `a:192.0.2.1`.
    AddressAsDomain,
    /// A domain where an address belongs, as in `ip4:mail.example.de`.
    DomainAsAddress,
    /// No prefix length (RFC 7208 §5.3, §5.6).
    BadCidr,
    /// A prefix length where none is allowed.
    UnexpectedCidr,
    /// A web address where a domain belongs.
    Url,
    /// A mail address where a domain belongs.
    EmailAddress,
    /// A domain without a dot (RFC 7208 §7.1).
    SingleLabel,
    /// A last label that is no top-level domain (RFC 7208 §7.1).
    BadTopLabel,
    /// A fault in a macro (RFC 7208 §7.1).
    Macro(MacroErrorKind),
    /// `redirect` or `exp` for the second time (RFC 7208 §6).
    DuplicateModifier(String),
}

impl FaultKind {
    /// Whether the fault is a matter of characters outside ASCII.
    pub fn is_non_ascii(&self) -> bool {
        *self == Self::NonAscii
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Version => "the version v=spf1 is missing",
            Self::SecondVersion => "a second v=spf1",
            Self::NonAscii => "characters outside ASCII",
            Self::ControlCharacter => "a control character",
            Self::Separator => "terms must be separated by blanks",
            Self::Quote => "quotes do not belong to the record",
            Self::MissingBlank => "a blank is missing between two terms",
            Self::QualifierBlank => "a blank after the qualifier",
            Self::DoubleQualifier => "more than one qualifier",
            Self::TrailingQualifier => "the qualifier belongs before the mechanism",
            Self::ModifierQualifier => "a modifier takes no qualifier",
            Self::UnknownMechanism(name) => return write!(f, "unknown mechanism {name:?}"),
            Self::MissingMechanism => "an address or domain without mechanism",
            Self::WrongDelimiter => "mechanisms take a colon, modifiers an equals sign",
            Self::BadModifierName => "not a valid modifier name",
            Self::MisspelledModifier(name) => return write!(f, "unknown modifier {name:?}"),
            Self::MissingArgument => "the argument is missing",
            Self::UnexpectedArgument => "an argument that is not allowed here",
            Self::BadAddress => "not an IP address",
            Self::WrongFamily => "an address of the other family",
            Self::AddressAsDomain => "an address where a domain belongs",
            Self::DomainAsAddress => "a domain where an address belongs",
            Self::BadCidr => "not a valid prefix length",
            Self::UnexpectedCidr => "a prefix length that is not allowed here",
            Self::Url => "a web address where a domain belongs",
            Self::EmailAddress => "a mail address where a domain belongs",
            Self::SingleLabel => "a domain without a dot",
            Self::BadTopLabel => "the last label is no top-level domain",
            Self::Macro(kind) => return kind.fmt(f),
            Self::DuplicateModifier(name) => return write!(f, "{name} appears twice"),
        })
    }
}

/// Whether a TXT record is an SPF record: `v=spf1` in either case, then a blank or the end
/// (RFC 7208 §4.5).
pub fn is_spf(text: &str) -> bool {
    let head = text.as_bytes().get(..6);
    head.is_some_and(|h| h.eq_ignore_ascii_case(b"v=spf1")) && matches!(text.as_bytes().get(6), None | Some(b' '))
}

/// Reads a record with all its faults.
///
/// Linear in the length of the text. A text without version gets [`FaultKind::Version`], and its
/// terms are read from the first blank on.
pub fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let start = if is_spf(text) {
        6
    } else {
        let end = text.find(' ').unwrap_or(text.len());
        parsed.errors.push(Fault { span: 0..end, kind: FaultKind::Version, suggestion: None });
        end
    };
    let tokens = tokens(text, start, &mut parsed.errors);
    slips::read_terms(text, &tokens, &mut parsed);
    // RFC 7208 §6: redirect and exp must not appear more than once each.
    let mut seen = (false, false);
    for term in &parsed.record.terms {
        let (name, seen) = match &term.kind {
            TermKind::Modifier(Modifier::Redirect(_)) => ("redirect", &mut seen.0),
            TermKind::Modifier(Modifier::Exp(_)) => ("exp", &mut seen.1),
            _ => continue,
        };
        if std::mem::replace(seen, true) {
            let kind = FaultKind::DuplicateModifier(name.to_owned());
            parsed.errors.push(Fault { span: term.span.clone(), kind, suggestion: None });
        }
    }
    parsed.errors.sort_by_key(|e| (e.span.start, e.span.end));
    parsed
}

impl Parsed {
    /// Whether the record is free of faults.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// The text with every suggestion carried out; `None` where one is missing or where the
    /// outcome is still no valid record.
    pub fn corrected(&self, text: &str) -> Option<String> {
        let mut faults: Vec<&Fault> = self.errors.iter().chain(&self.slips).collect();
        faults.sort_by_key(|f| f.span.start);
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for fault in faults {
            out.push_str(text.get(at..fault.span.start)?);
            out.push_str(fault.suggestion.as_deref()?);
            at = fault.span.end;
            // What is taken out leaves one blank behind, and none at the end.
            if fault.suggestion.as_deref() == Some("") && out.ends_with(' ') {
                let rest = text.get(at..)?.trim_start_matches(' ');
                at = text.len() - rest.len();
                if rest.is_empty() {
                    out.truncate(out.trim_end_matches(' ').len());
                }
            }
        }
        out.push_str(text.get(at..)?);
        (is_spf(&out) && parse(&out).is_valid()).then_some(out)
    }
}

/// Splits at blanks; other white space separates too, but is a fault.
fn tokens(text: &str, start: usize, errors: &mut Vec<Fault>) -> Vec<Span> {
    let mut tokens = Vec::new();
    let mut begin = None;
    let rest = text.get(start..).unwrap_or_default();
    let mut run: Option<(Span, bool)> = None;
    for (i, c) in rest.char_indices() {
        let at = start + i;
        let odd = c != ' ' && c.is_whitespace();
        if c == ' ' || odd {
            if let Some(begin) = begin.take() {
                tokens.push(begin..at);
            }
        } else if begin.is_none() {
            begin = Some(at);
        }
        match (&mut run, odd) {
            (Some((span, ascii)), true) => {
                span.end = at + c.len_utf8();
                *ascii &= c.is_ascii();
            }
            (None, true) => run = Some((at..at + c.len_utf8(), c.is_ascii())),
            (_, false) => {
                if let Some((span, ascii)) = run.take() {
                    errors.push(white_space(text, span, ascii));
                }
            }
        }
    }
    if let Some((span, ascii)) = run {
        errors.push(white_space(text, span, ascii));
    }
    if let Some(begin) = begin {
        tokens.push(begin..text.len());
    }
    tokens
}

fn white_space(text: &str, span: Span, ascii: bool) -> Fault {
    let blank = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_none_or(|&b| b == b' ');
    let needless = blank(span.start.checked_sub(1)) || blank(Some(span.end));
    let kind = if ascii { FaultKind::Separator } else { FaultKind::NonAscii };
    Fault { span, kind, suggestion: Some(if needless { "" } else { " " }.to_owned()) }
}

/// Reads one term by the grammar alone.
///
/// # Errors
/// The first fault, with its span in `text`.
pub(super) fn term(text: &str, span: Span) -> Result<Term, Fault> {
    let token = text.get(span.clone()).unwrap_or_default();
    let at = |range: Span| span.start + range.start..span.start + range.end;
    let fail = |range: Span, kind| Err(Fault { span: at(range), kind, suggestion: None });
    if let Some((i, c)) = token.char_indices().find(|(_, c)| !c.is_ascii_graphic()) {
        let kind = if c.is_ascii() { FaultKind::ControlCharacter } else { FaultKind::NonAscii };
        return fail(i..i + c.len_utf8(), kind);
    }
    let qualifier = token.chars().next().and_then(Qualifier::from_char);
    let from = usize::from(qualifier.is_some());
    let body = token.get(from..).unwrap_or_default();
    let end = body.find([':', '/', '=']).unwrap_or(body.len());
    let name = body.get(..end).unwrap_or_default();
    let name_span = from..from + end;
    let rest = from + end..token.len();
    let make = |kind, argument: Option<Span>, cidr: Option<Span>| Term {
        kind,
        span: span.clone(),
        qualifier: qualifier.map(|_| at(0..1)),
        name: at(name_span.clone()),
        argument: argument.map(at),
        cidr: cidr.map(at),
        recovered: false,
    };

    let spec = |range: &Span| match range.is_empty() {
        // What is not there has no place of its own.
        true => Err(Fault { span: span.clone(), kind: FaultKind::MissingArgument, suggestion: None }),
        false => domain_spec(token.get(range.clone()).unwrap_or_default(), at(range.clone())),
    };

    // RFC 7208 §4.6.1: a name directly followed by "=" is a modifier.
    if token.as_bytes().get(rest.start) == Some(&b'=') {
        let value = rest.start + 1..token.len();
        let mut bytes = name.bytes();
        let named = bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
            && bytes.all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        if !named {
            return fail(0..value.start, FaultKind::BadModifierName);
        }
        if qualifier.is_some() {
            return fail(0..1, FaultKind::ModifierQualifier);
        }
        let argument = token.get(value.clone()).unwrap_or_default();
        let modifier = if name.eq_ignore_ascii_case("redirect") {
            Modifier::Redirect(spec(&value)?)
        } else if name.eq_ignore_ascii_case("exp") {
            Modifier::Exp(spec(&value)?)
        } else {
            let parsed =
                MacroString::parse(argument, Place::Modifier).map_err(|e| macro_fault(e, at(value.clone()).start))?;
            Modifier::Unknown(name.to_ascii_lowercase(), parsed)
        };
        return Ok(make(TermKind::Modifier(modifier), Some(value), None));
    }

    let colon = token.as_bytes().get(rest.start) == Some(&b':');
    let argument = rest.start + usize::from(colon)..token.len();
    let lower = name.to_ascii_lowercase();
    let qualifier_value = qualifier.unwrap_or_default();
    let directive = |m| TermKind::Directive(qualifier_value, m);
    match lower.as_str() {
        "all" if rest.is_empty() => Ok(make(directive(Mechanism::All), None, None)),
        "all" => fail(rest, FaultKind::UnexpectedArgument),
        "include" | "exists" | "ptr" => {
            if !colon && !rest.is_empty() {
                return fail(rest, FaultKind::UnexpectedCidr);
            }
            let (argument, spec) = match colon {
                true => (Some(argument.clone()), Some(spec(&argument)?)),
                false => (None, None),
            };
            let mechanism = match (lower.as_str(), spec) {
                ("ptr", spec) => Mechanism::Ptr(spec),
                ("include", Some(spec)) => Mechanism::Include(spec),
                (_, Some(spec)) => Mechanism::Exists(spec),
                (_, None) => return fail(name_span, FaultKind::MissingArgument),
            };
            Ok(make(directive(mechanism), argument, None))
        }
        "a" | "mx" => {
            let (end, cidr) = dual_cidr(token, &rest).map_err(|r| Fault {
                span: at(r),
                kind: FaultKind::BadCidr,
                suggestion: None,
            })?;
            let argument = argument.start.min(end)..end;
            let (shown, spec) = match colon {
                true => (Some(argument.clone()), Some(spec(&argument)?)),
                false if argument.is_empty() => (None, None),
                false => return fail(argument, FaultKind::BadCidr),
            };
            let mechanism = if lower == "a" { Mechanism::A(spec, cidr) } else { Mechanism::Mx(spec, cidr) };
            Ok(make(directive(mechanism), shown, (end < token.len()).then_some(end..token.len())))
        }
        "ip4" | "ip6" => {
            if !colon || argument.is_empty() {
                return fail(name_span.start..rest.start + usize::from(colon), FaultKind::MissingArgument);
            }
            let value = token.get(argument.clone()).unwrap_or_default();
            let cut = value.find('/').map_or(argument.end, |i| argument.start + i);
            let address = argument.start..cut;
            let host = token.get(address.clone()).unwrap_or_default();
            let limit = if lower == "ip4" { 32 } else { 128 };
            let mechanism = |length| match lower.as_str() {
                "ip4" => host.parse::<Ipv4Addr>().ok().map(|ip| Mechanism::Ip4(ip, length)),
                _ => host.parse::<Ipv6Addr>().ok().map(|ip| Mechanism::Ip6(ip, length)),
            };
            if mechanism(limit).is_none() {
                return fail(if address.is_empty() { argument } else { address }, FaultKind::BadAddress);
            }
            let cidr = cut..argument.end;
            let length = match token.get(cut + 1..argument.end) {
                None => Some(limit),
                Some(digits) => prefix_length(digits, limit),
            };
            match length.and_then(mechanism) {
                Some(m) => Ok(make(directive(m), Some(address), (!cidr.is_empty()).then_some(cidr))),
                None => fail(cidr, FaultKind::BadCidr),
            }
        }
        _ => fail(
            if name.is_empty() { 0..token.len() } else { name_span },
            FaultKind::UnknownMechanism(name.chars().take(64).collect()),
        ),
    }
}

fn prefix_length(digits: &str, limit: u8) -> Option<u8> {
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    plain.then(|| digits.parse().ok()).flatten().filter(|n| *n <= limit)
}

/// Takes the dual-cidr-length from the right end: where it begins, and what it says.
/// A colon or slash within the domain is no part of it (RFC 7208 §7.1).
fn dual_cidr(token: &str, rest: &Span) -> Result<(usize, DualCidr), Span> {
    let trailing = |end: usize| {
        let part = token.get(rest.start..end)?;
        let slash = part.rfind('/')?;
        let digits = part.get(slash + 1..)?;
        (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some((rest.start + slash, digits))
    };
    let mut cidr = DualCidr::default();
    let mut end = token.len();
    let Some((slash, digits)) = trailing(end) else { return Ok((end, cidr)) };
    let v6 = slash > rest.start && token.as_bytes().get(slash - 1) == Some(&b'/');
    if v6 {
        cidr.v6 = prefix_length(digits, 128).ok_or(slash - 1..end)?;
        end = slash - 1;
        if let Some((slash, digits)) = trailing(end) {
            cidr.v4 = prefix_length(digits, 32).ok_or(slash..end)?;
            end = slash;
        }
    } else {
        cidr.v4 = prefix_length(digits, 32).ok_or(slash..end)?;
        end = slash;
    }
    Ok((end, cidr))
}

fn macro_fault(error: MacroError, offset: usize) -> Fault {
    let span = offset + error.span.start..offset + error.span.end;
    Fault { span, kind: FaultKind::Macro(error.kind), suggestion: None }
}

/// Reads a domain-spec; `span` is its place in the record (RFC 7208 §7.1).
fn domain_spec(text: &str, span: Span) -> Result<DomainSpec, Fault> {
    let fail = |span, kind| Err(Fault { span, kind, suggestion: None });
    if text.is_empty() {
        return fail(span, FaultKind::MissingArgument);
    }
    let parsed = MacroString::parse(text, Place::DomainSpec).map_err(|e| macro_fault(e, span.start))?;
    // RFC 7208 §7.1: domain-end = ( "." toplabel [ "." ] ) / macro-expand.
    if let Some(Part::Literal(range)) = parsed.parts().last() {
        let tail = text.get(range.clone()).unwrap_or_default();
        let tail = tail.strip_suffix('.').unwrap_or(tail);
        let Some(dot) = tail.rfind('.') else {
            return fail(span, if range.start == 0 { FaultKind::SingleLabel } else { FaultKind::BadTopLabel });
        };
        let label = tail.get(dot + 1..).unwrap_or_default();
        let valid = !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.bytes().all(|b| b.is_ascii_digit())
            && !label.starts_with('-')
            && !label.ends_with('-');
        if !valid {
            let from = span.start + range.start + dot + 1;
            return fail(from..from + label.len().max(usize::from(from < span.end)), FaultKind::BadTopLabel);
        }
    }
    Ok(DomainSpec::new(parsed))
}
