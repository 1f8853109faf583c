//! Entries and directives of one text after the other (RFC 1035 §5.1).

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fields::{Context, ttl};
use super::generate::{self, Allowance};
use super::ignore::Ignored;
use super::include::{Loader, Source};
use super::lex::{Extent, Flaw, Scanner, Token, line_end};
use super::names::{BadName, Names, absolute};
use super::position::Place;
use super::problem::{IncludeProblem, Problem};
use super::set::{ENTRY_TTL_GIVEN, FatalKind, RawEntry, RawError};
use super::{rdata, types};
use crate::dns::{Name, RecordType};

const MAX_DEPTH: usize = 8;
const MAX_INCLUDES: usize = 100;
const MAX_INCLUDED_OCTETS: u64 = 256 << 20;
/// More errors than this are counted, not kept.
const MAX_ERRORS: usize = 10_000;
/// RFC 2308 §4 wants every zone to say its TTL; this stands in where none does.
const ASSUMED_TTL: u32 = 3600;

/// Everything that reading leaves behind.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub places: Vec<Place>,
    pub names: Names,
    pub entries: Vec<RawEntry>,
    pub errors: Vec<RawError>,
    pub errors_dropped: usize,
    /// Owner and type (0: any) of entries that could not be read.
    pub unknown: Vec<(u32, u16)>,
    /// By number of the entry.
    pub ignored: Vec<(u32, Ignored)>,
    /// Comments that speak to this program, and whether one stands beside no record.
    pub remarks: Vec<(Range<u32>, bool)>,
    /// Names that `--origin`, `$ORIGIN` or `$INCLUDE` gave, as numbers.
    pub origins: Vec<u32>,
    /// Origins below which records were lost, nobody knows which.
    pub hidden: Vec<u32>,
}

/// What one text hands on to the next line.
#[derive(Debug, Clone, Default)]
struct State {
    origin: Option<(u32, Name)>,
    owner: Option<u32>,
    default_ttl: Option<u32>,
    last_ttl: Option<u32>,
}

/// The file that the user named, and those that lead to the one at hand.
struct Trail<'a> {
    root: Option<&'a Path>,
    stack: Vec<PathBuf>,
}

/// Reads texts into a [`Parsed`].
pub(super) struct Parser<'a> {
    pub out: Parsed,
    pub loader: &'a dyn Loader,
    pub origin: Option<Name>,
    scanner: Scanner,
    buffer: String,
    includes: usize,
    included_octets: u64,
    generate: Allowance,
    /// How many octets may still be read a second time after an entry that went wrong.
    again: usize,
}

/// The data of an entry begins at this token of it.
struct Head {
    rtype: RecordType,
    ttl: Option<u32>,
    data: usize,
}

impl<'a> Parser<'a> {
    pub fn new(loader: &'a dyn Loader, origin: Option<Name>) -> Self {
        Self {
            out: Parsed::default(),
            loader,
            origin,
            scanner: Scanner::default(),
            buffer: String::new(),
            includes: 0,
            included_octets: 0,
            generate: Allowance::default(),
            again: 1 << 20,
        }
    }

    /// Reads a file that the user named.
    pub fn file(&mut self, source: Source) -> Result<(), FatalKind> {
        let root = source.path.clone();
        let stack = root.iter().map(|p| self.loader.identify(p)).collect();
        let mut trail = Trail { root: root.as_deref(), stack };
        let mut state = State::default();
        if let Some(origin) = self.origin.clone() {
            self.set_origin(&mut state, origin.as_str());
        }
        let place = self.place(source.name, source.text, None).ok_or(FatalKind::TooLarge)?;
        self.text(place, &mut state, &mut trail)?;
        if state.origin.is_none() { Err(FatalKind::NoOrigin { line: 1 }) } else { Ok(()) }
    }

    /// Takes in a text, unless offsets would no longer count it.
    fn place(&mut self, name: impl Into<Arc<str>>, text: Vec<u8>, made_by: Option<Range<u32>>) -> Option<usize> {
        let base = self.out.places.last().map_or(0, |p| u64::from(p.base) + p.text.len() as u64 + 1);
        u32::try_from(base + text.len() as u64 + 1).ok()?;
        self.again += 8 * text.len();
        self.out.places.push(Place::new(name.into(), base as u32, text, made_by));
        Some(self.out.places.len() - 1)
    }

