//! What a receiver makes of a DMARC record (RFC 9989 §4.7, §4.10.1).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::uri::Destination;

/// What a domain owner asks of receivers (RFC 9989 §4.7), weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    /// Nothing.
    None,
    /// Treat as suspicious.
    Quarantine,
    /// Refuse.
    Reject,
}

impl Policy {
    /// The words of the registry.
    pub const WORDS: [&'static str; 3] = ["none", "quarantine", "reject"];

    /// Reads a keyword, in either case (RFC 9989 §4.8).
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::None, Self::Quarantine, Self::Reject].into_iter().find(|p| p.as_str().eq_ignore_ascii_case(word))
    }

    /// The keyword.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Quarantine => "quarantine",
            Self::Reject => "reject",
        }
    }

    /// The policy one level down, as `t=y` asks for it (RFC 9989 §4.7, tag `t`).
    pub fn stepped_down(self) -> Self {
        match self {
            Self::Reject => Self::Quarantine,
            Self::Quarantine | Self::None => Self::None,
        }
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How near an authenticated domain must be to the Author Domain (RFC 9989 §4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AlignmentMode {
    /// The same Organizational Domain.
    #[default]
    Relaxed,
    /// The very same domain.
    Strict,
}

impl AlignmentMode {
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "r" | "R" => Some(Self::Relaxed),
            "s" | "S" => Some(Self::Strict),
            _ => None,
        }
    }

    /// The letter of the tag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Relaxed => "r",
            Self::Strict => "s",
        }
    }
}

/// Whether the record stands at a public suffix (RFC 9989 §4.7, tag `psd`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Psd {
    /// `y`: a public suffix domain.
    Yes,
    /// `n`: the Organizational Domain itself.
    No,
    /// `u`: the walk has to find out.
    #[default]
    Unknown,
}

impl Psd {
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "y" | "Y" => Some(Self::Yes),
            "n" | "N" => Some(Self::No),
            "u" | "U" => Some(Self::Unknown),
            _ => None,
        }
    }

    /// The letter of the tag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "y",
            Self::No => "n",
            Self::Unknown => "u",
        }
    }
}

/// When failure reports are asked for (RFC 9989 §4.7, tag `fo`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FailureOptions {
    /// `1`: when any mechanism failed to give an aligned pass; otherwise (`0`) when all did.
    pub any: bool,
    /// `0` was written out.
    pub all: bool,
    /// `d`: when a DKIM signature failed.
    pub dkim: bool,
    /// `s`: when SPF failed.
    pub spf: bool,
}

impl fmt::Display for FailureOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = [(self.all, "0"), (self.any, "1"), (self.dkim, "d"), (self.spf, "s")];
        let given: Vec<_> = letters.into_iter().filter(|(given, _)| *given).map(|(_, l)| l).collect();
        f.write_str(&if given.is_empty() { "0".to_owned() } else { given.join(":") })
    }
}

/// Which of `p`, `sp` and `np` speaks for a domain (RFC 9989 §4.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The domain at which the record stands: `p`.
    Domain,
    /// A domain below it that exists: `sp`, else `p`.
    Subdomain,
    /// A domain below it that does not exist: `np`, else `sp`, else `p`.
    Nonexistent,
}

/// A record as receivers read it: unusable tags are as good as absent.
///
/// `Display` prints it back, `v` first and `p` second, as readers of RFC 7489 want it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Record {
    /// `p`, where it is there and usable.
    pub policy: Option<Policy>,
    /// `sp`.
    pub subdomain_policy: Option<Policy>,
    /// `np`.
    pub nonexistent_policy: Option<Policy>,
    /// `p`, `sp` or `np` is there with a value that is none of the three keywords.
    #[serde(default)]
    pub policy_unusable: bool,
    /// `adkim`.
    pub adkim: Option<AlignmentMode>,
    /// `aspf`.
    pub aspf: Option<AlignmentMode>,
    /// `fo`.
    pub fo: Option<FailureOptions>,
    /// `psd`.
    pub psd: Option<Psd>,
    /// `t`.
    pub testing: Option<bool>,
    /// `rua`: the URIs that are valid, also those of a scheme that nobody supports.
    #[serde(default)]
    pub rua: Vec<Destination>,
    /// `ruf`, likewise.
    #[serde(default)]
    pub ruf: Vec<Destination>,
    /// Tags that RFC 9989 does not know, in their order, `pct`, `rf` and `ri` among them.
    #[serde(default)]
    pub others: Vec<(String, String)>,
}

