//! The parts of an SPF record (RFC 7208 §4.6, §5, §6) and their canonical text.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::SpfResult;
use super::macros::{Letter, MacroString, Part, Place, to_name};
use crate::dns::Name;

/// Bytes of the record's text.
pub type Span = Range<usize>;

/// A record: its terms, in the order in which they were written.
///
/// `Display` writes the canonical text: one blank between terms, names in lower case, no `+`, no
/// prefix length that is the default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Record {
    /// The terms.
    pub terms: Vec<Term>,
}

/// A term and where its parts were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// What it says.
    pub kind: TermKind,
    /// The whole term.
    pub span: Span,
    /// The qualifier, where one was written.
    pub qualifier: Option<Span>,
    /// The name of the mechanism or modifier.
    pub name: Span,
    /// What follows `:` or `=`, without the prefix length.
    pub argument: Option<Span>,
    /// The prefix length, slashes included.
    pub cidr: Option<Span>,
    /// The term was wrong as written and has been read as it was surely meant; the spans of its
    /// parts are then those of the whole term.
    #[serde(default)]
    pub recovered: bool,
}

/// A directive or a modifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermKind {
    /// A qualifier and a mechanism.
    Directive(Qualifier, Mechanism),
    /// A modifier.
    Modifier(Modifier),
}

/// What a match comes to (RFC 7208 §4.6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Qualifier {
    /// `+`, the default.
    #[default]
    Pass,
    /// `-`
    Fail,
    /// `~`
    Softfail,
    /// `?`
    Neutral,
}

impl Qualifier {
    /// The qualifier of a character.
    pub fn from_char(c: char) -> Option<Self> {
        Some(match c {
            '+' => Self::Pass,
            '-' => Self::Fail,
            '~' => Self::Softfail,
            '?' => Self::Neutral,
            _ => return None,
        })
    }

    /// Its character.
    pub fn as_char(self) -> char {
        match self {
            Self::Pass => '+',
            Self::Fail => '-',
            Self::Softfail => '~',
            Self::Neutral => '?',
        }
    }

    /// The result of a match.
    pub fn result(self) -> SpfResult {
        match self {
            Self::Pass => SpfResult::Pass,
            Self::Fail => SpfResult::Fail,
            Self::Softfail => SpfResult::Softfail,
            Self::Neutral => SpfResult::Neutral,
        }
    }
}

/// A mechanism (RFC 7208 §5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mechanism {
    /// Matches always.
    All,
    /// Matches where another domain's record passes.
    Include(DomainSpec),
    /// The addresses of a name, by default of the domain itself.
    A(Option<DomainSpec>, DualCidr),
    /// The addresses of the mail exchangers of a name.
    Mx(Option<DomainSpec>, DualCidr),
    /// The reverse name of the client.
    Ptr(Option<DomainSpec>),
    /// An IPv4 network: the address as written and the prefix length.
    Ip4(Ipv4Addr, u8),
    /// An IPv6 network: the address as written and the prefix length.
    Ip6(Ipv6Addr, u8),
    /// A name that has an A record.
    Exists(DomainSpec),
}

/// The names of the mechanisms.
pub const MECHANISMS: [&str; 8] = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"];

impl Mechanism {
    /// The name in lower case.
    pub fn name(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Include(_) => "include",
            Self::A(..) => "a",
            Self::Mx(..) => "mx",
            Self::Ptr(_) => "ptr",
            Self::Ip4(..) => "ip4",
            Self::Ip6(..) => "ip6",
            Self::Exists(_) => "exists",
        }
    }

    /// The domain-spec, where there is one.
    pub fn domain_spec(&self) -> Option<&DomainSpec> {
        match self {
            Self::Include(spec) | Self::Exists(spec) => Some(spec),
            Self::A(spec, _) | Self::Mx(spec, _) | Self::Ptr(spec) => spec.as_ref(),
            Self::All | Self::Ip4(..) | Self::Ip6(..) => None,
        }
    }

    /// Whether it asks the DNS and counts towards the ten (RFC 7208 §4.6.4).
    pub fn asks_dns(&self) -> bool {
        !matches!(self, Self::All | Self::Ip4(..) | Self::Ip6(..))
    }
}

/// A modifier (RFC 7208 §6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modifier {
    /// Another domain's record takes over when nothing has matched.
    Redirect(DomainSpec),
    /// Where the explanation of a fail is found.
    Exp(DomainSpec),
    /// Any other: name and value. It means nothing (RFC 7208 §6).
    Unknown(String, MacroString),
}

/// The prefix lengths of `a` and `mx` (RFC 7208 §5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DualCidr {
    /// For IPv4, 0 to 32.
    pub v4: u8,
    /// For IPv6, 0 to 128.
    pub v6: u8,
}

impl Default for DualCidr {
    fn default() -> Self {
        Self { v4: 32, v6: 128 }
    }
}

/// A `domain-spec` (RFC 7208 §7.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "MacroString", into = "MacroString")]
pub struct DomainSpec {
    text: MacroString,
    target: Target,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Name(Name),
    /// Static, but no domain name: an empty label, or one that is too long.
    Invalid,
    Macro,
}

