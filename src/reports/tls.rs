//! TLS reports (RFC 8460 §4.4), read as a stream of JSON with a bound on every list.

use std::fmt;
use std::io::Read;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::fault::{Fault, clip};
use super::feedback::domain_into;
use super::{TLS_FAILURES, TLS_POLICIES};

/// One TLS report.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TlsReport {
    pub(crate) org: String,
    pub(crate) contact: String,
    pub(crate) id: String,
    pub(crate) begin: Option<i64>,
    pub(crate) end: Option<i64>,
    pub(crate) policies: Vec<TlsPolicy>,
}

/// The sessions under one policy.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TlsPolicy {
    pub(crate) domain: String,
    pub(crate) kind: String,
    pub(crate) successful: u64,
    pub(crate) failed: u64,
    pub(crate) failures: Vec<TlsFailure>,
}

/// One `failure-details` object.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TlsFailure {
    pub(crate) kind: String,
    pub(crate) mx: Option<String>,
    pub(crate) count: u64,
}

/// Reads one report.
///
/// # Errors
///
/// [`Fault::Json`] with what the JSON lacks, or the fault of the reader below.
pub(crate) fn read<R: Read>(input: R) -> Result<TlsReport, Fault> {
    let mut report = TlsReport::default();
    let mut json = serde_json::Deserializer::from_reader(input);
    let mut known = false;
    let mut left = TLS_FAILURES;
    let object = Object(|key: &str, value: &mut dyn FnMut(Slot<'_>) -> Result<(), Bad>| match key {
        "organization-name" => value(Slot::Text(&mut report.org)),
        "contact-info" => value(Slot::Text(&mut report.contact)),
        "report-id" => value(Slot::Text(&mut report.id)),
        "date-range" => value(Slot::Range(&mut report.begin, &mut report.end)),
        "policies" => {
            known = true;
            value(Slot::Policies(&mut report.policies, &mut left))
        }
        _ => value(Slot::Ignore),
    });
    if let Err(e) = object.deserialize(&mut json) {
        if e.is_io() {
            return Err(Fault::from(std::io::Error::from(e)));
        }
        return Err(if e.is_eof() { Fault::Truncated } else { Fault::Json(clip(&e.to_string())) });
    }
    if known { Ok(report) } else { Err(Fault::Json("policies is missing".into())) }
}

/// Seconds since 1970 of an RFC 3339 time; one without zone is UTC.
pub(crate) fn time(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Some(time.as_second());
    }
    let civil = text.parse::<jiff::civil::DateTime>().ok()?;
    Some(jiff::tz::Offset::UTC.to_timestamp(civil).ok()?.as_second())
}

