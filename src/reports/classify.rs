//! What a sender is, and how near a domain is to an enforcing policy, by what the reports say alone.
//!
//! These are heuristics: a report knows no intent. The order of the rules in [`classify`] is their weight.

use serde::{Deserialize, Serialize};

use super::summary::{DkimResult, Domain, SpfResult, date};

/// What a sender is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Sends for the domain, and every message is aligned.
    Own,
    /// Sends for the domain, and some or all of its messages fail: to be repaired before a stricter policy.
    OwnFailing,
    /// Passes on what the domain sent: SPF breaks on the way, and DKIM with it where the message is changed.
    Forwarder,
    /// Authenticates, but as somebody else: a service that is not set up for the domain, or a stranger.
    ThirdParty,
    /// Authenticates as nobody: what a policy is there to stop.
    Stranger,
}

/// What [`classify`] looks at.
#[derive(Debug, Clone)]
pub struct Evidence<'a, D, S> {
    /// The policy domain.
    pub domain: &'a str,
    /// All messages.
    pub messages: u64,
    /// Messages with an aligned pass.
    pub pass: u64,
    /// Messages with an aligned DKIM pass.
    pub dkim_aligned: u64,
    /// Messages with an aligned SPF pass.
    pub spf_aligned: u64,
    /// Messages whose policy the receiver overrode for forwarding.
    pub forwarded: u64,
    /// Raw DKIM results.
    pub dkim: D,
    /// Raw SPF results.
    pub spf: S,
}

/// Says what a sender is.
///
/// 1. SPF is aligned and passes for some messages: it is permitted to send, so `Own` or, when others fail, `OwnFailing`.
/// 2. The receiver says that messages were forwarded: `Forwarder`.
/// 3. Only DKIM passes. Where SPF was checked for the domain and refused the address, somebody sent the domain's signed
///    message on: `Forwarder`. Else it is a service with a bounce domain of its own: `Own` or `OwnFailing`.
/// 4. Nothing passes aligned. SPF passes for a name of the same registrable domain, or DKIM does (alignment is strict,
///    or the names differ): `OwnFailing`.
/// 5. The domain's signature is there and broken: with an SPF pass for somebody else a list or forwarder that changed
///    the message, `Forwarder`; else `OwnFailing`.
/// 6. Something passes for another domain: `ThirdParty`. Nothing does: `Stranger`.
pub fn classify<'a, D, S>(evidence: &Evidence<'a, D, S>) -> Class
where
    D: Iterator<Item = DkimResult<'a>> + Clone,
    S: Iterator<Item = SpfResult<'a>> + Clone,
{
    let own = |name: &str| same_organization(name, evidence.domain);
    let spf = || evidence.spf.clone();
    let dkim = || evidence.dkim.clone();
    let aligned = if evidence.pass == evidence.messages { Class::Own } else { Class::OwnFailing };
    if evidence.spf_aligned > 0 {
        return aligned;
    }
    if evidence.forwarded > 0 {
        return Class::Forwarder;
    }
    if evidence.dkim_aligned > 0 {
        let refused =
            |s: SpfResult<'_>| matches!(s.result, "fail" | "softfail" | "hardfail" | "neutral") && own(s.domain);
        return if spf().any(refused) { Class::Forwarder } else { aligned };
    }
    if spf().any(|s| s.result == "pass" && own(s.domain)) || dkim().any(|d| d.result == "pass" && own(d.domain)) {
        return Class::OwnFailing;
    }
    let foreign_spf = spf().any(|s| s.result == "pass");
    if dkim().any(|d| d.result != "none" && own(d.domain)) {
        return if foreign_spf { Class::Forwarder } else { Class::OwnFailing };
    }
    if foreign_spf || dkim().any(|d| d.result == "pass") { Class::ThirdParty } else { Class::Stranger }
}

/// One name is at or below the other, or both have the same registrable domain.
fn same_organization(a: &str, b: &str) -> bool {
    let below = |a: &str, b: &str| {
        !b.is_empty() && a.strip_suffix(b).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    below(a, b) || below(b, a) || psl::domain_str(a).is_some_and(|a| psl::domain_str(b) == Some(a))
}

/// How near a domain is to `p=reject`, in numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Readiness {
    /// Aligned messages of all, 0 to 1; `None` without messages.
    pub aligned: Option<f64>,
    /// Aligned messages of those that strangers did not send, 0 to 1; `None` without any.
    pub aligned_without_strangers: Option<f64>,
    /// Days with reports.
    pub days: usize,
    /// The first of them, `YYYY-MM-DD`.
    pub first_day: Option<String>,
    /// The last of them, `YYYY-MM-DD`.
    pub last_day: Option<String>,
    /// Failing messages of own senders: they would be lost.
    pub own_failing: u64,
    /// Failing messages of senders that authenticate as somebody else: to be looked at.
    pub third_party: u64,
    /// Failing messages that were passed on: they depend on the receiver.
    pub forwarded: u64,
    /// Failing messages of strangers: the policy is to stop them.
    pub stranger: u64,
    /// The senders that stand in the way, at most ten, the most failing first: own, third-party, forwarders.
    pub blocking: Vec<Blocking>,
}

