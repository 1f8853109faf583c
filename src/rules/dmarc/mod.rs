//! DMARC.

use super::Rule;

/// The rules of the area, in the order they are listed in.
pub(super) static RULES: &[&Rule] = &[];
