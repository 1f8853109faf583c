//! Errors that the command line itself raises: messages of the catalogues, put before what caused them.

use std::fmt;

use crate::locales::Phrase;
pub use crate::render::faults::Told;

/// Puts a message of the catalogues before a cause, which stays the typed error that it is.
pub trait Tell<T> {
    /// The value, or the message and its cause.
    ///
    /// # Errors
    /// The cause, with the message before it.
    fn told<P: Into<Phrase>>(self, phrase: impl FnOnce() -> P) -> Result<T, Told>;
}

impl<T, E: Into<anyhow::Error>> Tell<T> for Result<T, E> {
    fn told<P: Into<Phrase>>(self, phrase: impl FnOnce() -> P) -> Result<T, Told> {
        self.map_err(|error| {
            let source = error.into().reallocate_into_boxed_dyn_error_without_backtrace();
            Told::because(phrase().into(), source)
        })
    }
}

/// `told!("id", name = value, …)`: an error with a message of the catalogues and its arguments.
macro_rules! told {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::cli::told::Told::new($crate::locales::Phrase::new($id)$(.arg(stringify!($name), $value))*)
    };
}

/// Leaves the function with an error as [`told!`] makes it.
macro_rules! fail {
    ($($part:tt)*) => { return Err($crate::cli::told::told!($($part)*).into()) };
}

pub(crate) use {fail, told};

/// That a file cannot be read; its path as it was named.
pub fn unreadable(path: impl fmt::Display) -> Phrase {
    Phrase::new("error-cannot-read").arg("path", path.to_string())
}

/// That a file cannot be written.
pub fn unwritable(path: impl fmt::Display) -> Phrase {
    Phrase::new("error-cannot-write").arg("path", path.to_string())
}

/// That something is wrong with the value of an option; the cause says what.
pub fn option(option: &str, value: impl fmt::Display) -> Phrase {
    Phrase::new("error-option").arg("option", option).arg("value", value.to_string())
}
