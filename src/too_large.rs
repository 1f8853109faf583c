//! The bound of an input that is read whole.

/// An input that is larger than what is read of its kind (docs/limits.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("larger than {} MiB, the most that is read", .most >> 20)]
pub struct TooLarge {
    /// The bound, in octets; whole MiB.
    pub most: u64,
}

impl From<TooLarge> for std::io::Error {
    fn from(error: TooLarge) -> Self {
        Self::new(std::io::ErrorKind::FileTooLarge, error)
    }
}
