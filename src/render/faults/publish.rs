//! Records that are made.

use super::Fault;
use crate::locales::Phrase;
use crate::publish::FormatError;
use crate::publish::desired::DesiredError;
use crate::publish::keygen::KeygenError;
use crate::publish::records::{PublishError, Reason};

impl Fault for KeygenError {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Option(error) => error.phrase(),
            Self::Key(error) => error.phrase(),
            Self::File(error) => error.phrase(),
        }
    }
}

impl Fault for PublishError {
    fn phrase(&self) -> Phrase {
        let value = self.value.escape_debug().to_string();
        Phrase::new("fault-publish").arg("flag", self.flag).arg("value", value).arg("reason", self.reason.part())
    }
}

impl Fault for Reason {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Domain => Phrase::new("fault-publish-domain"),
            Self::Selector => Phrase::new("fault-publish-selector"),
            Self::Ip4 => Phrase::new("fault-publish-ip4"),
            Self::Ip6 => Phrase::new("fault-publish-ip6"),
            Self::Everybody => Phrase::new("fault-publish-everybody"),
            Self::IncludesItself => Phrase::new("fault-publish-itself"),
            Self::Lookups(count) => Phrase::new("fault-publish-lookups").arg("count", *count),
            Self::MissingMailto(address) => Phrase::new("fault-publish-mailto").arg("address", address),
            Self::Uri => Phrase::new("fault-publish-uri"),
            Self::Scheme => Phrase::new("fault-publish-scheme"),
            Self::Encode(c) => Phrase::new("fault-publish-encode")
                .arg("character", c.to_string())
                .arg("code", format!("{:02X}", u32::from(*c))),
            Self::NotAscii => Phrase::new("fault-publish-ascii"),
            Self::FailureOptions => Phrase::new("fault-publish-fo"),
            Self::Missing => Phrase::new("fault-publish-missing"),
            Self::PolicyId => Phrase::new("fault-publish-id"),
            Self::MxPattern => Phrase::new("fault-publish-mx"),
            Self::MaxAge => Phrase::new("fault-publish-max-age"),
            Self::Duration => Phrase::new("fault-publish-duration"),
            Self::Word(words) => Phrase::new("fault-publish-word").arg("words", *words),
        }
    }
}

impl Fault for DesiredError {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Publish(error) => error.phrase(),
            Self::Exchanger(text) => Phrase::new("fault-desired-mx").arg("text", text),
            Self::Term { term, .. } => Phrase::new("fault-desired-term").arg("term", term),
            Self::Everybody(term) => Phrase::new("fault-desired-everybody").arg("term", term),
            Self::Record { term, .. } => Phrase::new("fault-desired-record").arg("term", term),
            Self::Lookups(count) => Phrase::new("fault-desired-lookups").arg("count", *count),
            Self::IncludesItself(name) => Phrase::new("fault-desired-itself").arg("name", name),
            Self::NoExchangers(name) => Phrase::new("fault-desired-exchangers").arg("name", name),
        }
    }
}

impl Fault for FormatError {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Type { format, rtype, name } => Phrase::new("fault-format-type")
                .arg("format", format.to_string())
                .arg("type", rtype.to_string())
                .arg("name", name),
            Self::Character { format, character, name } => Phrase::new("fault-format-character")
                .arg("format", format.to_string())
                .arg("character", format!("{character:?}"))
                .arg("name", name),
            Self::TooLong { format, name } => {
                Phrase::new("fault-format-long").arg("format", format.to_string()).arg("name", name)
            }
            Self::Value { rtype, name, value } => Phrase::new("fault-format-value")
                .arg("type", rtype.to_string())
                .arg("name", name)
                .arg("value", format!("{value:?}")),
            Self::OutsideZone { name, zone } => Phrase::new("fault-format-outside").arg("name", name).arg("zone", zone),
        }
    }
}
