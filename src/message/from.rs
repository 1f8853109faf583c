//! The From field: which addresses it names, and whether readers could disagree (RFC 5322 §3.4, §4.4, RFC 9989 §11.5).
//!
//! One pass over the octets into tokens, one over the tokens; nesting costs a counter, not a stack frame.

use std::collections::HashSet;
use std::fmt;

use base64::Engine as _;
use serde::{Deserialize, Serialize};

use crate::dns::Name;

/// So many distinct domains are named; two are too many already.
const MOST_DOMAINS: usize = 100;

/// What a From field says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Author {
    /// The addresses in order, also those of a malformed field, as far as they could be told.
    pub addresses: Vec<Mailbox>,
    /// What is wrong or odd.
    pub problems: Vec<Problem>,
}

/// One address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// The words before the address, encoded words decoded; `None` without any.
    pub display_name: Option<String>,
    /// The local part, without quotes.
    pub local: String,
    /// The domain as written.
    pub domain_text: String,
    /// The domain as A-labels; `None` if it is no domain name (a literal, a bad label).
    pub domain: Option<Name>,
}

/// What is wrong with a From field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// Nothing that looks like an address.
    #[error("no address")]
    NoAddress,
    /// Not the syntax of RFC 5322.
    #[error("malformed address list")]
    Syntax,
    /// A comment that never ends.
    #[error("unclosed comment")]
    UnclosedComment,
    /// A quoted string that never ends.
    #[error("unclosed quoted string")]
    UnclosedQuote,
    /// `Name: a@x, b@y;`: a group has no author (RFC 6854 §4).
    #[error("group syntax")]
    Group,
    /// `<@a,@b:c@d>`: obsolete, and read differently by different software (RFC 5322 §4.4).
    #[error("source route in the address")]
    Route,
    /// `<a@x> <b@y>`, `a@x <b@y>` with different domains.
    #[error("several addresses that no comma separates")]
    Unseparated,
    /// `[192.0.2.1]`.
    #[error("address literal instead of a domain")]
    DomainLiteral,
    /// A domain that is no domain name.
    #[error("invalid domain")]
    BadDomain,
    /// NUL or another control character.
    #[error("control character")]
    Control,
    /// `a@example.de.`: the dot was taken off.
    #[error("dot after the domain")]
    TrailingDot,
    /// `a@x <a@x>`: an `@` in a display name without quotes.
    #[error("unquoted @ in the display name")]
    UnquotedAt,
}

impl Problem {
    /// Whether the field then names nobody for certain.
    pub fn is_fatal(self) -> bool {
        !matches!(self, Self::TrailingDot | Self::UnquotedAt)
    }
}

impl Author {
    /// Reads the value of a From field (after the colon, folding included).
    pub fn parse(value: &[u8]) -> Self {
        let text = String::from_utf8_lossy(value);
        let mut author = Self::default();
        let tokens = tokenize(&text, &mut author.problems);
        Parser { tokens: &tokens, at: 0, author: &mut author }.list();
        if author.addresses.is_empty() {
            author.problems.push(Problem::NoAddress);
        }
        author.problems.sort_unstable();
        author.problems.dedup();
        author
    }

    /// Why no address is usable, if so: the first fatal problem.
    pub fn fault(&self) -> Option<Problem> {
        self.problems.iter().copied().find(|p| p.is_fatal())
    }

    /// The distinct domains of the authors, in order, at most 100; none if the field has a [`Author::fault`].
    pub fn domains(&self) -> Vec<Name> {
        if self.fault().is_some() {
            return Vec::new();
        }
        // Every address is looked at: one of another domain after many of the same must not go unseen.
        let mut seen = HashSet::new();
        let distinct = self.addresses.iter().filter_map(|m| m.domain.as_ref()).filter(|domain| seen.insert(*domain));
        distinct.take(MOST_DOMAINS).cloned().collect()
    }
}

