//! Exit codes.

use std::process::ExitCode;

/// How a run ended. The order is the one in which one outweighs another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done, and nothing at or above the threshold.
    Clean,
    /// DNS or network did not answer, and nothing worse was found.
    Unknown,
    /// Done, and a finding, a failed verification or a failing SPF result is there.
    Found,
    /// The call or its input cannot be used.
    Unusable,
}

impl Exit {
    /// The number that the process ends with.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Found => 1,
            Self::Unusable => 2,
            Self::Unknown => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
