//! What spam filters write into the header, read by the table of the project.

use crate::knowledge::spam_headers::{Judgement, Reader, SpamField, value};
use crate::locales::{Arg, Phrase};

type Said = (Vec<Phrase>, Option<Judgement>);

/// Tests of a filter that are named at most.
const MOST_TESTS: usize = 6;
/// Tests of a filter that are looked at.
const MOST_LOOKED_AT: usize = 300;

/// What a field says; `None` where it says nothing that can be told.
pub(super) fn read(field: &SpamField, text: &str) -> Option<Said> {
    let by = field.filter.as_str();
    match field.reader {
        Reader::Points => points(by, text),
        Reader::Flag => {
            let spam = if starts(text, "yes") || starts(text, "true") || text == "1" {
                Judgement::Spam
            } else if starts(text, "no") || starts(text, "false") || text == "0" {
                Judgement::Clean
            } else {
                return None;
            };
            Some((vec![judged("said-flag", spam).arg("filter", by)], Some(spam)))
        }
        Reader::Rspamd => rspamd(by, text),
        Reader::Forefront => forefront(text),
        Reader::BulkLevel => {
            let level: u8 = pairs(text).find(|(name, _)| name.eq_ignore_ascii_case("bcl"))?.1.parse().ok()?;
            // Zero: not sent in bulk; up to three hardly anybody complains.
            let id = if level >= 4 { "said-bcl-high" } else { "said-bcl-low" };
            (level > 0).then(|| (vec![Phrase::new(id).arg("level", level)], None))
        }
        Reader::Mailbox => match pairs(text).find(|(name, _)| name.eq_ignore_ascii_case("dest"))?.1 {
            "J" => Some((vec![Phrase::new("said-mailbox-junk")], Some(Judgement::Spam))),
            "I" => Some((vec![Phrase::new("said-mailbox-inbox")], Some(Judgement::Clean))),
            _ => None,
        },
        Reader::Confidence => {
            let row = value("scl", text.trim())?;
            Some((vec![scl(text.trim(), &row.meaning)], row.judgement))
        }
        Reader::Gmx => gmx(text),
        Reader::UnitedInternet | Reader::UnitedInternetOut => {
            let row = value("united-internet", text.split(':').next().unwrap_or_default().trim())?;
            let meaning = Arg::Message(format!("said-{}", row.meaning).into());
            if field.reader == Reader::UnitedInternetOut {
                return Some((vec![Phrase::new("said-ui-out").arg("meaning", meaning)], None));
            }
            Some((vec![Phrase::new("said-ui").arg("meaning", meaning)], row.judgement))
        }
        Reader::TOnline => {
            let class = text.split_ascii_whitespace().skip(1).find_map(|word| value("t-online", word))?;
            Some((vec![Phrase::new(format!("said-{}", class.meaning))], class.judgement))
        }
        Reader::BulkFolder => Some((vec![Phrase::new("said-yahoo-bulk")], Some(Judgement::Spam))),
        Reader::Vade => {
            let row = value("vade", text.trim())?;
            Some((vec![Phrase::new(format!("said-{}", row.meaning))], row.judgement))
        }
        Reader::Proofpoint => {
            let rule = text.split_ascii_whitespace().find_map(|w| w.strip_prefix("rule="))?;
            let judgement = match rule {
                "notspam" => Some(Judgement::Clean),
                "spam" | "phish" | "malware" => Some(Judgement::Spam),
                _ => None,
            };
            let shown: String = rule.chars().take(40).collect();
            Some((vec![Phrase::new("said-proofpoint").arg("rule", shown)], judgement))
        }
        Reader::Reputation => {
            let score = number(text.trim())?;
            let id = if score.starts_with('-') { "said-reputation-bad" } else { "said-reputation" };
            Some((vec![Phrase::new(id).arg("filter", by).arg("score", score)], None))
        }
        Reader::WebScript => Some((vec![Phrase::new("said-web-script").arg("filter", by)], None)),
        Reader::Rewritten => Some((vec![Phrase::new("said-rewritten").arg("filter", by)], None)),
        Reader::Greylisted => Some((vec![Phrase::new("said-greylisted")], None)),
        Reader::Quote => {
            let shown: String = text.chars().take(120).collect();
            (!shown.is_empty()).then(|| (vec![Phrase::new("said-quote").arg("filter", by).arg("text", shown)], None))
        }
        Reader::Ignore => None,
    }
}

/// `Yes, score=8.1 required=5.0 tests=A,B,C autolearn=no`.
fn points(by: &str, text: &str) -> Option<Said> {
    let judgement = match (starts(text, "yes"), starts(text, "no")) {
        (true, _) => Judgement::Spam,
        (_, true) => Judgement::Clean,
        _ => return None,
    };
    let after = |names: &[&str]| {
        names.iter().find_map(|name| {
            let at = text.to_ascii_lowercase().find(name)?;
            number(text[at + name.len()..].trim_start())
        })
    };
    let phrase = match (after(&["score=", "hits="]), after(&["required=", "tagged_above=", "limit="])) {
        (Some(score), Some(required)) => judged("said-points", judgement).arg("score", score).arg("required", required),
        _ => judged("said-flag", judgement),
    };
    let mut words = vec![phrase.arg("filter", by)];
    if let Some(at) = text.find("tests=") {
        let tests = text[at + 6..].trim_start_matches(['[', ' ']);
        // A list may be folded behind its commas; the next word with `=` behind it is none of it.
        let end = tests
            .find([']'])
            .or_else(|| tests.find(" autolearn").or_else(|| tests.find(" version=")))
            .unwrap_or(tests.len());
        let names = tests[..end].split([',', ' ', '\t']).map(|t| t.split('=').next().unwrap_or_default());
        words.extend(named("spamassassin", names));
    }
    Some((words, Some(judgement)))
}

