//! Zone files against what an independent reader makes of them, and the ways files go wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use mailauth::dns::{Name, RecordData, RecordType};
use mailauth::zonefile::{Disk, FatalKind, IncludeProblem, LoadOptions, Loader, Problem, Source, ZoneSet};
use proptest::prelude::*;

fn load(text: impl Into<Vec<u8>>) -> ZoneSet {
    ZoneSet::load([Source::memory("zone.db", text)], &LoadOptions::default())
}

fn load_at(origin: &str, text: impl Into<Vec<u8>>) -> ZoneSet {
    let options = LoadOptions { origin: Some(Name::parse(origin).unwrap()), ..LoadOptions::default() };
    ZoneSet::load([Source::memory("zone.db", text)], &options)
}

fn hex(octets: impl AsRef<[u8]>) -> String {
    octets.as_ref().iter().fold(String::new(), |mut s, b| {
        write!(s, "{b:02x}").unwrap();
        s
    })
}

fn wire_name(name: &Name) -> String {
    let labels = name.raw_labels();
    labels.iter().map(|l| format!("{:02x}{}", l.len(), hex(l))).collect::<String>() + "00"
}

fn wire(data: &RecordData) -> String {
    match data {
        RecordData::A(a) => hex(a.octets()),
        RecordData::Aaaa(a) => hex(a.octets()),
        RecordData::Mx { preference, exchange } => format!("{preference:04x}{}", wire_name(exchange)),
        RecordData::Txt(t) | RecordData::Spf(t) => t.strings().map(|s| format!("{:02x}{}", s.len(), hex(s))).collect(),
        RecordData::Cname(n) | RecordData::Ns(n) | RecordData::Ptr(n) => wire_name(n),
        RecordData::Soa { mname, rname, serial, refresh, retry, expire, minimum } => {
            let numbers = [serial, refresh, retry, expire, minimum].map(|n| format!("{n:08x}")).concat();
            wire_name(mname) + &wire_name(rname) + &numbers
        }
        RecordData::Tlsa { usage, selector, matching, data } => {
            format!("{usage:02x}{selector:02x}{matching:02x}{}", hex(data))
        }
        RecordData::Ds { key_tag, algorithm, digest_type, digest } => {
            format!("{key_tag:04x}{algorithm:02x}{digest_type:02x}{}", hex(digest))
        }
        RecordData::Dnskey { flags, protocol, algorithm, key } => {
            format!("{flags:04x}{protocol:02x}{algorithm:02x}{}", hex(key))
        }
        RecordData::Other { data, .. } => hex(data),
    }
}

#[test]
fn an_independent_reader_sees_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/zones");
    let mut zones = 0;
    for file in std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()) {
        if file.extension().is_none_or(|e| e != "zone") {
            continue;
        }
        zones += 1;
        let set = ZoneSet::load([Source::read(&file).unwrap()], &LoadOptions::default());
        assert_eq!(set.errors().collect::<Vec<_>>(), [], "{}", file.display());
        assert_eq!(set.fatal(), []);
        let expected: Vec<BTreeMap<String, serde_json::Value>> =
            serde_json::from_slice(&std::fs::read(file.with_extension("json")).unwrap()).unwrap();
        let text = |row: &BTreeMap<String, serde_json::Value>, k: &str| row[k].as_str().unwrap().to_owned();
        let mut want: Vec<_> = expected.iter().map(|r| (text(r, "owner"), text(r, "type"), text(r, "wire"))).collect();
        let mut got: Vec<_> =
            set.entries().map(|e| (e.owner().to_string(), e.type_name(), wire(&e.data().unwrap()))).collect();
        want.sort();
        got.sort();
        assert_eq!(got, want, "{}", file.display());
        for row in &expected {
            let owner = Name::parse(&text(row, "owner")).unwrap();
            let least = set.find(&owner, text(row, "type").parse().unwrap()).map(|e| e.ttl()).min().unwrap();
            assert_eq!(u64::from(least), row["ttl"].as_u64().unwrap(), "{owner} in {}", file.display());
        }
    }
    assert!(zones >= 5);
}

