//! BIND master files (RFC 1035 §5): records with the places they stand at.
