//! Reports for people: as text, and as a page for a browser. JSON is the summary itself.

mod html;
mod text;
mod timeline;
mod words;

pub use html::as_html;
pub use text::as_text;

use super::Style;

/// How a summary is shown.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Colours, or none.
    pub style: Style,
    /// Local parts of addresses are shown whole.
    pub addresses: bool,
}
