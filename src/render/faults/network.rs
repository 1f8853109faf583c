//! Options about DNS and network.

use super::Fault;
use crate::dns::live::SettingsError;
use crate::dns::replay::ReplayError;
use crate::dns::server::SpecError;
use crate::dns::stack::StackError;
use crate::dnssec::AnchorsError;
use crate::locales::Phrase;
use crate::net::guard::ConnectToError;

impl Fault for SpecError {
    fn phrase(&self) -> Phrase {
        Phrase::new(match self {
            Self::Address => "fault-resolver-form",
            Self::Port => "fault-port",
            Self::Host => "fault-resolver-host",
            Self::Path => "fault-resolver-path",
            Self::Scheme => "fault-resolver-scheme",
            Self::HttpsIpv6 => "fault-resolver-https",
        })
    }
}

impl Fault for ConnectToError {
    fn phrase(&self) -> Phrase {
        Phrase::new(match self {
            Self::Form => "fault-connect-to-form",
            Self::Port => "fault-port",
            Self::Address => "fault-connect-to-address",
        })
    }
}

impl Fault for StackError {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Settings(error) => error.phrase(),
            Self::Replay(error) => error.phrase(),
            Self::Save { path, source } => {
                Phrase::new("fault-file").arg("path", path.display().to_string()).arg("source", source.part())
            }
        }
    }
}

impl Fault for SettingsError {
    fn phrase(&self) -> Phrase {
        match self {
            Self::TooMany => Phrase::new("fault-resolver-many"),
            Self::ServerName(name) => Phrase::new("fault-resolver-name").arg("name", name),
            Self::Tls(why) => Phrase::new("fault-tls").arg("why", why),
        }
    }
}

impl Fault for ReplayError {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Io { path, source } => {
                Phrase::new("fault-file").arg("path", path.display().to_string()).arg("source", source.part())
            }
            Self::Line { path, line, .. } => {
                Phrase::new("fault-replay-line").arg("path", path.display().to_string()).arg("line", line.to_string())
            }
        }
    }
}

impl Fault for AnchorsError {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Io(error) => error.phrase(),
            Self::Syntax { line, .. } => Phrase::new("fault-anchors-syntax").arg("line", line.to_string()),
            Self::Type { line, rtype } => {
                Phrase::new("fault-anchors-type").arg("line", line.to_string()).arg("rtype", rtype)
            }
            Self::Flags { line, flags } => {
                Phrase::new("fault-anchors-flags").arg("line", line.to_string()).arg("flags", flags.to_string())
            }
            Self::Empty => Phrase::new("fault-anchors-empty"),
        }
    }
}
