//! Messages as octets (RFC 5322): header fields, bodies, mailboxes of several messages.
