//! From findings to what people and programs read. One file a format; no DNS, no clock.

pub mod check;
pub mod explain;
pub mod faults;
pub mod github;
pub mod harmless;
pub mod html;
pub mod json;
pub mod junit;
pub mod lint;
pub mod markdown;
pub mod report;
pub mod rules;
pub mod sarif;
pub mod spf;
pub mod style;
pub mod text;
pub mod unanswered;
pub mod verify;
pub mod worded;

pub use style::Style;
pub use worded::{Worded, Wording};
