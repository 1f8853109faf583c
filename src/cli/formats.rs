//! Which command prints which formats.

use clap::builder::PossibleValuesParser;

const ALL: &[&str] = &["text", "json", "ndjson", "html", "sarif", "junit", "github", "markdown", "header"];

/// The formats of a command; a command that is not named prints text alone.
pub fn of(command: &str) -> &'static [&'static str] {
    match command {
        "check" => &["text", "json", "ndjson", "html", "sarif", "junit", "github", "markdown"],
        "lint" => &["text", "json", "ndjson", "sarif", "junit", "github", "markdown"],
        "verify" => &["text", "json", "ndjson", "header"],
        "spf" | "report" => &["text", "json", "ndjson", "html"],
        "explain" => &["text", "json", "html", "markdown"],
        "rules" => &["text", "json", "markdown"],
        "keygen" | "record" => &["text", "json"],
        _ => &["text"],
    }
}

/// Gives every subcommand its own `--format` with the values that make sense for it.
pub fn restrict(mut root: clap::Command) -> clap::Command {
    root = root.mut_arg("format", |arg| arg.value_parser(PossibleValuesParser::new(ALL)).hide_possible_values(true));
    let names: Vec<String> = root.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let format = root.get_arguments().find(|arg| arg.get_id() == "format").cloned();
    for name in names {
        let Some(format) = format.clone() else { break };
        let values = PossibleValuesParser::new(of(&name));
        root = root.mut_subcommand(name, |command| {
            // Only what is below the command may inherit it; a command that stands alone keeps it.
            let inherited = command.has_subcommands();
            command.arg(format.value_parser(values).hide_possible_values(false).global(inherited))
        });
    }
    root
}
