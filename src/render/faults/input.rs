//! Configuration, zone files, messages and reports.

use super::Fault;
use crate::config::{ConfigError, Slip};
use crate::dns::NameError;
use crate::locales::{Arg, Phrase};
use crate::message::MessageError;
use crate::reports;
use crate::too_large::TooLarge;
use crate::zonefile::{Fatal, FatalKind};

impl Fault for ConfigError {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Unreadable { path, .. } => Phrase::new("fault-unreadable").arg("path", path.display().to_string()),
            Self::Wrong { path, line, column, slip } => Phrase::new("fault-config")
                .arg("path", path.display().to_string())
                .arg("line", line.to_string())
                .arg("column", column.to_string())
                .arg("slip", slip.part()),
        }
    }
}

impl Fault for Slip {
    fn phrase(&self) -> Phrase {
        let near = |near: &Option<String>| {
            Arg::Phrases(near.iter().map(|word| Phrase::new("fault-meant").arg("word", word)).collect())
        };
        match self {
            Self::Syntax { message, near: word } => {
                // The words in ticks are the file's own and those that could stand there.
                let ticked: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
                let first = ticked.first().copied().unwrap_or_default();
                let known = ticked.get(1..).unwrap_or_default().join(", ");
                let unknown = |id: &'static str| {
                    Phrase::new(id).arg("word", first).arg("known", known.clone()).arg("near", near(word))
                };
                match message {
                    m if m.starts_with("unknown field") && word.is_some() => unknown("fault-config-key-near"),
                    m if m.starts_with("unknown field") => unknown("fault-config-key"),
                    m if m.starts_with("unknown variant") && word.is_some() => unknown("fault-config-value-near"),
                    m if m.starts_with("unknown variant") => unknown("fault-config-value"),
                    m if m.starts_with("missing field") => Phrase::new("fault-config-missing").arg("word", first),
                    m if m.starts_with("duplicate key") => Phrase::new("fault-config-duplicate"),
                    m if ["invalid type", "invalid value", "wanted "].iter().any(|start| m.starts_with(start)) => {
                        Phrase::new("fault-config-type")
                    }
                    _ => Phrase::new("fault-config-syntax"),
                }
            }
            Self::Rule { id, near: word } => {
                let text = if word.is_some() { "fault-config-rule-near" } else { "fault-config-rule" };
                Phrase::new(text).arg("id", id).arg("near", near(word))
            }
            Self::Provider { id, near: word } => {
                let text = if word.is_some() { "fault-config-provider-near" } else { "fault-config-provider" };
                Phrase::new(text).arg("id", id).arg("near", near(word))
            }
            Self::Domain { name, error } => {
                Phrase::new("fault-config-domain").arg("name", name).arg("error", error.part())
            }
            Self::Twice { name } => Phrase::new("fault-config-twice").arg("name", name),
            Self::Word { key, value, known, near: word } => {
                let text = if word.is_some() { "fault-config-word-near" } else { "fault-config-word" };
                Phrase::new(text)
                    .arg("key", *key)
                    .arg("value", value)
                    .arg("known", known.join(", "))
                    .arg("near", near(word))
            }
            Self::Exchanger { value } => Phrase::new("fault-config-exchanger").arg("value", value),
        }
    }
}

impl Fault for TooLarge {
    fn phrase(&self) -> Phrase {
        Phrase::new("fault-too-large").arg("most", self.most >> 20)
    }
}

impl Fault for NameError {
    fn phrase(&self) -> Phrase {
        Phrase::new(match self {
            Self::EmptyLabel => "fault-name-empty-label",
            Self::LabelTooLong => "fault-name-long-label",
            Self::NameTooLong => "fault-name-long",
            Self::BadEscape => "fault-name-escape",
            Self::BadIdn => "fault-name-idn",
        })
    }
}

impl Fault for MessageError {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Io(error) => error.phrase(),
            Self::HeaderTooLong(octets) => Phrase::new("fault-message-header").arg("octets", *octets),
            Self::TooManyFields(count) => Phrase::new("fault-message-fields").arg("count", *count),
        }
    }
}

impl Fault for Fatal {
    fn phrase(&self) -> Phrase {
        Phrase::new("fault-zone").arg("file", &self.file).arg("kind", self.kind.part())
    }
}

impl Fault for FatalKind {
    fn phrase(&self) -> Phrase {
        match self {
            Self::NoOrigin { line } => Phrase::new("fault-zone-no-origin").arg("line", line.to_string()),
            Self::TooLarge => Phrase::new("fault-zone-large"),
        }
    }
}

impl Fault for reports::Omission {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Whole(fault) => fault.phrase(),
            Self::Rest(fault, count) => {
                Phrase::new("fault-report-rest").arg("fault", fault.part()).arg("count", *count)
            }
            Self::Records { why, count } => {
                Phrase::new("fault-report-records").arg("why", why.part()).arg("count", *count)
            }
            Self::NoRoom { most, count } => Phrase::new("fault-report-room").arg("most", *most).arg("count", *count),
        }
    }
}

impl Fault for reports::RecordFault {
    fn phrase(&self) -> Phrase {
        match self {
            Self::NoAddress => Phrase::new("fault-report-no-address"),
            Self::Address(text) => Phrase::new("fault-report-address").arg("text", text),
            Self::NoCount => Phrase::new("fault-report-no-count"),
            Self::Count(text) => Phrase::new("fault-report-count").arg("text", text),
        }
    }
}

impl Fault for reports::Fault {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Empty => Phrase::new("fault-report-empty"),
            Self::NotAReport => Phrase::new("fault-report-kind"),
            Self::NoReportInMail => Phrase::new("fault-report-mail"),
            Self::NoFeedback => Phrase::new("fault-report-root"),
            Self::Doctype => Phrase::new("fault-report-doctype"),
            Self::Entity(name) => Phrase::new("fault-report-entity").arg("name", name),
            Self::Depth(most) => Phrase::new("fault-report-depth").arg("most", *most),
            Self::TooLong(most) => Phrase::new("fault-report-long").arg("most", *most),
            Self::Encoding(name) => Phrase::new("fault-report-encoding").arg("name", name),
            Self::Xml { at, .. } => Phrase::new("fault-report-xml").arg("at", *at),
            Self::Truncated => Phrase::new("fault-report-truncated"),
            Self::Json(_) => Phrase::new("fault-report-json"),
            Self::Unpacked(most) => Phrase::new("fault-report-unpacked").arg("most", *most),
            Self::Ratio(most) => Phrase::new("fault-report-ratio").arg("most", *most),
            Self::NestedArchive => Phrase::new("fault-report-nested"),
            Self::Members(most) => Phrase::new("fault-report-members").arg("most", *most),
            Self::Zip(_) => Phrase::new("fault-report-zip"),
            Self::Compressed(_) => Phrase::new("fault-report-compressed"),
            Self::Size(_, most) => Phrase::new("fault-report-size").arg("most", *most),
            Self::TooMany(_, most) => Phrase::new("fault-report-many").arg("most", *most),
            Self::NoRange => Phrase::new("fault-report-range"),
            Self::NoDomain => Phrase::new("fault-report-domain"),
            Self::Io(kind, text) => {
                Phrase::new("fault-report-io").arg("why", Arg::Phrases(vec![super::of_system(*kind, text)]))
            }
        }
    }
}
