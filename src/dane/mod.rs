//! DANE for SMTP (RFC 7672): TLSA records and what they say of a certificate.
