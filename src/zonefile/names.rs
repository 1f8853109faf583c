//! Owner names, each kept once.

use std::hash::{BuildHasher as _, RandomState};

use crate::dns::{Name, NameError};

/// Why a token is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadName {
    /// A relative name, and no origin is known.
    NoOrigin,
    Name(NameError),
}

impl From<NameError> for BadName {
    fn from(error: NameError) -> Self {
        Self::Name(error)
    }
}

/// A table of names that are spoken of by number.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: Vec<Name>,
    /// Open addressing: numbers of names, `EMPTY` where none is.
    slots: Vec<u32>,
    /// Each name's hash, so that most names are never compared, nor hashed twice.
    hashes: Vec<u32>,
    keys: Keys,
}

/// Keys at random: a file cannot choose names that collide.
#[derive(Debug, Clone, Copy)]
struct Keys(u64, u64);

impl Default for Keys {
    fn default() -> Self {
        let random = RandomState::new();
        Self(random.hash_one(0), random.hash_one(1) | 1)
    }
}

impl Keys {
    /// Folded multiplication, eight octets at a time.
    fn hash(self, text: &str) -> u32 {
        let fold = |a: u64, b: u64| {
            let wide = u128::from(a) * u128::from(b);
            (wide as u64) ^ (wide >> 64) as u64
        };
        let (words, tail) = text.as_bytes().as_chunks::<8>();
        let mut state = self.0 ^ text.len() as u64;
        for word in words {
            state = fold(state ^ u64::from_le_bytes(*word), self.1);
        }
        let rest = tail.iter().fold(0_u64, |sum, &b| sum << 8 | u64::from(b));
        state = fold(state ^ rest, self.1);
        (fold(state, self.0 | 1) >> 32) as u32
    }
}

const EMPTY: u32 = u32::MAX;