impl Mailbox {
    /// `local@domain`, the domain as A-labels where it has some.
    pub fn address(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        if self.local.chars().all(plain) && !self.local.is_empty() {
            f.write_str(&self.local)?;
        } else {
            write!(f, "\"{}\"", self.local.replace('\\', "\\\\").replace('"', "\\\""))?;
        }
        write!(f, "@{}", self.domain.as_ref().map_or(self.domain_text.as_str(), Name::as_str))
    }
}

#[derive(Debug, PartialEq)]
enum Token {
    /// A run of octets that are no special, dots included.
    Atom(String),
    Quoted(String),
    Literal(String),
    /// One of `<>:;,@`.
    Special(char),
}

/// Comments and blanks vanish; what they separate stays separate.
fn tokenize(text: &str, problems: &mut Vec<Problem>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\t' | '\r' | '\n' => {}
            '(' => {
                let mut depth = 1_usize;
                while depth > 0 {
                    match chars.next() {
                        Some('(') => depth += 1,
                        Some(')') => depth -= 1,
                        Some('\\') => drop(chars.next()),
                        Some(_) => {}
                        None => {
                            problems.push(Problem::UnclosedComment);
                            break;
                        }
                    }
                }
            }
            '"' => {
                let mut quoted = String::new();
                loop {
                    match chars.next() {
                        Some('"') => break,
                        Some('\\') => quoted.extend(chars.next()),
                        Some('\r' | '\n') => {}
                        Some(c) => quoted.push(c),
                        None => {
                            problems.push(Problem::UnclosedQuote);
                            break;
                        }
                    }
                }
                if quoted.chars().any(|c| c.is_control() && c != '\t') {
                    problems.push(Problem::Control);
                }
                tokens.push(Token::Quoted(quoted));
            }
            '[' => {
                let mut literal = String::new();
                loop {
                    match chars.next() {
                        Some(']') => break,
                        Some(c) => literal.push(c),
                        None => {
                            problems.push(Problem::Syntax);
                            break;
                        }
                    }
                }
                tokens.push(Token::Literal(literal));
            }
            '<' | '>' | ':' | ';' | ',' | '@' => tokens.push(Token::Special(c)),
            ')' | ']' | '\\' => problems.push(Problem::Syntax),
            c => {
                let mut atom = String::from(c);
                while let Some(&next) = chars.peek() {
                    if " \t\r\n()\"[]<>:;,@\\".contains(next) {
                        break;
                    }
                    atom.push(next);
                    chars.next();
                }
                if atom.chars().any(char::is_control) {
                    problems.push(Problem::Control);
                }
                tokens.push(Token::Atom(atom));
            }
        }
    }
    tokens
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    author: &'a mut Author,
}

