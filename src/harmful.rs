//! Which characters no stranger's text may bring into what is shown or written.

/// Characters that steer a terminal or the direction of text, that nobody sees, or that end a line where none ends: C0
/// and C1 controls, DEL, the bidirectional marks, overrides and isolates (UAX #9), characters without width, the line
/// and paragraph separators, and the byte order mark.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}