    fn set_origin(&mut self, state: &mut State, name: &str) {
        if let Ok(id) = self.out.names.intern(name)
            && let Some(name) = self.out.names.get(id)
        {
            state.origin = Some((id, name.clone()));
            if self.out.origins.last() != Some(&id) {
                self.out.origins.push(id);
            }
        }
    }

    fn text(&mut self, place: usize, state: &mut State, trail: &mut Trail<'_>) -> Result<(), FatalKind> {
        let Some(own) = self.out.places.get(place) else { return Ok(()) };
        let (text, base, mut at) = (own.text.clone(), own.base, own.begin());
        // What `$GENERATE` makes are records, whatever they look like.
        let directives = own.made_by.is_none();
        // The owner as it was written last, and under which origin: the next entry often has the same.
        let mut written: Option<(Token, u32)> = None;
        while at < text.len() {
            let extent = self.scanner.scan(&text, at, self.again == 0);
            if !self.scanner.remarks.is_empty() {
                let first = self.scanner.tokens.first();
                let alone = first.is_none_or(|first| directives && text.get(first.start as usize) == Some(&b'$'));
                let found = self.scanner.remarks.iter().map(|r| (base + r.start as u32..base + r.end as u32, alone));
                let room = MAX_ERRORS.saturating_sub(self.out.remarks.len());
                self.out.remarks.extend(found.take(room));
            }
            // A step forward in any case, or a slip here would be a loop without end.
            let next = extent.next.max(at + 1);
            let Some(&first) = self.scanner.tokens.first().filter(|_| extent.flaw.is_none()) else {
                if let Some(flaw) = extent.flaw {
                    self.flawed(&text, base, &extent, flaw, state);
                    at = self.resume(&text, &extent, next, state);
                } else {
                    at = next;
                }
                continue;
            };
            let result =
                if directives && !extent.blank && !first.quoted && text.get(first.start as usize) == Some(&b'$') {
                    self.directive(&text, base, &extent, state, trail)
                } else {
                    self.record(&text, base, &extent, state, &mut written)
                };
            at = match result {
                Ok(()) => next,
                Err(Stop::Entry) => self.resume(&text, &extent, next, state),
                Err(Stop::NoOrigin(token)) => {
                    let place = self.out.places.get(place);
                    let range = token.start as usize..token.end as usize;
                    let line = place.and_then(|p| p.locate_all([range]).first().map(|l| l.line));
                    return Err(FatalKind::NoOrigin { line: line.unwrap_or(1) });
                }
                Err(Stop::File(kind)) => return Err(kind),
            };
        }
        Ok(())
    }

    /// Where to go on after an entry that went wrong: it may have swallowed others between its parentheses.
    fn resume(&mut self, text: &[u8], extent: &Extent, next: usize, state: &State) -> usize {
        let mut at = extent.first_line_end;
        while at < next && at > 0 {
            let end = line_end(text, at);
            if text.get(at..end).is_some_and(looks_like_entry) {
                self.again = self.again.saturating_sub(next - at);
                return at;
            }
            at = end + 1;
        }
        if extent.flaw.is_some_and(|f| f.0 == Flaw::UnclosedParenthesis)
            && extent.first_line_end < next
            && let Some((origin, _)) = &state.origin
        {
            self.out.hidden.push(*origin);
        }
        next
    }

    fn flawed(&mut self, text: &[u8], base: u32, extent: &Extent, flaw: (Flaw, usize, usize), state: &mut State) {
        let (flaw, start, end) = flaw;
        let problem = match flaw {
            Flaw::UnterminatedString => Problem::UnterminatedString,
            Flaw::UnclosedParenthesis => Problem::UnclosedParenthesis,
            Flaw::StrayParenthesis => Problem::StrayParenthesis,
            Flaw::TooManyTokens => Problem::TooManyTokens,
        };
        // What can be told of owner and type tells the rules where nothing is missing.
        let first = self.scanner.tokens.first().copied();
        let owner = match first.filter(|_| !extent.blank) {
            None => state.owner,
            Some(token) => {
                let owner = self.name(text, token, state).ok().and_then(|()| self.out.names.intern(&self.buffer).ok());
                state.owner = owner;
                owner
            }
        };
        let words = self.scanner.tokens.get(usize::from(!extent.blank)..).unwrap_or_default();
        let rtype = words.iter().take(3).find_map(|t| types::parse(t.raw(text)));
        self.report(text, base, extent, problem, start..end, owner, rtype);
    }

