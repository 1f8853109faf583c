//! The events of an XML document, read a stretch at a time: an event borrows from the stretch, nothing is copied.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::errors::IllFormedError;
use quick_xml::events::Event;

use super::MAX_PIECE;
use super::fault::{Fault, clip};
use super::text::Text;

/// Bytes of a stretch, unless one piece is longer.
const STRETCH: usize = 64 << 10;
/// The longest beginning of markup that tells nothing yet: `<![`.
const UNDECIDED: usize = 3;

/// How to go on after an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// White space before the next event is passed over.
    Trimmed,
    /// It belongs to a text that has begun.
    Whole,
    /// What follows is not looked at.
    Nothing,
}

/// Hands each event to `take`, until that says [`Next::Nothing`]. The last event is [`Event::Eof`]; `take` must not
/// let it pass.
///
/// # Errors
///
/// Those of `take`, of the input and of the XML: end tags fit their start tags, nothing is longer than [`MAX_PIECE`].
pub(crate) fn read<R: BufRead>(
    mut input: Text<R>,
    mut take: impl FnMut(Event<'_>) -> Result<Next, Fault>,
) -> Result<(), Fault> {
    let mut stretch = String::new();
    let (mut passed, mut ended, mut next) = (0_u64, false, Next::Trimmed);
    let mut open = Open::default();
    loop {
        // Twice what is left over: a long piece is not begun again with every buffer.
        let wanted = (2 * stretch.len()).max(STRETCH);
        while !ended && stretch.len() < wanted {
            ended = !input.append_to(&mut stretch)?;
        }
        let mut xml = Reader::from_str(&stretch);
        // A reader knows no more than its stretch: what is open is kept in `open`.
        xml.config_mut().check_end_names = false;
        xml.config_mut().allow_unmatched_ends = true;
        let used = loop {
            let from = xml.buffer_position() as usize;
            xml.config_mut().trim_text_start = next == Next::Trimmed;
            let event = xml.read_event();
            let to = xml.buffer_position() as usize;
            let at_end = to + UNDECIDED >= stretch.len();
            let is_cut = !ended
                && match &event {
                    Ok(Event::Eof) => true,
                    Ok(Event::Text(_)) => to == stretch.len(),
                    Ok(_) => false,
                    Err(_) => at_end,
                };
            if if is_cut { stretch.len() } else { to } - from > MAX_PIECE {
                return Err(Fault::TooLong(MAX_PIECE));
            }
            if is_cut {
                break from;
            }
            match &event {
                Ok(Event::Start(tag)) => open.push(tag.name().as_ref()),
                Ok(Event::End(tag)) => {
                    if let Some(expected) = open.pop(tag.name().as_ref()) {
                        let found = tag.name().as_ref().to_owned();
                        let error = quick_xml::Error::from(IllFormedError::MismatchedEndTag { expected, found });
                        let blanks = stretch[from..].bytes().take_while(u8::is_ascii_whitespace).count();
                        return Err(Fault::Xml { at: passed + (from + blanks) as u64, what: clip(&error.to_string()) });
                    }
                }
                _ => {}
            }
            match event {
                Ok(event) => next = take(event)?,
                Err(quick_xml::Error::Syntax(_)) if at_end => return Err(Fault::Truncated),
                Err(e) => return Err(Fault::Xml { at: passed + xml.error_position(), what: clip(&e.to_string()) }),
            }
            if next == Next::Nothing {
                return Ok(());
            }
        };
        stretch.drain(..used);
        passed += used as u64;
    }
}

/// The names of the elements that are open, one behind the other.
#[derive(Default)]
struct Open {
    names: String,
    starts: Vec<usize>,
}

impl Open {
    fn push(&mut self, name: &str) {
        self.starts.push(self.names.len());
        self.names.push_str(name);
    }

    /// Closes the last element; its name, where that is another one. An end without a start is passed over.
    fn pop(&mut self, name: &str) -> Option<String> {
        let start = self.starts.pop()?;
        let expected = self.names.get(start..).filter(|expected| *expected != name).map(str::to_owned);
        self.names.truncate(start);
        expected
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    /// The events in a row; white space is kept within `t`.
    fn seen(xml: &str, buffer: usize) -> Result<String, Fault> {
        let text = Text::new(BufReader::with_capacity(buffer, xml.as_bytes()), xml.as_bytes(), MAX_PIECE).unwrap();
        let (mut out, mut in_text) = (String::new(), false);
        read(text, |event| {
            in_text = matches!(event, Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) | Event::Comment(_));
            match event {
                Event::Start(tag) => out.push_str(&format!("<{}", tag.name().as_ref())),
                Event::Empty(tag) => out.push_str(&format!("<{}/", tag.name().as_ref())),
                Event::End(_) => out.push('>'),
                Event::Text(text) => out.push_str(&text.into_inner()),
                Event::CData(text) => out.push_str(&text.into_inner()),
                Event::GeneralRef(name) => out.push_str(&format!("[{}]", &*name)),
                Event::Eof => return Err(Fault::Truncated),
                _ => {}
            }
            Ok(match in_text {
                _ if out.ends_with("!>") => Next::Nothing,
                true => Next::Whole,
                false => Next::Trimmed,
            })
        })
        .map(|()| out)
    }

    #[test]
    fn stretches_do_not_show() {
        let filler = "<f a='>'> x &amp; y <!-- </f> --><![CDATA[ </f> ]]> ü</f>\n  ".repeat(4000);
        let xml = format!("<?xml version='1.0'?>\n<a>{filler}<e/><z>!</z></a>");
        assert!(xml.len() > 3 * STRETCH);
        let whole = seen(&xml, 1 << 20).unwrap();
        assert!(whole.starts_with("<a<fx [amp] y  </f>  ü><f") && whole.ends_with("<e/<z!>"), "{}", &whole[..60]);
        for buffer in [7, 1000, STRETCH - 1, STRETCH] {
            assert!(seen(&xml, buffer).unwrap() == whole, "{buffer}");
        }
    }

    #[test]
    fn faults_have_their_place_in_the_document() {
        let filler = "<f>x</f>".repeat(3 * STRETCH / 8);
        let at = (filler.len() + 4) as u64;
        match seen(&format!("<a>{filler} </b><z>!</z>"), 999) {
            Err(Fault::Xml { at: found, what }) => {
                assert_eq!((found, what.contains("</a>") && what.contains("</b>")), (at, true), "{what}");
            }
            other => panic!("{other:?}"),
        }
        assert!(matches!(seen(&format!("<a>{filler} <!x>"), 999), Err(Fault::Xml { at: found, .. }) if found == at));
        for torn in ["<b", "<!-- ", "<![CDATA[ x ]", "</a", "<", "<!", "text", ""] {
            assert_eq!(seen(&format!("<a>{filler}{torn}"), 999).unwrap_err(), Fault::Truncated, "{torn}");
        }
    }

    #[test]
    fn a_piece_is_bounded() {
        for (start, end) in [("<a>", "</a>"), ("<!--", "-->"), ("<a b='", "'>"), ("<a>&", ";")] {
            let xml = format!("{start}{}{end}<z>!</z>", "x".repeat(MAX_PIECE + 1));
            assert_eq!(seen(&xml, 4096).unwrap_err(), Fault::TooLong(MAX_PIECE), "{start}");
        }
        let blanks = " ".repeat(MAX_PIECE + 1);
        assert_eq!(seen(&format!("<a>{blanks}<z>!</z>"), 4096).unwrap_err(), Fault::TooLong(MAX_PIECE));
        assert!(seen(&format!("<a>{}</a><z>!</z>", "x".repeat(MAX_PIECE - 1)), 4096).is_ok());
    }
}
