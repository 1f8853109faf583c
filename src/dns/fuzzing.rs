//! A door for the fuzz target of answers: the wire is nobody else's business.

use super::wire::{Flags, decode, encode_query};
use super::{Name, RecordType};

/// Reads a message as the answer to a question; how many records and aliases it holds.
pub fn read_answer(message: &[u8], name: &Name, rtype: RecordType) -> Option<(usize, usize)> {
    let reply = decode(message, None, name, rtype).ok()?;
    Some((reply.records.len(), reply.aliases.len()))
}

/// A message with this question. The first eight octets of `rest` become bits and counts, what follows the sections.
pub fn answer_with(name: &Name, rtype: RecordType, rest: &[u8]) -> Vec<u8> {
    let mut message = Vec::new();
    let flags = Flags { recursion: true, checking_disabled: false, signatures: false, edns: false, whole: false };
    encode_query(&mut message, 1, name, rtype, flags);
    let (head, sections) = rest.split_at(rest.len().min(8));
    for (at, octet) in [2, 3, 6, 7, 8, 9, 10, 11].into_iter().zip(head) {
        message[at] = *octet;
    }
    message[2] |= 0x80;
    message.extend_from_slice(sections);
    message
}
