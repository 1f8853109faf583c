//! What holds for all tables: they parse strictly, name only what exists, and have words in both languages.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;

use super::*;

fn text(file: &str) -> BTreeMap<&str, &str> {
    let problems = FluentResource::try_new(file.to_owned()).err().map(|(_, errors)| errors);
    assert_eq!(problems, None);
    let mut messages = BTreeMap::new();
    for (id, words) in file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = ")) {
        assert!(!words.trim().is_empty() && words.ends_with('.'), "{id}");
        assert!(messages.insert(id, words).is_none(), "{id} twice");
    }
    messages
}

fn unique<'a>(ids: impl IntoIterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        let kebab = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        assert!(!id.is_empty() && id.bytes().all(kebab), "{id}");
        assert!(seen.insert(id), "{id} twice");
    }
}

#[test]
fn tables_parse_strictly() {
    toml::from_str::<providers::Table>(providers::DATA).unwrap();
    toml::from_str::<selectors::Table>(selectors::DATA).unwrap();
    toml::from_str::<blocklists::Table>(blocklists::DATA).unwrap();
    toml::from_str::<conditions::Table>(conditions::DATA).unwrap();
    toml::from_str::<receivers::Table>(receivers::DATA).unwrap();
    toml::from_str::<smtp_codes::Table>(smtp_codes::DATA).unwrap();
    let misspelt = blocklists::DATA.replacen("\nasked =", "\naskd =", 1);
    assert!(toml::from_str::<blocklists::Table>(&misspelt).is_err());
    let timeless = providers::DATA.replacen("2026-11-22", "2026-13-22", 1);
    assert!(toml::from_str::<providers::Table>(&timeless).is_err());
}

#[test]
fn ids_are_unique() {
    unique(providers::all().iter().map(|p| p.id.as_str()));
    unique(blocklists::all().iter().map(|l| l.id.as_str()).chain(blocklists::dead().iter().map(|l| l.id.as_str())));
    for list in blocklists::all() {
        unique(list.codes.iter().map(|c| c.id.as_str()));
    }
    unique(conditions::all().iter().map(|c| c.id.as_str()));
    unique(conditions::facts().iter().map(|f| f.id.as_str()));
    unique(receivers::all().iter().map(|r| r.id.as_str()));
    let bsi = receivers::bsi().iter().map(|r| r.id.as_str());
    unique(receivers::all().iter().flat_map(|r| &r.requirement).map(|r| r.id.as_str()).chain(bsi));
}

#[test]
fn rules_and_conditions_exist() {
    let of_conditions = conditions::all().iter().flat_map(|c| c.rules());
    let of_replies = smtp_codes::all().iter().flat_map(|c| c.rules.iter().map(String::as_str));
    for rule in of_conditions.chain(of_replies) {
        assert!(crate::rules::find(rule).is_some(), "{rule}");
    }
    let asked: BTreeSet<&str> = receivers::all()
        .iter()
        .flat_map(|r| &r.requirement)
        .flat_map(|r| r.all.iter().chain(&r.any))
        .chain(receivers::bsi().iter().flat_map(|r| &r.all))
        .map(String::as_str)
        .collect();
    for condition in conditions::all() {
        assert!(asked.contains(condition.id.as_str()), "nobody asks for {}", condition.id);
    }
    for code in smtp_codes::all() {
        assert!(code.receiver.as_deref().is_none_or(|id| receivers::by_id(id).is_some()), "{}", code.meaning);
    }
}

#[test]
fn every_row_has_a_source_and_no_row_is_from_the_future_of_the_table() {
    let today: jiff::civil::Date = "2026-11-22".parse().unwrap();
    let rows = providers::all().iter().map(|p| (&p.source, p.as_of, p.verified));
    let rows = rows.chain(selectors::groups().iter().map(|g| (&g.source, g.as_of, g.verified)));
    let rows = rows.chain(blocklists::all().iter().map(|l| (&l.source, l.as_of, l.verified)));
    let rows = rows.chain(blocklists::dead().iter().map(|l| (&l.source, l.as_of, l.verified)));
    let requirements = receivers::all().iter().flat_map(|r| &r.requirement);
    let rows = rows.chain(requirements.map(|r| (&r.source, r.as_of, r.verified)));
    let rows = rows.chain(receivers::bsi().iter().map(|r| (&r.source, r.as_of, r.verified)));
    let rows = rows.chain(smtp_codes::all().iter().map(|c| (&c.source, c.as_of, c.verified)));
    for (source, as_of, verified) in rows {
        assert!(!source.is_empty() && as_of <= today, "{source}");
        assert!(!(verified && source.starts_with("unconfirmed")), "{source}");
    }
}

#[test]
fn both_languages_have_every_text_and_no_other() {
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    let requirements = receivers::all().iter().flat_map(|r| &r.requirement).map(|r| &r.id);
    wanted.extend(requirements.chain(receivers::bsi().iter().map(|r| &r.id)).map(|id| format!("requirement-{id}")));
    for list in blocklists::all() {
        wanted.extend(list.codes.iter().map(|c| format!("blocklist-{}-{}", list.id, c.id)));
        wanted.extend(list.refusals.iter().map(|r| format!("blocklist-refused-{}", r.reason)));
    }
    wanted.extend(["unexplained", "hijacked", "broken", "dead"].map(|r| format!("blocklist-refused-{r}")));
    for file in [include_str!("../locales/en/receivers.ftl"), include_str!("../locales/de/receivers.ftl")] {
        let have: BTreeSet<String> = text(file).into_keys().map(str::to_owned).collect();
        assert_eq!(have, wanted);
    }
    let wanted: BTreeSet<String> = smtp_codes::all().iter().map(|c| format!("bounce-{}", c.meaning)).collect();
    for file in [include_str!("../locales/en/bounces.ftl"), include_str!("../locales/de/bounces.ftl")] {
        let have: BTreeSet<String> = text(file).into_keys().map(str::to_owned).collect();
        assert_eq!(have, wanted);
    }
}

#[test]
fn english_of_the_data_is_the_text() {
    let english = text(include_str!("../locales/en/receivers.ftl"));
    for list in blocklists::all() {
        for code in &list.codes {
            assert_eq!(english[format!("blocklist-{}-{}", list.id, code.id).as_str()], code.meaning);
        }
    }
}
