//! The JSON Schema of `mailauth.toml`, made from the types. It is data for editors; the program itself does not need it.

use serde_json::{Value, json};

use super::Config;
use super::words::{ALIGNMENTS, MODES, POLICIES, SPF_ALL};

/// The schema, with what only the data files know: the ids of rules and providers.
fn schema() -> Value {
    let mut schema = schemars::schema_for!(Config).to_value();
    schema["title"] = "mailauth.toml".into();
    let rules: Vec<&str> = crate::rules::all().map(|rule| rule.id).collect();
    schema["$defs"]["Ratings"]["propertyNames"] = json!({ "enum": rules });
    let providers: Vec<&str> = crate::knowledge::providers::all().iter().map(|p| p.id.as_str()).collect();
    schema["$defs"]["DomainConfig"]["properties"]["providers"]["items"] = json!({ "enum": providers });
    for (table, key, words) in [
        ("SpfConfig", "all", &SPF_ALL[..]),
        ("DmarcConfig", "policy", &POLICIES),
        ("DmarcConfig", "subdomain-policy", &POLICIES),
        ("DmarcConfig", "nonexistent-policy", &POLICIES),
        ("DmarcConfig", "adkim", &ALIGNMENTS),
        ("DmarcConfig", "aspf", &ALIGNMENTS),
        ("MtaStsConfig", "mode", &MODES),
    ] {
        let property = &mut schema["$defs"][table]["properties"][key];
        assert!(property.is_object(), "{table}.{key} is not there");
        property["enum"] = json!(words);
    }
    without_null(&mut schema);
    schema
}

/// TOML has no null: what may be left out is left out.
fn without_null(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|name| name != "null");
                if let [one] = &mut types[..] {
                    let one = one.take();
                    object.insert("type".to_owned(), one);
                }
            }
            if let Some(Value::Array(any)) = object.get_mut("anyOf") {
                any.retain(|kind| kind["type"] != "null");
                if let [Value::Object(one)] = &mut any[..] {
                    let one = std::mem::take(one);
                    object.remove("anyOf");
                    object.extend(one);
                }
            }
            object.values_mut().for_each(without_null);
        }
        Value::Array(list) => list.iter_mut().for_each(without_null),
        _ => {}
    }
}

#[test]
fn the_schema_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/mailauth.schema.json");
    let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(there == text, "docs/mailauth.schema.json is stale; UPDATE_DOCS=1 cargo test --lib schema writes it");
}

#[test]
fn every_key_is_explained() {
    let schema = schema();
    let tables = schema["$defs"].as_object().unwrap().values().chain([&schema]);
    let mut count = 0;
    for (key, property) in tables.filter_map(|table| table["properties"].as_object()).flatten() {
        assert!(property["description"].as_str().is_some_and(|words| !words.is_empty()), "{key} has no words");
        count += 1;
    }
    assert!(count > 25, "{count}");
    assert_eq!(schema["additionalProperties"], false);
}
