//! The frame and the parts that all pages for a browser share: one file each, no script, nothing fetched.
//!
//! A page is read on a telephone, on a screen and on paper. Colours never say anything alone: a word or a sign stands
//! beside them.

mod finding;

use std::io::{self, Write};

pub use finding::finding;

use crate::finding::Severity;
use crate::locales::Catalogue;
use crate::render::harmless::markup;

/// How all pages look. It names no other file, and works without `@import` and `url()`.
const STYLE: &str = include_str!("style.css");

/// How good a thing is; its name is the class in the style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Neither good nor bad.
    Plain,
    /// Fine.
    Good,
    /// Worth knowing.
    Note,
    /// Weak or doubtful.
    Warning,
    /// Broken.
    Error,
}

impl Tone {
    /// The class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// A sign that tells the tones apart without colour.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Plain => "·",
            Self::Good => "✓",
            Self::Note => "?",
            Self::Warning => "!",
            Self::Error => "✕",
        }
    }
}

impl From<Severity> for Tone {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Note => Self::Note,
            Severity::Warning => Self::Warning,
            Severity::Error => Self::Error,
        }
    }
}

/// Writes the beginning of a page, up to its `main`.
///
/// # Errors
/// Those of the writer.
pub fn begin(out: &mut dyn Write, title: &str, catalogue: &Catalogue) -> io::Result<()> {
    let language = catalogue.language().code();
    writeln!(out, "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">")?;
    // Nothing is loaded, whatever a stranger may have smuggled in.
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<meta name=\"color-scheme\" content=\"light dark\">")?;
    writeln!(out, "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>", markup(title))
}

/// Writes the end of a page, with a line at its foot where there is one to say.
///
/// # Errors
/// Those of the writer.
pub fn end(out: &mut dyn Write, foot: Option<&str>) -> io::Result<()> {
    writeln!(out, "</main>")?;
    if let Some(foot) = foot {
        writeln!(out, "<footer>{}</footer>", markup(foot))?;
    }
    writeln!(out, "</body>\n</html>")
}

/// What a page says before anything else.
#[derive(Debug)]
pub struct Top<'a> {
    /// What is looked at.
    pub title: &'a str,
    /// How good it is.
    pub tone: Tone,
    /// What it comes to.
    pub verdict: &'a str,
    /// Why, in sentences.
    pub lines: &'a [String],
    /// What to do first.
    pub first: Option<First<'a>>,
}

/// What to do first.
#[derive(Debug)]
pub struct First<'a> {
    /// The heading over it.
    pub heading: &'a str,
    /// What is wrong.
    pub what: &'a str,
    /// What to do about it.
    pub todo: Option<&'a str>,
    /// Where on the page the whole of it stands, and the words of the link.
    pub link: Option<(&'a str, &'a str)>,
}

/// Writes the top of a page.
///
/// # Errors
/// Those of the writer.
pub fn top(out: &mut dyn Write, it: &Top<'_>) -> io::Result<()> {
    writeln!(out, "<header class=\"top {}\">\n<h1>{}</h1>", it.tone.class(), markup(it.title))?;
    let sign = it.tone.sign();
    writeln!(out, "<p class=\"verdict\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span> ")?;
    writeln!(out, "<span>{}</span></p>", markup(it.verdict))?;
    for line in it.lines {
        writeln!(out, "<p>{}</p>", markup(line))?;
    }
    if let Some(first) = &it.first {
        writeln!(out, "<div class=\"first\">\n<h2>{}</h2>", markup(first.heading))?;
        writeln!(out, "<p><strong>{}</strong></p>", markup(first.what))?;
        if let Some(todo) = first.todo {
            writeln!(out, "<p>{}</p>", markup(todo))?;
        }
        if let Some((id, words)) = first.link {
            writeln!(out, "<p class=\"jump\"><a href=\"#{id}\">{}</a></p>", markup(words))?;
        }
        writeln!(out, "</div>")?;
    }
    writeln!(out, "</header>")
}

/// A word on a ground of its tone.
pub fn badge(tone: Tone, words: &str) -> String {
    format!("<span class=\"badge {}\">{}</span>", tone.class(), markup(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_fetches_nothing() {
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import") && !STYLE.contains('<'));
        for needed in ["@media print", "prefers-color-scheme: dark", "user-select: all", ":focus-visible"] {
            assert!(STYLE.contains(needed), "{needed}");
        }
    }
}