impl Record {
    /// The policy for the domain itself, subdomains and names that do not exist, in this order.
    ///
    /// `None` where the record asks for no DMARC at all: without a usable policy and without anybody who
    /// wants reports (RFC 9989 §4.10.1).
    pub fn effective(&self) -> Option<[Policy; 3]> {
        let published = |p: Policy| {
            let sp = self.subdomain_policy.unwrap_or(p);
            [p, sp, self.nonexistent_policy.unwrap_or(sp)]
        };
        match self.policy {
            Some(p) if !self.policy_unusable => Some(published(p)),
            // RFC 9989 §4.10.1: no valid p, or an invalid sp or np: p=none, if reports are wanted.
            _ if self.rua.is_empty() => None,
            // RFC 9989 §4.7: a missing p is p=none; sp and np keep their meaning.
            None if !self.policy_unusable => Some(published(Policy::None)),
            _ => Some([Policy::None; 3]),
        }
    }

    /// The policy that speaks for a domain, before `t=y`; `None` as in [`Record::effective`].
    pub fn policy_for(&self, scope: Scope) -> Option<Policy> {
        let [p, sp, np] = self.effective()?;
        Some(match scope {
            Scope::Domain => p,
            Scope::Subdomain => sp,
            Scope::Nonexistent => np,
        })
    }

    /// What is left of a policy when `t=y` is there (RFC 9989 §4.7).
    pub fn apply_testing(&self, policy: Policy) -> Policy {
        if self.is_testing() { policy.stepped_down() } else { policy }
    }

    /// `t=y`.
    pub fn is_testing(&self) -> bool {
        self.testing == Some(true)
    }

    /// The `psd` tag with its default.
    pub fn psd(&self) -> Psd {
        self.psd.unwrap_or_default()
    }

    /// The mode for DKIM with its default.
    pub fn dkim_mode(&self) -> AlignmentMode {
        self.adkim.unwrap_or_default()
    }

    /// The mode for SPF with its default.
    pub fn spf_mode(&self) -> AlignmentMode {
        self.aspf.unwrap_or_default()
    }

    /// The `pct` of RFC 7489, which receivers of its era still honour; 100 where absent or unusable.
    pub fn legacy_percent(&self) -> u8 {
        let pct = self.others.iter().find(|(name, _)| name.eq_ignore_ascii_case("pct"));
        pct.and_then(|(_, v)| v.parse().ok()).filter(|n| *n <= 100).unwrap_or(100)
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("v=DMARC1")?;
        let mut tag = |name: &str, value: Option<&str>| match value {
            Some(value) => write!(f, "; {name}={value}"),
            None => Ok(()),
        };
        tag("p", self.policy.map(Policy::as_str))?;
        tag("sp", self.subdomain_policy.map(Policy::as_str))?;
        tag("np", self.nonexistent_policy.map(Policy::as_str))?;
        tag("adkim", self.adkim.map(AlignmentMode::as_str))?;
        tag("aspf", self.aspf.map(AlignmentMode::as_str))?;
        tag("fo", self.fo.map(|fo| fo.to_string()).as_deref())?;
        tag("psd", self.psd.map(Psd::as_str))?;
        tag("t", self.testing.map(|t| if t { "y" } else { "n" }))?;
        let list = |uris: &[Destination]| {
            let texts: Vec<_> = uris.iter().map(|u| u.uri.as_str()).collect();
            (!texts.is_empty()).then(|| texts.join(","))
        };
        tag("rua", list(&self.rua).as_deref())?;
        tag("ruf", list(&self.ruf).as_deref())?;
        for (name, value) in &self.others {
            tag(name, Some(value))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dmarc::parse;

    fn effective(text: &str) -> Option<[Policy; 3]> {
        parse(text).record.unwrap().effective()
    }

    #[test]
    fn fallbacks_of_the_policy_tags() {
        use Policy::{None as N, Quarantine as Q, Reject as R};
        for (text, want) in [
            ("v=DMARC1; p=reject", Some([R, R, R])),
            ("v=DMARC1; p=reject; sp=none", Some([R, N, N])),
            ("v=DMARC1; p=none; np=reject", Some([N, N, R])),
            ("v=DMARC1; sp=quarantine; np=reject; p=none", Some([N, Q, R])),
            ("v=DMARC1", None),
            ("v=DMARC1; rua=mailto:a@b.de", Some([N, N, N])),
            ("v=DMARC1; sp=reject; rua=mailto:a@b.de", Some([N, R, R])),
            ("v=DMARC1; p=rejct", None),
            ("v=DMARC1; p=rejct; rua=mailto:a@b.de", Some([N, N, N])),
            ("v=DMARC1; p=reject; sp=rejct; rua=mailto:a@b.de", Some([N, N, N])),
            ("v=DMARC1; p=reject; np=; rua=a@b.de", None),
            ("v=DMARC1; p=rejct; rua=a@b.de,https://b.de/x", Some([N, N, N])),
        ] {
            assert_eq!(effective(text), want, "{text}");
        }
    }

    #[test]
    fn testing_steps_down_once() {
        let record = parse("v=DMARC1; p=reject; t=Y").record.unwrap();
        assert_eq!(record.apply_testing(Policy::Reject), Policy::Quarantine);
        assert_eq!(record.apply_testing(Policy::Quarantine), Policy::None);
        assert_eq!(record.apply_testing(Policy::None), Policy::None);
    }
}
