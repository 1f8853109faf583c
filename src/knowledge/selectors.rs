//! The selectors worth asking for when nobody named one (RFC 6376 §3.1).

use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;

static TABLE: OnceLock<Table> = OnceLock::new();
pub(super) const DATA: &str = include_str!("selectors.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(default)]
    pub group: Vec<Group>,
}

/// Selectors with one origin.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Who uses them.
    pub who: String,
    /// The names as they stand.
    #[serde(default)]
    pub selectors: Vec<String>,
    /// Names to be made from a date.
    #[serde(default)]
    pub families: Vec<Family>,
    /// Whether a document or a live zone showed them.
    pub verified: bool,
    /// Where they were seen.
    pub source: String,
    /// The day they were looked at.
    #[serde(deserialize_with = "super::date")]
    pub as_of: Date,
}

/// Names that hold a date.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// The name with `{yyyy}`, `{yy}`, `{mm}` and `{q}` to fill in.
    pub pattern: String,
    /// The distance from one name to the one before it in time.
    pub step: Step,
    /// How many names, the current one first.
    pub count: u8,
}

/// The distance between two names of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// A name a year.
    Year,
    /// A name a quarter.
    Quarter,
    /// A name a month.
    Month,
}

/// The groups, the likeliest first.
pub fn groups() -> &'static [Group] {
    &TABLE.get_or_init(|| super::load(DATA)).group
}

/// The well-known list on a day: every name once, the likeliest first, date families counted back from `today`.
pub fn well_known(today: Date) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    groups()
        .iter()
        .flat_map(|group| {
            let made = group.families.iter().flat_map(|family| family.names(today));
            group.selectors.iter().cloned().chain(made)
        })
        .filter(|selector| seen.insert(selector.to_ascii_lowercase()))
        .collect()
}

impl Family {
    /// The names of the family, the current one first.
    pub fn names(&self, today: Date) -> impl Iterator<Item = String> + '_ {
        let months = i32::from(today.year()) * 12 + i32::from(today.month()) - 1;
        (0..i32::from(self.count)).map(move |back| {
            let at = months
                - back
                    * match self.step {
                        Step::Year => 12,
                        Step::Quarter => 3,
                        Step::Month => 1,
                    };
            let (year, month) = (at.div_euclid(12), at.rem_euclid(12));
            self.pattern
                .replace("{yyyy}", &format!("{year:04}"))
                .replace("{yy}", &format!("{:02}", year.rem_euclid(100)))
                .replace("{mm}", &format!("{:02}", month + 1))
                .replace("{q}", &format!("{}", month / 3 + 1))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn likeliest_names_come_first_and_none_twice() {
        let names = well_known(day("2026-11-22"));
        assert_eq!(&names[..3], ["selector1", "selector2", "google"]);
        let mut lower: Vec<_> = names.iter().map(|n| n.to_ascii_lowercase()).collect();
        lower.sort();
        lower.dedup();
        assert_eq!(lower.len(), names.len());
        for want in ["default", "s202611", "2024", "2026q4", "20260101", "MBO0001", "aweber_key_a"] {
            assert!(names.iter().any(|n| n == want), "{want}");
        }
        assert!(names.len() < 400, "{}", names.len());
    }

    #[test]
    fn every_name_is_a_selector() {
        for name in well_known(day("2026-11-22")) {
            crate::dns::Name::parse(&format!("{name}._domainkey.example.de")).unwrap();
            assert!(!name.contains(['{', '}', '<', ' ']), "{name}");
        }
    }

    #[test]
    fn families_count_back_over_the_turn_of_the_year() {
        let family = |pattern: &str, step, count| Family { pattern: pattern.into(), step, count };
        let names: Vec<_> = family("s{yyyy}{mm}", Step::Month, 3).names(day("2026-01-31")).collect();
        assert_eq!(names, ["s202601", "s202512", "s202511"]);
        let names: Vec<_> = family("{yyyy}q{q}", Step::Quarter, 3).names(day("2026-05-01")).collect();
        assert_eq!(names, ["2026q2", "2026q1", "2025q4"]);
        let names: Vec<_> = family("dkim{yyyy}", Step::Year, 2).names(day("2024-02-29")).collect();
        assert_eq!(names, ["dkim2024", "dkim2023"]);
    }
}