    #[allow(clippy::too_many_arguments)]
    fn report(
        &mut self,
        text: &[u8],
        base: u32,
        extent: &Extent,
        problem: Problem,
        spot: Range<usize>,
        owner: Option<u32>,
        rtype: Option<RecordType>,
    ) {
        if let Some(owner) = owner {
            // A broken alias may have stood for any type.
            let code =
                rtype.filter(|t| !matches!(t, RecordType::Cname | RecordType::Dname)).map_or(0, RecordType::code);
            self.out.unknown.push((owner, code));
        }
        if self.out.errors.len() >= MAX_ERRORS {
            self.out.errors_dropped += 1;
            return;
        }
        let start = self.scanner.tokens.first().map_or(spot.start, |t| t.start as usize);
        let global = |range: Range<usize>| base + range.start as u32..base + range.end as u32;
        let ignored = self.remarks(text);
        self.out.errors.push(RawError {
            entry: global(start..extent.last.max(start)),
            spot: global(spot),
            problem,
            owner,
            rtype,
            ignored,
        });
    }

    fn remarks(&self, text: &[u8]) -> Vec<Ignored> {
        let comments = self.scanner.remarks.iter().filter_map(|r| std::str::from_utf8(text.get(r.clone())?).ok());
        comments.filter_map(Ignored::parse).collect()
    }

    /// Writes the absolute form of a token into the buffer.
    fn name(&mut self, text: &[u8], token: Token, state: &State) -> Result<(), BadName> {
        let origin = state.origin.as_ref().map(|(_, name)| name.as_str());
        absolute(token.raw(text), origin, &mut self.buffer)
    }

    fn record(
        &mut self,
        text: &[u8],
        base: u32,
        extent: &Extent,
        state: &mut State,
        written: &mut Option<(Token, u32)>,
    ) -> Result<(), Stop> {
        let Some(&first) = self.scanner.tokens.first() else { return Ok(()) };
        let origin_id = state.origin.as_ref().map_or(u32::MAX, |(id, _)| *id);
        let same = |(token, origin): (Token, u32)| origin == origin_id && token.raw(text) == first.raw(text);
        let owner = if extent.blank || (state.owner.is_some() && written.is_some_and(same)) {
            state.owner.ok_or((Problem::NoOwner, Some(first)))
        } else {
            state.owner = None;
            *written = None;
            if first.quoted {
                Err((Problem::BadName, Some(first)))
            } else {
                match self.name(text, first, state) {
                    Ok(()) => match self.out.names.intern(&self.buffer) {
                        Ok(id) => {
                            state.owner = Some(id);
                            *written = Some((first, origin_id));
                            Ok(id)
                        }
                        Err(error) => Err((BadName::from(error).into(), Some(first))),
                    },
                    Err(BadName::NoOrigin) => return Err(Stop::NoOrigin(first)),
                    Err(bad) => Err((bad.into(), Some(first))),
                }
            }
        };
        let skip = usize::from(!extent.blank);
        let mut rtype = None;
        let result = owner.and_then(|owner| {
            let head = head(text, &self.scanner.tokens, skip)?;
            rtype = Some(head.rtype);
            let data = self.scanner.tokens.get(head.data..).unwrap_or_default();
            // RFC 1035 §5.2 wants an SOA first; one with an absolute owner tells the origin as well.
            let soa_origin = (head.rtype == RecordType::Soa && state.origin.is_none()).then_some(owner);
            let owner_name = soa_origin.and_then(|id| self.out.names.get(id));
            let origin = state.origin.as_ref().map(|(_, name)| name).or(owner_name).map(Name::as_str);
            let mut context = Context { text, origin, buffer: &mut self.buffer };
            rdata::check(head.rtype, data, &mut context)?;
            Ok((owner, head, soa_origin.is_some()))
        });
        match result {
            Ok((owner, head, is_origin)) => {
                if is_origin && let Some(name) = self.out.names.get(owner).cloned() {
                    self.set_origin(state, name.as_str());
                }
                self.keep(text, base, extent, state, owner, &head);
                Ok(())
            }
            Err((Problem::NoOwner, Some(token))) if state.origin.is_none() && token != first => {
                Err(Stop::NoOrigin(token))
            }
            Err((problem, token)) => {
                let spot = token.or(self.scanner.tokens.last().copied()).unwrap_or(first);
                let spot = spot.start as usize..spot.end as usize;
                self.report(text, base, extent, problem, spot, state.owner, rtype);
                Err(Stop::Entry)
            }
        }
    }

