//! Recordings of DNS answers, as `--replay-dns` reads them.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use mailauth::dns::replay::Replay;

fuzz_target!(|data: &[u8]| {
    if let Err(error) = Replay::read(data, Path::new("answers.ndjson")) {
        assert!(error.to_string().starts_with("answers.ndjson"), "{error}");
    }
});
