//! Help, version, and what is wrong with a call, in the user's language.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::options::LanguageChoice;
use super::{Exit, help, session};
use crate::locales::{Catalogue, Language, Phrase};
use crate::render::faults;

/// Shows the page that was asked for, or says why a call cannot be understood.
///
/// The command line is read once more with its texts in the right language: nobody else pays for them.
pub fn report(error: clap::Error, line: &[OsString], environment: Language) -> Exit {
    let language = asked(line).unwrap_or(environment);
    let error = match language {
        Language::En => error,
        _ => help::command(language).try_get_matches_from(line).err().unwrap_or(error),
    };
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    ) {
        // A closed pipe is no fault of a page.
        let _ = error.print();
        return if error.use_stderr() { Exit::Unusable } else { Exit::Clean };
    }
    session::complain(&words(&error, line, Catalogue::of(language)));
    Exit::Unusable
}

/// `mailauth help record spf` as `mailauth record spf --help`, which takes `--lang` and whatever else there is.
pub fn help_as_option(mut line: Vec<OsString>) -> Vec<OsString> {
    if line.get(1).is_some_and(|word| word == "help") {
        line.remove(1);
        line.push("--help".into());
    }
    line
}

/// The language that the line asks for, as far as it can be told of a line that is wrong.
fn asked(line: &[OsString]) -> Option<Language> {
    let words: Vec<&str> = line.iter().map_while(|word| word.to_str()).take_while(|word| *word != "--").collect();
    let at = words.iter().rposition(|word| *word == "--lang" || word.starts_with("--lang="))?;
    let value = words[at].strip_prefix("--lang=").or_else(|| words.get(at + 1).copied())?;
    <LanguageChoice as clap::ValueEnum>::from_str(value, false).ok().map(Language::from)
}

/// What is wrong, what could have been meant, and how the command is called.
fn words(error: &clap::Error, line: &[OsString], catalogue: &Catalogue) -> String {
    let mut lines = vec![catalogue.phrase(&wrong(error))];
    if let Some(source) = std::error::Error::source(error) {
        lines[0].push_str(&format!(": {}", why(source, catalogue)));
    }
    let mut add = |id: &'static str, name: &'static str, value: String| {
        lines.push(catalogue.phrase(&Phrase::new(id).arg(name, value)));
    };
    let values = texts(error, ContextKind::ValidValue);
    if !values.is_empty() {
        add("usage-possible-values", "values", values.join(", "));
    }
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .flat_map(|kind| texts(error, kind));
    if let Some(word) = suggested.into_iter().next() {
        add("usage-meant", "word", word);
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.trim().strip_prefix("Usage: ").unwrap_or(&usage).split_whitespace().collect::<Vec<_>>();
        add("usage-usage", "usage", usage.join(" "));
    }
    add("usage-help", "command", called(line));
    lines.join("\n")
}

/// Why a value cannot be used. Of a number out of its range the parser has nothing but a sentence.
fn why(source: &(dyn std::error::Error + 'static), catalogue: &Catalogue) -> String {
    let text = source.to_string();
    if let Some((least, most)) = text.rsplit_once(" is not in ").and_then(|(_, range)| range.split_once("..=")) {
        return catalogue.phrase(&Phrase::new("usage-range").arg("least", least).arg("most", most));
    }
    faults::chain(std::iter::successors(Some(source), |cause| cause.source()), catalogue)
}

/// The message of an error of the call.
fn wrong(error: &clap::Error) -> Phrase {
    let text = |kind| texts(error, kind).join(", ");
    let option = || text(ContextKind::InvalidArg);
    let value = || text(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if !option().starts_with('-') => {
            Phrase::new("usage-extra-argument").arg("option", option())
        }
        ErrorKind::UnknownArgument => Phrase::new("usage-unknown-option").arg("option", option()),
        ErrorKind::InvalidSubcommand => {
            Phrase::new("usage-unknown-command").arg("command", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if value().is_empty() => Phrase::new("usage-missing-value").arg("option", option()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Phrase::new("usage-invalid-value").arg("value", value()).arg("option", option())
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            Phrase::new("usage-missing-value").arg("option", option())
        }
        ErrorKind::TooManyValues => Phrase::new("usage-extra-value").arg("option", option()).arg("value", value()),
        ErrorKind::NoEquals => Phrase::new("usage-equals").arg("option", option()),
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            others if others == option() => Phrase::new("usage-twice").arg("option", option()),
            others => Phrase::new("usage-conflict").arg("option", option()).arg("others", others),
        },
        ErrorKind::MissingRequiredArgument => Phrase::new("usage-missing").arg("options", option()),
        ErrorKind::MissingSubcommand => {
            Phrase::new("usage-missing-command").arg("command", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidUtf8 => Phrase::new("usage-not-utf8"),
        _ => Phrase::new("usage-other"),
    }
}

/// What an error says of its circumstances.
fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// The command that was called, as far as the line names one: `mailauth record spf`.
fn called(line: &[OsString]) -> String {
    let mut name = "mailauth".to_owned();
    let mut here = super::command();
    for word in line.iter().skip(1).filter_map(|word| word.to_str()) {
        let Some(below) = here.find_subcommand(word).cloned() else { continue };
        name = format!("{name} {word}");
        here = below;
    }
    name
}
