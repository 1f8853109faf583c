//! Reports in any wrapping: counts that add up, and the same whatever they are cut into.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use mailauth::reports::{Collector, Options, Summary};

fn sum(data: &[u8]) -> Summary {
    let mut collector = Collector::new(Options { threads: Some(1), ..Options::default() });
    collector.add_reader("-", Cursor::new(data.to_vec()));
    collector.finish()
}

fuzz_target!(|data: &[u8]| {
    let summary = sum(data);
    for domain in summary.domains() {
        assert_eq!(domain.messages(), domain.pass() + domain.fail());
        let sources: u64 = domain.sources().map(|s| s.messages()).fold(0, u64::saturating_add);
        assert_eq!(domain.messages(), sources);
        for source in domain.sources() {
            assert!(source.dkim_aligned() <= source.messages() && source.spf_aligned() <= source.messages());
            assert!(source.pass() <= source.messages());
        }
    }
    assert!(summary.reports > 0 || summary.domains().len() == 0);
});
