//! What strangers write stays text: escapes, markup, workflow commands, bidirectional overrides and line breaks, in
//! every field that a stranger can fill, for every kind of output.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use mailauth::config::Config;
use mailauth::render::harmless::is_harmful;

/// Each does harm somewhere: a terminal, a page, a CI log, a mail header, Markdown, XML.
const TRICKS: &[&str] = &[
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{9b}31m\u{9d}0;t\u{9c}",
    "abc\u{202e}fed\u{2066}x\u{200b}y\u{feff}",
    "a\r\n::error::owned\r\nb",
    "a\n::add-mask::owned",
    "%0A::error::owned%0D%0A",
    "a\r\nX-Owned: yes\r\n\r\nbody",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" x=\"' onfocus='alert(1)",
    "]]><b/></failure><testcase name='owned'/>&owned;",
    "[click](javascript:alert(1)) ![i](http://evil.example/i.png) @everyone <http://evil.example>",
    "`code` ``more`` ~~~\n# Heading\n| a | b |\n|---|---|",
    "${owned} %{owned} {{ owned }} \\u202e \\",
    "\u{0}\u{1}\u{b}\u{c}\u{7f}\u{85}\u{2028}\u{2029}\u{fffe}",
];

/// A text as presentation form has it in a quoted string.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
            0x20..=0x7e => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\{byte:03}")),
        }
    }
    out
}

/// A text as a label: dots and blanks are part of it.
fn label(text: &str) -> String {
    text.bytes()
        .take(40)
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("\\{byte:03}") })
        .collect()
}

/// A zone in which a trick stands wherever there is room for text.
fn zone(trick: &str) -> String {
    let (text, name) = (quoted(trick), label(trick));
    format!(
        r#"$ORIGIN example-praxis.de.
$TTL 3600
@ IN SOA ns1 hostmaster 1 7200 3600 1209600 3600
@ IN NS ns1
@ IN MX 10 {name}.example-praxis.de.
@ IN MX 20 mail
mail IN CNAME {name}.example-praxis.de.
@ IN TXT "v=spf1 include:{text} a:{text} exp={text} {text} -all"
_dmarc IN TXT "v=DMARC1; p=none; rua=mailto:{text}@example.net,{text}; ruf={text}; x{text}=1; fo={text}"
_smtp._tls IN TXT "v=TLSRPTv1; rua={text}"
_mta-sts IN TXT "v=STSv1; id={text}"
default._bimi IN TXT "v=BIMI1; l={text}; a={text}"
s1._domainkey IN TXT "v=DKIM1; k={text}; n={text}; p={text}"
{name}._domainkey IN TXT "v=DKIM1; k=rsa; h={text}; s={text}; p=AAAA"
{name} IN MX 10 {name}
{name} IN TXT "v=spf1 {text}"
sub IN TXT "v=spf1 redirect={text}"
"#
    )
}

/// A message in which a trick stands in every field; line breaks would end the field, so they are folded.
fn message(trick: &str) -> Vec<u8> {
    let text = trick.replace("\r\n", "\n").replace('\n', "\r\n ").replace('\0', "");
    format!(
        "Return-Path: <{text}@evil.example>\r\n\
         Received: from {text} ({text} [192.0.2.1]) by {text} with ESMTPS id {text};\r\n Thu, 26 Nov 2026 10:00:00 +0000\r\n\
         Authentication-Results: {text}; dkim=fail ({text}) header.d={text}; spf=fail reason=\"{text}\"\r\n\
         ARC-Seal: i=1; cv={text}; a=rsa-sha256; d={text}; s={text}; b=AAAA\r\n\
         ARC-Message-Signature: i=1; a=rsa-sha256; d={text}; s={text}; h=from; bh=AAAA; b=AAAA\r\n\
         ARC-Authentication-Results: i=1; {text}\r\n\
         DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=s1; i={text}@evil.example; h=from:{text};\r\n\
         \x20bh=AAAA; b=AAAA\r\n\
         DKIM-Signature: v=1; a={text}; c={text}; d={text}; s={text}; h=from; bh=AAAA; b=AAAA\r\n\
         X-Spam-Status: Yes, score=9.9 tests={text}\r\n\
         X-Microsoft-Antispam: {text}\r\n\
         X-Forefront-Antispam-Report: SFV:SPM;H:{text};CAT:{text}\r\n\
         List-Unsubscribe: <{text}>\r\n\
         From: \"{text}\" <{text}@example-praxis.de>\r\n\
         Sender: {text}\r\n\
         To: {text}\r\n\
         Subject: {text}\r\n\
         Message-ID: <{text}>\r\n\
         Date: {text}\r\n\r\nText\r\n"
    )
    .into_bytes()
}

