//! Values that are words or have a form of their own: what the types alone let through.

use super::{DomainConfig, nearest};

/// What `spf.all` takes.
pub(super) const SPF_ALL: [&str; 3] = ["fail", "softfail", "neutral"];
/// What the policies of DMARC take.
pub(super) const POLICIES: [&str; 3] = ["none", "quarantine", "reject"];
/// What `adkim` and `aspf` take.
pub(super) const ALIGNMENTS: [&str; 2] = ["r", "s"];
/// What `mta-sts.mode` takes.
pub(super) const MODES: [&str; 3] = ["enforce", "testing", "none"];

/// A value that cannot be meant.
#[derive(Debug)]
pub(super) struct Wrong<'c> {
    /// As it stands in the file.
    pub value: &'c str,
    /// What is wrong with it, and what was probably meant.
    pub message: String,
}

/// The first value of a domain that cannot be meant.
pub(super) fn wrong(domain: &DomainConfig) -> Option<Wrong<'_>> {
    let spf = domain.spf.as_ref().and_then(|spf| spf.all.as_deref());
    let dmarc = domain.dmarc.as_ref();
    let sts = domain.mta_sts.as_ref();
    let words: [(&str, Option<&str>, &[&'static str]); 7] = [
        ("spf.all", spf, &SPF_ALL),
        ("dmarc.policy", dmarc.and_then(|d| d.policy.as_deref()), &POLICIES),
        ("dmarc.subdomain-policy", dmarc.and_then(|d| d.subdomain_policy.as_deref()), &POLICIES),
        ("dmarc.nonexistent-policy", dmarc.and_then(|d| d.nonexistent_policy.as_deref()), &POLICIES),
        ("dmarc.adkim", dmarc.and_then(|d| d.adkim.as_deref()), &ALIGNMENTS),
        ("dmarc.aspf", dmarc.and_then(|d| d.aspf.as_deref()), &ALIGNMENTS),
        ("mta-sts.mode", sts.and_then(|s| s.mode.as_deref()), &MODES),
    ];
    for (key, value, known) in words {
        if let Some(value) = value.filter(|value| !known.contains(value)) {
            let near = nearest(value, known.iter().copied());
            let near = near.map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default();
            let message = format!("{key} {value}: one of {}{near}", known.join(", "));
            return Some(Wrong { value, message });
        }
    }
    let exchanger = |text: &str| {
        let mut parts = text.split_ascii_whitespace();
        let (preference, host, rest) = (parts.next(), parts.next(), parts.next());
        preference.is_some_and(|p| p.parse::<u16>().is_ok()) && host.is_some() && rest.is_none()
    };
    domain.mx.iter().flatten().find(|text| !exchanger(text)).map(|text| Wrong {
        value: text,
        message: format!("mx {text:?}: not preference and host; write \"10 mail.example.de\""),
    })
}
