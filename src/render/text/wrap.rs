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
    let room = WIDTH.saturating_sub(indent).max(20);
    let mut line = String::new();
    let mut flush = |line: &mut String| -> io::Result<()> {
        writeln!(out, "{:indent$}{line}", "")?;
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
    if !line.is_empty() {
        flush(&mut line)?;
    }
    Ok(())
}

/// As [`wrapped`], with `mark` in front of the first line; the others stand below what follows it.
///
/// # Errors
/// Those of the writer.
pub fn marked(out: &mut dyn Write, mark: &str, text: &str, indent: usize) -> io::Result<()> {
    let mut lines = Vec::new();
    let hanging = indent + mark.width();
    wrapped(&mut lines, text, hanging)?;
    write!(out, "{:indent$}{mark}", "")?;
    out.write_all(lines.get(hanging..).unwrap_or(b"\n"))
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
    fn a_mark_stands_in_front_of_what_hangs() {
        for (text, expected) in [("a b", "  1. a b\n"), ("", "  1. \n")] {
            let mut out = Vec::new();
            marked(&mut out, "1. ", text, 2).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
        let mut out = Vec::new();
        marked(&mut out, "✗ ", &"wort ".repeat(40), 4).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("    ✗ wort") && text.lines().skip(1).all(|l| l.starts_with("      wort")), "{text}");
    }
}
