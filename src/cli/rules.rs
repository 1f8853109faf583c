//! `mailauth rules`: the list of rules, or the page of one.

use std::io::Write as _;

use super::told::fail;
use super::{Exit, Session};
use crate::config::nearest;
use crate::render::rules as render;
use crate::rules;

/// Options of `rules`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  mailauth rules\n  mailauth rules spf-lookup-limit --lang de")]
pub struct Options {
    /// The rule whose page is wanted
    pub id: Option<String>,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let (catalogue, style) = (session.catalogue(), session.style());
    let chosen = match &options.id {
        None => None,
        Some(id) => match rules::find(id) {
            Some(rule) => Some(rule),
            None => {
                let near = nearest(id, rules::all().map(|rule| rule.id));
                match near {
                    Some(near) => fail!("error-no-rule-meant", id = id, near = near),
                    None => fail!("error-no-rule", id = id),
                }
            }
        },
    };
    let mut out = session.output()?;
    match (session.format(), chosen) {
        ("json", Some(rule)) => render::as_json(&mut out, &[rule], catalogue)?,
        ("json", None) => render::as_json(&mut out, &rules::all().collect::<Vec<_>>(), catalogue)?,
        ("markdown", Some(rule)) => render::markdown_page(&mut out, rule, catalogue)?,
        ("markdown", None) => {
            for rule in rules::all() {
                render::markdown_page(&mut out, rule, catalogue)?;
                writeln!(out)?;
            }
        }
        (_, Some(rule)) => render::page(&mut out, rule, catalogue, style)?,
        (_, None) => render::list(&mut out, catalogue, style)?,
    }
    out.finish()?;
    Ok(Exit::Clean)
}
