//! The example in `docs/config.md` is what the program reads.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;

use mailauth::config::Config;

#[test]
fn the_example_is_read_and_every_key_is_described() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/config.md")).unwrap();
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (example, rest) = rest.split_once("```\n").unwrap();
    let config = Config::parse(example, "docs/config.md".as_ref()).unwrap();
    assert_eq!(config.domains.len(), 1);
    // What the types hold, and the example as read, leaves no key out.
    let keys: toml::Table = toml::from_str(example).unwrap();
    let domain = keys["domain"].as_array().unwrap()[0].as_table().unwrap();
    for key in keys.keys().filter(|key| *key != "domain").chain(domain.keys()) {
        assert!(rest.contains(&format!("`{key}`")) || rest.contains(&format!("`[{key}]`")), "{key} is not described");
    }
    let error = Config::parse("[[domain]]\nname = \"a.de\"\nnothing = 1\n", "x".as_ref()).unwrap_err().to_string();
    for key in error.split('`').skip(3).step_by(2).filter(|key| *key != "nothing") {
        assert!(page.contains(&format!("`{key}`")), "{key} is not described");
    }
}
