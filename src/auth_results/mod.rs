//! Authentication-Results (RFC 8601): reading what receivers wrote, writing our own, and whom to believe.

mod parse;
mod print;
mod trust;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use parse::{parse, parse_arc};
pub use print::fold;
pub use trust::{TraceField, Trust, judge_trust};

/// A field, without its name.
///
/// `Display` writes it in the grammar of RFC 8601 §2.2: strangers' text is quoted and holds no control character.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AuthenticationResults {
    /// Who says so; `None` where the writer left it out, as some providers do.
    pub authserv_id: Option<String>,
    /// The version behind it; absent is 1. With any other one the results are not read (RFC 8601 §2.2).
    pub version: Option<u32>,
    /// What was checked; empty for `none`.
    pub results: Vec<MethodResult>,
    /// Whether something in it could not be read and was skipped.
    #[serde(default)]
    pub malformed: bool,
}

/// One method and its result.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MethodResult {
    /// `dkim`, `spf`, `dmarc` …, in lower case.
    pub method: String,
    /// The version of the method, where one is written.
    pub version: Option<u32>,
    /// `pass`, `fail` …, in lower case.
    pub result: String,
    /// The free text of `reason=`.
    pub reason: Option<String>,
    /// What the result is about.
    pub properties: Vec<Property>,
    /// Comments, without their outer parentheses. Nobody has to believe them.
    pub comments: Vec<String>,
}

/// `ptype.property=value`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// `smtp`, `header`, `body`, `policy`, in lower case; empty where the writer left it out.
    pub ptype: Cow<'static, str>,
    /// The property in lower case.
    pub property: Cow<'static, str>,
    /// The value without quotes.
    pub value: String,
}

impl AuthenticationResults {
    /// A field of this writer, without results.
    pub fn new(authserv_id: impl Into<String>) -> Self {
        Self { authserv_id: Some(authserv_id.into()), ..Self::default() }
    }

    /// The results of one method.
    pub fn of<'a>(&'a self, method: &'a str) -> impl Iterator<Item = &'a MethodResult> {
        self.results.iter().filter(move |r| r.method == method)
    }
}

impl MethodResult {
    /// A result without anything else.
    pub fn new(method: &str, result: &str) -> Self {
        Self { method: method.to_owned(), result: result.to_owned(), ..Self::default() }
    }

    /// Adds a property.
    #[must_use]
    pub fn with(mut self, ptype: &'static str, property: &'static str, value: &str) -> Self {
        self.properties.push(Property {
            ptype: Cow::Borrowed(ptype),
            property: Cow::Borrowed(property),
            value: value.to_owned(),
        });
        self
    }

    /// Adds a property, if there is a value.
    #[must_use]
    pub fn with_some(self, ptype: &'static str, property: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(ptype, property, value),
            None => self,
        }
    }

    /// Sets the reason.
    #[must_use]
    pub fn because(mut self, reason: Option<&str>) -> Self {
        self.reason = reason.map(str::to_owned);
        self
    }

    /// Adds a comment.
    #[must_use]
    pub fn remark(mut self, comment: &str) -> Self {
        self.comments.push(comment.to_owned());
        self
    }

    /// The value of a property.
    pub fn property(&self, ptype: &str, property: &str) -> Option<&str> {
        self.properties.iter().find(|p| p.ptype == ptype && p.property == property).map(|p| p.value.as_str())
    }

    /// A DKIM result (RFC 8601 §2.7.1); of `signature` (the `b=` value) the first eight characters are shown,
    /// enough to tell signatures apart (RFC 6008).
    pub fn dkim(
        result: &str,
        domain: Option<&str>,
        identity: Option<&str>,
        selector: Option<&str>,
        algorithm: Option<&str>,
        signature: Option<&str>,
    ) -> Self {
        let prefix: Option<String> =
            signature.map(|b| b.chars().filter(|c| !c.is_whitespace()).take(8).collect::<String>());
        Self::new("dkim", result)
            .with_some("header", "d", domain)
            .with_some("header", "i", identity)
            .with_some("header", "s", selector)
            .with_some("header", "a", algorithm)
            .with_some("header", "b", prefix.as_deref().filter(|b| !b.is_empty()))
    }

    /// An SPF result for MAIL FROM (its domain) or, with `helo`, for the greeting (RFC 8601 §2.7.2).
    pub fn spf(result: &str, domain: Option<&str>, helo: bool) -> Self {
        Self::new("spf", result).with_some("smtp", if helo { "helo" } else { "mailfrom" }, domain)
    }

    /// A DMARC result with the policy that is applied (RFC 9989 §9).
    pub fn dmarc(result: &str, from: Option<&str>, applied: Option<&str>) -> Self {
        Self::new("dmarc", result).with_some("header", "from", from).with_some("policy", "dmarc", applied)
    }

    /// An ARC result with the oldest instance that still verifies (RFC 8617 §10.2).
    pub fn arc(result: &str, oldest_pass: Option<u32>) -> Self {
        Self::new("arc", result).with_some("header", "oldest-pass", oldest_pass.map(|n| n.to_string()).as_deref())
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
