//! TLS reporting (RFC 8460): the record.