impl Parser<'_> {
    fn problem(&mut self, problem: Problem) {
        if self.author.problems.last() != Some(&problem) {
            self.author.problems.push(problem);
        }
    }

    fn list(&mut self) {
        // Whatever stands before `<`, a separator or the end: a phrase or a bare address.
        let mut words = 0..0;
        let mut in_angle_entry = false;
        let mut in_group = false;
        let mut anything = false;
        while let Some(token) = self.tokens.get(self.at) {
            match token {
                Token::Special(separator @ (',' | ';')) => {
                    let empty = words.is_empty() && !in_angle_entry;
                    if empty && *separator == ',' {
                        self.problem(Problem::Syntax);
                    }
                    if *separator == ';' && !in_group {
                        self.problem(Problem::Syntax);
                    }
                    in_group &= *separator == ',';
                    self.bare(words, in_angle_entry);
                    in_angle_entry = false;
                    self.at += 1;
                    words = self.at..self.at;
                    continue;
                }
                Token::Special(':') => {
                    // RFC 6854 §4: a group in From names no author whose domain could be checked.
                    self.problem(Problem::Group);
                    in_group = true;
                    self.at += 1;
                    words = self.at..self.at;
                    continue;
                }
                Token::Special('<') => {
                    if in_angle_entry {
                        self.problem(Problem::Unseparated);
                    }
                    let name = words.clone();
                    self.angle(name);
                    in_angle_entry = true;
                    words = self.at..self.at;
                    anything = true;
                    continue;
                }
                Token::Special('>') => self.problem(Problem::Syntax),
                _ => {}
            }
            anything = true;
            self.at += 1;
            words.end = self.at;
        }
        self.bare(words, in_angle_entry);
        if in_group || (anything && matches!(self.tokens.last(), Some(Token::Special(',')))) {
            self.problem(Problem::Syntax);
        }
    }

    /// What stands without angle brackets between two separators.
    fn bare(&mut self, words: std::ops::Range<usize>, after_angle: bool) {
        if words.is_empty() {
            return;
        }
        if after_angle {
            // `<a@x> something`
            self.problem(Problem::Syntax);
        }
        let tokens = &self.tokens[words];
        if tokens.contains(&Token::Special('@')) {
            if after_angle {
                self.problem(Problem::Unseparated);
            }
            self.address(tokens, None);
        } else {
            self.problem(Problem::Syntax);
        }
    }

    /// `[phrase] < addr-spec >`; stands at the `<`.
    fn angle(&mut self, phrase: std::ops::Range<usize>) {
        let tokens = self.tokens;
        let start = self.at + 1;
        let is_end = |t: &Token| matches!(t, Token::Special('>' | '<'));
        let end = tokens[start..].iter().position(is_end).map_or(tokens.len(), |i| start + i);
        let closed = tokens.get(end) == Some(&Token::Special('>'));
        if !closed {
            self.problem(Problem::Syntax);
        }
        self.at = if closed { end + 1 } else { end };
        let mut inside = &tokens[start..end];
        if let Some(colon) = inside.iter().position(|t| *t == Token::Special(':')) {
            self.problem(Problem::Route);
            inside = &inside[colon + 1..];
        }
        let phrase = &tokens[phrase];
        let before = self.author.addresses.len();
        self.address(inside, display_name(phrase));
        if phrase.contains(&Token::Special('@')) {
            // `a@x <b@y>`: some readers take the first, some the second.
            let problems = self.author.problems.len();
            self.address(phrase, None);
            self.author.problems.truncate(problems);
            let differs = match self.author.addresses.get(before..) {
                Some([angle, first]) => angle.domain != first.domain || angle.domain.is_none(),
                _ => true,
            };
            if differs {
                self.problem(Problem::Unseparated);
            } else {
                self.author.addresses.truncate(before + 1);
                self.problem(Problem::UnquotedAt);
            }
        }
    }

    /// `local @ domain`
    fn address(&mut self, tokens: &[Token], display_name: Option<String>) {
        let (local, domain, exact) = match tokens {
            [Token::Atom(local) | Token::Quoted(local), Token::Special('@'), Token::Atom(domain)] => {
                (local.clone(), domain.as_str(), true)
            }
            [Token::Atom(local) | Token::Quoted(local), Token::Special('@'), Token::Literal(literal)] => {
                self.problem(Problem::DomainLiteral);
                let domain_text = format!("[{literal}]");
                let mailbox = Mailbox { display_name, local: local.clone(), domain_text, domain: None };
                self.author.addresses.push(mailbox);
                return;
            }
            _ => {
                // Show what stands around the last @.
                let Some(at) = tokens.iter().rposition(|t| *t == Token::Special('@')) else {
                    return self.problem(Problem::Syntax);
                };
                let local = match at.checked_sub(1).and_then(|i| tokens.get(i)) {
                    Some(Token::Atom(text) | Token::Quoted(text)) => text.clone(),
                    _ => String::new(),
                };
                let domain = match tokens.get(at + 1) {
                    Some(Token::Atom(text)) => text.as_str(),
                    _ => "",
                };
                (local, domain, false)
            }
        };
        if !exact {
            self.problem(Problem::Syntax);
        }
        let bare = domain.strip_suffix('.').unwrap_or(domain);
        if bare.len() < domain.len() {
            self.problem(Problem::TrailingDot);
        }
        let name = domain_name(bare);
        if name.is_none() {
            self.problem(Problem::BadDomain);
        }
        self.author.addresses.push(Mailbox { display_name, local, domain_text: domain.to_owned(), domain: name });
    }
}

