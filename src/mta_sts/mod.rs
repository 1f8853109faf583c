//! MTA-STS (RFC 8461): the record and the policy.
