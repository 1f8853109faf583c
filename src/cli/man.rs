//! `mailauth man`: one page a command, from the same source as `--help`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap_mangen::Man;

use super::help::{self, Below, below, man_heading};
use super::output::Output;
use super::told::{Tell as _, unwritable};
use super::{Exit, Session};
use crate::locales::{Arg, Language};

/// Options of `man`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  mailauth man /usr/local/share/man/man1\n  mailauth man --lang de /usr/local/share/man/de/man1")]
pub struct Options {
    /// The folder that the pages are written to
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let folder = &options.folder;
    std::fs::create_dir_all(folder).told(|| unwritable(folder.display()))?;
    let mut count: usize = 0;
    pages(help::command(session.language), "mailauth".to_owned(), folder, session.language, &mut count)?;
    let args = vec![
        ("count".into(), Arg::from(count)),
        ("folder".into(), folder.display().to_string().into()),
    ];
    session.remark(&session.catalogue().format("man-written", None, &args));
    Ok(Exit::Clean)
}

/// Writes the page of a command and those of the commands below it.
fn pages(command: clap::Command, name: String, folder: &Path, language: Language, count: &mut usize) -> anyhow::Result<()> {
    for below in command.get_subcommands().filter(|c| c.get_name() != "help") {
        pages(below.clone(), format!("{name}-{}", below.get_name()), folder, language, count)?;
    }
    let mut out = Output::open(Some(&folder.join(format!("{name}.1"))))?;
    page(command, &name, language, &mut out)?;
    out.finish()?;
    *count += 1;
    Ok(())
}

/// The sections of a page; the headings are ours, so that they come in the language of the texts.
fn page(command: clap::Command, name: &str, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let has_commands = command.get_subcommands().next().is_some();
    let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let man = Man::new(command.display_name(name.to_owned())).title(name).source(concat!("mailauth ", env!("CARGO_PKG_VERSION")));
    man.render_title(out)?;
    let mut section = |heading: &str, write: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
        let mut text = Vec::new();
        write(&mut text)?;
        let text = String::from_utf8_lossy(&text);
        // The rules for quotes stand above the title already; the heading is put into the language of the page.
        for line in text.lines().filter(|line| !line.starts_with(".ie ") && !line.starts_with(".el ")) {
            match line.strip_prefix(".SH ") {
                Some("NAME" | "SYNOPSIS" | "DESCRIPTION" | "OPTIONS" | "SUBCOMMANDS" | "VERSION") => {
                    writeln!(out, ".SH {}", man_heading(heading, language))?;
                }
                _ => writeln!(out, "{line}")?,
            }
        }
        Ok::<_, io::Error>(())
    };
    section("name", &|out| man.render_name_section(out))?;
    section("synopsis", &|out| man.render_synopsis_section(out))?;
    section("description", &|out| man.render_description_section(out))?;
    section("options", &|out| man.render_options_section(out))?;
    if has_commands {
        section("subcommands", &|out| man.render_subcommands_section(out))?;
    }
    section("examples", &|out| self::examples(&examples, &man_heading("examples", language), out))
}

/// The examples, each on its line.
fn examples(text: &str, heading: &str, out: &mut dyn Write) -> io::Result<()> {
    let quoted = |text: &str| text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq");
    writeln!(out, ".SH {heading}\n.nf")?;
    for part in below(text) {
        match part {
            Below::Heading(_) => {}
            Below::Example(line) => writeln!(out, "{}", quoted(line.trim_start()))?,
            Below::Note(text) => writeln!(out, ".fi\n.PP\n{}", quoted(text))?,
        }
    }
    Ok(())
}
