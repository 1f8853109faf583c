//! Findings as SARIF 2.1.0, for code scanning.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Worded, json as writer};
use crate::finding::{Edit, Location};
use crate::locales::{Args, Catalogue};
use crate::rules;

/// Writes one run. `edits` says for each finding how its fix is made in the files; a list that is
/// shorter, or empty, means that there is nothing to be changed in files.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut dyn Write, findings: &[Worded], edits: &[Vec<Edit>], catalogue: &Catalogue) -> io::Result<()> {
    let found: Vec<_> = rules::all().filter(|rule| findings.iter().any(|f| f.rule == rule.id)).collect();
    let say = |id: &str, attribute: &str| catalogue.format(id, Some(attribute), &Args::new());
    let described = found.iter().map(|rule| {
        let (why, fix) = (say(rule.id, "why"), say(rule.id, "fix"));
        let references: Vec<String> = rule.references.iter().map(ToString::to_string).collect();
        json!({
            "id": rule.id,
            "shortDescription": { "text": say(rule.id, "title") },
            "fullDescription": { "text": why },
            "help": { "text": format!("{why}\n\n{fix}\n\n{}", references.join(", ")) },
            "defaultConfiguration": { "level": rule.severity.as_str() },
            "properties": { "area": rule.area.as_str(), "tags": [rule.area.as_str()] },
        })
    });
    let described: Vec<Value> = described.collect();
    let results = findings.iter().enumerate().map(|(i, finding)| {
        let index = found.iter().position(|rule| rule.id == finding.rule);
        result(finding, index, edits.get(i).map_or(&[], Vec::as_slice))
    });
    let results: Vec<Value> = results.collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "mailauth",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": catalogue.language().code(),
                "rules": described,
            }},
            // Columns count characters, not UTF-16 units.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    writer::document(out, &document)
}

fn result(finding: &Worded, index: Option<usize>, edits: &[Edit]) -> Value {
    let fix = finding.fix.as_ref().map(|fix| message(&fix.text));
    let text = match &fix {
        Some(fix) => format!("{} {fix}", message(&finding.detail)),
        None => message(&finding.detail),
    };
    let mut location = json!({
        "logicalLocations": [{ "fullyQualifiedName": finding.subject, "kind": "resource" }],
    });
    if let Some(at) = &finding.location {
        location["physicalLocation"] = json!({ "artifactLocation": { "uri": uri(&at.file) }, "region": region(at) });
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "level": finding.severity.as_str(),
        "message": { "text": text },
        "locations": [location],
        "partialFingerprints": { "mailauth/1": fingerprint(finding) },
    });
    if let Some(index) = index {
        result["ruleIndex"] = index.into();
    }
    if let (Some(fix), [_, ..]) = (fix, edits) {
        let changes = edits.iter().map(|edit| {
            json!({
                "artifactLocation": { "uri": uri(&edit.at.file) },
                "replacements": [{ "deletedRegion": region(&edit.at), "insertedContent": { "text": edit.text } }],
            })
        });
        result["fixes"] = json!([{ "description": { "text": fix }, "artifactChanges": changes.collect::<Vec<_>>() }]);
    }
    result
}

/// What a baseline tells findings apart by: rule, subject and token, no line numbers.
fn fingerprint(finding: &Worded) -> String {
    use sha2::{Digest as _, Sha256};
    let record = finding.record.as_deref().unwrap_or("");
    let token = finding.span.and_then(|[start, end]| record.get(start..end)).unwrap_or(record);
    let mut hash = Sha256::new();
    for part in [finding.rule, &finding.subject, token] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(16).map(|octet| format!("{octet:02x}")).collect()
}

fn region(at: &Location) -> Value {
    json!({ "startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column })
}

/// Plain text in which nothing is an embedded link (SARIF §3.11.6).
fn message(text: &str) -> String {
    text.replace("](", "\\](")
}

/// A path as a URI reference (RFC 3986 §2.1): relative paths stay relative.
fn uri(path: &str) -> String {
    let mut out = String::new();
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for &octet in path.as_bytes() {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(octet)),
            b'\\' if cfg!(windows) => out.push('/'),
            _ => out.push_str(&format!("%{octet:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_messages_are_harmless() {
        assert_eq!(uri("zones/a b:c%.zone"), "zones/a%20b%3Ac%25.zone");
        assert_eq!(uri("/srv/ü.zone"), "file:///srv/%C3%BC.zone");
        assert_eq!(message("[x](javascript:y)"), "[x\\](javascript:y)");
    }
}
