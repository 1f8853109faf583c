//! `mailauth man`: one page a command, from the same source as `--help`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap_mangen::Man;

use super::output::Output;
use super::{Exit, Session};

/// Options of `man`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  mailauth man /usr/local/share/man/man1")]
pub struct Options {
    /// The folder that the pages are written to
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let folder = &options.folder;
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let mut root = super::command();
    root.build();
    let pages = root.get_subcommands().filter(|c| c.get_name() != "help").cloned();
    let pages = pages.map(|command| (format!("mailauth-{}", command.get_name()), command));
    let mut count = 0;
    for (name, command) in std::iter::once(("mailauth".to_owned(), root.clone())).chain(pages) {
        let title: &'static str = Box::leak(name.clone().into_boxed_str());
        let mut out = Output::open(Some(&folder.join(format!("{name}.1"))))?;
        Man::new(command.name(title)).render(&mut out)?;
        out.finish()?;
        count += 1;
    }
    session.remark(&format!("{count} pages in {}", folder.display()));
    Ok(Exit::Clean)
}
