//! The days of a domain as bars, at most as many as fit a screen.

use crate::locales::{Language, dates};
use crate::reports::Domain;

/// Bars of a time line.
const BARS: usize = 120;

/// The messages of one day, or of as many as fall on one bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bar {
    /// The day, or the first and last one, as the reader writes them.
    pub(super) label: String,
    pub(super) pass: u64,
    pub(super) fail: u64,
}

/// The bars of a domain, from the first day with messages to the last, days without messages too.
pub(super) fn bars(domain: Domain<'_>, language: Language) -> Vec<Bar> {
    let days: Vec<(i64, u64, u64)> = domain.days().map(|(day, sums)| (day, sums.messages, sums.pass)).collect();
    of(&days, language)
}

fn of(days: &[(i64, u64, u64)], language: Language) -> Vec<Bar> {
    let (Some((first, ..)), Some((last, ..))) = (days.first(), days.last()) else { return Vec::new() };
    // Strangers choose the days: the span may be anything.
    let span = i128::from(*last) - i128::from(*first) + 1;
    let per_bar = (span + BARS as i128 - 1) / BARS as i128;
    let count = usize::try_from((span + per_bar - 1) / per_bar).unwrap_or(0);
    let mut bars = vec![Bar::default(); count];
    for (i, bar) in bars.iter_mut().enumerate() {
        let from = i128::from(*first) + i as i128 * per_bar;
        let to = (from + per_bar - 1).min(i128::from(*last));
        let day = |day: i128| dates::day(i64::try_from(day * 86_400).unwrap_or(i64::MAX), language);
        bar.label = if from == to { day(from) } else { format!("{} – {}", day(from), day(to)) };
    }
    for (day, messages, pass) in days {
        let at = usize::try_from((i128::from(*day) - i128::from(*first)) / per_bar).unwrap_or(0);
        if let Some(bar) = bars.get_mut(at) {
            bar.pass = bar.pass.saturating_add(*pass);
            bar.fail = bar.fail.saturating_add(messages.saturating_sub(*pass));
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_span_fits() {
        let month: Vec<_> = (20_000..20_031).map(|day| (day, 10, 9)).collect();
        let bars = of(&month, Language::En);
        assert_eq!(bars.len(), 31);
        assert_eq!(bars[0], Bar { label: "2024-10-04".to_owned(), pass: 9, fail: 1 });
        let wide = of(&[(i64::MIN, 1, 0), (0, 1, 1), (i64::MAX, u64::MAX, 0)], Language::De);
        assert_eq!(wide.len(), BARS);
        assert_eq!(
            wide.iter().map(|b| u128::from(b.pass) + u128::from(b.fail)).sum::<u128>(),
            u128::from(u64::MAX) + 2
        );
        assert_eq!(of(&[(5, 1, 1)], Language::En).len(), 1);
        assert!(of(&[], Language::En).is_empty());
    }
}
