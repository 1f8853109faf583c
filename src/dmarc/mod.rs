//! DMARC (RFC 9989): the record, the tree walk, alignment and the result.
