//! Messages: nothing is lost, and it does not matter in which pieces they come.
#![no_main]

use std::io::{BufReader, Read};

use libfuzzer_sys::fuzz_target;
use mailauth::dkim::canonical::{BodyCanonicalizer, Mode, body, header_field};
use mailauth::message::{self, Limits, MboxBody, bounce::Bounce, from, hops, received};
use mailauth::receipt::Receipt;
use mailauth_fuzz::Pieces;

fn canonical_in_pieces(mode: Mode, data: &[u8], seed: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let mut canonicalizer = BodyCanonicalizer::new(mode);
    for piece in Pieces::new(data, seed) {
        canonicalizer.update(piece, |octets| out.extend_from_slice(octets));
    }
    canonicalizer.finish(|octets| out.extend_from_slice(octets));
    out
}

fuzz_target!(|data: &[u8]| {
    let Some((&seed, data)) = data.split_first() else { return };
    let limits = Limits { header_octets: 1 << 16, fields: 1000 };
    let whole = message::read(data, limits);
    let pieces = message::read(Pieces::new(data, seed), limits);
    let (Ok((headers, mut whole)), Ok((same, mut pieces))) = (whole, pieces) else { return };
    assert_eq!(headers, same);
    let (mut octets, mut again) = (Vec::new(), Vec::new());
    whole.read_to_end(&mut octets).expect("memory can be read");
    while let Some(chunk) = pieces.next_chunk().expect("memory can be read") {
        again.extend_from_slice(chunk);
    }
    assert_eq!(octets, again);
    // Header, an empty line, body: every octet is somewhere.
    let rest = data.len() - whole.skipped() - headers.bytes().len() - octets.len();
    assert!(rest <= 2, "{rest} octets are lost");
    let mut at = 0;
    for field in headers.fields() {
        assert_eq!(field.span().start, at);
        at = field.span().end;
        let mut relaxed = Vec::new();
        header_field(Mode::Relaxed, field.raw(&headers), field.value_offset(), &mut relaxed);
        let colon = relaxed.iter().position(|b| *b == b':').map_or(0, |i| i + 1);
        let mut twice = Vec::new();
        header_field(Mode::Relaxed, &relaxed, colon, &mut twice);
        if !field.is_malformed() {
            assert_eq!(twice, relaxed, "canonical twice over");
        }
        from::Author::parse(field.value(&headers));
        received::Received::parse(&field.text(&headers));
        from::decode_words(&field.text(&headers));
    }
    assert_eq!(at, headers.bytes().len());
    for mode in [Mode::Simple, Mode::Relaxed] {
        let once = body(mode, &octets);
        assert_eq!(canonical_in_pieces(mode, &octets, seed), once, "in pieces");
        assert_eq!(body(mode, &once), once, "canonical twice over");
    }
    hops::hops(&headers);
    received::return_path(&headers);
    received::by_trusted_host(&headers, "mx.example.de");
    Receipt::read(&headers, None);
    let text = String::from_utf8_lossy(data);
    Bounce::parse(&text);
    Bounce::notification(&text);
    let (mut one, mut other) = (Vec::new(), Vec::new());
    MboxBody::new(BufReader::with_capacity(1 + usize::from(seed), data)).read_to_end(&mut one).expect("memory");
    MboxBody::new(data).read_to_end(&mut other).expect("memory");
    assert_eq!(one, other);
});
