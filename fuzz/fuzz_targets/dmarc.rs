//! DMARC records: places, printing, repairs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailauth::dmarc::{looks_like_dmarc, parse};
use mailauth_fuzz::{assert_span, text};

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    looks_like_dmarc(text);
    let parsed = parse(text);
    for slip in &parsed.slips {
        assert_span(text, &slip.span, slip);
    }
    for tag in &parsed.tags {
        [&tag.span, &tag.name_span, &tag.value_span].into_iter().for_each(|span| assert_span(text, span, tag));
    }
    for destination in parsed.rua.iter().chain(&parsed.ruf) {
        assert_span(text, &destination.span, destination);
    }
    if let Some(record) = &parsed.record {
        let printed = record.to_string();
        let again = parse(&printed).record.expect("what is printed is a record");
        // What is unusable is not printed; RFC 9989 §4.10.1 has it weigh on the policies beside it.
        if !record.policy_unusable {
            assert_eq!(again.effective(), record.effective());
        }
        assert_eq!(again.to_string(), printed);
    }
    // A repaired record needs no second repair.
    let repaired = parsed.repaired();
    let again = parse(&repaired);
    assert!(again.ignored_because().is_none(), "{text:?} is repaired to {repaired:?}: {:?}", again.slips);
    assert_eq!(again.repaired(), repaired);
    let amended = parsed.amended(&[("p", Some("reject")), ("sp", None)]);
    assert!(parse(&amended).ignored_because().is_none(), "{text:?} is amended to {amended:?}");
});