    fn keep(&mut self, text: &[u8], base: u32, extent: &Extent, state: &mut State, owner: u32, head: &Head) {
        let (Some(first), Some(data)) = (self.scanner.tokens.first(), self.scanner.tokens.get(head.data)) else {
            return;
        };
        let mut flags = 0;
        let ttl = match head.ttl {
            Some(ttl) => {
                flags |= ENTRY_TTL_GIVEN;
                state.last_ttl = Some(ttl);
                ttl
            }
            None => match state.default_ttl.or(state.last_ttl) {
                Some(ttl) => ttl,
                None if head.rtype == RecordType::Soa => {
                    // As BIND has it: the SOA's minimum, for it and for all that follow.
                    let minimum = self.scanner.tokens.last().and_then(|t| ttl(t.inner(text)));
                    state.default_ttl = minimum;
                    minimum.unwrap_or(ASSUMED_TTL)
                }
                None => ASSUMED_TTL,
            },
        };
        self.out.entries.push(RawEntry {
            owner,
            origin: state.origin.as_ref().map_or(u32::MAX, |(id, _)| *id),
            start: base + first.start,
            data: base + data.start,
            end: base + extent.last as u32,
            ttl,
            rtype: head.rtype.code(),
            flags,
        });
        if !self.scanner.remarks.is_empty() {
            let entry = (self.out.entries.len() - 1) as u32;
            let found = self.remarks(text);
            self.out.ignored.extend(found.into_iter().map(|i| (entry, i)));
        }
    }

    fn directive(
        &mut self,
        text: &[u8],
        base: u32,
        extent: &Extent,
        state: &mut State,
        trail: &mut Trail<'_>,
    ) -> Result<(), Stop> {
        let tokens = std::mem::take(&mut self.scanner.tokens);
        let result = self.follow(text, base, extent, &tokens, state, trail);
        self.scanner.tokens = tokens;
        match result {
            Ok(()) => Ok(()),
            Err(Halt::Stop(stop)) => Err(stop),
            Err(Halt::Fault(problem, token)) => {
                let spot = token.or(self.scanner.tokens.last().copied());
                let spot = spot.map_or(extent.last..extent.last, |t| t.start as usize..t.end as usize);
                self.report(text, base, extent, problem, spot, None, None);
                if problem.hides_records()
                    && let Some((origin, _)) = &state.origin
                {
                    self.out.hidden.push(*origin);
                }
                Err(Stop::Entry)
            }
        }
    }

