//! The command line: one file a command. Options in, what to gather, what to render.

mod baseline;
mod dns;
mod exit;
mod formats;
mod help;
mod options;
mod output;
mod session;
mod told;
mod usage;

use std::ffi::OsString;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

pub use exit::Exit;
pub use options::{DnsOptions, FailOn, SharedOptions};
pub use output::Output;
pub use session::Session;

use crate::locales::Language;

/// What `--version` says; `-V` says the number alone.
const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\ncommit: ",
    env!("MAILAUTH_BUILD_COMMIT"),
    "\ntarget: ",
    env!("MAILAUTH_BUILD_TARGET"),
    "\nfeatures: ",
    env!("MAILAUTH_BUILD_FEATURES"),
);

#[derive(Debug, Parser)]
#[command(
    name = "mailauth",
    version,
    long_version = LONG_VERSION,
    about = "Says why a domain's mail lands in spam, and what to publish",
    arg_required_else_help = true,
    subcommand_required = true,
    disable_help_subcommand = false,
    after_help = "Examples:\n  \
        mailauth check example-praxis.de\n  \
        mailauth explain mail.eml\n  \
        mailauth help record spf"
)]
struct Arguments {
    #[command(flatten)]
    shared: SharedOptions,
    #[command(subcommand)]
    command: Command,
}

macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident($module:ident),)*) => {
        $(mod $module;)*

        #[derive(Debug, Subcommand)]
        enum Command {
            $($(#[$doc])* $variant($module::Options),)*
        }

        impl Command {
            fn run(self, session: &Session) -> anyhow::Result<Exit> {
                match self { $(Self::$variant(options) => $module::run(options, session),)* }
            }
        }
    };
}

commands! {
    /// Say why a domain's mail lands in spam, and what to publish
    Check(check),
    /// Lint zone files without asking any DNS
    Lint(lint),
    /// Make a DKIM key pair and print its DNS record
    Keygen(keygen),
    /// Print DNS records to publish
    Record(record),
    /// Evaluate SPF for a client, or draw the SPF tree of a domain
    Spf(spf),
    /// DKIM-sign messages
    Sign(sign),
    /// Verify DKIM, SPF, DMARC and ARC of messages
    Verify(verify),
    /// Sum up DMARC and TLS reports by sender
    Report(report),
    /// Say why one message landed in spam or was refused
    Explain(explain),
    /// List the rules, or print the page of one
    Rules(rules),
    /// Write a commented mailauth.toml to begin with
    Init(init),
    /// Print shell completions
    Completions(completions),
    /// Write man pages
    Man(man),
}

/// The whole command line, with the formats that each command can print.
pub fn command() -> clap::Command {
    formats::restrict(Arguments::command())
}

/// Runs a command line (the program's name first) and returns the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let line = usage::help_as_option(arguments.into_iter().collect());
    let environment = Language::from_environment(|name| std::env::var(name).ok());
    let parsed = command().try_get_matches_from(&line).and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        // Help and version come this way too.
        Err(error) => return usage::report(error, &line, environment).code(),
    };
    let session = Session::new(arguments.shared, environment);
    match arguments.command.run(&session) {
        Ok(exit) => exit.code(),
        Err(error) if output::is_closed_pipe(&error) => Exit::Clean.code(),
        Err(error) => {
            session.complain_of(&error);
            Exit::Unusable.code()
        }
    }
}
