//! SPF records: places, printing, corrections.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailauth::spf::macros::{MacroString, Place};
use mailauth::spf::{missing_blank, parse, version_slip};
use mailauth_fuzz::{assert_span, text};

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let parsed = parse(text);
    for fault in parsed.errors.iter().chain(&parsed.slips) {
        assert_span(text, &fault.span, &fault.kind);
    }
    for term in &parsed.record.terms {
        let parts =
            [Some(&term.span), term.qualifier.as_ref(), Some(&term.name), term.argument.as_ref(), term.cidr.as_ref()];
        parts.into_iter().flatten().for_each(|span| assert_span(text, span, term));
    }
    // What is printed is valid, says the same, and is printed the same again.
    if parsed.is_valid() {
        let printed = parsed.record.to_string();
        let again = parse(&printed);
        assert!(again.is_valid(), "{printed:?}: {:?}", again.errors);
        let kinds = |p: &mailauth::spf::Parsed| p.record.terms.iter().map(|t| t.kind.clone()).collect::<Vec<_>>();
        assert_eq!(again.record.to_string(), printed);
        assert_eq!(kinds(&again).len(), kinds(&parsed).len());
    }
    if let Some(corrected) = parsed.corrected(text) {
        assert!(parse(&corrected).is_valid(), "{text:?} is corrected to {corrected:?}");
    }
    if let Some(slip) = version_slip(text) {
        assert_span(text, &slip.span, &slip);
        assert!(mailauth::spf::is_spf(&slip.suggestion));
    }
    let starts: Vec<usize> = (0..text.len()).step_by(17).filter(|at| text.is_char_boundary(*at)).collect();
    if let Some(blank) = missing_blank(text, &starts) {
        assert!(blank.positions.iter().all(|at| text.is_char_boundary(*at)));
        assert_eq!(blank.corrected.len(), text.len() + blank.positions.len());
    }
    for place in [Place::DomainSpec, Place::Modifier, Place::Explanation] {
        match MacroString::parse(text, place) {
            Ok(read) => assert_eq!(read.as_str(), text),
            Err(error) => assert_span(text, &error.span, &error),
        }
    }
});
