//! Breaking text into lines.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The width that text is written for.
pub const WIDTH: usize = 80;

/// Writes text in lines of at most [`WIDTH`] columns, each after `indent` blanks; a word that is
/// too long for a line is cut.
///
/// # Errors
/// Those of the writer.
pub fn wrapped(out: &mut dyn Write, text: &str, indent: usize) -> io::Result<()> {
    labelled(out, "", text, indent)
}

/// Writes text as [`wrapped`] does, after a label on its first line; the lines that follow stand below the text.
///
/// # Errors
/// Those of the writer.
pub fn labelled(out: &mut dyn Write, label: &str, text: &str, indent: usize) -> io::Result<()> {
    let indent = indent + label.width();
    let room = WIDTH.saturating_sub(indent).max(20);
    let alone = !label.is_empty() && text.trim_matches(' ').is_empty();
    let mut label = Some(label);
    let mut line = String::new();
    let mut flush = |line: &mut String| -> io::Result<()> {
        let label = label.take().unwrap_or_default();
        let blanks = indent - label.width();
        writeln!(out, "{:blanks$}{label}{line}", "")?;
        line.clear();
        Ok(())
    };
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && line.width() + 1 + word.width() > room {
            flush(&mut line)?;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        if word.width() <= room {
            line.push_str(word);
            continue;
        }
        for c in word.chars() {
            if line.width() + c.width().unwrap_or(0) > room {
                flush(&mut line)?;
            }
            line.push(c);
        }
    }
    if !line.is_empty() || alone {
        flush(&mut line)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width() {
        let mut out = Vec::new();
        wrapped(&mut out, &format!("{} {}", "wort ".repeat(40), "x".repeat(200)), 4).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(|line| line.width() <= WIDTH && line.starts_with("    ")), "{text}");
        assert_eq!(text.matches('x').count(), 200);
    }

    #[test]
    fn text_after_a_label_stands_in_a_column() {
        let mut out = Vec::new();
        labelled(&mut out, "• ", &"wort ".repeat(20), 4).unwrap();
        let text = String::from_utf8(out).unwrap();
        let (first, rest) = text.split_once('\n').unwrap();
        assert!(first.starts_with("    • wort"), "{text}");
        assert!(rest.lines().count() == 1 && rest.starts_with("      wort"), "{text}");
        for (text, expected) in [("a b", "  1. a b\n"), ("", "  1. \n")] {
            let mut out = Vec::new();
            labelled(&mut out, "1. ", text, 2).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
