//! English sentences in what is shown in German.

/// English words that make sentences and are no German ones.
const ENGLISH: &[&str] = &[
    "the", "is", "are", "of", "and", "not", "with", "your", "this", "that", "has", "have", "there", "which", "be",
    "been", "it", "its", "for", "from", "by", "to", "or", "cannot", "found", "expected", "should", "must", "used",
    "you", "they", "does", "did", "no", "than", "when", "where",
];

/// Takes away what stands for itself: quotations, code, records, fields of a message, addresses.
fn prose(line: &str) -> String {
    let mut text = line.to_owned();
    for (open, close) in [('„', '“'), ('`', '`'), ('"', '"'), ('<', '>'), ('“', '”')] {
        while let Some(start) = text.find(open) {
            let after = start + open.len_utf8();
            let Some(length) = text[after..].find(close) else { break };
            text.replace_range(start..after + length + close.len_utf8(), " · ");
        }
    }
    text
}

/// The English words of a line that nothing excuses.
fn english(line: &str) -> Vec<String> {
    let text = prose(line);
    text.split(|c: char| c.is_whitespace() || "(),;·!?".contains(c))
        .map(|word| word.trim_end_matches(['.', ':']))
        .filter(|word| ENGLISH.contains(word))
        .map(str::to_owned)
        .collect()
}

/// Whether a line shows a command, a record, a field or an answer as a stranger wrote it.
fn is_evidence(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '>', '│', '|', '-', '*', '+', '=', '~', '^', '\t']);
    let first = line.split_whitespace().next().unwrap_or_default();
    let field = first.strip_suffix(':').is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_uppercase())
            && (name.contains('-') || ["Received", "Subject"].contains(&name))
    });
    let starts = ["v=", "550 ", "554 ", "421 ", "RFC ", "mailauth ", "Received-SPF "];
    field
        || starts.iter().any(|start| line.starts_with(start))
        || [" TXT ", "client-ip="].iter().any(|p| line.contains(p))
}

/// The text with each short quotation on one line, where it was broken into several.
fn on_one_line(text: &str) -> String {
    let mut pieces = text.split('„');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push('„');
        match piece.split_once('“').filter(|(quoted, _)| quoted.len() < 200) {
            Some((quoted, rest)) => {
                out.extend([&quoted.split_whitespace().collect::<Vec<_>>().join(" "), "“", rest]);
            }
            None => out.push_str(piece),
        }
    }
    out
}

/// The lines of a text that are English. A field goes on to where its paragraph or its indentation ends.
pub fn left(what: &str, text: &str) -> Vec<String> {
    let text = &on_one_line(text);
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let mut evidence: Option<usize> = None;
    let lines = text.lines().filter(|line| {
        evidence = match evidence {
            _ if is_evidence(line) => Some(indentation(line)),
            Some(depth) if !line.trim().is_empty() && indentation(line) >= depth.max(1) => Some(depth),
            _ => None,
        };
        evidence.is_none()
    });
    let judged = lines.map(|line| (line, english(line))).filter(|(_, words)| !words.is_empty());
    judged.map(|(line, words)| format!("{what}: {} ← {}", line.trim(), words.join(" "))).collect()
}

/// What a reader sees of a page.
pub fn visible(html: &str) -> String {
    let mut text = html.to_owned();
    for element in ["style", "script", "code", "pre", "svg", "samp", "title", "textarea"] {
        let (open, close) = (format!("<{element}"), format!("</{element}>"));
        while let Some(start) = text.find(&open) {
            let Some(length) = text[start..].find(&close) else { break };
            text.replace_range(start..start + length + close.len(), " · ");
        }
    }
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                out.push('\n');
            }
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&quot;", "\"").replace("&#39;", "'")
}
