//! Why one message was treated as it was: the contract's document, and a page for people in three formats.

mod document;
mod html;
mod markdown;
mod page;
mod text;

pub use document::{BounceDocument, ExplainDocument, Explanation, HopDocument, ReceiverDocument, Verdict};
pub use html::as_html;
pub use markdown::as_markdown;
pub use page::{Block, Page, Section};
pub use text::as_text;