impl Names {
    pub fn get(&self, id: u32) -> Option<&Name> {
        self.names.get(id as usize)
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// The number of a name in the form of [`Name::as_str`].
    pub fn find(&self, text: &str) -> Option<u32> {
        self.slot(text, self.keys.hash(text)).ok()
    }

    /// The number of a name in the form of [`Name::as_str`], a new one if need be.
    pub fn intern(&mut self, text: &str) -> Result<u32, NameError> {
        if (self.names.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let hash = self.keys.hash(text);
        match self.slot(text, hash) {
            Ok(id) => Ok(id),
            Err(slot) => {
                let id = self.names.len() as u32;
                self.names.push(Name::parse(text)?);
                self.hashes.push(hash);
                if let Some(place) = self.slots.get_mut(slot) {
                    *place = id;
                }
                Ok(id)
            }
        }
    }

    /// `Ok` with the number, or `Err` with the free slot.
    fn slot(&self, text: &str, hash: u32) -> Result<u32, usize> {
        let Some(mask) = self.slots.len().checked_sub(1) else { return Err(0) };
        let mut at = hash as usize & mask;
        loop {
            match self.slots.get(at) {
                Some(&id) if id != EMPTY => {
                    if self.hashes.get(id as usize) == Some(&hash)
                        && self.names.get(id as usize).is_some_and(|n| n.as_str() == text)
                    {
                        return Ok(id);
                    }
                    at = (at + 1) & mask;
                }
                _ => return Err(at),
            }
        }
    }

    fn grow(&mut self) {
        let mask = (self.slots.len() * 2).max(64) - 1;
        let mut slots = vec![EMPTY; mask + 1];
        for (id, hash) in self.hashes.iter().enumerate() {
            let mut at = *hash as usize & mask;
            while slots[at] != EMPTY {
                at = (at + 1) & mask;
            }
            slots[at] = id as u32;
        }
        self.slots = slots;
    }
}

/// Writes the absolute form of a name token into `out`, as [`Name::as_str`] has it.
///
/// `@` is the origin, a final dot makes a name absolute, all others get the origin appended
/// (RFC 1035 §5.1).
pub(super) fn absolute(token: &[u8], origin: Option<&str>, out: &mut String) -> Result<(), BadName> {
    out.clear();
    match token {
        b"@" => {
            out.push_str(origin.ok_or(BadName::NoOrigin)?);
            return Ok(());
        }
        b"." => return Ok(()),
        _ => {}
    }
    if token.iter().all(|&b| b.is_ascii_graphic() && b != b'\\') {
        return plain(token, origin, out);
    }
    // Octets that are no UTF-8 become escapes; text goes to IDNA through `Name::parse`.
    let mut text = match std::str::from_utf8(token) {
        Ok(text) => text.to_owned(),
        Err(_) => token.iter().fold(String::new(), |mut t, &b| {
            if b.is_ascii() {
                t.push(char::from(b))
            } else {
                t.push_str(&format!("\\{b:03}"))
            }
            t
        }),
    };
    if ends_with_dot(&text) {
        text.pop();
        if ends_with_dot(&text) {
            return Err(NameError::EmptyLabel.into());
        }
    } else {
        let origin = origin.ok_or(BadName::NoOrigin)?;
        if !origin.is_empty() {
            text.push('.');
            text.push_str(origin);
        }
    }
    out.push_str(Name::parse(&text)?.as_str());
    Ok(())
}

fn plain(token: &[u8], origin: Option<&str>, out: &mut String) -> Result<(), BadName> {
    let (head, origin) = match token.strip_suffix(b".") {
        Some(head) => (head, ""),
        None => (token, origin.ok_or(BadName::NoOrigin)?),
    };
    let mut label = 0;
    for &b in head {
        if b == b'.' {
            check_label(label)?;
            label = 0;
        } else {
            label += 1;
        }
    }
    check_label(label)?;
    // Plain ASCII, as the caller has seen.
    out.push_str(std::str::from_utf8(head).map_err(|_| NameError::BadEscape)?);
    out.make_ascii_lowercase();
    if !origin.is_empty() {
        out.push('.');
        out.push_str(origin);
    }
    // 253 octets of presentation form are 255 on the wire; escapes in the origin are measured exactly.
    if out.len() > 253 && (!origin.contains('\\') || Name::parse(out).is_err()) {
        return Err(NameError::NameTooLong.into());
    }
    Ok(())
}

/// Whether the last octet is a dot that no backslash escapes.
pub(super) fn ends_with_dot(text: impl AsRef<[u8]>) -> bool {
    let head = text.as_ref().strip_suffix(b".");
    head.is_some_and(|head| head.iter().rev().take_while(|&&b| b == b'\\').count().is_multiple_of(2))
}

fn check_label(octets: usize) -> Result<(), NameError> {
    match octets {
        0 => Err(NameError::EmptyLabel),
        1..=63 => Ok(()),
        _ => Err(NameError::LabelTooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_absolute() {
        let long = format!("{}.x.", "a".repeat(64));
        for (token, origin, want) in [
            ("@", Some("b.de"), Ok("b.de")),
            ("WWW", Some("b.de"), Ok("www.b.de")),
            ("www.", Some("b.de"), Ok("www")),
            ("www", Some(""), Ok("www")),
            (".", None, Ok("")),
            ("a\\.b", Some("de"), Ok("a\\.b.de")),
            ("a\\.", Some("de"), Ok("a\\..de")),
            ("a\\.", Some(""), Ok("a\\.")),
            ("a\\046b.x.", None, Ok("a\\.b.x")),
            ("bücher", Some("de"), Ok("xn--bcher-kva.de")),
            ("www", None, Err(BadName::NoOrigin)),
            ("a..b", Some("de"), Err(BadName::Name(NameError::EmptyLabel))),
            (".a", Some("de"), Err(BadName::Name(NameError::EmptyLabel))),
            (&*long, None, Err(BadName::Name(NameError::LabelTooLong))),
        ] {
            let mut out = String::new();
            let got = absolute(token.as_bytes(), origin, &mut out).map(|()| out.as_str());
            assert_eq!(got, want, "{token}");
            if got.is_ok() {
                assert_eq!(Name::parse(&out).unwrap().as_str(), out);
            }
        }
        let mut out = String::new();
        absolute(b"a\xff", Some("de"), &mut out).unwrap();
        assert_eq!(out, "a\\255.de");
    }

    #[test]
    fn each_name_once() {
        let mut names = Names::default();
        for i in 0..1000 {
            assert_eq!(names.intern(&format!("n{i}.de")).unwrap(), i);
        }
        assert_eq!(names.intern("n77.de").unwrap(), 77);
        assert_eq!(names.find("n999.de"), Some(999));
        assert_eq!(names.find("x.de"), None);
    }
}
