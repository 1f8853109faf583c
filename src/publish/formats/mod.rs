//! The formats of `--dns-format`: one document for a list of records, each with its own quoting.

mod cloudflare;
mod dnscontrol;
mod json;
mod nsupdate;
mod octodns;
mod powershell;
mod route53;
mod terraform;
mod value;
mod zone;

use std::fmt;
use std::str::FromStr;

use super::{Record, ZoneRecords};
use crate::dns::{Name, RecordType};
use crate::harmful::is_harmful;

pub use json::to_json_text;

/// The octets that one character-string holds at most (RFC 1035 §3.3).
const STRING_OCTETS: usize = 255;

macro_rules! formats {
    ($($(#[$attr:meta])* $variant:ident $text:literal $module:ident $doc:literal,)*) => {
        /// How records are printed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum Format { $(#[doc = $doc] $(#[$attr])* $variant,)* }

        impl Format {
            /// All formats, the default first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word of `--dns-format`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Prints one document that ends with a line end.
            ///
            /// # Errors
            /// [`FormatError`] for what the format cannot say; nothing is ever cut or replaced to fit.
            pub fn render(self, zones: &[ZoneRecords]) -> Result<String, FormatError> {
                check(zones)?;
                match self { $(Self::$variant => $module::render(zones),)* }
            }
        }
    };
}

formats! {
    #[default]
    Zone "zone" zone "A master file (RFC 1035 §5).",
    Value "value" value "The bare values, for the web form of a provider.",
    Json "json" json "The records as a JSON array.",
    Nsupdate "nsupdate" nsupdate "Input for `nsupdate` (RFC 2136).",
    Route53 "route53" route53 "A change batch for Amazon Route 53.",
    Cloudflare "cloudflare" cloudflare "The body of a batch call of Cloudflare's API.",
    Octodns "octodns" octodns "A zone in YAML for octoDNS.",
    Dnscontrol "dnscontrol" dnscontrol "JavaScript for DNSControl.",
    Terraform "terraform" terraform "HCL for Terraform's provider `hashicorp/dns`.",
    Powershell "powershell" powershell "Commands for the DNS server of Windows.",
}

impl Format {
    /// The words of `--dns-format`.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|f| f.as_str())
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown DNS format")]
pub struct UnknownFormat;

impl FromStr for Format {
    type Err = UnknownFormat;
    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.iter().find(|f| f.as_str() == text).copied().ok_or(UnknownFormat)
    }
}

/// What a format cannot say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// Records of this type.
    #[error("{format} cannot hold the {rtype} record of {name}")]
    Type {
        /// The format.
        format: Format,
        /// The type.
        rtype: RecordType,
        /// The owner.
        name: Name,
    },
    /// A character of the value.
    #[error("{format} cannot hold the character {character:?} in the record of {name}")]
    Character {
        /// The format.
        format: Format,
        /// The character.
        character: char,
        /// The owner.
        name: Name,
    },
    /// A record too long for it.
    #[error("{format} cannot hold the record of {name}: it is too long")]
    TooLong {
        /// The format.
        format: Format,
        /// The owner.
        name: Name,
    },
    /// A value that is none of its type.
    #[error("the {rtype} value of {name} is not valid: {value:?}")]
    Value {
        /// The type.
        rtype: RecordType,
        /// The owner.
        name: Name,
        /// The value.
        value: String,
    },
    /// A record outside its zone.
    #[error("{name} does not lie in the zone {zone}")]
    OutsideZone {
        /// The owner.
        name: Name,
        /// The apex.
        zone: Name,
    },
}

/// What holds for every format: names lie in their zones, values are values of their types.
fn check(zones: &[ZoneRecords]) -> Result<(), FormatError> {
    for ZoneRecords { zone, records } in zones {
        for record in records {
            if !record.name.is_within(zone) {
                return Err(FormatError::OutsideZone { name: record.name.clone(), zone: zone.clone() });
            }
            data(record)?;
            // RFC 1035 §3.2.1: rdata has at most 65,535 octets, a length octet for each string among them.
            if record.value.len() + record.value.len().div_ceil(STRING_OCTETS) > 65_535 {
                return Err(FormatError::TooLong { format: Format::Zone, name: record.name.clone() });
            }
        }
    }
    Ok(())
}

/// The value of a record, taken apart.
enum Data<'a> {
    Text(&'a str),
    Exchange(u16, Name),
    Target(Name),
    /// An address.
    Address(&'a str),
}

fn data(record: &Record) -> Result<Data<'_>, FormatError> {
    let value = &*record.value;
    let parsed = match record.rtype {
        RecordType::Txt => Some(Data::Text(value)),
        RecordType::Mx => value.split_once(' ').and_then(|(preference, host)| {
            Some(Data::Exchange(preference.parse().ok()?, Name::parse(host.trim()).ok()?))
        }),
        RecordType::Cname | RecordType::Ns | RecordType::Ptr => Name::parse(value).ok().map(Data::Target),
        RecordType::A => value.parse::<std::net::Ipv4Addr>().ok().map(|_| Data::Address(value)),
        RecordType::Aaaa => value.parse::<std::net::Ipv6Addr>().ok().map(|_| Data::Address(value)),
        _ => None,
    };
    parsed.ok_or_else(|| FormatError::Value {
        rtype: record.rtype,
        name: record.name.clone(),
        value: record.value.clone(),
    })
}

/// The pieces of a text, of at most `most` octets each and never within a character; one empty piece for none.
fn pieces(text: &str, most: usize) -> Vec<&str> {
    let mut out = Vec::with_capacity(text.len() / most + 1);
    let mut rest = text;
    while rest.len() > most {
        let at = rest.floor_char_boundary(most);
        out.push(&rest[..at]);
        rest = &rest[at..];
    }
    out.push(rest);
    out
}

/// A character-string in quotes (RFC 1035 §5.1): `\"`, `\\`, and `\DDD` for what is not printable ASCII.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    escape_into(&mut out, text);
    out.push('"');
    out
}