impl DomainSpec {
    pub(crate) fn new(text: MacroString) -> Self {
        let fixed = text.parts().iter().all(|p| matches!(p, Part::Literal(_)));
        let target = match fixed {
            true if text.as_str().len() <= 254 => to_name(text.as_str()).map_or(Target::Invalid, Target::Name),
            _ => Target::Macro,
        };
        Self { text, target }
    }

    /// A domain-spec that names one domain.
    ///
    /// # Errors
    /// Where the text is no valid domain-spec.
    pub fn parse(text: &str) -> Result<Self, super::macros::MacroError> {
        Ok(Self::new(MacroString::parse(text, Place::DomainSpec)?))
    }

    /// The name it stands for when it holds no macro and is a valid domain name.
    pub fn name(&self) -> Option<&Name> {
        match &self.target {
            Target::Name(name) => Some(name),
            Target::Invalid | Target::Macro => None,
        }
    }

    /// Whether macros (or the cut to 253 octets) decide which name it stands for.
    pub fn has_macros(&self) -> bool {
        self.target == Target::Macro
    }

    /// Whether it is fixed and yet can be no domain name (RFC 7208 §4.3).
    pub fn is_invalid(&self) -> bool {
        self.target == Target::Invalid
    }

    /// The macro string.
    pub fn macro_string(&self) -> &MacroString {
        &self.text
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// Whether a macro of this letter is in it.
    pub fn uses(&self, letter: Letter) -> bool {
        self.text.uses(letter)
    }
}

impl From<MacroString> for DomainSpec {
    fn from(text: MacroString) -> Self {
        Self::new(text)
    }
}

impl From<DomainSpec> for MacroString {
    fn from(spec: DomainSpec) -> Self {
        spec.text
    }
}

impl fmt::Display for DomainSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl Term {
    /// The qualifier and the mechanism, if it is a directive.
    pub fn directive(&self) -> Option<(Qualifier, &Mechanism)> {
        match &self.kind {
            TermKind::Directive(qualifier, mechanism) => Some((*qualifier, mechanism)),
            TermKind::Modifier(_) => None,
        }
    }

    /// Whether it asks the DNS and counts towards the ten (RFC 7208 §4.6.4).
    pub fn asks_dns(&self) -> bool {
        match &self.kind {
            TermKind::Directive(_, mechanism) => mechanism.asks_dns(),
            TermKind::Modifier(modifier) => matches!(modifier, Modifier::Redirect(_)),
        }
    }

    /// The domain-spec, where there is one.
    pub fn domain_spec(&self) -> Option<&DomainSpec> {
        match &self.kind {
            TermKind::Directive(_, mechanism) => mechanism.domain_spec(),
            TermKind::Modifier(Modifier::Redirect(spec) | Modifier::Exp(spec)) => Some(spec),
            TermKind::Modifier(Modifier::Unknown(..)) => None,
        }
    }
}

impl Record {
    /// The directives, in order: term, qualifier, mechanism.
    pub fn directives(&self) -> impl Iterator<Item = (&Term, Qualifier, &Mechanism)> {
        self.terms.iter().filter_map(|t| t.directive().map(|(q, m)| (t, q, m)))
    }

    /// The first `all`: its index among the terms and its qualifier.
    pub fn all(&self) -> Option<(usize, Qualifier)> {
        self.terms.iter().enumerate().find_map(|(i, t)| match t.directive() {
            Some((qualifier, Mechanism::All)) => Some((i, qualifier)),
            _ => None,
        })
    }

    /// `redirect=`, whether or not an `all` makes it void.
    pub fn redirect(&self) -> Option<(&Term, &DomainSpec)> {
        self.terms.iter().find_map(|t| match &t.kind {
            TermKind::Modifier(Modifier::Redirect(spec)) => Some((t, spec)),
            _ => None,
        })
    }

    /// `exp=`.
    pub fn exp(&self) -> Option<(&Term, &DomainSpec)> {
        self.terms.iter().find_map(|t| match &t.kind {
            TermKind::Modifier(Modifier::Exp(spec)) => Some((t, spec)),
            _ => None,
        })
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("v=spf1")?;
        self.terms.iter().try_for_each(|term| write!(f, " {}", term.kind))
    }
}

impl fmt::Display for TermKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directive(Qualifier::Pass, mechanism) => mechanism.fmt(f),
            Self::Directive(qualifier, mechanism) => write!(f, "{}{mechanism}", qualifier.as_char()),
            Self::Modifier(modifier) => modifier.fmt(f),
        }
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        if let Some(spec) = self.domain_spec() {
            write!(f, ":{spec}")?;
        }
        match self {
            Self::A(_, cidr) | Self::Mx(_, cidr) => cidr.fmt(f),
            Self::Ip4(address, 32) => write!(f, ":{address}"),
            Self::Ip4(address, length) => write!(f, ":{address}/{length}"),
            Self::Ip6(address, 128) => write!(f, ":{address}"),
            Self::Ip6(address, length) => write!(f, ":{address}/{length}"),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Modifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Redirect(spec) => write!(f, "redirect={spec}"),
            Self::Exp(spec) => write!(f, "exp={spec}"),
            Self::Unknown(name, value) => write!(f, "{name}={value}"),
        }
    }
}

impl fmt::Display for DualCidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.v4 != 32 {
            write!(f, "/{}", self.v4)?;
        }
        if self.v6 != 128 {
            write!(f, "//{}", self.v6)?;
        }
        Ok(())
    }
}
