//! What is made from the program's own sources: the pages of the rules. `UPDATE_DOCS=1` writes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mailauth::locales::{Catalogue, Language};
use mailauth::render::rules::{markdown_index, markdown_page};
use mailauth::rules;

fn pages() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let mut pages = BTreeMap::new();
    for language in Language::ALL {
        let catalogue = Catalogue::of(language);
        let folder = root.join(language.code());
        let mut index = Vec::new();
        markdown_index(&mut index, catalogue).unwrap();
        pages.insert(folder.join("README.md"), String::from_utf8(index).unwrap());
        for rule in rules::all() {
            let mut page = Vec::new();
            markdown_page(&mut page, rule, catalogue).unwrap();
            pages.insert(folder.join(format!("{}.md", rule.id)), String::from_utf8(page).unwrap());
        }
    }
    pages
}

#[test]
fn the_pages_of_the_rules_are_fresh() {
    let pages = pages();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        for (path, text) in &pages {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    for (path, text) in &pages {
        let there = fs::read_to_string(path).unwrap_or_default();
        assert!(there == *text, "{} is stale; UPDATE_DOCS=1 cargo test --test docs_fresh writes it", path.display());
    }
    for language in Language::ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules").join(language.code());
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            assert!(pages.contains_key(&path), "{} belongs to no rule", path.display());
        }
    }
}
