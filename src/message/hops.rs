//! The way of a message: its Received fields as stations, from the receiver down to the sender (RFC 5321 §4.4).

use serde::{Deserialize, Serialize};

use super::Headers;
use super::received::Received;

/// More stations than this are not looked at; servers give up on a message long before (RFC 5321 §6.3).
const MOST_HOPS: usize = 100;
/// Octets of a field that are looked at.
const MOST_OCTETS: usize = 8 * 1024;

/// One station: a server that took the message from another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hop {
    /// What the field says.
    pub received: Received,
    /// Seconds since the station before; negative where clocks disagree, `None` where a time is missing.
    pub delay: Option<i64>,
    /// Whether the message came over TLS, where the field tells.
    pub tls: Option<bool>,
}

impl Hop {
    /// Who handed the message in: the name that the server found, else the greeting, else the address.
    pub fn from(&self) -> Option<String> {
        let r = &self.received;
        let greeting = r.helo.as_deref().filter(|h| !h.eq_ignore_ascii_case("unknown"));
        let name = r.name.as_deref().or(greeting).map(|name| name.trim_end_matches('.'));
        name.filter(|name| !name.is_empty()).map(str::to_owned).or_else(|| r.ip.map(|ip| ip.to_string()))
    }
}

/// The stations of a message, the last one first.
pub fn hops(headers: &Headers) -> Vec<Hop> {
    let mut hops: Vec<Hop> = headers
        .named("received")
        .take(MOST_HOPS)
        .map(|field| {
            let text: String = field.text(headers).chars().take(MOST_OCTETS).collect();
            let received = Received::parse(&text);
            let tls = tls(&text, received.with.as_deref());
            let hop = Hop { received, delay: None, tls };
            // A server that hands on to itself names no client; nothing went over a wire then.
            let alone = hop.from().is_none() && tls == Some(false);
            Hop { tls: tls.filter(|_| !alone), ..hop }
        })
        .collect();
    for at in 0..hops.len() {
        let seconds = |hop: Option<&Hop>| hop.and_then(|h| i64::try_from(h.received.time?).ok());
        // A station without a time does not hide how long both together took.
        let before = hops[at + 1..].iter().find(|h| h.received.time.is_some());
        hops[at].delay = seconds(hops.get(at)).zip(seconds(before)).map(|(here, before)| here - before);
    }
    hops
}

/// Whether a field tells of TLS: by its protocol (RFC 3848, RFC 6531 §4.3), or by a remark as many servers make it.
fn tls(text: &str, with: Option<&str>) -> Option<bool> {
    let lower = text.to_ascii_lowercase();
    let remarks = ["version=tls", "using tls", "(tls", "tls1", "tlsv1", "cipher=", "over tls", "with tls"];
    if remarks.iter().any(|remark| lower.contains(remark)) {
        return Some(true);
    }
    match with?.to_ascii_lowercase().as_str() {
        "esmtps" | "esmtpsa" | "utf8smtps" | "utf8smtpsa" | "lmtps" | "lmtpsa" | "utf8lmtps" | "utf8lmtpsa"
        | "smtps" | "https" => Some(true),
        "smtp" | "esmtp" | "esmtpa" | "utf8smtp" | "utf8smtpa" | "asmtp" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stations_have_delays_and_tls() {
        let headers = Headers::parse(
            b"Received: from b.de (b.de [192.0.2.2]) by mx.de with ESMTPS id 1; Mon, 5 Jan 2026 10:10:00 +0100\r\n\
              Received: from x by b.de with LMTP\r\n\
              Received: from a.de (a.de [192.0.2.1]) by b.de with ESMTP; Mon, 5 Jan 2026 10:00:05 +0100\r\n\
              Received: from pc by a.de (using TLSv1.3 with cipher X) with ESMTPA; Mon, 5 Jan 2026 10:00:10 +0100\r\n"
                .to_vec(),
        );
        let found = hops(&headers);
        assert_eq!(found.iter().map(|h| h.delay).collect::<Vec<_>>(), [Some(595), None, Some(-5), None]);
        assert_eq!(found.iter().map(|h| h.tls).collect::<Vec<_>>(), [Some(true), None, Some(false), Some(true)]);
        assert_eq!(found[2].from().as_deref(), Some("a.de"));
    }
}
