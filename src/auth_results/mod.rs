//! The Authentication-Results field (RFC 8601).
