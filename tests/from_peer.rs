//! Ordinary From fields read as another library reads them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use mail_parser::MessageParser;
use mailauth::message::from::Author;

const FIELDS: [&str; 12] = [
    "praxis@example.de",
    "<praxis@example.de>",
    "Praxis Beispiel <praxis@example.de>",
    "\"Beispiel, Praxis\" <praxis@example.de>",
    "\"Dr. \\\"Erika\\\" Muster\" <erika.muster@example.de>",
    "=?utf-8?q?M=C3=BCller?= <mueller@example.de>",
    "=?UTF-8?B?TcO8bGxlcg==?= <mueller@example.de>",
    "Praxis (Empfang) <praxis@example.de>",
    "praxis+termin@sub.example.de",
    "Praxis\r\n Beispiel\r\n\t<praxis@example.de>",
    "a@example.de, b@example.de",
    "Praxis <praxis@EXAMPLE.de>",
];

#[test]
fn ordinary_fields_have_the_addresses_that_a_peer_finds() {
    for field in FIELDS {
        let message = format!("From: {field}\r\nSubject: x\r\n\r\nx\r\n");
        let theirs = MessageParser::default().parse(message.as_bytes()).unwrap();
        let theirs: Vec<String> = theirs
            .from()
            .unwrap()
            .iter()
            .map(|address| address.address().unwrap().rsplit_once('@').unwrap().1.to_ascii_lowercase())
            .collect();
        let ours = Author::parse(field.as_bytes());
        assert!(ours.fault().is_none(), "{field}: {:?}", ours.fault());
        let ours: Vec<String> =
            ours.addresses.iter().map(|mailbox| mailbox.domain.as_ref().unwrap().to_string()).collect();
        assert_eq!(ours, theirs, "{field}");
    }
}
