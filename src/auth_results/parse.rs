//! Reading a field (RFC 8601 §2.2), in one pass and without recursion.

use super::{AuthenticationResults, MethodResult, Property};

/// Reads the value of one Authentication-Results field. Never fails: what cannot be read is skipped up to the next
/// semicolon, and `malformed` says so.
///
/// Each field is read by itself: joining two would let the text of one speak in the name of the other.
pub fn parse(value: &str) -> AuthenticationResults {
    let mut lexer = Lexer { text: value, at: 0 };
    let mut out = AuthenticationResults::default();
    head(&mut lexer, &mut out);
    // RFC 8601 §2.2: stop at a version that is not known.
    if out.version.unwrap_or(1) == 1 {
        results(&mut lexer, &mut out);
    }
    out
}

/// Reads the value of an ARC-Authentication-Results field: the instance and the rest (RFC 8617 §4.1.1).
/// `None` where it does not begin with `i=`, a number and a semicolon.
pub fn parse_arc(value: &str) -> Option<(u32, AuthenticationResults)> {
    let mut lexer = Lexer { text: value, at: 0 };
    let mut comments = Vec::new();
    lexer.skip(&mut comments);
    let name = lexer.word(is_stop_of_keyword);
    lexer.skip(&mut comments);
    if !name.eq_ignore_ascii_case("i") || !lexer.take('=') {
        return None;
    }
    lexer.skip(&mut comments);
    let number = lexer.word(is_stop_of_keyword);
    lexer.skip(&mut comments);
    let digits = (1..=4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    if !digits || !lexer.take(';') {
        return None;
    }
    Some((number.parse().ok()?, parse(lexer.rest())))
}

fn head(lexer: &mut Lexer<'_>, out: &mut AuthenticationResults) {
    let mut comments = Vec::new();
    lexer.skip(&mut comments);
    let start = lexer.at;
    let id = match lexer.quoted() {
        Some(id) => id,
        None => lexer.word(|c| is_blank(c) || matches!(c, ';' | '(')).to_owned(),
    };
    // Some providers begin with the first result: `spf=pass …`.
    lexer.skip(&mut comments);
    if id.contains('=') || lexer.peek() == Some('=') {
        lexer.at = start;
        return;
    }
    out.authserv_id = Some(id).filter(|id| !id.is_empty());
    let version = lexer.word(|c| is_blank(c) || matches!(c, ';' | '('));
    if !version.is_empty() {
        match version.parse() {
            Ok(number) => out.version = Some(number),
            Err(_) => out.malformed = true,
        }
    }
    lexer.skip(&mut comments);
    if !lexer.take(';') && !lexer.done() {
        out.malformed = true;
        lexer.next_part(&mut comments);
    }
}

fn results(lexer: &mut Lexer<'_>, out: &mut AuthenticationResults) {
    let mut comments = Vec::new();
    loop {
        comments.clear();
        lexer.skip(&mut comments);
        if lexer.done() {
            return;
        }
        if lexer.take(';') {
            continue;
        }
        let mut found = MethodResult::default();
        let well = method(lexer, &mut found, &mut comments);
        found.comments = std::mem::take(&mut comments);
        match well {
            Some(true) => out.results.push(found),
            Some(false) => {}
            None => out.malformed = true,
        }
        if !lexer.take(';') && !lexer.done() {
            out.malformed = true;
            lexer.next_part(&mut comments);
        }
    }
}

/// `Some(true)` for a result, `Some(false)` for `none`, `None` for what cannot be read.
fn method(lexer: &mut Lexer<'_>, found: &mut MethodResult, comments: &mut Vec<String>) -> Option<bool> {
    let name = lexer.word(is_stop_of_keyword);
    lexer.skip(comments);
    if name.eq_ignore_ascii_case("none") && matches!(lexer.peek(), None | Some(';')) {
        return Some(false);
    }
    if lexer.take('/') {
        lexer.skip(comments);
        found.version = lexer.word(is_stop_of_keyword).parse().ok();
        lexer.skip(comments);
    }
    if !is_keyword(name) || !lexer.take('=') {
        return None;
    }
    lexer.skip(comments);
    let result = lexer.word(is_stop_of_keyword);
    if !is_keyword(result) {
        return None;
    }
    found.method = name.to_ascii_lowercase();
    found.result = result.to_ascii_lowercase();
    loop {
        lexer.skip(comments);
        if matches!(lexer.peek(), None | Some(';')) {
            return Some(true);
        }
        let before = lexer.at;
        let mut ptype = lexer.word(is_stop_of_keyword);
        let mut property = "";
        lexer.skip(comments);
        if lexer.take('.') {
            lexer.skip(comments);
            property = lexer.word(is_stop_of_keyword);
            lexer.skip(comments);
        }
        if !lexer.take('=') {
            // A word of no use: leave it out, but do not stand still.
            if lexer.at == before {
                lexer.bump();
            }
            continue;
        }
        lexer.skip(comments);
        let value = lexer.value();
        if ptype.eq_ignore_ascii_case("reason") && property.is_empty() {
            found.reason.get_or_insert(value);
            continue;
        }
        if property.is_empty() {
            (ptype, property) = ("", ptype);
        }
        if is_keyword(property) {
            found.properties.push(Property {
                ptype: ptype.to_ascii_lowercase().into(),
                property: property.to_ascii_lowercase().into(),
                value,
            });
        }
    }
}

fn is_keyword(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn is_stop_of_keyword(c: char) -> bool {
    is_blank(c) || matches!(c, ';' | '(' | ')' | '=' | '.' | '/' | '"')
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn done(&self) -> bool {
        self.at >= self.text.len()
    }

    fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn take(&mut self, c: char) -> bool {
        let there = self.peek() == Some(c);
        if there {
            self.bump();
        }
        there
    }

    fn word(&mut self, stop: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(stop).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Skips blanks and comments. One that never ends takes everything: nothing behind it is believed.
    fn skip(&mut self, comments: &mut Vec<String>) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches(is_blank).len();
            if !self.take('(') {
                return;
            }
            let mut depth = 1usize;
            let mut text = String::new();
            while depth > 0 {
                let Some(c) = self.peek() else { break };
                self.bump();
                match c {
                    '\\' => {
                        if let Some(next) = self.peek() {
                            self.bump();
                            text.push(next);
                        }
                        continue;
                    }
                    '(' => depth += 1,
                    ')' => depth -= 1,
                    _ => {}
                }
                if depth > 0 {
                    text.push(c);
                }
            }
            comments.push(text.split(is_blank).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "));
        }
    }

    /// A quoted string without its quotes; one that never ends goes to the end.
    fn quoted(&mut self) -> Option<String> {
        if !self.take('"') {
            return None;
        }
        let mut out = String::new();
        while let Some(c) = self.peek() {
            self.bump();
            match c {
                '"' => break,
                '\\' => {
                    if let Some(next) = self.peek() {
                        self.bump();
                        out.push(next);
                    }
                }
                '\r' | '\n' => {}
                _ => out.push(c),
            }
        }
        Some(out)
    }

    /// A value, or an address whose local part may be quoted.
    fn value(&mut self) -> String {
        let mut out = self.quoted().unwrap_or_default();
        out.push_str(self.word(|c| is_blank(c) || matches!(c, ';' | '(' | '"')));
        out
    }

    /// Goes behind the next semicolon that stands outside quotes and comments.
    fn next_part(&mut self, comments: &mut Vec<String>) {
        while !self.done() {
            self.skip(comments);
            match self.peek() {
                Some('"') => {
                    self.quoted();
                }
                Some(';') => {
                    self.bump();
                    return;
                }
                _ => {
                    if self.word(|c| is_blank(c) || matches!(c, ';' | '(' | '"')).is_empty() {
                        self.bump();
                    }
                }
            }
        }
    }
}
