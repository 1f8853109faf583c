//! MTA-STS (RFC 8461): the TXT record at `_mta-sts` and the policy file.

mod policy;
mod record;

pub use policy::{MAX_POLICY_SIZE, Mode, ParsedPolicy, Policy, PolicySlip, PolicySlipKind, mx_matches, parse_policy};
pub use record::{Parsed, Record, Slip, SlipKind, looks_like_mta_sts, parse, published};
