//! The pages for a browser, as text; tests/browser looks at them in a real one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::HashSet;
use std::process::Command;

fn page(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_mailauth"))
        .args(arguments)
        .args(["--offline", "--format", "html"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

const DEEP: &str = "testdata/pages/tief.zone";
const HOSTILE: &str = "testdata/pages/boese.zone";

/// Where a piece stands; all of them in this order.
fn in_order(page: &str, pieces: &[&str]) {
    let mut from = 0;
    for piece in pieces {
        from += page[from..].find(piece).unwrap_or_else(|| panic!("{piece} is missing behind {from}: {page}"));
    }
}

#[test]
fn what_matters_stands_on_top() {
    let page = page(&["check", "tief.example", "--zone", DEEP, "--lang", "de"]);
    let pieces = [
        "<html lang=\"de\">",
        "<title>E-Mail-Prüfung von tief.example</title>",
        "<h1>tief.example</h1>",
        "E-Mails dieser Domain sind gefährdet.",
        "<h2>Das zuerst</h2>",
        "<a href=\"#d0f0\">",
        "<th scope=\"row\">Gmail</th>",
        "<section class=\"card ",
        "<svg class=\"tree\"",
        "id=\"d0f0\"",
        "class=\"copy\"",
        "Geprüft am ",
    ];
    in_order(&page, &pieces);
}

#[test]
fn the_picture_shows_costs_and_the_limit() {
    for page in [page(&["check", "tief.example", "--zone", DEEP]), page(&["spf", "tief.example", "--zone", DEEP])] {
        // Ten lookups are drawn as used, the others as too many; the limit stands between the tenth and the eleventh.
        assert_eq!(page.matches("<rect class=\"used\"").count(), 10);
        assert_eq!(page.matches("<rect class=\"over\"").count(), 8);
        in_order(&page, &["DNS lookups: 18 of at most 10", ">+1</text>", ">10/10</text>", ">11/10</text>"]);
        assert_eq!(page.matches("receivers evaluate nothing below this line").count(), 1);
        assert!(page.contains("leads back in a circle"));
    }
    let page = page(&["check", "example-praxis.de", "--zone", "examples/zones/example-praxis.de.zone"]);
    assert!(!page.contains("<svg class=\"tree\""), "of several records there is nothing to draw");
}

#[test]
fn strangers_words_stay_words_and_nothing_is_fetched() {
    for page in [
        page(&["check", "boese.example", "--zone", HOSTILE]),
        page(&["spf", "boese.example", "--zone", HOSTILE]),
        page(&["spf", "boese.example", "--zone", HOSTILE, "--ip", "192.0.2.1"]),
    ] {
        for piece in ["<script", "<img", "<b>", " src=", "url(", "@import", "\u{202e}", "<link", "<iframe"] {
            assert!(!page.contains(piece), "{piece}: {page}");
        }
        assert_eq!(page.matches("</style>").count(), 1);
        assert_eq!(page.matches("</main>").count(), 1);
        for target in page.split("href=\"").skip(1) {
            assert!(target.starts_with('#'), "{}", &target[..40]);
        }
    }
}

#[test]
fn ids_are_unique_on_a_page_of_many() {
    let page = page(&["check", "tief.example", "boese.example", "tief.example", "--zone", DEEP, "--zone", HOSTILE]);
    let mut ids = HashSet::new();
    for id in page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(ids.insert(id), "{id} stands twice");
    }
    for target in page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(ids.contains(target), "{target} leads nowhere");
    }
    assert!(page.contains("<title>Mail check</title>"));
}

#[test]
fn what_is_left_out_is_no_praise() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = folder.path().join("known.json");
    let baseline = baseline.to_str().unwrap();
    let check = ["check", "example-praxis.de", "--zone", "examples/zones/example-praxis.de.zone"];
    page(&[&check[..], &["--write-baseline", baseline]].concat());
    let page = page(&[&check[..], &["--baseline", baseline]].concat());
    assert!(!page.contains("nothing here makes mail land in spam"));
    in_order(&page, &["Nothing beyond what is left out.", "findings are suppressed"]);
}
