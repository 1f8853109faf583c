//! SPF (RFC 7208): the record, its evaluation, and the tree of its lookups.
