//! The help texts in another language than that of the source: one walk over the finished command line.
//!
//! English stands at the commands and options themselves; every other language in a catalogue of its own, keyed by
//! where a text stands. `--help`, the man pages, completions and usage errors all take their texts from here.

use std::sync::OnceLock;

use clap::builder::StyledStr;
use clap::{Arg, Command};

use crate::locales::{Args, Catalogue, Language};

const GERMAN: &[&str] = &[include_str!("../locales/de/help.ftl")];

/// The catalogue of the help texts; none for the language that the source is written in.
fn catalogue(language: Language) -> Option<&'static Catalogue> {
    static DE: OnceLock<Catalogue> = OnceLock::new();
    match language {
        Language::En => None,
        Language::De => Some(DE.get_or_init(|| Catalogue::read(language, GERMAN))),
    }
}

/// The whole command line with its texts in a language, built.
pub fn command(language: Language) -> Command {
    let mut root = super::command();
    root.build();
    match catalogue(language) {
        Some(catalogue) => Words { catalogue }.command(root, None),
        None => root,
    }
}

/// A heading of the man pages: `name`, `synopsis` and so on.
pub fn man_heading(name: &str, language: Language) -> String {
    match catalogue(language) {
        Some(catalogue) => catalogue.text(&format!("help-man-{name}")),
        None => name.to_uppercase(),
    }
}

