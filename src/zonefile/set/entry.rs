//! One entry: what it says, and where.

use super::super::fields::{Context, name_words};
use super::super::ignore::Ignored;
use super::super::lex::{Token, tokens};
use super::super::names::{absolute, ends_with_dot};
use super::super::position::Location;
use super::super::{rdata, types};
use super::{ENTRY_TTL_GIVEN, RawEntry, Zone, ZoneSet};
use crate::dns::{Name, RecordData, RecordType};

/// A name in the data of an entry that was written without the final dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelativeName {
    /// As it stands in the file.
    pub written: String,
    /// As the DNS will have it.
    pub resolved: Name,
    /// Where it stands.
    pub location: Location,
}

/// One record as it stands in a file.
#[derive(Clone, Copy)]
pub struct Entry<'z> {
    pub(super) set: &'z ZoneSet,
    pub(super) id: usize,
    pub(super) raw: RawEntry,
}

impl<'z> Entry<'z> {
    /// Its number in the order of the files.
    pub fn id(&self) -> usize {
        self.id
    }

    /// The owner.
    pub fn owner(&self) -> &'z Name {
        static ROOT: std::sync::LazyLock<Name> = std::sync::LazyLock::new(Name::root);
        self.set.parsed.names.get(self.raw.owner).unwrap_or(&ROOT)
    }

    /// The type.
    pub fn rtype(&self) -> RecordType {
        RecordType::from_code(self.raw.rtype)
    }

    /// The type as it is written: `MX`, `KX`, `TYPE4711`.
    pub fn type_name(&self) -> String {
        types::name_of(self.raw.rtype).map_or_else(|| self.rtype().to_string(), str::to_owned)
    }

    /// The TTL in seconds: its own, that of `$TTL`, of the record before, or the SOA's minimum.
    pub fn ttl(&self) -> u32 {
        self.raw.ttl
    }

    /// Whether the entry itself names its TTL.
    pub fn has_own_ttl(&self) -> bool {
        self.raw.flags & ENTRY_TTL_GIVEN != 0
    }

    /// The zone that the owner lies in.
    pub fn zone(&self) -> Option<&'z Zone> {
        self.set.zone_of(self.owner())
    }

    /// The data; `None` for types that are kept as text (LOC, SVCB, RRSIG, …) unless in generic form.
    pub fn data(&self) -> Option<RecordData> {
        let (text, base) = self.text()?;
        let mut buffer = String::new();
        let words = self.words();
        let mut context = Context { text, origin: self.origin(), buffer: &mut buffer };
        // It was checked when it was read; `Err` does not come.
        debug_assert!(base <= self.raw.data);
        rdata::decode(self.rtype(), &words, &mut context).ok().flatten()
    }

    /// The data as it goes over the wire; `None` as for [`Entry::data`].
    pub fn wire(&self) -> Option<Vec<u8>> {
        let (text, _) = self.text()?;
        let mut buffer = String::new();
        let words = self.words();
        rdata::wire(self.rtype(), &words, &mut Context { text, origin: self.origin(), buffer: &mut buffer }).ok()?
    }

    /// The data as it stands in the file, comments and line breaks included.
    pub(crate) fn raw_data(&self) -> &'z [u8] {
        self.set.slice(&(self.raw.data..self.raw.end))
    }

    /// Whether a `$GENERATE` made it.
    pub fn is_generated(&self) -> bool {
        self.set.place(self.raw.start).is_some_and(|place| place.made_by.is_some())
    }

    /// The file that it stands in.
    pub fn file(&self) -> &'z str {
        self.set.place(self.raw.start).map_or("", |place| &place.name)
    }

    /// The value as people write it, unquoted: a text, an address, `10 mail.example.de`, a target.
    pub fn value(&self) -> String {
        match self.data() {
            Some(RecordData::Txt(text) | RecordData::Spf(text)) => text.to_text(),
            Some(RecordData::A(address)) => address.to_string(),
            Some(RecordData::Aaaa(address)) => address.to_string(),
            Some(RecordData::Mx { preference, exchange }) => format!("{preference} {exchange}"),
            Some(RecordData::Cname(name) | RecordData::Ns(name) | RecordData::Ptr(name)) => name.to_string(),
            _ => self.presentation(),
        }
    }

    /// The words of the data as they stand in the file, one blank between them, comments left out.
    pub fn presentation(&self) -> String {
        let Some((text, _)) = self.text() else { return String::new() };
        let words = self.words();
        let words: Vec<_> = words.iter().map(|t| String::from_utf8_lossy(t.raw(text))).collect();
        words.join(" ")
    }

    /// The whole entry: from its first word to its last, or to the closing parenthesis.
    pub fn location(&self) -> Location {
        self.set.locate(self.raw.start..self.raw.end)
    }

    /// The text of the entry, from its first word to its last.
    pub fn raw_text(&self) -> String {
        String::from_utf8_lossy(self.set.slice(&(self.raw.start..self.raw.end))).into_owned()
    }

    /// Where each word of the data stands; of a TXT record these are its character-strings.
    ///
    /// For data in the generic form `\#` there is one place for each word of that form.
    pub fn string_locations(&self) -> Vec<Location> {
        let Some((_, base)) = self.text() else { return Vec::new() };
        let words = self.words();
        self.set.locate_all(self.raw.start, words.iter().map(|t| t.start + base..t.end + base))
    }

    /// The owner as it was written; `None` where the line begins with a blank.
    pub fn written_owner(&self) -> Option<String> {
        let (text, base) = self.text()?;
        let at = (self.raw.start - base) as usize;
        let line = at.checked_sub(1).and_then(|i| text.get(i)).copied();
        if matches!(line, Some(b' ' | b'\t')) {
            return None;
        }
        let first = tokens(text, at, (self.raw.end - base) as usize).next()?;
        Some(String::from_utf8_lossy(first.raw(text)).into_owned())
    }

    /// The owner, if it repeats the origin because its final dot is missing: `example.de` below
    /// `$ORIGIN example.de.`, which becomes `example.de.example.de`.
    ///
    /// An SOA of that kind stands at the name that was meant, for a zone has none other.
    pub fn owner_without_dot(&self) -> Option<RelativeName> {
        let origin = self.origin().filter(|origin| !origin.is_empty())?;
        let is_soa = self.rtype() == RecordType::Soa && self.owner().as_str() == origin;
        let head = self.owner().as_str().strip_suffix(origin).and_then(|head| head.strip_suffix('.'));
        if !is_soa && !head.is_some_and(|head| head.ends_with(origin)) {
            return None;
        }
        let written = self.written_owner().filter(|written| written != "@" && !ends_with_dot(written.as_bytes()))?;
        let meant = Name::parse(&written).ok().filter(|meant| meant.as_str() == head.unwrap_or(origin))?;
        let resolved = meant.prepend(meant.as_str()).ok().filter(|_| is_soa).unwrap_or_else(|| self.owner().clone());
        let whole = meant.is_within(self.set.parsed.names.get(self.raw.origin)?);
        let length = u32::try_from(written.len()).ok()?;
        let location = self.set.locate(self.raw.start..self.raw.start + length);
        whole.then_some(RelativeName { written, resolved, location })
    }

    /// Names in the data that were written without the final dot, `@` aside.
    pub fn relative_names(&self) -> Vec<RelativeName> {
        let range = name_words(self.rtype());
        let Some((text, base)) = self.text().filter(|_| !range.is_empty()) else { return Vec::new() };
        let mut buffer = String::new();
        let mut found = Vec::new();
        for token in self.words().get(range).unwrap_or_default() {
            let word = token.raw(text);
            if word == b"@" || ends_with_dot(word) || absolute(word, self.origin(), &mut buffer).is_err() {
                continue;
            }
            if let Ok(resolved) = Name::parse(&buffer) {
                let written = String::from_utf8_lossy(word).into_owned();
                let location = self.set.locate(token.start + base..token.end + base);
                found.push(RelativeName { written, resolved, location });
            }
        }
        found
    }

    /// A name in the data that repeats the zone's name because its final dot is missing:
    /// `mail.example.de` in `example.de`, which becomes `mail.example.de.example.de`.
    pub fn missing_dot(&self) -> Option<RelativeName> {
        if name_words(self.rtype()).is_empty() || !self.may_repeat_an_apex() {
            return None;
        }
        let apex = &self.zone()?.apex;
        let repeats = |name: &RelativeName| Name::parse(&name.written).is_ok_and(|n| n.is_within(apex));
        if apex.is_root() { None } else { self.relative_names().into_iter().find(repeats) }
    }

    /// Whether a name in the data may end, without a final dot, as some zone's name does. Cheap: it is
    /// asked for every entry.
    fn may_repeat_an_apex(&self) -> bool {
        let Some((text, base)) = self.text() else { return false };
        let range = name_words(self.rtype());
        let words = tokens(text, (self.raw.data - base) as usize, (self.raw.end - base) as usize);
        words.skip(range.start).take(range.len()).any(|token| {
            let word = token.raw(text);
            let repeats = |apex: &str| {
                let tail = word.len().checked_sub(apex.len()).and_then(|at| word.get(at..));
                tail.is_some_and(|tail| tail.eq_ignore_ascii_case(apex.as_bytes()))
            };
            let odd = || word.iter().any(|&b| b == b'\\' || !b.is_ascii());
            // Of many zones it would cost more to look at each than to find the right one.
            word.last() != Some(&b'.')
                && (self.set.zones.len() > 8 || self.set.zones.iter().any(|zone| repeats(zone.apex.as_str())) || odd())
        })
    }

    /// Whether the data ends at a semicolon that follows an unquoted word at once, as in
    /// `TXT v=DMARC1; p=none`: what was meant as text became a comment.
    pub fn is_cut_by_comment(&self) -> bool {
        let Some((text, _)) = self.text() else { return false };
        let words = self.words();
        words.iter().any(|t| !t.quoted && text.get(t.end as usize) == Some(&b';'))
    }

    /// The data with the comment that follows it, up to the end of the line: what was meant as text where
    /// [`Entry::is_cut_by_comment`]. `None` for data over several lines or with quotes.
    pub fn text_with_comment(&self) -> Option<String> {
        let (text, base) = self.text()?;
        let from = (self.raw.data - base) as usize;
        let rest = text.get(from..)?;
        let line = rest.get(..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len()))?;
        let plain = from + line.len() >= (self.raw.end - base) as usize && !line.iter().any(|b| b"\"()\\".contains(b));
        plain.then(|| String::from_utf8_lossy(line).trim().to_owned())
    }

    /// What the entry's comments ask to ignore.
    pub fn ignored_rules(&self) -> impl Iterator<Item = &'z Ignored> {
        let all = &self.set.parsed.ignored;
        let id = self.id as u32;
        let from = all.partition_point(|(entry, _)| *entry < id);
        all.get(from..).unwrap_or_default().iter().take_while(move |(entry, _)| *entry == id).map(|(_, i)| i)
    }

    fn origin(&self) -> Option<&'z str> {
        self.set.parsed.names.get(self.raw.origin).map(Name::as_str)
    }

    fn text(&self) -> Option<(&'z [u8], u32)> {
        self.set.place(self.raw.start).map(|p| (p.text.as_slice(), p.base))
    }

    fn words(&self) -> Vec<Token> {
        let Some((text, base)) = self.text() else { return Vec::new() };
        tokens(text, (self.raw.data - base) as usize, (self.raw.end - base) as usize).collect()
    }
}

impl std::fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {} {}", self.owner(), self.ttl(), self.type_name(), self.presentation())
    }
}
