//! The rules themselves: their list, and the page of one.

use std::io::{self, Write};

use serde::Serialize;

use super::harmless::markdown;
use super::text::wrapped;
use super::{Style, json};
use crate::locales::Catalogue;
use crate::rules::{self, Rule, Source};

/// A rule in the shape of the contract's JSON.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct WordedRule {
    pub id: &'static str,
    pub area: &'static str,
    pub severity: &'static str,
    pub title: String,
    pub why: String,
    pub fix: String,
    pub references: Vec<String>,
    /// The commands that can find it.
    pub found_by: Vec<&'static str>,
}

impl WordedRule {
    /// Puts a rule into words.
    pub fn new(rule: &Rule, catalogue: &Catalogue) -> Self {
        let say = |attribute| catalogue.format(rule.id, Some(attribute), &Vec::new());
        let mut found_by = Vec::new();
        for source in rule.sources {
            found_by.extend_from_slice(match source {
                Source::Zone => &["lint"][..],
                Source::Dns => &["check"],
                Source::Message => &["verify", "explain"],
                Source::Profile => &["check --profile"],
            });
        }
        Self {
            id: rule.id,
            area: rule.area.as_str(),
            severity: rule.severity.as_str(),
            title: say("title"),
            why: say("why"),
            fix: say("fix"),
            references: rule.references.iter().map(ToString::to_string).collect(),
            found_by,
        }
    }
}

/// Writes all rules, or one, as JSON.
///
/// # Errors
/// Those of the writer.
pub fn as_json(out: &mut dyn Write, rules: &[&'static Rule], catalogue: &Catalogue) -> io::Result<()> {
    let rules: Vec<_> = rules.iter().map(|rule| WordedRule::new(rule, catalogue)).collect();
    json::document(out, &serde_json::json!({ "schema": "mailauth.rules/1", "rules": rules }))
}

/// Writes the list, an id and a title a line.
///
/// # Errors
/// Those of the writer.
pub fn list(out: &mut dyn Write, catalogue: &Catalogue, style: Style) -> io::Result<()> {
    let mut area = None;
    for rule in rules::all() {
        if area.replace(rule.area).is_some_and(|last| last != rule.area) {
            writeln!(out)?;
        }
        let severity = format!("{:<8}", catalogue.text(&format!("severity-{}", rule.severity.as_str())));
        let title = catalogue.format(rule.id, Some("title"), &Vec::new());
        writeln!(out, "{:<28} {} {title}", rule.id, style.severity(rule.severity, &severity))?;
    }
    Ok(())
}

/// Writes the page of a rule as text.
///
/// # Errors
/// Those of the writer.
pub fn page(out: &mut dyn Write, rule: &Rule, catalogue: &Catalogue, style: Style) -> io::Result<()> {
    let it = WordedRule::new(rule, catalogue);
    let say = |id, name, value: &str| catalogue.format(id, None, &vec![(name, value.into())]);
    writeln!(out, "{}", style.strong(it.id))?;
    wrapped(out, &it.title, 0)?;
    let severity = catalogue.text(&format!("severity-{}", it.severity));
    writeln!(out, "\n{}", say("rule-severity", "severity".into(), &severity))?;
    writeln!(out, "{}", say("rule-found-by", "commands".into(), &it.found_by.join(", ")))?;
    for (heading, text) in [("rule-why", &it.why), ("rule-fix", &it.fix)] {
        writeln!(out, "\n{}", style.strong(&catalogue.text(heading)))?;
        wrapped(out, text, 2)?;
    }
    writeln!(out, "\n{}: {}", catalogue.text("rule-references"), it.references.join("; "))?;
    wrapped(out, &say("rule-ignore", "how".into(), &how_to_ignore(&it)), 0)
}

/// Writes the page of a rule as Markdown: what `docs/rules/` is made of.
///
/// # Errors
/// Those of the writer.
pub fn markdown_page(out: &mut dyn Write, rule: &Rule, catalogue: &Catalogue) -> io::Result<()> {
    let it = WordedRule::new(rule, catalogue);
    let say = |id, name, value: &str| catalogue.format(id, None, &vec![(name, value.into())]);
    writeln!(out, "# {}\n\n**{}**\n", it.id, markdown(&it.title))?;
    let severity = catalogue.text(&format!("severity-{}", it.severity));
    writeln!(out, "- {}", say("rule-severity", "severity".into(), &severity))?;
    writeln!(out, "- {}", say("rule-found-by", "commands".into(), &it.found_by.join(", ")))?;
    for (heading, text) in [("rule-why", &it.why), ("rule-fix", &it.fix)] {
        writeln!(out, "\n## {}\n\n{}", catalogue.text(heading), markdown(text))?;
    }
    writeln!(out, "\n## {}\n", catalogue.text("rule-references"))?;
    for reference in &it.references {
        writeln!(out, "- {reference}")?;
    }
    writeln!(out, "\n{}", say("rule-ignore", "how".into(), &format!("`{}`", how_to_ignore(&it))))
}

/// Writes the table of all rules as Markdown, with links to their pages.
///
/// # Errors
/// Those of the writer.
pub fn markdown_index(out: &mut dyn Write, catalogue: &Catalogue) -> io::Result<()> {
    writeln!(out, "# {}\n", catalogue.text("rules-heading"))?;
    let mut area = None;
    for rule in rules::all() {
        if area.replace(rule.area) != Some(rule.area) {
            writeln!(out, "\n## {}\n\n| | | |\n| --- | --- | --- |", rule.area.as_str())?;
        }
        let severity = catalogue.text(&format!("severity-{}", rule.severity.as_str()));
        let title = catalogue.format(rule.id, Some("title"), &Vec::new());
        writeln!(out, "| [{id}]({id}.md) | {severity} | {} |", markdown(&title), id = rule.id)?;
    }
    Ok(())
}

fn how_to_ignore(it: &WordedRule) -> String {
    if it.found_by.contains(&"lint") {
        format!("; mailauth: ignore {}", it.id)
    } else {
        format!("[rules] {} = \"ignore\"", it.id)
    }
}