#[test]
fn positions_point_at_entries_and_strings() {
    let text = "$ORIGIN b.de.\n@ IN SOA ns h 1 2 3 4 5\n  IN  TXT ( \"v=spf1 \" ; x\n\t\"bü\" \"ipv4:1\"\n \"-all\" ) ; end\nwww A 192.0.2.1";
    let set = load(text);
    let txt = set.entry(1).unwrap();
    let l = txt.location();
    assert_eq!((l.line, l.column, l.end_line, l.end_column), (3, 3, 5, 10));
    let strings: Vec<_> = txt.string_locations().iter().map(|l| (l.line, l.column, l.end_line, l.end_column)).collect();
    assert_eq!(strings, [(3, 13, 3, 22), (4, 2, 4, 6), (4, 7, 4, 15), (5, 2, 5, 8)]);
    assert_eq!(txt.written_owner(), None);
    let www = set.entry(2).unwrap();
    assert_eq!((www.location().line, www.location().end_column), (6, 16));
    assert_eq!(www.written_owner().as_deref(), Some("www"));
    let soa = set.zones()[0].soa.unwrap();
    assert_eq!(set.entry(soa).unwrap().location().to_string(), "zone.db:2:1");
}

#[test]
fn one_bad_entry_is_one_error() {
    let head = "$ORIGIN b.de.\n$TTL 300\n@ SOA ns h 1 2 3 4 5\n";
    let long = format!("x TXT \"{}\"", "a".repeat(256));
    for (entry, problem, word) in [
        ("x A 5.45.100", Problem::BadAddress, "5.45.100"),
        ("x A 1.2.3.4 5", Problem::TrailingData, "5"),
        ("x AAAA 1.2.3.4", Problem::BadAddress, "1.2.3.4"),
        (&*long, Problem::StringTooLong(256), ""),
        ("x TXTT \"a\"", Problem::UnknownType, "TXTT"),
        ("x IN", Problem::MissingType, "IN"),
        ("x", Problem::MissingType, "x"),
        ("x TXT", Problem::MissingRdata, "TXT"),
        ("x MX mail", Problem::BadNumber, "mail"),
        ("x MX 10", Problem::MissingRdata, "10"),
        ("x MX 65536 mail", Problem::BadNumber, "65536"),
        ("x MX 10 a..b", Problem::EmptyLabel, "a..b"),
        ("x 1hh TXT a", Problem::BadTtl, "1hh"),
        ("x 4294967296 TXT a", Problem::BadTtl, "4294967296"),
        ("x TXT \"a\\999\"", Problem::BadEscape, "\"a\\999\""),
        ("x TXT a\\", Problem::BadEscape, "a\\"),
        ("x CH TXT a", Problem::WrongClass, "CH"),
        ("x CLASS3 TXT a", Problem::WrongClass, "CLASS3"),
        ("x ANY a", Problem::UnknownType, "ANY"),
        ("x TXT \"a", Problem::UnterminatedString, "\"a"),
        ("x TXT a )", Problem::StrayParenthesis, ")"),
        ("x TXT (\n \"a\"", Problem::UnclosedParenthesis, "("),
        ("x SOA ( 1 2\n 3", Problem::UnclosedParenthesis, "("),
        ("a..b A 192.0.2.1", Problem::EmptyLabel, "a..b"),
        ("x TYPE65280 abc", Problem::BadGenericData, "abc"),
        ("x A \\# 3 010203", Problem::BadGenericData, "\\#"),
        ("x TXT \\# 3 0102", Problem::BadGenericData, "\\#"),
        ("$FOO bar", Problem::UnknownDirective, "$FOO"),
        ("$TTL never", Problem::BadTtl, "never"),
        ("$ORIGIN", Problem::BadDirective, "$ORIGIN"),
        ("$INCLUDE other.db", Problem::Include(IncludeProblem::NoFolder), "other.db"),
        ("$GENERATE 1-2 a$", Problem::MissingType, "a$"),
        ("$GENERATE 1-70000 a$ A 192.0.2.1", Problem::GenerateLimit, "1-70000"),
        ("x DS 1 1 1 zz", Problem::BadHex, "zz"),
        ("x DNSKEY 256 3 8 @@@", Problem::BadBase64, "@@@"),
    ] {
        let set = load(format!("{head}{entry}\nwww IN TXT \"still (read)\"\n"));
        let errors: Vec<_> = set.errors().collect();
        assert_eq!(errors.len(), 1, "{entry}: {errors:?}");
        assert_eq!(errors[0].problem, problem, "{entry}");
        if !word.is_empty() {
            assert_eq!(errors[0].word, word, "{entry}");
        }
        assert_eq!(errors[0].entry.line, 4, "{entry}");
        let last = set.entries().last().unwrap();
        assert_eq!((last.owner().as_str(), last.value()), ("www.b.de", "still (read)".to_owned()), "{entry}");
    }
}

