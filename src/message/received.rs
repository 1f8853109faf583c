//! Trace fields (RFC 5321 §4.4): what a server wrote down about the one that handed it a message.
//!
//! The grammar is followed by few, so this reads what is there: the greeting, the address, the server, the time.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::Headers;

/// More words and comments than this are not looked at.
const MOST_TOKENS: usize = 200;

/// A Received field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Received {
    /// How the client called itself (EHLO), as written.
    pub helo: Option<String>,
    /// The name that the server found for the client's address.
    pub name: Option<String>,
    /// The client's address.
    pub ip: Option<IpAddr>,
    /// The server that wrote the field.
    pub by: Option<String>,
    /// The protocol.
    pub with: Option<String>,
    /// When, seconds since 1970.
    pub time: Option<u64>,
}

/// A word, or a comment without its outer parentheses.
enum Token {
    Word(String),
    Comment(String),
}

impl Received {
    /// Reads the value of a field.
    pub fn parse(value: &str) -> Self {
        let (clauses, date) = value.rsplit_once(';').unwrap_or((value, ""));
        let mut received = Self { time: time(date), ..Self::default() };
        let mut tokens = tokens(clauses).into_iter().peekable();
        let mut clause = String::new();
        let mut literal = None;
        while let Some(token) = tokens.next() {
            match token {
                Token::Word(word)
                    if matches!(&*word.to_ascii_lowercase(), "from" | "by" | "with" | "via" | "id" | "for") =>
                {
                    clause = word.to_ascii_lowercase();
                    let Some(Token::Word(next)) = tokens.peek() else { continue };
                    let next = next.clone();
                    match clause.as_str() {
                        "from" if received.helo.is_none() => {
                            literal = address(&next);
                            received.helo = Some(next);
                        }
                        "by" if received.by.is_none() => received.by = Some(next),
                        "with" if received.with.is_none() => received.with = Some(next),
                        _ => continue,
                    }
                    tokens.next();
                }
                Token::Comment(text) if clause == "from" => received.read_comment(&text),
                _ => {}
            }
        }
        // What the server found out counts before what the client called itself.
        received.ip = received.ip.or(literal);
        received
    }

    /// `name [address]`, `[address] helo=name`, `HELO name`, `address`.
    fn read_comment(&mut self, text: &str) {
        let mut words = text.split_ascii_whitespace().peekable();
        while let Some(word) = words.next() {
            let lower = word.to_ascii_lowercase();
            if let Some(name) = lower.strip_prefix("helo=").or_else(|| lower.strip_prefix("ehlo=")) {
                self.helo = Some(name.to_owned());
            } else if matches!(&*lower, "helo" | "ehlo") {
                self.helo = words.next().map(str::to_owned);
            } else if let Some(ip) = address(word) {
                // The last one: a name before it may be the client's own choice.
                self.ip = Some(ip);
            } else if self.name.is_none() && word.contains('.') && !word.contains('=') {
                self.name = Some(word.to_owned());
            }
        }
    }
}

/// The trace field of the host that is trusted: the topmost that it added. Below it, whoever sent the message may
/// have written what they liked. Only fields of a content filter on the host itself, which hands the message in again
/// from a loopback address, are stepped over; an own field without an address tells of no client elsewhere.
pub fn by_trusted_host(headers: &Headers, host: &str) -> Option<Received> {
    let host = host.trim_end_matches('.');
    let mut inside = false;
    for field in headers.named("received").take(100) {
        let received = Received::parse(&field.text(headers));
        // A field whose author cannot be told may be the host's own: what stands below it may be forged.
        received.by.as_ref()?;
        match (received.is_by(host), inside) {
            (false, false) => {}
            (false, true) => return None,
            (true, _) if received.ip?.to_canonical().is_loopback() => inside = true,
            (true, _) => return Some(received),
        }
    }
    None
}

impl Received {
    /// Whether this host wrote it.
    pub fn is_by(&self, host: &str) -> bool {
        self.by.as_ref().is_some_and(|by| by.trim_end_matches('.').eq_ignore_ascii_case(host))
    }
}

/// The sender in the topmost Return-Path; empty for the null sender, `None` without the field.
pub fn return_path(headers: &Headers) -> Option<String> {
    let text = headers.value("return-path")?;
    let inner = text.split_once('<').map_or(text.as_str(), |(_, rest)| rest.split('>').next().unwrap_or_default());
    Some(inner.trim().to_owned())
}

/// `[192.0.2.1]`, `[IPv6:2001:db8::1]`, or the bare address.
fn address(word: &str) -> Option<IpAddr> {
    let word = word.trim_end_matches(',');
    let inner = word.strip_prefix('[').map_or(word, |rest| rest.split(']').next().unwrap_or_default());
    let inner = if inner.get(..5).is_some_and(|p| p.eq_ignore_ascii_case("ipv6:")) { &inner[5..] } else { inner };
    inner.parse().ok()
}

