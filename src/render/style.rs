//! Colours of the terminal, or none.

use std::fmt;

use anstyle::{AnsiColor, Effects};

use crate::finding::Severity;

/// Whether text gets escape sequences, and which.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Escape sequences are wanted.
    pub colour: bool,
}

/// A piece of text with its style around it.
#[derive(Debug)]
pub struct Painted<'a> {
    text: &'a str,
    style: anstyle::Style,
}

impl fmt::Display for Painted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.style.render(), self.text, self.style.render_reset())
    }
}

impl Style {
    fn paint(self, text: &str, style: anstyle::Style) -> Painted<'_> {
        Painted { text, style: if self.colour { style } else { anstyle::Style::new() } }
    }

    /// The colour of a severity, bold.
    pub fn severity(self, severity: Severity, text: &str) -> Painted<'_> {
        let colour = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Note => AnsiColor::Cyan,
        };
        self.paint(text, colour.on_default().effects(Effects::BOLD))
    }

    /// What matters most on a line.
    pub fn strong(self, text: &str) -> Painted<'_> {
        self.paint(text, anstyle::Style::new().bold())
    }

    /// What may be passed over.
    pub fn faint(self, text: &str) -> Painted<'_> {
        self.paint(text, anstyle::Style::new().effects(Effects::DIMMED))
    }

    /// What is fine.
    pub fn good(self, text: &str) -> Painted<'_> {
        self.paint(text, AnsiColor::Green.on_default())
    }

    /// What goes.
    pub fn removed(self, text: &str) -> Painted<'_> {
        self.paint(text, AnsiColor::Red.on_default())
    }
}