    fn follow(
        &mut self,
        text: &[u8],
        base: u32,
        extent: &Extent,
        tokens: &[Token],
        state: &mut State,
        trail: &mut Trail<'_>,
    ) -> Result<(), Halt> {
        let [word, rest @ ..] = tokens else { return Ok(()) };
        let name = word.raw(text);
        let is = |directive: &str| name.eq_ignore_ascii_case(directive.as_bytes());
        if is("$ORIGIN") {
            let [token] = argument(rest)?;
            self.origin_of(text, token, state)?;
        } else if is("$TTL") {
            let [token] = argument(rest)?;
            state.default_ttl = Some(ttl(token.raw(text)).ok_or(Halt::Fault(Problem::BadTtl, Some(token)))?);
        } else if is("$INCLUDE") {
            let [file, origin @ ..] = rest else { return Err(Halt::Fault(Problem::BadDirective, None)) };
            let (outer, owner) = (state.origin.clone(), state.owner);
            if let Some(&origin) = origin.first() {
                self.origin_of(text, origin, state)?;
            }
            if let Some(&junk) = origin.get(1) {
                state.origin = outer;
                return Err(Halt::Fault(Problem::TrailingData, Some(junk)));
            }
            let result = self.include(text, *file, state, trail);
            // RFC 1035 §5.1: the origin of the including file is not affected, nor is its owner.
            (state.origin, state.owner) = (outer.or(state.origin.take()), owner);
            result?;
        } else if is("$GENERATE") {
            let [range, body @ ..] = rest else { return Err(Halt::Fault(Problem::BadGenerate, None)) };
            let template = template(text, body).map_err(|(problem, token)| Halt::Fault(problem, token))?;
            let made = generate::expand(range.raw(text), &template, &mut self.generate);
            let made = made.map_err(|problem| Halt::Fault(problem, Some(*range)))?;
            let made_by = base + word.start..base + extent.last as u32;
            let at = self.out.places.partition_point(|p| p.base <= base).saturating_sub(1);
            let name = self.out.places.get(at).map(|p| p.name.clone());
            let place = self.place(name.unwrap_or_default(), made, Some(made_by));
            let place = place.ok_or(Halt::Fault(Problem::GenerateLimit, Some(*range)))?;
            let owner = state.owner;
            let result = self.text(place, state, trail);
            state.owner = owner;
            result.map_err(|kind| Halt::Stop(Stop::File(kind)))?;
        } else if !is("$DATE") {
            return Err(Halt::Fault(Problem::UnknownDirective, Some(*word)));
        }
        Ok(())
    }

    fn origin_of(&mut self, text: &[u8], token: Token, state: &mut State) -> Result<(), Halt> {
        match self.name(text, token, state) {
            Ok(()) => {
                let name = std::mem::take(&mut self.buffer);
                self.set_origin(state, &name);
                self.buffer = name;
                Ok(())
            }
            // `$ORIGIN example.de` at the top: the dot is missing, and nothing else can be meant.
            Err(BadName::NoOrigin) => match absolute(token.raw(text), Some(""), &mut self.buffer) {
                Ok(()) if token.raw(text) != b"@" => {
                    let name = std::mem::take(&mut self.buffer);
                    self.set_origin(state, &name);
                    self.buffer = name;
                    Ok(())
                }
                _ => Err(Halt::Fault(Problem::BadDirective, Some(token))),
            },
            Err(bad) => Err(Halt::Fault(bad.into(), Some(token))),
        }
    }

    fn include(&mut self, text: &[u8], file: Token, state: &mut State, trail: &mut Trail<'_>) -> Result<(), Halt> {
        let fault = |why| Halt::Fault(Problem::Include(why), Some(file));
        let (Some(root), Some(including)) = (trail.root, trail.stack.last()) else {
            return Err(fault(IncludeProblem::NoFolder));
        };
        if trail.stack.len() > MAX_DEPTH {
            return Err(fault(IncludeProblem::TooDeep));
        }
        if self.includes >= MAX_INCLUDES {
            return Err(fault(IncludeProblem::TooMany));
        }
        let target = super::fields::unescape(file.inner(text)).map_err(|p| Halt::Fault(p, Some(file)))?;
        let target = std::str::from_utf8(&target).map_err(|_| fault(IncludeProblem::Missing))?;
        let left = MAX_INCLUDED_OCTETS.saturating_sub(self.included_octets);
        let source = self.loader.load(root, including, target, left).map_err(fault)?;
        let path = source.path.unwrap_or_else(|| PathBuf::from(&source.name));
        if trail.stack.contains(&path) {
            return Err(fault(IncludeProblem::Loop));
        }
        self.includes += 1;
        self.included_octets += source.text.len() as u64;
        let place = self.place(source.name, source.text, None).ok_or(fault(IncludeProblem::TooLarge))?;
        trail.stack.push(path);
        let result = self.text(place, state, trail);
        trail.stack.pop();
        result.map_err(|kind| Halt::Stop(Stop::File(kind)))
    }
}

