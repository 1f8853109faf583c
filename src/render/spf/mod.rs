//! SPF as JSON documents, and as pages for people: an evaluation and the way there, a tree.

mod document;
mod html;
mod page;
mod picture;
mod text;
mod words;

pub use document::{CheckDocument, TreeDocument};
pub use html::tree_as_html;
pub use page::{Page, check_page, tree_page};
pub(in crate::render) use words::reason;
