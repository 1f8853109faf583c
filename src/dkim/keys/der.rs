//! As much of DER (X.690 §10) as keys are made of: tags, lengths, unsigned integers.

/// The tags that keys use.
pub(crate) mod tag {
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const OID: u8 = 0x06;
    pub(crate) const SEQUENCE: u8 = 0x30;
}

/// The object identifiers of key types, as the content octets of their DER.
pub(crate) mod oid {
    /// rsaEncryption (RFC 8017 A.1).
    pub(crate) const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    /// id-RSASSA-PSS (RFC 8017 A.2.3).
    pub(crate) const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
    /// id-Ed25519 (RFC 8410 §3).
    pub(crate) const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
    /// id-ecPublicKey (RFC 5480 §2.1.1).
    pub(crate) const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
}

/// Why octets are no DER element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DerError {
    /// The element says that it goes on beyond the end.
    Truncated,
    /// Another tag, an indefinite or overlong length, a negative or empty integer.
    Malformed,
}

/// Elements one after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    /// Whether nothing is left.
    pub(crate) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The tag of the next element.
    pub(crate) fn peek(self) -> Option<u8> {
        self.0.first().copied()
    }

    /// The content of the next element, which must have this tag.
    pub(crate) fn take(&mut self, tag: u8) -> Result<&'a [u8], DerError> {
        match self.peek() {
            None => return Err(DerError::Truncated),
            Some(found) if found != tag => return Err(DerError::Malformed),
            Some(_) => {}
        }
        let (header, length) = header(self.0)?;
        let end = header.checked_add(length).ok_or(DerError::Malformed)?;
        let content = self.0.get(header..end).ok_or(DerError::Truncated)?;
        self.0 = &self.0[end..];
        Ok(content)
    }

    /// The next element as a sequence to read from.
    pub(crate) fn sequence(&mut self) -> Result<Reader<'a>, DerError> {
        self.take(tag::SEQUENCE).map(Reader)
    }

    /// The next element as an unsigned integer, without leading zeros (empty for 0).
    pub(crate) fn unsigned(&mut self) -> Result<&'a [u8], DerError> {
        let content = self.take(tag::INTEGER)?;
        match content.first() {
            None => Err(DerError::Malformed),
            Some(first) if first & 0x80 != 0 => Err(DerError::Malformed),
            Some(_) => Ok(trim(content)),
        }
    }
}

/// Octets of header and of content of the element at the start, whether or not the content is all there.
pub(crate) fn header(data: &[u8]) -> Result<(usize, usize), DerError> {
    match *data.get(1).ok_or(DerError::Truncated)? {
        short @ 0..=0x7f => Ok((2, usize::from(short))),
        0x80 | 0x85.. => Err(DerError::Malformed),
        long => {
            let count = usize::from(long & 0x7f);
            let octets = data.get(2..2 + count).ok_or(DerError::Truncated)?;
            let length = octets.iter().fold(0_usize, |n, &b| (n << 8) | usize::from(b));
            Ok((2 + count, length))
        }
    }
}

/// A big-endian number without its leading zeros.
pub(crate) fn trim(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|&&b| b == 0).count();
    &number[zeros..]
}

/// One element.
pub(crate) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 6);
    out.push(tag);
    let length = content.len();
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let octets = length.to_be_bytes();
        let octets = trim(&octets);
        out.push(0x80 | octets.len() as u8);
        out.extend_from_slice(octets);
    }
    out.extend_from_slice(content);
    out
}

/// An unsigned integer element.
pub(crate) fn unsigned(number: &[u8]) -> Vec<u8> {
    let number = trim(number);
    if number.first().is_none_or(|b| b & 0x80 != 0) {
        element(tag::INTEGER, &[&[0], number].concat())
    } else {
        element(tag::INTEGER, number)
    }
}

/// Bits of a big-endian number.
pub(crate) fn bit_length(number: &[u8]) -> usize {
    let number = trim(number);
    number.first().map_or(0, |first| number.len() * 8 - first.leading_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_read_as_they_are_written() {
        for length in [0, 1, 127, 128, 255, 256, 70_000] {
            let content = vec![7; length];
            let data = element(tag::OCTET_STRING, &content);
            let mut reader = Reader(&data);
            assert_eq!(reader.take(tag::OCTET_STRING).unwrap(), content);
            assert!(reader.is_empty());
        }
        let number = unsigned(&[0, 0, 0x80, 1]);
        assert_eq!(number, [2, 3, 0, 0x80, 1]);
        assert_eq!(Reader(&number).unsigned().unwrap(), [0x80, 1]);
        assert_eq!(unsigned(&[]), [2, 1, 0]);
    }

    #[test]
    fn what_is_cut_is_told_from_what_is_wrong() {
        let data = element(tag::SEQUENCE, &[1; 300]);
        assert_eq!(Reader(&data[..200]).take(tag::SEQUENCE), Err(DerError::Truncated));
        assert_eq!(Reader(&data[..3]).take(tag::SEQUENCE), Err(DerError::Truncated));
        assert_eq!(Reader(&data).take(tag::INTEGER), Err(DerError::Malformed));
        assert_eq!(Reader(&[2, 0x80, 0]).take(tag::INTEGER), Err(DerError::Malformed));
        assert_eq!(Reader(&[2, 1, 0x81]).unsigned(), Err(DerError::Malformed));
        assert_eq!(Reader(&[2, 0]).unsigned(), Err(DerError::Malformed));
        assert_eq!(Reader(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]).sequence().unwrap_err(), DerError::Truncated);
    }

    #[test]
    fn bits_are_counted_without_leading_zeros() {
        assert_eq!(bit_length(&[]), 0);
        assert_eq!(bit_length(&[0, 0, 1]), 1);
        assert_eq!(bit_length(&[0, 0x80, 0]), 16);
    }
}
