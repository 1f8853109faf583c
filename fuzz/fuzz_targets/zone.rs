//! Zone files: places, values that can be written and read again, and linting to the end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailauth::config::Config;
use mailauth::dns::{Name, RecordData};
use mailauth::lint::lint;
use mailauth::zonefile::{LoadOptions, Source, ZoneSet, quote_text};

fn load(text: &[u8]) -> ZoneSet {
    let origin = Name::parse("example.de").ok();
    ZoneSet::load([Source::memory("-", text)], &LoadOptions { origin, loader: None })
}

fuzz_target!(|data: &[u8]| {
    let set = load(data);
    // Editors also count a lone CR as the end of a line.
    let lines = data.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() as u32 + 1;
    let fits = |place: &mailauth::zonefile::Location| {
        assert!(place.line >= 1 && place.column >= 1 && place.end_line <= lines, "{place:?} of {lines} lines");
        assert!((place.line, place.column) <= (place.end_line, place.end_column), "{place:?}");
    };
    for entry in set.entries().take(2000) {
        fits(&entry.location());
        entry.string_locations().iter().for_each(fits);
        let (value, presentation) = (entry.value(), entry.presentation());
        assert!(value.len() <= 1 << 20 && presentation.len() <= 1 << 20);
        entry.raw_text();
        entry.written_owner();
        entry.relative_names();
        entry.text_with_comment();
        if let Some(wire) = entry.wire() {
            assert!(wire.len() <= 65_535);
        }
        if let Some(RecordData::Txt(text)) = entry.data() {
            let line = format!("x 300 IN TXT {}\n", quote_text(&text));
            let again = load(line.as_bytes());
            let data = again.entry(0).and_then(|e| e.data());
            assert_eq!(data, Some(RecordData::Txt(text)), "{line:?}");
        }
    }
    for error in set.errors() {
        fits(&error.entry);
        fits(&error.location);
        assert!(error.word.chars().count() <= 81);
    }
    let report = lint(set, &Config::default(), jiff::civil::date(2026, 1, 1));
    for finding in &report.findings {
        if let (Some(record), Some(span)) = (&finding.record, &finding.span) {
            mailauth_fuzz::assert_span(&record.text, span, finding.rule.id);
        }
        finding.location.as_ref().into_iter().for_each(|place| assert!(place.line >= 1 && place.line <= lines));
    }
});
