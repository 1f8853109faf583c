//! Authentication-Results: what is printed says the same and holds nothing that breaks a header.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailauth::auth_results::{AuthenticationResults, fold, parse, parse_arc};
use mailauth_fuzz::text;

fn check(read: &AuthenticationResults) {
    let printed = read.to_string();
    assert!(!printed.contains(|c: char| c.is_control()), "{printed:?}");
    let again = parse(&printed);
    let methods = |a: &AuthenticationResults| {
        a.results.iter().map(|r| (r.properties.len(), r.reason.is_some())).collect::<Vec<_>>()
    };
    if read.version.unwrap_or(1) == 1 {
        assert_eq!(methods(&again), methods(read), "{printed:?}");
    }
    assert_eq!(again.to_string(), printed);
    let folded = fold("Authentication-Results", &printed);
    assert!(folded.split("\r\n").skip(1).all(|line| line.starts_with([' ', '\t']) && line.trim() != ""), "{folded:?}");
    assert!(!folded.replace("\r\n", "").contains(['\r', '\n']));
    let unfolded = folded.replace("\r\n", "");
    let value = unfolded.strip_prefix("Authentication-Results:").expect("its own name");
    assert_eq!(parse(value).to_string(), printed);
}

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    check(&parse(text));
    if let Some((_, read)) = parse_arc(text) {
        check(&read);
    }
});