/// The parts of what stands below the options.
#[derive(Debug, PartialEq, Eq)]
pub enum Below<'a> {
    /// The line above examples.
    Heading(&'a str),
    /// A command that can be typed, indented as it stands in the source.
    Example(&'a str),
    /// A paragraph.
    Note(&'a str),
}

/// Takes apart what stands below the options: examples are indented.
pub fn below(text: &str) -> impl Iterator<Item = Below<'_>> {
    text.lines().filter(|line| !line.is_empty()).map(|line| match line {
        "Example:" | "Examples:" | "Beispiel:" | "Beispiele:" => Below::Heading(line),
        _ if line.starts_with(' ') => Below::Example(line),
        _ => Below::Note(line),
    })
}

/// The words of one language.
struct Words {
    catalogue: &'static Catalogue,
}

/// The id of what stands at a place: `check`, `record-dkim`; the program itself has its own name.
fn id(path: Option<&str>) -> String {
    match path {
        None => "help-mailauth".to_owned(),
        Some(path) if is_help(path) => "help-help".to_owned(),
        Some(path) => format!("help-{path}"),
    }
}

/// A name or a heading as a part of an id.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// The id of an option's text: its own at this command, or the one that several commands share.
fn argument_id(path: Option<&str>, argument: &Arg, catalogue: &Catalogue) -> String {
    let name = slug(argument.get_id().as_str());
    let own = format!("{}-{name}", id(path));
    if catalogue.has(&own, None) { own } else { format!("help-any-{name}") }
}

/// Whether `help` stands at a place, below which the commands stand once more.
fn is_help(path: &str) -> bool {
    path == "help" || path.ends_with("-help")
}

/// Where a subcommand stands; one below `help` has the place of the command that it is about.
fn below_path(path: Option<&str>, name: &str) -> String {
    let place = path.map(|path| path.strip_suffix("help").unwrap_or(path).trim_end_matches('-'));
    match place.filter(|place| !place.is_empty()) {
        None => name.to_owned(),
        Some(place) => format!("{place}-{name}"),
    }
}

impl Words {
    fn text(&self, id: &str) -> String {
        self.catalogue.text(id)
    }

    fn with(&self, id: &str, name: &'static str, value: String) -> String {
        self.catalogue.format(id, None, &vec![(name.into(), value.into())] as &Args)
    }

    fn command(&self, it: Command, path: Option<&str>) -> Command {
        let below = it.get_after_help().map(|text| self.below(&text.to_string(), path));
        let mut it = it
            .mut_args(|argument| self.argument(argument, path))
            .mut_subcommands(|command| {
                let path = below_path(path, command.get_name());
                self.command(command, Some(&path))
            })
            .about(self.text(&id(path)))
            .subcommand_help_heading(self.text("help-heading-commands"))
            .subcommand_value_name(self.text("help-command-placeholder"));
        if let Some(below) = below {
            it = it.after_help(below);
        }
        // clap's own words come with its own style, which a text of ours must bring along.
        let (title, style) = (self.text("help-usage"), *it.get_styles().get_usage());
        let usage = it.render_usage().to_string();
        let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
        let usage = usage.replace("[OPTIONS]", &format!("[{}]", self.text("help-options-placeholder")));
        it.override_usage(usage).help_template(StyledStr::from(format!(
            "{{before-help}}{{about-with-newline}}\n{style}{title}:{style:#} {{usage}}\n\n{{all-args}}{{after-help}}\n"
        )))
    }

    fn argument(&self, argument: Arg, path: Option<&str>) -> Arg {
        let mut text = self.text(&argument_id(path, &argument, self.catalogue));
        let heading = slug(argument.get_help_heading().unwrap_or(match argument.is_positional() {
            true => "Arguments",
            false => "Options",
        }));
        let takes_values = argument.get_num_args().is_some_and(|n| n.takes_values());
        if takes_values {
            let defaults = argument.get_default_values();
            if !argument.is_hide_default_value_set() && !defaults.is_empty() {
                let value = defaults.iter().map(|v| v.to_string_lossy()).collect::<Vec<_>>().join(" ");
                text.push_str(&format!(" {}", self.with("help-default", "value", value)));
            }
            let values = argument.get_possible_values();
            if !argument.is_hide_possible_values_set() && !values.is_empty() {
                let values = values.iter().map(|v| v.get_name()).collect::<Vec<_>>().join(", ");
                text.push_str(&format!(" {}", self.with("help-possible-values", "values", values)));
            }
            if let Some(name) = argument.get_env().filter(|_| !argument.is_hide_env_set()) {
                let name = name.to_string_lossy().into_owned();
                text.push_str(&format!(" {}", self.with("help-variable", "name", name)));
            }
        }
        let named = |name: &clap::builder::Str| self.text(&format!("help-value-{}", slug(name)));
        let names = argument.get_value_names().filter(|_| takes_values).unwrap_or_default();
        let names: Vec<String> = names.iter().map(named).collect();
        let argument = argument
            .help(text)
            .help_heading(self.text(&format!("help-heading-{heading}")))
            .hide_default_value(true)
            .hide_possible_values(true)
            .hide_env(true);
        if names.is_empty() { argument } else { argument.value_names(names) }
    }

    /// Examples are commands and stay as they are; the paragraph below them is translated.
    fn below(&self, text: &str, path: Option<&str>) -> String {
        let mut out: Vec<String> = Vec::new();
        for part in below(text) {
            match part {
                Below::Heading("Example:") => out.push(self.text("help-example")),
                Below::Heading(_) => out.push(self.text("help-examples")),
                Below::Example(line) => out.push(line.to_owned()),
                Below::Note(_) => out.extend([String::new(), self.catalogue.attribute(&id(path), "note")]),
            }
        }
        out.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::locales::inventory;

    /// Every id that a walk over the command line asks for, with the English texts that stand there.
    fn asked(it: &Command, path: Option<&str>, catalogue: &Catalogue, out: &mut BTreeMap<String, BTreeSet<String>>) {
        let mut note = |id: String, english: &str| {
            out.entry(id).or_default().insert(english.to_owned());
        };
        note(id(path), &it.get_about().unwrap().to_string());
        for argument in it.get_arguments() {
            let english = argument.get_help().map(ToString::to_string).unwrap_or_default();
            note(argument_id(path, argument, catalogue), &english);
            note(format!("help-heading-{}", slug(argument.get_help_heading().unwrap_or("Options"))), "");
            if argument.get_num_args().unwrap().takes_values() {
                for name in argument.get_value_names().unwrap_or_default() {
                    note(format!("help-value-{}", slug(name)), "");
                }
            }
        }
        if let Some(text) = it.get_after_help().map(ToString::to_string) {
            for part in below(&text) {
                match part {
                    Below::Note(english) => note(format!("{}.note", id(path)), english),
                    Below::Heading("Example:") => note("help-example".to_owned(), ""),
                    Below::Heading(_) => note("help-examples".to_owned(), ""),
                    Below::Example(_) => {}
                }
            }
        }
        for command in it.get_subcommands().filter(|_| !path.is_some_and(is_help)) {
            asked(command, Some(&below_path(path, command.get_name())), catalogue, out);
        }
    }

    #[test]
    fn every_text_has_its_german_and_every_german_its_text() {
        let catalogue = catalogue(Language::De).unwrap();
        let mut wanted = BTreeMap::new();
        asked(&command(Language::En), None, catalogue, &mut wanted);
        for id in ["usage", "options-placeholder", "command-placeholder", "default", "possible-values", "variable"] {
            wanted.insert(format!("help-{id}"), BTreeSet::new());
        }
        wanted.insert("help-heading-commands".to_owned(), BTreeSet::new());
        wanted.insert("help-heading-arguments".to_owned(), BTreeSet::new());
        for id in ["name", "synopsis", "description", "options", "subcommands", "examples", "version"] {
            wanted.insert(format!("help-man-{id}"), BTreeSet::new());
        }
        let there = inventory(GERMAN);
        let missing: Vec<_> = wanted.keys().filter(|id| !there.contains_key(*id)).collect();
        assert!(missing.is_empty(), "without German: {missing:?}");
        let orphaned: Vec<_> = there.keys().filter(|id| !wanted.contains_key(*id)).collect();
        assert!(orphaned.is_empty(), "nowhere shown: {orphaned:?}");
        // One German sentence must not stand for two English ones.
        for (id, english) in wanted.iter().filter(|(id, _)| *id != "help-any-help") {
            assert!(english.len() <= 1, "{id} stands for several texts: {english:?}");
        }
    }

    #[test]
    fn every_page_has_an_example() {
        fn walk(it: &Command) {
            if it.get_name() == "help" {
                return;
            }
            let below = it.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(super::below(&below).any(|part| matches!(part, Below::Example(_))), "{}", it.get_name());
            it.get_subcommands().for_each(walk);
        }
        walk(&command(Language::En));
    }

    #[test]
    fn german_pages_parse_what_the_english_ones_do() {
        let line = ["mailauth", "record", "mta-sts", "--domain", "a.de", "--mode", "none", "--dns-format", "value"];
        for language in Language::ALL {
            command(language).try_get_matches_from(line).unwrap();
        }
        let error = command(Language::De).try_get_matches_from(["mailauth", "check", "--help"]).unwrap_err();
        let page = error.to_string();
        assert!(page.contains("Aufruf: mailauth check [OPTIONEN] [DOMAIN]..."), "{page}");
        assert!(page.contains("\nDNS und Netz:\n") && page.contains("\nOptionen:\n"), "{page}");
        for english in ["Usage", "Options", "[default", "[possible", "[env", "Print", "DURATION"] {
            assert!(!page.contains(english), "{english}: {page}");
        }
    }
}
