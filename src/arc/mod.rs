//! ARC (RFC 8617): validating the chain of a message.
