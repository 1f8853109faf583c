//! JavaScript for DNSControl: `D_EXTEND` adds to a domain that is declared elsewhere.
//!
//! Texts are whole; DNSControl splits them as each provider wants it.

use super::{Data, Format, FormatError, absolute, data, is_harmful, relative};
use crate::publish::{Record, ZoneRecords};

pub(super) fn render(zones: &[ZoneRecords]) -> Result<String, FormatError> {
    let mut out = String::new();
    for ZoneRecords { zone, records } in zones {
        let calls = records.iter().map(|r| call(r, zone)).collect::<Result<Vec<_>, _>>()?;
        // No comma after the last: the interpreter knows ECMAScript 5 only.
        out.push_str(&format!("D_EXTEND({},\n    {}\n);\n", js(zone.as_str()), calls.join(",\n    ")));
    }
    Ok(out)
}

fn call(record: &Record, zone: &crate::dns::Name) -> Result<String, FormatError> {
    let name = match relative(&record.name, zone) {
        apex if apex.is_empty() => js("@"),
        name => js(&name),
    };
    let arguments = match data(record)? {
        Data::Text(text) => {
            super::refuse_controls(Format::Dnscontrol, record)?;
            js(text)
        }
        Data::Exchange(preference, host) => format!("{preference}, {}", js(&absolute(&host))),
        Data::Target(target) => js(&absolute(&target)),
        Data::Address(address) => js(address),
    };
    Ok(format!("{}({name}, {arguments}, TTL({}))", record.rtype, record.ttl))
}

/// A string literal of ECMAScript 5, in ASCII but for letters.
fn js(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // `</script>` and `<!--` must not arise should the file end up in a page.
            '<' => out.push_str("\\u003c"),
            _ if is_harmful(c) => {
                let mut units = [0; 2];
                c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
