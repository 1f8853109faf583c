//! Text for people, at 80 columns.

pub mod finding;
mod wrap;

pub use wrap::{WIDTH, marked, wrapped};
