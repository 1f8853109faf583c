//! DMARC aggregate reports (RFC 9990, RFC 7489) and TLS reports (RFC 8460).