#[test]
fn unreadable_entries_make_their_owner_unknown() {
    let set = load("$ORIGIN b.de.\n@ SOA ns h 1 2 3 4 5\nx A 1.2.3\ny TXTT a\nz CNAME a..b\n@ TXT \"v=spf1\n");
    let n = |t: &str| Name::parse(t).unwrap();
    assert!(set.is_unknown(&n("x.b.de"), RecordType::A) && !set.is_unknown(&n("x.b.de"), RecordType::Txt));
    assert!(set.is_unknown(&n("y.b.de"), RecordType::Txt) && set.is_unknown(&n("z.b.de"), RecordType::Mx));
    assert!(set.is_unknown(&n("b.de"), RecordType::Txt) && !set.is_unknown(&n("b.de"), RecordType::Mx));
    assert!(set.has_unknown(&n("x.b.de")) && !set.has_unknown(&n("a.b.de")));
}

#[test]
fn origins_and_zones() {
    let apexes = |set: &ZoneSet| set.zones().iter().map(|z| (z.apex.to_string(), z.soa, z.first)).collect::<Vec<_>>();
    let some = |apex: &str, soa, first| (apex.to_owned(), soa, first);
    let soa = "SOA ns h 1 2 3 4 5";
    let absolute = load(format!("praxis.de. IN {soa}\nwww A 192.0.2.1\n"));
    assert_eq!(apexes(&absolute), [some("praxis.de", Some(0), Some(0))]);
    assert_eq!(absolute.entry(1).unwrap().owner().as_str(), "www.praxis.de");
    assert_eq!(apexes(&load("$ORIGIN b.de.\n$ORIGIN _x.b.de.\na TXT a\n")), [some("b.de", None, Some(0))]);
    assert_eq!(apexes(&load_at("b.de", "a TXT a\n")), [some("b.de", None, Some(0))]);
    let two = format!("$ORIGIN .\na.de {soa}\n$ORIGIN a.de.\nx A 192.0.2.1\n$ORIGIN .\nb.de {soa}\n");
    assert_eq!(apexes(&load(two)), [some("a.de", Some(0), Some(0)), some("b.de", Some(2), Some(2))]);
    assert_eq!(apexes(&load_at("c.de", format!("a.de. {soa}\n"))), [some("a.de", Some(0), Some(0))]);
    for (text, line) in [("$TTL 3600\n@ IN TXT \"a\"\n", 2), ("", 1), ("a.de. TXT a\n", 1), ("a.de. MX 10 mail\n", 1)] {
        let set = load(text);
        assert_eq!(set.fatal().len(), 1, "{text}");
        assert_eq!(set.fatal()[0].kind, FatalKind::NoOrigin { line }, "{text}");
        assert!(set.fatal()[0].to_string().contains("--origin"));
    }
}

#[test]
fn targets_without_their_dot() {
    let set = load(
        "$ORIGIN b.de.\n@ MX 10 mail.b.de\n@ MX 10 mail\n@ MX 10 mail.b.de.\nx CNAME b.de\nx TXT mail.b.de\n@ NS @\n",
    );
    let found: Vec<_> = set.entries().map(|e| e.missing_dot().map(|r| (r.written, r.resolved.to_string()))).collect();
    let dot = |w: &str, r: &str| Some((w.to_owned(), r.to_owned()));
    assert_eq!(found, [dot("mail.b.de", "mail.b.de.b.de"), None, None, dot("b.de", "b.de.b.de"), None, None]);
    assert_eq!(set.entry(1).unwrap().relative_names()[0].written, "mail");
}

#[test]
fn comments_cut_and_comments_ignore() {
    let set = load(
        "$ORIGIN b.de.\n@ TXT v=DMARC1; p=none\n@ TXT ( \"a\" ; mailauth: ignore one\n\"b\" ) ; mailauth: ignore two until 2027-01-01\n@ A x ; mailauth: ignore zone-syntax\n",
    );
    assert!(set.entry(0).unwrap().is_cut_by_comment());
    assert!(!set.entry(1).unwrap().is_cut_by_comment());
    let rules: Vec<_> = set.entry(1).unwrap().ignored_rules().flat_map(|i| i.rules.clone()).collect();
    assert_eq!(rules, ["one", "two"]);
    assert_eq!(set.errors().next().unwrap().ignored[0].rules, ["zone-syntax"]);
}