/// A sender that stands in the way of a stricter policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocking {
    /// Its address.
    pub ip: std::net::IpAddr,
    /// What it is.
    pub class: Class,
    /// Messages that fail.
    pub fail: u64,
    /// A domain that it signs or sends as, to tell who it is.
    pub seen_as: Option<String>,
}

impl Domain<'_> {
    /// The numbers for a decision about the policy.
    pub fn readiness(&self) -> Readiness {
        let (mut own_failing, mut third_party, mut forwarded, mut stranger) = (0u64, 0u64, 0u64, 0u64);
        let mut blocking: Vec<(u64, Class, super::Source<'_>)> = Vec::new();
        for source in self.sources().filter(|source| source.fail() > 0) {
            let (class, fail) = (source.class(), source.fail());
            let sum = match class {
                Class::Own | Class::OwnFailing => &mut own_failing,
                Class::ThirdParty => &mut third_party,
                Class::Forwarder => &mut forwarded,
                Class::Stranger => &mut stranger,
            };
            *sum = sum.saturating_add(fail);
            if class != Class::Stranger {
                let at =
                    blocking.partition_point(|b| (b.0, std::cmp::Reverse(b.1)) >= (fail, std::cmp::Reverse(class)));
                if at < 10 {
                    blocking.insert(at, (fail, class, source));
                    blocking.truncate(10);
                }
            }
        }
        let share = |of: u64| (of > 0).then(|| self.pass() as f64 / of as f64);
        let day = |day: Option<(i64, _)>| day.map(|(day, _)| date(day));
        Readiness {
            aligned: share(self.messages()),
            aligned_without_strangers: share(self.messages() - stranger.min(self.fail())),
            days: self.days().len(),
            first_day: day(self.days().next()),
            last_day: day(self.days().last()),
            own_failing,
            third_party,
            forwarded,
            stranger,
            blocking: blocking
                .into_iter()
                .map(|(fail, class, source)| Blocking {
                    ip: source.ip(),
                    class,
                    fail,
                    seen_as: source.seen_as().map(str::to_owned),
                })
                .collect(),
        }
    }
}

impl<'a> super::Source<'a> {
    /// A domain that the sender signs or sends as, to tell who it is: what passed comes first.
    pub fn seen_as(&self) -> Option<&'a str> {
        let signer = self.dkim().find(|d| d.result == "pass").map(|d| d.domain);
        let sender = || self.spf().find(|s| s.result == "pass").map(|s| s.domain);
        signer.or_else(sender).or_else(|| self.envelope_from().next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(counts: [u64; 5], dkim: &[(&'static str, &'static str)], spf: &[(&'static str, &'static str)]) -> Class {
        let [messages, pass, dkim_aligned, spf_aligned, forwarded] = counts;
        classify(&Evidence {
            domain: "example.de",
            messages,
            pass,
            dkim_aligned,
            spf_aligned,
            forwarded,
            dkim: dkim.iter().map(|&(domain, result)| DkimResult { domain, selector: None, result }),
            spf: spf.iter().map(|&(domain, result)| SpfResult { domain, result }),
        })
    }

    #[test]
    fn classes() {
        let own = ("example.de", "pass");
        assert_eq!(class([9, 9, 9, 9, 0], &[own], &[own]), Class::Own);
        assert_eq!(class([9, 8, 8, 9, 0], &[own], &[own]), Class::OwnFailing);
        // A newsletter service with its own bounce domain, and one that signs as itself.
        assert_eq!(class([9, 9, 9, 0, 0], &[own], &[("bounce.service.example", "pass")]), Class::Own);
        assert_eq!(class([9, 0, 0, 0, 0], &[("mcsv.net", "pass")], &[("mcsv.net", "pass")]), Class::ThirdParty);
        // Passed on with the old envelope, by receiver's word, and by a list that added a footer.
        assert_eq!(class([9, 9, 9, 0, 0], &[own], &[("example.de", "softfail")]), Class::Forwarder);
        assert_eq!(class([9, 0, 0, 0, 9], &[], &[("example.de", "fail")]), Class::Forwarder);
        assert_eq!(class([9, 0, 0, 0, 0], &[("example.de", "fail")], &[("list.example", "pass")]), Class::Forwarder);
        // Own, by a name that strict alignment does not take.
        assert_eq!(class([9, 0, 0, 0, 0], &[], &[("mail.example.de", "pass")]), Class::OwnFailing);
        assert_eq!(class([9, 0, 0, 0, 0], &[("example.de", "fail")], &[("example.de", "fail")]), Class::OwnFailing);
        assert_eq!(class([9, 0, 0, 0, 0], &[], &[("example.de", "fail")]), Class::Stranger);
        assert_eq!(class([9, 0, 0, 0, 0], &[], &[("badexample.de", "fail")]), Class::Stranger);
    }

    #[test]
    fn organizations() {
        assert!(same_organization("a.example.co.uk", "b.example.co.uk"));
        assert!(same_organization("example.de", "mail.example.de"));
        assert!(!same_organization("a.co.uk", "b.co.uk"));
        assert!(!same_organization("", "b.co.uk"));
        assert!(!same_organization("badexample.de", "example.de"));
    }
}
