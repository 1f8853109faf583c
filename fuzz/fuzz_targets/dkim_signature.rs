//! DKIM-Signature, ARC-Message-Signature and ARC-Seal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailauth::dkim::signature::{Kind, Signature};
use mailauth::dkim::tags::TagList;
use mailauth_fuzz::assert_span;

fuzz_target!(|data: &[u8]| {
    for kind in [Kind::Dkim, Kind::ArcMessage, Kind::ArcSeal] {
        let (signature, tags, error) = Signature::parse(data, kind);
        let Ok(text) = std::str::from_utf8(data) else {
            assert!(error.is_some());
            continue;
        };
        assert_span(text, &signature.b_span, "b=");
        let Some(tags) = tags else { continue };
        for tag in &tags.tags {
            for span in [&tag.name_span, &tag.value_span, &tag.full_value_span] {
                assert_span(text, span, tag);
            }
            assert_eq!(&text[tag.value_span.clone()], tag.value);
        }
        let printed = tags.to_string();
        let again = TagList::parse(&printed).expect("what is printed can be read");
        let pairs =
            |list: &TagList| list.tags.iter().map(|t| (t.name.to_string(), t.value.to_string())).collect::<Vec<_>>();
        assert_eq!(pairs(&again), pairs(&tags));
        let (same, _, fault) = Signature::parse(printed.as_bytes(), kind);
        assert_eq!((Signature { b_span: 0..0, ..same }, fault), (Signature { b_span: 0..0, ..signature }, error));
    }
    if let Ok(text) = std::str::from_utf8(data)
        && let Err(error) = TagList::parse(text)
    {
        assert_span(text, &error.span, error.kind);
    }
});