#[test]
fn includes_are_followed_and_bounded() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let read = |name: &str| {
        let options = LoadOptions { loader: Some(&Disk), ..LoadOptions::default() };
        ZoneSet::load([Source::read(home.path().join(name)).unwrap()], &options)
    };
    write("zone.db", "$ORIGIN b.de.\n@ SOA ns h 1 2 3 4 5\n$INCLUDE sub/more.db x ; comment\n A 192.0.2.1\n");
    write("sub/more.db", "news MX 10 mail\n$INCLUDE leaf.db\n");
    write("sub/leaf.db", "leaf TXT a\n");
    let set = read("zone.db");
    assert_eq!(set.errors().collect::<Vec<_>>(), []);
    let owners: Vec<_> = set.entries().map(|e| e.owner().to_string()).collect();
    assert_eq!(owners, ["b.de", "news.x.b.de", "leaf.x.b.de", "b.de"]);
    assert!(set.entry(2).unwrap().location().file.ends_with("leaf.db"));

    write("self.db", "$ORIGIN b.de.\n$INCLUDE self.db\n@ TXT a\n");
    let set = read("self.db");
    assert_eq!(set.errors().next().unwrap().problem, Problem::Include(IncludeProblem::Loop));
    assert!(set.zones()[0].incomplete && set.len() == 1);

    write("d0.db", "$ORIGIN b.de.\n$INCLUDE d1.db\n");
    for i in 1..12 {
        write(&format!("d{i}.db"), &format!("$INCLUDE d{}.db\n", i + 1));
    }
    let problems: Vec<_> = read("d0.db").errors().map(|e| (e.problem, e.location.file.to_string())).collect();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].0, Problem::Include(IncludeProblem::TooDeep));
    assert!(problems[0].1.ends_with("d8.db"));

    write("leaf.db", "");
    write("many.db", &format!("$ORIGIN b.de.\n{}", "$INCLUDE leaf.db\n".repeat(101)));
    let problems: Vec<_> = read("many.db").errors().map(|e| e.problem).collect();
    assert_eq!(problems, [Problem::Include(IncludeProblem::TooMany)]);
}

#[test]
fn octets_of_includes_are_bounded() {
    struct Big;
    impl Loader for Big {
        fn load(&self, _: &Path, _: &Path, target: &str, limit: u64) -> Result<Source, IncludeProblem> {
            // As `Disk` would: a file of 200 MiB of which a stand-in is enough here.
            if limit < 200 << 20 {
                Err(IncludeProblem::TooLarge)
            } else {
                Ok(Source::memory(target, vec![b'\n'; 57 << 20]))
            }
        }
    }
    let mut source = Source::memory("zone.db", "$ORIGIN b.de.\n$INCLUDE a\n$INCLUDE b\n");
    source.path = Some("zone.db".into());
    let set = ZoneSet::load([source], &LoadOptions { loader: Some(&Big), ..LoadOptions::default() });
    let problems: Vec<_> = set.errors().map(|e| (e.problem, e.word)).collect();
    assert_eq!(problems, [(Problem::Include(IncludeProblem::TooLarge), "b".to_owned())]);
}

#[test]
fn bombs_end() {
    let set = load_at("b.de", format!("@ IN TXT {}", "(".repeat(2_000_000)));
    assert_eq!(set.errors().next().unwrap().problem, Problem::UnclosedParenthesis);
    let set = load_at("b.de", "a (\n".repeat(20_000));
    assert!(set.errors_dropped() > 0 || set.errors().len() > 0);
    assert!(set.is_empty());
    let set = load_at("b.de", "a A ( 192.0.2.1\n".repeat(12_000));
    assert!(set.is_empty() && set.errors_dropped() > 0);
    let set = load_at("b.de", format!("@ TXT {}\n", "\"v=spf1 \" ".repeat(8_000)));
    assert_eq!(set.entry(0).unwrap().string_locations().len(), 8_000);
    let set = load_at("b.de", format!("@ TXT {}\n", "\"v=spf1 \" ".repeat(10_000)));
    assert_eq!(set.errors().next().unwrap().problem, Problem::RecordTooLong);
    let set = load_at("b.de", format!("@ TXT {}\nx A 192.0.2.1\n", "a ".repeat(1_000_000)));
    assert_eq!(set.errors().next().unwrap().problem, Problem::TooManyTokens);
    assert_eq!(set.len(), 1);
    let set = load_at("b.de", "$GENERATE 1-65536 a$ A 192.0.2.1\n$GENERATE 1-1 b$ A 192.0.2.1\n");
    assert_eq!((set.len(), set.errors().next().unwrap().problem), (65_536, Problem::GenerateLimit));
    let set = load_at("b.de", "$GENERATE 1-1 \\$GENERATE 1-9 a$ A 192.0.2.1\n$GENERATE 1-2 \\$INCLUDE A A\n");
    assert!(set.errors().all(|e| !matches!(e.problem, Problem::Include(_))));
}

