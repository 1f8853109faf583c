//! The body for `POST /zones/ZONE_ID/dns_records/batch` of Cloudflare's API.
//!
//! Texts are in quotes and split, as the API stores them.

use serde_json::{Value, json};

use super::{Data, FormatError, absolute, data, quoted_strings, to_json_text};
use crate::publish::{Record, ZoneRecords};

pub(super) fn render(zones: &[ZoneRecords]) -> Result<String, FormatError> {
    let posts = zones.iter().flat_map(|z| &z.records).map(post).collect::<Result<Vec<_>, _>>()?;
    Ok(to_json_text(&json!({ "posts": posts })))
}

fn post(record: &Record) -> Result<Value, FormatError> {
    let plain = |name: &crate::dns::Name| match absolute(name) {
        root if root == "." => root,
        name => name.trim_end_matches('.').to_owned(),
    };
    let mut post = json!({
        "type": record.rtype.to_string(),
        "name": plain(&record.name),
        // Cloudflare takes 60 to 86400 seconds.
        "ttl": record.ttl.clamp(60, 86_400),
    });
    match data(record)? {
        Data::Text(text) => post["content"] = json!(quoted_strings(text)),
        Data::Exchange(preference, host) => {
            post["content"] = json!(plain(&host));
            post["priority"] = json!(preference);
        }
        Data::Target(name) => {
            post["content"] = json!(plain(&name));
            post["proxied"] = json!(false);
        }
        Data::Address(address) => {
            post["content"] = json!(address);
            post["proxied"] = json!(false);
        }
    }
    Ok(post)
}
