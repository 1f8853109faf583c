//! BIMI (draft-brand-indicators-for-message-identification): the record.