/// A name of letters, digits, hyphens and underscores (or U-labels), not empty.
pub(crate) fn domain_name(text: &str) -> Option<Name> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') || !c.is_ascii();
    if text.is_empty() || text.ends_with('.') || text.len() > 1024 || !text.chars().all(plain) {
        return None;
    }
    let name = Name::parse(text).ok().filter(|n| !n.is_root())?;
    // What IDNA maps to must be plain as well.
    name.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')).then_some(name)
}

fn display_name(phrase: &[Token]) -> Option<String> {
    let mut text = String::new();
    let mut after_encoded = false;
    for token in phrase {
        let (word, encoded) = match token {
            Token::Atom(word) => match decode_words(word) {
                Some(decoded) => (decoded, true),
                None => (word.clone(), false),
            },
            // Not allowed by RFC 2047 §5 (3), but some readers decode it all the same.
            Token::Quoted(word) => (decode_words(word).unwrap_or_else(|| word.clone()), false),
            Token::Literal(word) => (format!("[{word}]"), false),
            Token::Special(c) => (c.to_string(), false),
        };
        let glue = matches!(token, Token::Special(_)) || text.ends_with('@') || (encoded && after_encoded);
        if !text.is_empty() && !glue {
            text.push(' ');
        }
        text.push_str(&word);
        after_encoded = encoded;
    }
    (!text.is_empty()).then_some(text)
}

/// Decodes a text that consists of encoded words alone (RFC 2047 §2); `None` if it does not.
pub fn decode_words(text: &str) -> Option<String> {
    let mut out = String::new();
    for word in text.split_ascii_whitespace() {
        let mut rest = word;
        while !rest.is_empty() {
            let inner = rest.strip_prefix("=?")?;
            let (charset, inner) = inner.split_once('?')?;
            let (encoding, inner) = inner.split_once('?')?;
            let (data, tail) = inner.split_once("?=")?;
            let octets = match encoding {
                "B" | "b" => base64::engine::general_purpose::STANDARD.decode(data).ok()?,
                "Q" | "q" => decode_q(data),
                _ => return None,
            };
            let charset = charset.split('*').next().unwrap_or_default().to_ascii_lowercase();
            match charset.as_str() {
                "utf-8" | "us-ascii" | "utf8" => out.push_str(&String::from_utf8_lossy(&octets)),
                "iso-8859-1" | "iso-8859-15" | "windows-1252" => out.extend(octets.iter().map(|&b| char::from(b))),
                _ => return None,
            }
            rest = tail;
        }
    }
    (!out.is_empty()).then_some(out)
}

