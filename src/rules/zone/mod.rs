//! Zone files.

mod zone_cname_conflict;
mod zone_duplicate_record;
mod zone_missing_trailing_dot;
pub(crate) mod zone_syntax;
mod zone_ttl;

use super::Rule;

/// The rules of the area, in the order they are listed in.
pub(super) static RULES: &[&Rule] = &[
    &zone_syntax::RULE,
    &zone_missing_trailing_dot::RULE,
    &zone_cname_conflict::RULE,
    &zone_duplicate_record::RULE,
    &zone_ttl::RULE,
];