/// `default: False [3.20 / 15.00]; SYMBOL(1.00)[…]; …`.
fn rspamd(by: &str, text: &str) -> Option<Said> {
    let (head, symbols) = text.split_once(']').unwrap_or((text, ""));
    let (word, numbers) = head.split_once('[')?;
    let (score, required) = numbers.split_once('/')?;
    let (score, required) = (number(score.trim())?, number(required.trim())?);
    // `True` means that the limit of refusing is passed; marking begins at 6 in the usual set-up.
    let spam = word.to_ascii_lowercase().contains("true") || score.parse::<f64>().is_ok_and(|s| s >= 6.0);
    let judgement = if spam { Judgement::Spam } else { Judgement::Clean };
    let mut words =
        vec![judged("said-points", judgement).arg("score", score).arg("required", required).arg("filter", by)];
    let names = symbols.split(';').filter_map(|symbol| {
        let (name, rest) = symbol.trim().split_once('(')?;
        let points: f64 = rest.split(')').next()?.parse().ok()?;
        (points >= 0.0).then_some(name)
    });
    words.extend(named("rspamd", names));
    Some((words, Some(judgement)))
}

/// The tests that the project has words for, each meaning once.
fn named<'a>(table: &str, names: impl Iterator<Item = &'a str>) -> Vec<Phrase> {
    let mut meanings: Vec<&str> = Vec::new();
    let mut words = Vec::new();
    for name in names.take(MOST_LOOKED_AT) {
        let Some(row) = value(table, name.trim()) else { continue };
        if words.len() < MOST_TESTS && !meanings.contains(&row.meaning.as_str()) {
            meanings.push(&row.meaning);
            let meaning = Arg::Message(format!("said-{}", row.meaning).into());
            words.push(Phrase::new("said-test").arg("test", name.trim()).arg("meaning", meaning));
        }
    }
    words
}

/// `CIP:192.0.2.1;CTRY:DE;SCL:5;SFV:SPM;H:mail;PTR:…;CAT:SPM;DIR:INB;`.
fn forefront(text: &str) -> Option<Said> {
    let get = |key: &str| pairs(text).find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value);
    let mut words = Vec::new();
    let verdict = get("SFV").and_then(|word| value("sfv", word));
    if let Some(row) = verdict {
        words.push(Phrase::new(format!("said-{}", row.meaning)));
    }
    let level = get("SCL").and_then(|word| Some((word, value("scl", word)?)));
    if let Some((word, row)) = level {
        words.push(scl(word, &row.meaning));
    }
    let category = get("CAT").and_then(|word| value("cat", word));
    if let Some(row) = category {
        words.push(Phrase::new(format!("said-{}", row.meaning)));
    }
    if let Some(row) = get("SFTY").and_then(|word| value("sfty", word)) {
        words.push(Phrase::new(format!("said-{}", row.meaning)));
    }
    // The receiver's own list let it through, whatever it looks like.
    if get("IPV").is_some_and(|word| word.eq_ignore_ascii_case("CAL")) {
        words.push(Phrase::new("said-forefront-allowed"));
    }
    if get("SRV").is_some_and(|srv| srv.eq_ignore_ascii_case("BULK")) {
        words.push(Phrase::new("said-srv-bulk"));
    }
    if get("PTR").is_some_and(|ptr| ptr.is_empty() || ptr.eq_ignore_ascii_case("InfoDomainNonexistent")) {
        words.push(Phrase::new("said-forefront-no-ptr"));
    }
    // What an organisation sends to itself or out was not judged by a receiver.
    if get("DIR").is_some_and(|dir| matches!(dir, "OUT" | "INT")) {
        words.push(Phrase::new("said-forefront-own"));
        return Some((words, None));
    }
    let judgement = verdict.or(level.map(|(_, row)| row)).or(category).and_then(|row| row.judgement);
    (!words.is_empty()).then_some((words, judgement))
}

fn scl(level: &str, meaning: &str) -> Phrase {
    Phrase::new("said-scl").arg("level", level).arg("meaning", Arg::Message(format!("said-{meaning}").into()))
}

/// `6 (nemesis text pattern profiler); Detail=V3;`.
fn gmx(text: &str) -> Option<Said> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let class: u32 = text[..digits].parse().ok()?;
    let reason = text.split_once('(').map(|(_, rest)| rest.split(')').next().unwrap_or_default()).unwrap_or_default();
    let reason: String = reason.chars().take(80).collect();
    let (id, judgement) = match class {
        0 => ("said-gmx-clean", Some(Judgement::Clean)),
        1..5 => ("said-gmx-other", None),
        _ => ("said-gmx-spam", Some(Judgement::Spam)),
    };
    Some((vec![Phrase::new(id).arg("class", class).arg("reason", reason)], judgement))
}

fn judged(id: &str, judgement: Judgement) -> Phrase {
    Phrase::new(format!("{id}-{}", if judgement == Judgement::Spam { "spam" } else { "clean" }))
}

/// `key:value;` pairs.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(';').take(100).filter_map(|pair| pair.split_once(':')).map(|(name, value)| (name.trim(), value.trim()))
}

fn starts(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        && !text[word.len()..].starts_with(|c: char| c.is_alphanumeric())
}

/// A decimal number at the start, as it is written.
fn number(text: &str) -> Option<String> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(text.len());
    let number = &text[..end];
    (number.len() <= 12 && number.parse::<f64>().is_ok()).then(|| number.to_owned())
}