proptest! {
    #[test]
    fn any_octets_are_read(octets in proptest::collection::vec(any::<u8>(), 0..400)) {
        let set = load_at("b.de", octets);
        for entry in set.entries() {
            let _ = (entry.data(), entry.value(), entry.string_locations(), entry.missing_dot(), entry.location());
        }
        let _ = set.errors().count();
    }

    #[test]
    fn any_words_are_read(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "@", "\n", "\n", " ", "IN ", "TXT ", "\"a;b\" ", "( ", ") ", "; c\n", "$ORIGIN x\n", "$TTL 1h\n", "A ", "192.0.2.1",
            "\\", "\"", "$GENERATE 1-3 a$ A 192.0.2.$\n", "MX 10 mail\n", "\r", "a", "300 ", "\\# 1 00 ", "SOA a b 1 2 3 4 5\n", "ü",
        ]), 0..60)) {
        let text = words.concat();
        let set = load_at("b.de", text.as_str());
        for entry in set.entries() {
            prop_assert!(entry.data().is_some(), "{entry:?}");
            for l in entry.string_locations().iter().chain([&entry.location()]) {
                prop_assert!((l.line, l.column) <= (l.end_line, l.end_column));
            }
        }
        prop_assert!(set.errors().count() <= text.len());
    }

    #[test]
    fn texts_survive_printing(octets in proptest::collection::vec(any::<u8>(), 0..700)) {
        let set = load_at("b.de", format!("@ TXT {}\n", mailauth::zonefile::quote(&octets)));
        let Some(RecordData::Txt(text)) = set.entry(0).unwrap().data() else { panic!() };
        prop_assert_eq!(text.octets().to_vec(), octets);
    }

    #[test]
    fn positions_hold_the_text(strings in proptest::collection::vec("[ a-zäß;()]{0,9}", 1..6), breaks in any::<u8>()) {
        let mut text = String::from("$ORIGIN b.de.\nx TXT (");
        for (i, s) in strings.iter().enumerate() {
            text.push_str(if breaks >> (i % 8) & 1 == 1 { " ; ü\n  " } else { " " });
            write!(text, "\"{s}\"").unwrap();
        }
        text.push_str(" )\n");
        let set = load(text.as_str());
        let lines: Vec<Vec<char>> = text.lines().map(|l| l.chars().collect()).collect();
        let places = set.entry(0).unwrap().string_locations();
        prop_assert_eq!(places.len(), strings.len());
        for (l, s) in places.iter().zip(&strings) {
            prop_assert_eq!(l.line, l.end_line);
            let line = &lines[l.line as usize - 1];
            let got: String = line[l.column as usize - 1..l.end_column as usize - 1].iter().collect();
            prop_assert_eq!(got, format!("\"{s}\""));
        }
    }
}

/// `cargo test --release --test zonefile_corpus -- --ignored --nocapture speed`
#[test]
#[ignore = "a measurement"]
fn speed() {
    use mailauth::dns::zone::{Step, Zones};
    let mut text = String::from("$ORIGIN big.example.\n$TTL 3600\n@ IN SOA ns h 1 2 3 4 5\n");
    for i in 0..100_000 {
        match i % 4 {
            0 => writeln!(text, "host{i} IN A 192.0.2.{}", i % 250).unwrap(),
            1 => writeln!(text, "m{i} 300 IN MX 10 mail{i}.anderswo.example.").unwrap(),
            2 => writeln!(text, "t{i} IN TXT \"v=spf1 include:_spf{i}.example.com ip4:192.0.2.1 -all\"").unwrap(),
            _ => writeln!(text, "_dmarc.t{i} IN TXT \"v=DMARC1; p=none; rua=mailto:d@example.com\"").unwrap(),
        }
    }
    let size = text.len();
    let memory = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("VmHWM unknown").to_owned()
    };
    println!("{size} octets; before: {}", memory());
    let begin = std::time::Instant::now();
    let set = load(text);
    let read = begin.elapsed();
    println!("read: {read:?}, {:.0} MB/s; {}", size as f64 / 1e6 / read.as_secs_f64(), memory());
    let set = std::sync::Arc::new(set);
    let begin = std::time::Instant::now();
    let zones = Zones::new(set.clone());
    println!("resolver: {:?}", begin.elapsed());
    let begin = std::time::Instant::now();
    let found = set.entries().filter(|e| matches!(zones.step(e.owner(), e.rtype()), Step::Done(Ok(_)))).count();
    println!("{found} answers: {:?}; {}", begin.elapsed(), memory());
}
