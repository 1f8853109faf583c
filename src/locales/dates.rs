//! Days and times as readers write them: `26.11.2026` in German, `2026-11-26` in English.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Language;

/// A day in UTC, of seconds since 1970.
pub fn day(seconds: i64, language: Language) -> String {
    written(
        seconds,
        match language {
            Language::En => "%Y-%m-%d",
            Language::De => "%d.%m.%Y",
        },
    )
}

/// A moment in UTC, of seconds since 1970.
pub fn moment(seconds: i64, language: Language) -> String {
    written(
        seconds,
        match language {
            Language::En => "%Y-%m-%d %H:%M:%S UTC",
            Language::De => "%d.%m.%Y, %H:%M:%S Uhr (UTC)",
        },
    )
}

/// What no calendar holds comes as its number.
fn written(seconds: i64, format: &str) -> String {
    let moment = Timestamp::from_second(seconds).map(|stamp| stamp.to_zoned(TimeZone::UTC));
    moment.map_or_else(|_| seconds.to_string(), |moment| moment.strftime(format).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments() {
        assert_eq!(day(1_795_651_199, Language::De), "25.11.2026");
        assert_eq!(day(1_795_651_200, Language::En), "2026-11-26");
        assert_eq!(moment(1_795_651_200, Language::De), "26.11.2026, 00:00:00 Uhr (UTC)");
        assert_eq!(moment(1_795_651_200, Language::En), "2026-11-26 00:00:00 UTC");
        assert_eq!(day(i64::MAX, Language::De), i64::MAX.to_string());
    }
}
