//! Commands for the DNS server of Windows (`Add-DnsServerResourceRecord`).
//!
//! A line of the text becomes a character-string, of at most 254 characters.

use super::{Data, Format, FormatError, absolute, data, pieces, refuse_controls, relative};
use crate::publish::{Record, ZoneRecords};

const LINE_OCTETS: usize = 254;

pub(super) fn render(zones: &[ZoneRecords]) -> Result<String, FormatError> {
    let mut out = String::new();
    for ZoneRecords { zone, records } in zones {
        for record in records {
            let name = match relative(&record.name, zone) {
                apex if apex.is_empty() => "@".to_owned(),
                name => name,
            };
            out.push_str(&format!(
                "Add-DnsServerResourceRecord -ZoneName {} -Name {} {} -TimeToLive {}\n",
                literal(zone.as_str()),
                literal(&name),
                data_arguments(record)?,
                time_span(record.ttl)
            ));
        }
    }
    Ok(out)
}

fn data_arguments(record: &Record) -> Result<String, FormatError> {
    use crate::dns::RecordType::{A, Aaaa, Cname, Ns, Ptr};
    Ok(match (data(record)?, record.rtype) {
        (Data::Text(text), _) => {
            refuse_controls(Format::Powershell, record)?;
            format!("-Txt -DescriptiveText {}", literal(&pieces(text, LINE_OCTETS).join("\n")))
        }
        (Data::Exchange(preference, host), _) => {
            format!("-MX -MailExchange {} -Preference {preference}", literal(&absolute(&host)))
        }
        (Data::Target(target), Cname) => format!("-CName -HostNameAlias {}", literal(&absolute(&target))),
        (Data::Target(target), Ns) => format!("-NS -NameServer {}", literal(&absolute(&target))),
        (Data::Target(target), Ptr) => format!("-Ptr -PtrDomainName {}", literal(&absolute(&target))),
        (Data::Address(address), A) => format!("-A -IPv4Address {}", literal(address)),
        (Data::Address(address), Aaaa) => format!("-AAAA -IPv6Address {}", literal(address)),
        (_, rtype) => return Err(FormatError::Type { format: Format::Powershell, rtype, name: record.name.clone() }),
    })
}

/// A literal in single quotes. PowerShell takes the typographic ones for quotes as well.
fn literal(text: &str) -> String {
    let mut out = String::from("'");
    for c in text.chars() {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            out.push(c);
        }
        out.push(c);
    }
    out.push('\'');
    out
}

/// `[d.]hh:mm:ss`.
fn time_span(seconds: u32) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let clock = format!("{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60);
    if days > 0 { format!("{days}.{clock}") } else { clock }
}
