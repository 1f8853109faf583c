//! MTA-STS records and policies, TLS-RPT, BIMI.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailauth::{bimi, mta_sts, tls_rpt};
use mailauth_fuzz::{assert_span, text};

macro_rules! records {
    ($text:ident: $($module:ident)*) => {$(
        let parsed = $module::parse($text);
        parsed.slips.iter().for_each(|slip| assert_span($text, &slip.span, slip));
        if let Some(record) = &parsed.record {
            let printed = record.to_string();
            let again = $module::parse(&printed);
            assert_eq!(again.record.as_ref(), Some(record), "{printed:?}");
        }
        let repaired: Option<&String> = (&parsed.repaired).into();
        if let Some(repaired) = repaired {
            let again = $module::parse(repaired);
            // BIMI's always has a text, also where no logo can be guessed.
            let whole = again.record.is_some() || stringify!($module) == "bimi";
            assert!(whole, "{} repairs {:?} to {repaired:?}: {:?}", stringify!($module), $text, again.slips);
        }
    )*};
}

fuzz_target!(|data: &[u8]| {
    let policy = mta_sts::parse_policy(data);
    let Some(text) = text(data) else { return };
    policy.slips.iter().for_each(|slip| assert_span(text, &slip.span, slip));
    if let Some(policy) = &policy.policy {
        let printed = policy.to_string();
        assert_eq!(mta_sts::parse_policy(printed.as_bytes()).policy.as_ref(), Some(policy), "{printed:?}");
    }
    records!(text: mta_sts tls_rpt bimi);
});
