//! Hosts and transport.

mod dnsbl_blocked;
mod dnsbl_listed;

use super::Rule;

/// The rules of the area, in the order they are listed in.
pub(super) static RULES: &[&Rule] = &[&dnsbl_listed::RULE, &dnsbl_blocked::RULE];