struct Shown {
    code: i32,
    out: String,
    err: String,
}

fn mailauth(arguments: &[&str]) -> Shown {
    let out = Command::new(env!("CARGO_BIN_EXE_mailauth"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("MAILAUTH_CONFIG")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Shown {
        code: out.status.code().unwrap_or(-1),
        out: String::from_utf8(out.stdout).expect("UTF-8"),
        err: String::from_utf8(out.stderr).expect("UTF-8"),
    }
}

/// The lines without what code spans and fences hold.
fn without_code(markdown: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<String> = None;
    for line in markdown.lines() {
        let ticks: String = line.trim_start().chars().take_while(|c| *c == '`').collect();
        match &fence {
            Some(open) if ticks.len() >= open.len() && line.trim() == ticks => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 && !line.trim_start()[ticks.len()..].contains('`') => fence = Some(ticks),
            None => out.push_str(&(spans(line) + "\n")),
        }
    }
    out
}

/// A line without its code spans; a backslash does not escape inside one, but before one it does.
fn spans(line: &str) -> String {
    let chars: Vec<char> = line.chars().collect();
    let run = |at: usize| chars[at..].iter().take_while(|c| **c == '`').count();
    let (mut out, mut at) = (String::new(), 0);
    while at < chars.len() {
        match chars[at] {
            '\\' if at + 1 < chars.len() => {
                out.extend(&chars[at..at + 2]);
                at += 2;
            }
            '`' => {
                let open = run(at);
                let mut end = at + open;
                while end < chars.len() && run(end) != open {
                    end += run(end).max(1);
                }
                if end < chars.len() { at = end + open } else { at += open }
            }
            c => {
                out.push(c);
                at += 1;
            }
        }
    }
    out
}

/// What must hold of an output, by its kind.
fn judge(format: &str, text: &str) -> Result<(), String> {
    // A folded field goes on with a tab.
    let plain = if format == "header" { text.replace("\n\t", "\n ") } else { text.to_owned() };
    if let Some(bad) = plain.chars().find(|c| is_harmful(*c) && *c != '\n') {
        return Err(format!("{bad:?} came through"));
    }
    let forbid = |text: &str, pieces: &[&str]| match pieces.iter().find(|piece| text.contains(**piece)) {
        Some(piece) => Err(format!("{piece:?} came through")),
        None => Ok(()),
    };
    match format {
        "json" | "sarif" => serde_json::from_str::<serde_json::Value>(text).map(drop).map_err(|e| e.to_string()),
        "ndjson" => text
            .lines()
            .try_for_each(|line| serde_json::from_str::<serde_json::Value>(line).map(drop))
            .map_err(|e| e.to_string()),
        "html" => {
            forbid(text, &["<script>alert", "<img", "<b/>", "<testcase", "<http"])?;
            // Inside a tag a quotation mark of a stranger would open an attribute.
            for tag in text.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default()) {
                forbid(tag, &[" onmouseover=", " onfocus=", " onerror=", "javascript:"])?;
            }
            Ok(())
        }
        "junit" => {
            let mut reader = quick_xml::Reader::from_str(text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => {
                        return forbid(text, &["<testcase name='owned'", "&owned;", "<b/>", "\u{fffe}"]);
                    }
                    Ok(_) => {}
                    Err(error) => return Err(error.to_string()),
                }
            }
        }
        "github" => text.lines().filter(|line| line.trim_start().starts_with("::")).try_for_each(|line| {
            let ours = ["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start));
            let raw = line.contains("%0A") || line.contains("%0D");
            if ours && line.contains("title=") && !raw { Ok(()) } else { Err(format!("a command: {line}")) }
        }),
        "markdown" => {
            let text = without_code(text);
            forbid(&text, &["](javascript", "![i]", "@everyone", "<http", "<script", "<img"])?;
            let heading = text.lines().any(|line| line == "# Heading" || line.starts_with("|---|---|"));
            if heading { Err("a heading or a table".to_owned()) } else { Ok(()) }
        }
        "header" => {
            let mut lines = text.lines();
            let first = lines.next().unwrap_or_default();
            if first != "Authentication-Results:" && !first.starts_with("Authentication-Results: ") {
                return Err(format!("no field: {first}"));
            }
            match lines.find(|line| !line.starts_with([' ', '\t']) && !line.is_empty()) {
                Some(line) if !line.starts_with("Authentication-Results: ") => Err(format!("another field: {line}")),
                _ => Ok(()),
            }
        }
        _ => text.lines().find(|line| line.starts_with("::")).map_or(Ok(()), |line| Err(format!("a command: {line}"))),
    }
}

/// Runs a command in each of its formats and judges what it shows.
fn try_out(call: &[&str], formats: &[&str], problems: &mut Vec<String>) {
    for format in formats {
        let shown = mailauth(&[call, &["--format", format]].concat());
        if !(0..=3).contains(&shown.code) {
            problems.push(format!("{call:?} {format}: code {}", shown.code));
        }
        if shown.out.trim().is_empty() && shown.err.trim().is_empty() {
            problems.push(format!("{call:?} {format}: shows nothing"));
        }
        for (kind, text) in [(*format, &shown.out), ("text", &shown.err)] {
            if text.is_empty() {
                continue;
            }
            if let Err(why) = judge(kind, text) {
                problems.push(format!("{call:?} {format}: {why}\n{text}"));
            }
        }
    }
}

fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn the_judge_knows_what_is_harmful() {
    for (format, text) in [
        ("text", "a\u{1b}[31m"),
        ("text", "::error::x"),
        ("html", "<p><script>alert(1)</script></p>"),
        ("html", "<p title=\"\" onmouseover=\"alert(1)\">"),
        ("junit", "<a>&owned;</a>"),
        ("junit", "<a><b></a>"),
        ("github", "::error file=x::ok\n::add-mask::x"),
        ("markdown", "see [x](javascript:alert(1))"),
        ("markdown", "hello @everyone"),
        ("json", "{\"a\":\"\u{202e}\"}"),
        ("header", "Authentication-Results: a\nX-Owned: b"),
    ] {
        assert!(judge(format, text).is_err(), "{format}: {text:?}");
    }
    for (format, text) in [
        ("markdown", "`[x](javascript:alert(1)) @everyone`"),
        ("markdown", "```\n@everyone\n```"),
        ("github", "::error title=a [b]::c"),
        ("header", "Authentication-Results: a;\n spf=pass"),
    ] {
        assert_eq!(judge(format, text), Ok(()), "{format}: {text:?}");
    }
}

#[test]
fn records_of_a_zone() {
    let folder = tempfile::tempdir().unwrap();
    let mut problems = Vec::new();
    for (i, trick) in TRICKS.iter().enumerate() {
        let path = folder.path().join(format!("{i}.zone"));
        fs::write(&path, zone(trick)).unwrap();
        let file = path.to_str().unwrap();
        let check = ["check", "example-praxis.de", "--zone", file, "--offline"];
        try_out(&check, &["text", "json", "html", "sarif", "junit", "github", "markdown"], &mut problems);
        try_out(&["lint", file], &["text", "ndjson", "sarif", "junit", "github", "markdown"], &mut problems);
        try_out(&["spf", "example-praxis.de", "--zone", file, "--offline"], &["text", "json", "html"], &mut problems);
        let client = ["spf", "a@example-praxis.de", "--ip", "192.0.2.1", "--zone", file, "--offline"];
        try_out(&client, &["text", "html"], &mut problems);
        let bare: String = trick.chars().filter(|c| *c != '\0').collect();
        let record = format!("v=spf1 {bare} -all");
        let one = ["lint", "--name", "example-praxis.de", "--record", &record];
        try_out(&one, &["text", "json", "sarif", "junit", "github", "markdown"], &mut problems);
    }
    assert_none(&problems);
}

#[test]
fn fields_of_a_message_and_words_of_a_bounce() {
    let folder = tempfile::tempdir().unwrap();
    let mut problems = Vec::new();
    for (i, trick) in TRICKS.iter().enumerate() {
        let path = folder.path().join(format!("{i}.eml"));
        fs::write(&path, message(trick)).unwrap();
        let file = path.to_str().unwrap();
        let plain: String = trick.chars().filter(|c| *c != '\0').collect();
        let about = ["--offline", "--ip", "192.0.2.1", "--helo", &plain, "--mail-from", &plain];
        try_out(&[&["verify", file], &about[..]].concat(), &["text", "json", "ndjson", "header"], &mut problems);
        try_out(&["verify", file, "--offline", "--receiver", &plain], &["header"], &mut problems);
        try_out(&[&["explain", file], &about[..]].concat(), &["text", "json", "html", "markdown"], &mut problems);
        let whole = ["explain", file, "--offline", "--show-addresses"];
        try_out(&whole, &["text", "html", "markdown"], &mut problems);
        let bounce = format!("550 5.7.26 {plain}");
        try_out(&["explain", "--bounce", &bounce], &["text", "json", "html", "markdown"], &mut problems);
    }
    assert_none(&problems);
}

#[test]
fn names_of_files_and_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let mut problems = Vec::new();
    for trick in TRICKS {
        let name: String = trick.chars().filter(|c| !matches!(c, '\0' | '/')).collect();
        let path = folder.path().join(&name);
        fs::write(&path, zone("x")).unwrap();
        let file = path.to_str().unwrap();
        try_out(&["lint", file], &["text", "json", "sarif", "junit", "github", "markdown"], &mut problems);
        fs::write(&path, message("x")).unwrap();
        try_out(&["verify", file, "--offline"], &["text"], &mut problems);
        try_out(&["explain", file, "--offline"], &["html", "markdown"], &mut problems);
        fs::write(&path, "no report").unwrap();
        try_out(&["report", file], &["text", "html"], &mut problems);
        for call in [
            vec!["check", "--config", file],
            vec!["check", &name],
            vec!["check", "x.de", "--resolver", &name],
            vec!["check", "x.de", "--ip", &name],
            vec!["check", "--", &name],
            vec!["rules", &name],
            vec!["spf", &name, "--offline"],
            vec!["sign", "--key", file, "--domain", "x.de", "--selector", "s"],
            vec!["record", "dmarc", "--domain", "x.de", "--rua", &name],
            vec!["record", "spf", "--domain", &name],
            vec!["keygen", "--domain", "x.de", "--selector", &name],
            vec![&name],
        ] {
            try_out(&[&["--lang", "de"], &call[..]].concat(), &["text"], &mut problems);
        }
    }
    assert_none(&problems);
}

#[test]
fn the_configuration_that_init_writes() {
    let folder = tempfile::tempdir().unwrap();
    for (i, trick) in TRICKS.iter().enumerate() {
        let zone_file = folder.path().join(format!("{i}.zone"));
        fs::write(&zone_file, zone(trick)).unwrap();
        let target = folder.path().join(format!("{i}.toml"));
        let (zone_file, target) = (zone_file.to_str().unwrap(), target.to_str().unwrap());
        let init = ["init", "--domain", "example-praxis.de", "--zone", zone_file, "--offline", "-o", target];
        let shown = mailauth(&init);
        assert_eq!(shown.code, 0, "{trick:?}: {}", shown.err);
        let text = fs::read_to_string(target).unwrap();
        assert!(!text.chars().any(|c| is_harmful(c) && c != '\n'), "{trick:?}: {text}");
        Config::load(Path::new(target)).unwrap_or_else(|error| panic!("{trick:?}: {error}\n{text}"));
        judge("text", &shown.err).unwrap_or_else(|why| panic!("{trick:?}: {why}"));
    }
}
