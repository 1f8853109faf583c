//! DKIM key records, as a reviewer and as a verifier reads them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailauth::dkim::key_lookup;
use mailauth::dkim::key_record::{holds_private_key, is_key_record_like, parse};
use mailauth_fuzz::{assert_span, text};

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let record = parse(text);
    for problem in &record.problems {
        assert_span(text, &problem.span, &problem.kind);
    }
    for tag in &record.tags {
        assert_span(text, &tag.name.span, tag);
        assert_span(text, &tag.value.span, tag);
        assert_span(text, &tag.span(), tag);
    }
    let lists = [record.hashes.as_ref(), record.services.as_ref(), Some(&record.flags)];
    lists.into_iter().flatten().flatten().for_each(|token| assert_span(text, &token.span, token));
    is_key_record_like(text);
    holds_private_key(text);
    let _ = key_lookup::parse(text);
    if !record.has_fatal_problem() {
        let printed = record.to_string();
        let again = parse(&printed);
        assert!(!again.has_fatal_problem(), "{printed:?}: {:?}", again.problems);
        assert_eq!(again.to_string(), printed);
        assert_eq!((again.key, again.key_type), (record.key, record.key_type));
    }
});
