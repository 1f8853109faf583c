//! `mailauth completions`: for the shell, from the same source as `--help`.

use clap_complete::{Shell, generate};

use super::{Exit, Session};

/// Options of `completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  mailauth completions bash >/etc/bash_completion.d/mailauth")]
pub struct Options {
    /// The shell
    pub shell: Shell,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let mut out = session.output()?;
    let mut script = Vec::new();
    generate(options.shell, &mut super::help::command(session.language), "mailauth", &mut script);
    std::io::Write::write_all(&mut out, &script)?;
    out.finish()?;
    Ok(Exit::Clean)
}