/// What a value is read into.
enum Slot<'a> {
    Ignore,
    Text(&'a mut String),
    MaybeText(&'a mut Option<String>),
    Count(&'a mut u64),
    Time(&'a mut Option<i64>),
    Range(&'a mut Option<i64>, &'a mut Option<i64>),
    Policies(&'a mut Vec<TlsPolicy>, &'a mut usize),
    Policy(&'a mut TlsPolicy),
    Summary(&'a mut TlsPolicy),
    Failures(&'a mut Vec<TlsFailure>, &'a mut usize),
}

/// An error that passes through the closure of [`Object`].
struct Bad;

/// A JSON object whose members go where a function says.
struct Object<F>(F);

impl<'de, F> DeserializeSeed<'de> for Object<F>
where
    F: FnMut(&str, &mut dyn FnMut(Slot<'_>) -> Result<(), Bad>) -> Result<(), Bad>,
{
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, F> Visitor<'de> for Object<F>
where
    F: FnMut(&str, &mut dyn FnMut(Slot<'_>) -> Result<(), Bad>) -> Result<(), Bad>,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let mut error = None;
            let _ = (self.0)(&key, &mut |slot| match map.next_value_seed(slot) {
                Ok(()) => Ok(()),
                Err(e) => {
                    error = Some(e);
                    Err(Bad)
                }
            });
            if let Some(e) = error {
                return Err(e);
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Slot<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        match self {
            Slot::Ignore => json.deserialize_ignored_any(IgnoredAny).map(drop),
            Slot::Range(begin, end) => {
                Object(|key: &str, value: &mut dyn FnMut(Slot<'_>) -> Result<(), Bad>| match key {
                    "start-datetime" => value(Slot::Time(begin)),
                    "end-datetime" => value(Slot::Time(end)),
                    _ => value(Slot::Ignore),
                })
                .deserialize(json)
            }
            Slot::Policy(policy) => Object(|key: &str, value: &mut dyn FnMut(Slot<'_>) -> Result<(), Bad>| match key {
                "policy-type" => value(Slot::Text(&mut policy.kind)),
                "policy-domain" => value(Slot::Text(&mut policy.domain)),
                // policy-string, and mx-host as array or (erratum 6241) string
                _ => value(Slot::Ignore),
            })
            .deserialize(json),
            Slot::Summary(policy) => {
                Object(|key: &str, value: &mut dyn FnMut(Slot<'_>) -> Result<(), Bad>| match key {
                    "total-successful-session-count" => value(Slot::Count(&mut policy.successful)),
                    "total-failure-session-count" => value(Slot::Count(&mut policy.failed)),
                    _ => value(Slot::Ignore),
                })
                .deserialize(json)
            }
            Slot::Policies(..) | Slot::Failures(..) => json.deserialize_any(List(self)),
            _ => json.deserialize_any(Scalar(self)),
        }
    }
}

/// An array whose elements are counted down.
struct List<'a>(Slot<'a>);

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        match self.0 {
            Slot::Policies(policies, left) => loop {
                let mut policy = TlsPolicy::default();
                let object = Object(|key: &str, value: &mut dyn FnMut(Slot<'_>) -> Result<(), Bad>| match key {
                    "policy" => value(Slot::Policy(&mut policy)),
                    "summary" => value(Slot::Summary(&mut policy)),
                    "failure-details" => value(Slot::Failures(&mut policy.failures, left)),
                    _ => value(Slot::Ignore),
                });
                if seq.next_element_seed(object)?.is_none() {
                    return Ok(());
                }
                if policies.len() >= TLS_POLICIES {
                    return Err(serde::de::Error::custom(format!("more than {TLS_POLICIES} policies")));
                }
                let mut domain = String::new();
                domain_into(&mut domain, &policy.domain);
                policy.domain = domain;
                policies.push(policy);
            },
            Slot::Failures(failures, left) => loop {
                let mut failure = TlsFailure::default();
                let object = Object(|key: &str, value: &mut dyn FnMut(Slot<'_>) -> Result<(), Bad>| match key {
                    "result-type" => value(Slot::Text(&mut failure.kind)),
                    "receiving-mx-hostname" => value(Slot::MaybeText(&mut failure.mx)),
                    "failed-session-count" => value(Slot::Count(&mut failure.count)),
                    _ => value(Slot::Ignore),
                });
                if seq.next_element_seed(object)?.is_none() {
                    return Ok(());
                }
                if *left == 0 {
                    return Err(serde::de::Error::custom(format!("more than {TLS_FAILURES} failure details")));
                }
                *left -= 1;
                if let Some(mx) = &mut failure.mx {
                    let mut name = String::new();
                    domain_into(&mut name, mx);
                    *mx = name;
                }
                failures.push(failure);
            },
            _ => Ok(()),
        }
    }
}

/// A string, a number or null, each taken for the other where it can be.
struct Scalar<'a>(Slot<'a>);

impl<'de> Visitor<'de> for Scalar<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self.0, Slot::Count(_)) { "a number" } else { "a string" })
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        let short: String = text.chars().take(255).collect();
        match self.0 {
            Slot::Text(to) => *to = short.trim().to_owned(),
            Slot::MaybeText(to) => *to = Some(short.trim().to_owned()).filter(|t| !t.is_empty()),
            Slot::Count(to) => {
                *to = text.trim().parse().map_err(|_| E::custom(format!("count {short:?} is no number")))?
            }
            Slot::Time(to) => *to = super::feedback::seconds(text),
            _ => {}
        }
        Ok(())
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        match self.0 {
            Slot::Count(to) => *to = number,
            Slot::Time(to) => *to = i64::try_from(number).ok().filter(|s| *s <= 253_402_300_799),
            other => return Scalar(other).visit_str(&number.to_string()),
        }
        Ok(())
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        match self.0 {
            Slot::Count(_) => Err(E::custom(format!("count {number} is negative"))),
            other => Scalar(other).visit_str(&number.to_string()),
        }
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<(), E> {
        match self.0 {
            Slot::Count(to) if number >= 0.0 && number.fract() == 0.0 && number < 1e15 => *to = number as u64,
            Slot::Count(_) => return Err(E::custom(format!("count {number} is no whole number"))),
            other => return Scalar(other).visit_str(&number.to_string()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_with_and_without_zone() {
        assert_eq!(time("2016-04-01T00:00:00Z"), Some(1_459_468_800));
        assert_eq!(time("2016-04-01T02:00:00+02:00"), Some(1_459_468_800));
        assert_eq!(time("2016-04-01T00:00:00"), Some(1_459_468_800));
        assert_eq!(time("yesterday"), None);
    }

    #[test]
    fn deep_or_endless_json_is_refused() {
        assert!(matches!(read(&*b"[".repeat(2_000_000)), Err(Fault::Json(_))));
        let deep = [b"{\"x\":".to_vec(), b"[".repeat(1_000_000)].concat();
        // What is ignored is passed over without recursion, so its depth costs nothing.
        assert_eq!(read(&deep[..]), Err(Fault::Truncated));
        let many = format!("{{\"policies\":[{}{{}}]}}", "{},".repeat(TLS_POLICIES));
        assert!(matches!(read(many.as_bytes()), Err(Fault::Json(what)) if what.contains("policies")));
        assert_eq!(read(&b"{\"policies\":[{\"policy\""[..]), Err(Fault::Truncated));
        assert!(matches!(read(&b"{\"a\":1}"[..]), Err(Fault::Json(_))));
        assert!(matches!(
            read(&b"{\"policies\":[{\"summary\":{\"total-failure-session-count\":-1}}]}"[..]),
            Err(Fault::Json(_))
        ));
    }
}
