//! `mailauth rules`: the list of rules, or the page of one.

use std::io::Write as _;

use super::{Exit, Session};

/// Options of `rules`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The rule whose page is wanted
    pub id: Option<String>,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let mut out = session.output()?;
    writeln!(out, "{:?}", options.id)?;
    out.finish()?;
    Ok(Exit::Clean)
}