fn decode_q(data: &str) -> Vec<u8> {
    let bytes = data.as_bytes();
    let hex = |b: Option<&u8>| b.and_then(|&b| char::from(b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        match (bytes[i], hex(bytes.get(i + 1)), hex(bytes.get(i + 2))) {
            (b'=', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                i += 2;
            }
            (b'_', ..) => out.push(b' '),
            (b, ..) => out.push(b),
        }
        i += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `domain domain !problem`
    fn summary(text: &str) -> String {
        let author = Author::parse(text.as_bytes());
        let mut words: Vec<String> = author.addresses.iter().map(ToString::to_string).collect();
        words.extend(author.problems.iter().map(|p| format!("!{p:?}")));
        words.join(" ")
    }

    #[test]
    fn the_corpus() {
        for (text, expected) in [
            ("a@x.de", "a@x.de"),
            (" \"A, B\" <a@X.de>\r\n", "a@x.de"),
            ("a@x.de (comment (nested \\) b@y.de))", "a@x.de"),
            ("(c)a(d)@(e)x.de(f)", "a@x.de"),
            ("\"b@y.de\"@x.de", "\"b@y.de\"@x.de"),
            ("\"b@y.de\" <a@x.de>", "a@x.de"),
            ("a@x.de, b@y.de", "a@x.de b@y.de"),
            ("A <a@x.de>, B <b@y.de>", "a@x.de b@y.de"),
            ("<a@x.de> <b@y.de>", "a@x.de b@y.de !Unseparated"),
            ("<a@x.de>,<b@y.de>", "a@x.de b@y.de"),
            ("a@x.de <b@y.de>", "b@y.de a@x.de !Unseparated"),
            ("a@x.de <b@x.de>", "b@x.de !UnquotedAt"),
            ("<@a,@b:c@d.de>", "c@d.de !Route"),
            ("Group: a@x.de, b@y.de;", "a@x.de b@y.de !Group"),
            ("undisclosed:;", "!NoAddress !Group"),
            ("a@x.de.", "a@x.de !TrailingDot"),
            ("a@[192.0.2.1]", "a@[192.0.2.1] !DomainLiteral"),
            ("a@x.de b@y.de", "b@y.de !Syntax"),
            ("a@x.de\0.y.de", "a@x.de\0.y.de !BadDomain !Control"),
            ("a@x..de", "a@x..de !BadDomain"),
            ("=?utf-8?q?a@y.de?=", "=?utf-8?q?a@y.de?= !BadDomain"),
            ("a@b@x.de", "b@x.de !Syntax"),
            ("", "!NoAddress"),
            (",", "!NoAddress !Syntax"),
            ("name only", "!NoAddress !Syntax"),
            ("<>", "!NoAddress !Syntax"),
            ("<a@x.de", "a@x.de !Syntax"),
            ("a@x.de>", "a@x.de !Syntax"),
            ("\"open <a@x.de>", "!NoAddress !Syntax !UnclosedQuote"),
            ("(open <a@x.de>", "!NoAddress !UnclosedComment"),
            ("info@bücher.example", "info@xn--bcher-kva.example"),
            ("a@x%00.de", "a@x%00.de !BadDomain"),
        ] {
            assert_eq!(summary(text), expected, "{text}");
        }
    }

    #[test]
    fn display_names() {
        for (text, expected) in [
            ("=?utf-8?q?M=C3=BCller?= =?UTF-8?B?IEdtYkg=?= <a@x.de>", "Müller GmbH"),
            ("Max  Muster <a@x.de>", "Max Muster"),
            ("\"info@bank.de\" <a@x.de>", "info@bank.de"),
            ("=?unknown?q?x?= <a@x.de>", "=?unknown?q?x?="),
        ] {
            let author = Author::parse(text.as_bytes());
            assert_eq!(author.addresses[0].display_name.as_deref(), Some(expected), "{text}");
            assert_eq!(author.domains(), [Name::parse("x.de").unwrap()]);
        }
    }

    #[test]
    fn a_second_domain_is_seen_after_any_number_of_addresses() {
        for count in [1, 100, 5000] {
            let text = "a@example.de, ".repeat(count) + "ceo@bank.test";
            let domains = Author::parse(text.as_bytes()).domains();
            assert_eq!(domains, ["example.de", "bank.test"].map(|d| Name::parse(d).unwrap()), "{count}");
        }
    }

    #[test]
    fn a_megabyte_of_nesting_is_linear() {
        for unit in ["(", "\"", "<", "a:", "a,", "[", "@", "\\", "=?"] {
            let text = unit.repeat(1_000_000 / unit.len());
            assert!(Author::parse(text.as_bytes()).fault().is_some() || unit == "=?");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let _ = Author::parse(&bytes);
        }

        #[test]
        fn printed_addresses_are_read_back(local in "[a-z \"\\\\@]{1,12}", domain in "[a-z]{1,5}\\.[a-z]{2,5}") {
            let mailbox = Mailbox {
                display_name: None, local, domain: Name::parse(&domain).ok(), domain_text: domain,
            };
            let again = Author::parse(mailbox.to_string().as_bytes());
            proptest::prop_assert_eq!(again.addresses, vec![mailbox]);
        }
    }
}
