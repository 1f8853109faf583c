//! Characters outside ASCII: dashes and quotes of word processors, letters of other scripts, domains in U-labels.

use super::super::parse::{Fault, FaultKind, Parsed, term};
use super::super::record::Span;
use super::recover;

/// Characters that word processors put where a hyphen, a quote or nothing belongs.
pub(super) fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => "-",
        '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{b4}' | '\u{2032}' | '\u{2033}' => "",
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => "",
        '\u{ff1a}' | '\u{2236}' => ":",
        '\u{ff0f}' | '\u{2044}' => "/",
        '\u{ff1d}' => "=",
        '\u{223c}' | '\u{2dc}' | '\u{ff5e}' => "~",
        '\u{ff0b}' => "+",
        _ => return None,
    })
}

/// The Latin letter that a letter of another script looks like.
fn latin(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'ӏ' => 'l',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'ν' => 'v',
        'х' | 'χ' => 'x',
        'у' => 'y',
        'А' | 'Α' => 'A',
        'М' | 'Μ' => 'M',
        'І' | 'Ι' => 'I',
        'Х' | 'Χ' => 'X',
        'Е' | 'Ε' => 'E',
        'Р' | 'Ρ' => 'P',
        'Т' | 'Τ' => 'T',
        _ => return None,
    })
}

/// Whether every word with foreign letters also has Latin ones, the name of the mechanism aside, which is never
/// foreign.
fn mixed(token: &str) -> bool {
    let (name, value) = token.split_at(token.find([':', '=', '/']).unwrap_or(token.len()));
    let labels = value.split(|c: char| !c.is_alphanumeric()).filter(|label| !label.is_ascii());
    let mut labels = labels.peekable();
    (!name.is_ascii() || labels.peek().is_some()) && labels.all(|label| label.chars().any(|c| c.is_ascii_alphabetic()))
}

/// Faults for the characters outside ASCII of one term, and nothing else about it.
pub(super) fn non_ascii(token: &str, span: &Span, parsed: &mut Parsed) {
    let cleaned: String =
        token.chars().map(|c| plain(c).map_or_else(|| c.to_string(), str::to_owned)).collect::<Vec<_>>().concat();
    if cleaned.is_ascii() {
        for (i, c) in token.char_indices().filter(|(_, c)| !c.is_ascii()) {
            let at = span.start + i;
            let suggestion = plain(c).map(str::to_owned);
            parsed.errors.push(Fault { span: at..at + c.len_utf8(), kind: FaultKind::NonAscii, suggestion });
        }
        recover(&cleaned, span.clone(), parsed);
        return;
    }
    // Letters of another script that look like Latin ones, in a name or amid Latin letters.
    let alike: String = token.chars().map(|c| latin(c).unwrap_or(c)).collect();
    if alike.is_ascii()
        && mixed(token)
        && term(&alike, 0..alike.len()).is_ok_and(|t| t.directive().is_some() || t.domain_spec().is_some())
    {
        for (i, c) in token.char_indices().filter(|(_, c)| !c.is_ascii()) {
            let at = span.start + i;
            let suggestion = latin(c).map(String::from);
            parsed.errors.push(Fault { span: at..at + c.len_utf8(), kind: FaultKind::NonAscii, suggestion });
        }
        recover(&alike, span.clone(), parsed);
        return;
    }
    // A domain in U-labels.
    let value = token.find([':', '=']).map(|i| i + 1);
    if let Some(from) = value
        && let Some((head, argument)) = token.split_at_checked(from)
        && head.is_ascii()
    {
        let end = argument.find('/').unwrap_or(argument.len());
        let domain = argument.get(..end).unwrap_or_default();
        let usual = domain.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
        if !domain.is_ascii()
            && usual
            && let Ok(name) = crate::dns::Name::parse(domain)
        {
            let at = span.start + from;
            let meant = format!("{head}{name}{}", argument.get(end..).unwrap_or_default());
            let suggestion = Some(name.to_string());
            parsed.errors.push(Fault { span: at..at + end, kind: FaultKind::NonAscii, suggestion });
            recover(&meant, span.clone(), parsed);
            return;
        }
    }
    let first = token.char_indices().find(|(_, c)| !c.is_ascii()).map_or(0, |(i, _)| i);
    let last = token.char_indices().rev().find(|(_, c)| !c.is_ascii()).map_or(token.len(), |(i, c)| i + c.len_utf8());
    let span = span.start + first..span.start + last;
    parsed.errors.push(Fault { span, kind: FaultKind::NonAscii, suggestion: None });
}
