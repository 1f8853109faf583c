//! DKIM (RFC 6376, 8301, 8463, 8616): keys, signing and verifying.

pub mod key_record;
pub mod keys;
