//! `mailauth.toml`.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use mailauth::config::{Config, template};
use mailauth::locales::{Catalogue, Language};
use mailauth_fuzz::text;

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let path = Path::new("mailauth.toml");
    match Config::parse(text, path) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(config) => {
            for domain in &config.domains {
                let written = template(Catalogue::of(Language::En), Some(domain), &[]);
                Config::parse(&written, path).unwrap_or_else(|e| panic!("what init writes is refused: {e}\n{written}"));
            }
        }
    }
});
