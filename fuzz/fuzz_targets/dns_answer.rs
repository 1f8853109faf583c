//! Answers from the wire. The first octet chooses the type that was asked for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailauth::dns::{Name, RecordType, fuzzing};

fuzz_target!(|data: &[u8]| {
    let Some((&choice, data)) = data.split_first() else { return };
    let types = [RecordType::Txt, RecordType::A, RecordType::Mx, RecordType::Tlsa, RecordType::Soa, RecordType::Any];
    let rtype = types[usize::from(choice) % types.len()];
    let name = Name::parse("example.de").unwrap();
    // As a fuzzer would hardly guess the question, it is put in front of what it made.
    let answer = fuzzing::answer_with(&name, rtype, data);
    for message in [data, &answer] {
        if let Some((records, aliases)) = fuzzing::read_answer(message, &name, rtype) {
            assert!(records <= message.len() && aliases <= 16);
        }
    }
});