/// Why an entry did not come to its end.
enum Stop {
    /// It was reported; the next one is read.
    Entry,
    /// A relative name without origin: nothing in the file means anything.
    NoOrigin(Token),
    /// An included file ended the whole reading.
    File(FatalKind),
}

/// Why a directive was not followed.
enum Halt {
    Stop(Stop),
    Fault(Problem, Option<Token>),
}

fn argument(rest: &[Token]) -> Result<[Token; 1], Halt> {
    match rest {
        [] => Err(Halt::Fault(Problem::BadDirective, None)),
        [token] => Ok([*token]),
        [_, junk, ..] => Err(Halt::Fault(Problem::TrailingData, Some(*junk))),
    }
}

/// TTL and class, in either order and each at most once, then the type (RFC 1035 §5.1).
fn head(text: &[u8], tokens: &[Token], skip: usize) -> Result<Head, (Problem, Option<Token>)> {
    let (mut time, mut class) = (None, false);
    for (i, &token) in tokens.iter().enumerate().skip(skip) {
        let word = token.raw(text);
        // Before the types: a word such as `1h` is never one.
        if word.first().is_some_and(u8::is_ascii_digit) {
            if time.is_some() {
                return Err((Problem::UnknownType, Some(token)));
            }
            time = Some(ttl(word).ok_or((Problem::BadTtl, Some(token)))?);
        } else if !class && (word.eq_ignore_ascii_case(b"IN") || word.eq_ignore_ascii_case(b"CLASS1")) {
            class = true;
        } else if let Some(rtype) = types::parse(word) {
            if tokens.len() == i + 1 {
                return Err((Problem::MissingRdata, Some(token)));
            }
            return Ok(Head { rtype, ttl: time, data: i + 1 });
        } else {
            let other = [&b"CH"[..], b"HS", b"CS", b"CHAOS", b"HESIOD"].iter().any(|c| word.eq_ignore_ascii_case(c))
                || word.get(..5).is_some_and(|w| w.eq_ignore_ascii_case(b"CLASS"));
            return Err((if other { Problem::WrongClass } else { Problem::UnknownType }, Some(token)));
        }
    }
    Err((Problem::MissingType, None))
}

/// Whether a line reads like the start of an entry: a directive, or an owner and then a type and data.
fn looks_like_entry(line: &[u8]) -> bool {
    match line.first() {
        None | Some(b' ' | b'\t' | b';' | b'"' | b'(' | b')') => return false,
        Some(b'$') => return true,
        Some(_) => {}
    }
    let mut words = line.split(|b| b.is_ascii_whitespace()).filter(|w| !w.is_empty()).skip(1);
    for word in words.by_ref().take(3) {
        if types::parse(word).is_some() {
            return words.next().is_some();
        }
        if ttl(word).is_none() && !word.eq_ignore_ascii_case(b"IN") {
            return false;
        }
    }
    false
}

/// Owner, TTL, class, type and data of a `$GENERATE` as one line. A single quoted word of data is
/// the data without its quotes, as BIND has it.
fn template(text: &[u8], body: &[Token]) -> Result<Vec<u8>, (Problem, Option<Token>)> {
    let head = head(text, body, 1)?;
    let mut out = Vec::new();
    let (before, data) = body.split_at_checked(head.data).ok_or((Problem::BadGenerate, None))?;
    for token in before {
        out.extend_from_slice(token.raw(text));
        out.push(b' ');
    }
    match data {
        [only] if only.quoted => {
            let mut rest = only.inner(text);
            while let Some(i) = memchr::memmem::find(rest, b"\\\"") {
                let (head, tail) = rest.split_at(i);
                out.extend_from_slice(head);
                out.push(b'"');
                rest = tail.get(2..).unwrap_or_default();
            }
            out.extend_from_slice(rest);
        }
        many => {
            for token in many {
                out.extend_from_slice(token.raw(text));
                out.push(b' ');
            }
        }
    }
    Ok(out)
}