fn escape_into(out: &mut String, text: &str) {
    for b in text.bytes() {
        match b {
            b'"' | b'\\' => out.extend(['\\', b as char]),
            b' '..=b'~' => out.push(b as char),
            _ => out.push_str(&format!("\\{b:03}")),
        }
    }
}

/// All character-strings of a text, in quotes, with a blank in between.
fn quoted_strings(text: &str) -> String {
    pieces(text, STRING_OCTETS).into_iter().map(quoted).collect::<Vec<_>>().join(" ")
}

/// A name in presentation form with the final dot, safe in a master file.
fn absolute(name: &Name) -> String {
    let mut out = String::with_capacity(name.as_str().len() + 1);
    for label in name.raw_labels() {
        for b in label {
            match b {
                b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'*' => out.push(b as char),
                _ if b.is_ascii_graphic() && !b.is_ascii_alphanumeric() => out.extend(['\\', b as char]),
                _ => out.push_str(&format!("\\{b:03}")),
            }
        }
        out.push('.');
    }
    if out.is_empty() { ".".into() } else { out }
}

/// The name below the apex, without it; empty for the apex itself.
fn relative(name: &Name, zone: &Name) -> String {
    if name == zone {
        return String::new();
    }
    let full = name.as_str();
    match full.strip_suffix(zone.as_str()) {
        Some(head) if !zone.is_root() => head.strip_suffix('.').unwrap_or(head).to_owned(),
        _ => full.to_owned(),
    }
}

/// The value in the presentation form of a master file.
fn presentation(record: &Record) -> Result<String, FormatError> {
    Ok(match data(record)? {
        Data::Text(text) => quoted_strings(text),
        Data::Exchange(preference, host) => format!("{preference} {}", absolute(&host)),
        Data::Target(name) => absolute(&name),
        Data::Address(address) => address.to_owned(),
    })
}

/// Refuses control characters in texts, for formats that have no way to write them.
fn refuse_controls(format: Format, record: &Record) -> Result<(), FormatError> {
    match record.value.chars().find(|c| is_harmful(*c)) {
        Some(character) => Err(FormatError::Character { format, character, name: record.name.clone() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
