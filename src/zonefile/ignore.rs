//! `; mailauth: ignore …` at the end of a record's lines.
//!
//! ```text
//! @ IN TXT "v=spf1 mx ?all" ; mailauth: ignore spf-all-neutral until 2027-01-31 because we move hosts
//! ```
//! Rules stand apart by blanks or commas. `until` names the last day on which they are ignored,
//! `because` a reason, up to the end of the line.

use jiff::civil::Date;

/// Rules that one comment names at most; there are not that many.
const MOST_RULES: usize = 200;

/// What a comment asks to ignore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The ids of the rules.
    pub rules: Vec<String>,
    /// The last day on which they are ignored; `None` for ever.
    pub until: Option<Date>,
    /// What stands behind `until` and is no date: then nothing is ignored, so that the slip is seen.
    pub bad_date: Option<String>,
    /// Why.
    pub because: Option<String>,
}

impl Ignored {
    /// Reads a comment, without its semicolon; `None` if it does not ask to ignore.
    pub fn parse(comment: &str) -> Option<Self> {
        let rest = comment.trim().strip_prefix("mailauth:")?.trim_start().strip_prefix("ignore")?;
        if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
            return None;
        }
        let mut found = Self { rules: Vec::new(), until: None, bad_date: None, because: None };
        let mut words = rest;
        loop {
            words = words.trim_start_matches([' ', '\t', ',']);
            let (word, tail) = words.split_at(words.find([' ', '\t', ',']).unwrap_or(words.len()));
            words = tail;
            match word {
                "" => break,
                "until" => {
                    words = words.trim_start();
                    let (date, tail) = words.split_at(words.find([' ', '\t', ',']).unwrap_or(words.len()));
                    match date.parse() {
                        Ok(date) => found.until = Some(date),
                        Err(_) => found.bad_date = Some(date.to_owned()),
                    }
                    words = tail;
                }
                "because" => {
                    found.because = Some(words.trim().to_owned()).filter(|w| !w.is_empty());
                    break;
                }
                _ if found.rules.len() >= MOST_RULES => break,
                rule => found.rules.push(rule.to_owned()),
            }
        }
        Some(found)
    }

    /// Whether a rule is ignored on this day.
    pub fn covers(&self, rule: &str, today: Date) -> bool {
        self.bad_date.is_none() && !self.has_ended(today) && self.rules.iter().any(|r| r == rule)
    }

    /// Whether its last day is over.
    pub fn has_ended(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn directives() {
        let full = Ignored::parse(" mailauth: ignore spf-ptr, zone-ttl until 2027-01-31 because we move  ").unwrap();
        assert_eq!(full.rules, ["spf-ptr", "zone-ttl"]);
        assert_eq!(full.until, Some(date(2027, 1, 31)));
        assert_eq!(full.because.as_deref(), Some("we move"));
        assert!(full.covers("spf-ptr", date(2027, 1, 31)));
        assert!(!full.covers("spf-ptr", date(2027, 2, 1)));
        assert!(!full.covers("spf-all-pass", date(2026, 1, 1)));
        let plain = Ignored::parse("mailauth:ignore a b").unwrap();
        assert_eq!((plain.rules, plain.until, plain.because), (vec!["a".into(), "b".into()], None, None));
        for none in ["mailauth: ignored x", "mailauth: keep x", "ignore x"] {
            assert_eq!(Ignored::parse(none), None, "{none}");
        }
        // What is asked and cannot be done is kept to be said, and ignores nothing.
        let slip = Ignored::parse("mailauth: ignore x until 2027-02-30 because y").unwrap();
        assert_eq!((slip.bad_date.as_deref(), slip.because.as_deref()), (Some("2027-02-30"), Some("y")));
        assert!(!slip.covers("x", date(2026, 1, 1)));
        assert_eq!(Ignored::parse("mailauth: ignore").unwrap().rules, [""; 0]);
        assert_eq!(Ignored::parse("mailauth: ignore x until").unwrap().bad_date.as_deref(), Some(""));
    }
}
