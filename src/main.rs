//! The `mailauth` command.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(mailauth::cli::main(std::env::args_os()))
}