/// A date as in RFC 5322 §3.3, seconds since 1970.
pub fn time(text: &str) -> Option<u64> {
    let text = text.split('(').next().unwrap_or_default().trim();
    let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let stamp = parser.parse_timestamp(text).ok()?;
    u64::try_from(stamp.as_second()).ok()
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut comment = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        if tokens.len() >= MOST_TOKENS {
            break;
        }
        match c {
            '(' => {
                if depth == 0 && !word.is_empty() {
                    tokens.push(Token::Word(std::mem::take(&mut word)));
                }
                depth += 1;
                comment.push(' ');
            }
            ')' if depth > 0 => {
                depth -= 1;
                comment.push(' ');
                if depth == 0 {
                    tokens.push(Token::Comment(std::mem::take(&mut comment)));
                }
            }
            c if depth > 0 => comment.push(c),
            c if c.is_ascii_whitespace() => {
                if !word.is_empty() {
                    tokens.push(Token::Word(std::mem::take(&mut word)));
                }
            }
            c => word.push(c),
        }
    }
    if !word.is_empty() {
        tokens.push(Token::Word(word));
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `helo name ip by with`
    fn summary(text: &str) -> String {
        let r = Received::parse(text);
        let shown = |t: Option<String>| t.unwrap_or_else(|| "-".to_owned());
        let ip = r.ip.map(|ip| ip.to_string());
        [r.helo, r.name, ip, r.by, r.with].map(shown).join(" ")
    }

    #[test]
    fn what_servers_write() {
        for (text, expected) in [
            (
                "from a.de (b.de [192.0.2.1]) by mx.de (Postfix) with ESMTPS id X for <u@mx.de>; Mon, 5 Jan 2026 10:00:00 +0100 (CET)",
                "a.de b.de 192.0.2.1 mx.de ESMTPS",
            ),
            ("from a.de (unknown [IPv6:2001:db8::1]) by mx.de", "a.de - 2001:db8::1 mx.de -"),
            ("from [192.0.2.1] (helo=a.de) by mx.de with esmtp (Exim 4.96)", "a.de - 192.0.2.1 mx.de esmtp"),
            ("from unknown (HELO a.de) (192.0.2.1) by 0 with SMTP", "a.de - 192.0.2.1 0 SMTP"),
            ("from A.DE (192.0.2.1) by B.DE (10.0.0.1) with Microsoft SMTP Server", "A.DE - 192.0.2.1 B.DE Microsoft"),
            ("from [198.51.100.9] (b.de [192.0.2.1]) by mx.de", "[198.51.100.9] b.de 192.0.2.1 mx.de -"),
            ("by mx.de with LMTP", "- - - mx.de LMTP"),
            ("", "- - - - -"),
        ] {
            assert_eq!(summary(text), expected, "{text}");
        }
        assert_eq!(Received::parse("by x; Mon, 5 Jan 2026 10:00:00 +0100 (CET)").time, Some(1_767_603_600));
    }

    #[test]
    fn the_trusted_host_alone_is_believed() {
        let headers = Headers::parse(
            b"Received: from filter (localhost [127.0.0.1]) by MX.de\r\n\
              Received: from a.de (a.de [192.0.2.1]) by mx.de\r\n\
              Received: from forged (forged [198.51.100.1]) by mx.de\r\n\
              Return-Path: <x@a.de>\r\n"
                .to_vec(),
        );
        let found = by_trusted_host(&headers, "mx.de.").unwrap();
        assert_eq!((found.helo.as_deref(), found.ip), (Some("a.de"), "192.0.2.1".parse().ok()));
        assert!(by_trusted_host(&headers, "other.de").is_none());
        assert_eq!(return_path(&headers).as_deref(), Some("x@a.de"));
    }

    #[test]
    fn nothing_below_a_field_of_the_host_is_believed() {
        let forged = "Received: from bank.test (bank.test [198.51.100.1]) by mx.de\r\n";
        for above in [
            "Received: by mx.de (Postfix, from userid 33) id X\r\n",
            "Received: from localhost by mx.de with LMTP\r\n",
            "Received: (qmail 123 invoked by uid 33)\r\n",
            "Received: from x (x [127.0.0.1]) by mx.de\r\nReceived: by mx.de (Postfix, from userid 33)\r\n",
            "Received: from x (x [127.0.0.1]) by mx.de\r\nReceived: from y (y [192.0.2.7]) by other.de\r\n",
        ] {
            let headers = Headers::parse(format!("{above}{forged}").into_bytes());
            assert_eq!(by_trusted_host(&headers, "mx.de"), None, "{above}");
        }
        let above = "Received: from mx.de (mx.de [10.0.0.1]) by store.de\r\n";
        let headers = Headers::parse(format!("{above}{forged}").into_bytes());
        assert_eq!(by_trusted_host(&headers, "mx.de").and_then(|r| r.ip), "198.51.100.1".parse().ok());
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in ".{0,200}") {
            let _ = Received::parse(&text);
        }
    }
}
