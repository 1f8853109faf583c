//! A DMARC record as read: tags, slips and their places (RFC 9989 §4.7, §4.8).

use serde::{Deserialize, Serialize};

use super::record::Record;
use super::uri::DestinationAt;
use crate::tag_list::Span;

/// The one value of `v`.
pub(super) const VERSION: &str = "DMARC1";

/// What kind of tag this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TagKind {
    /// One of RFC 9989.
    Known,
    /// `pct`, `rf`, `ri`: gone with RFC 9989.
    Removed,
    /// One that no standard knows.
    Unknown,
}

/// A tag with its places in the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The name in lower case.
    pub name: String,
    /// What kind of tag it is.
    pub kind: TagKind,
    /// The whole tag.
    pub span: Span,
    /// Its name.
    pub name_span: Span,
    /// Its value.
    pub value_span: Span,
    /// Whether receivers can use it (unknown and removed tags: whether it is well formed).
    pub usable: bool,
    /// The value as it was most likely meant; `None` where the tag had better go.
    pub meant: Option<String>,
}

/// What slipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlipKind {
    /// A blank (or something that nobody sees) before `v=`.
    LeadingBlank,
    /// The record stands in quotes of its own.
    Quoted,
    /// `v=DMARC1` is there, but another tag comes first.
    VersionNotFirst,
    /// There is no `v=DMARC1`.
    VersionMissing,
    /// `v=dmarc1`: the version is case-sensitive.
    VersionMiscased,
    /// `v=DMARC 1`, `v=DMARC2`.
    VersionTypo,
    /// `v=DMARC1, p=…` or `v=DMARC1 p=…`: no semicolon behind the version.
    VersionSeparator,
    /// `p`, `sp` or `np` is none of the three keywords.
    PolicyInvalid,
    /// A value that the tag does not know.
    ValueInvalid,
    /// `rua=;`
    ValueEmpty,
    /// A piece without `=`.
    MissingEquals,
    /// Two tags with no semicolon in between.
    MissingSeparator,
    /// Something that is no tag name before `=`.
    TagName,
    /// A value with characters outside printable ASCII.
    NonAscii,
    /// The tag was there before: the first one counts.
    Duplicate,
    /// Two semicolons in a row.
    EmptyTag,
    /// A plain address without `mailto:`.
    UriNoScheme,
    /// A blank inside a URI, or between two in place of a comma.
    UriBlank,
    /// A semicolon between two URIs in place of a comma.
    UriSemicolon,
    /// An address that is not ASCII (RFC 8616 §6).
    UriNonAscii,
    /// A valid URI, but of a scheme other than `mailto`.
    UriScheme,
    /// Two commas in a row.
    UriEmpty,
    /// No URI.
    UriInvalid,
}

/// What a slip does, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Receivers see no DMARC record here.
    RecordIgnored,
    /// There is no usable policy (RFC 9989 §4.10.1).
    PolicyUnusable,
    /// A tag falls back to its default, or a destination is left out.
    TagIgnored,
    /// Untidy, without effect.
    Harmless,
}

/// A slip and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// What slipped.
    pub kind: SlipKind,
    /// Where.
    pub span: Span,
    /// The tag concerned, in lower case.
    pub tag: Option<String>,
    /// What should stand in place of the span, where that can be guessed.
    pub suggestion: Option<String>,
}

impl SlipKind {
    /// Whether the slip is about a destination of reports rather than about the syntax of the record.
    pub fn is_uri(self) -> bool {
        matches!(
            self,
            Self::UriNoScheme
                | Self::UriBlank
                | Self::UriSemicolon
                | Self::UriNonAscii
                | Self::UriScheme
                | Self::UriEmpty
                | Self::UriInvalid
        )
    }
}

impl Slip {
    /// What the slip does.
    pub fn effect(&self) -> Effect {
        let policy = matches!(self.tag.as_deref(), Some("p" | "sp" | "np"));
        match self.kind {
            SlipKind::LeadingBlank
            | SlipKind::Quoted
            | SlipKind::VersionNotFirst
            | SlipKind::VersionMissing
            | SlipKind::VersionMiscased
            | SlipKind::VersionTypo
            | SlipKind::VersionSeparator => Effect::RecordIgnored,
            SlipKind::PolicyInvalid => Effect::PolicyUnusable,
            SlipKind::ValueEmpty | SlipKind::MissingSeparator | SlipKind::NonAscii if policy => Effect::PolicyUnusable,
            SlipKind::MissingEquals if self.tag.as_deref() == Some("p") => Effect::PolicyUnusable,
            SlipKind::EmptyTag | SlipKind::UriEmpty => Effect::Harmless,
            _ => Effect::TagIgnored,
        }
    }
}

/// A record, read twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parsed {
    /// The text that was read.
    pub text: String,
    /// What receivers make of it; `None` where the whole record is ignored.
    pub record: Option<Record>,
    /// The tags in their order, `v` among them, also those that only a guess has found.
    pub tags: Vec<Tag>,
    /// The destinations of `rua`.
    pub rua: Vec<DestinationAt>,
    /// The destinations of `ruf`.
    pub ruf: Vec<DestinationAt>,
    /// The slips in their order.
    pub slips: Vec<Slip>,
}

impl Parsed {
    /// The first tag of a name.
    pub fn tag(&self, name: &str) -> Option<&Tag> {
        self.tags.iter().find(|t| t.name == name)
    }

    /// The slip that makes receivers ignore the whole record.
    pub fn ignored_because(&self) -> Option<&Slip> {
        self.slips.iter().find(|s| s.effect() == Effect::RecordIgnored)
    }

    /// The record with every slip put right as it was most likely meant; what cannot be guessed is left out.
    pub fn repaired(&self) -> String {
        self.with(&[])
    }

    /// The text with some tags rewritten in place (`Some`: the whole tag) or taken away (`None`), all else as it stands.
    pub fn rewritten<'t>(&'t self, change: impl Fn(&'t Tag) -> Option<Option<String>>) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for tag in &self.tags {
            let Some(new) = change(tag).filter(|_| tag.span.start >= at) else { continue };
            let Some(before) = self.text.get(at..tag.span.start) else { continue };
            out.push_str(before);
            at = tag.span.end;
            match new {
                Some(new) => out.push_str(&new),
                // With the semicolon behind the tag and the blanks after it; else with the one before it.
                None => match self.text.get(at..).map(str::trim_start).and_then(|rest| rest.strip_prefix(';')) {
                    Some(rest) => at = self.text.len() - rest.trim_start().len(),
                    None => {
                        let kept = out.trim_end().trim_end_matches(';').trim_end().len();
                        out.truncate(kept);
                    }
                },
            }
        }
        out.push_str(self.text.get(at..).unwrap_or_default());
        out.truncate(out.trim_end().len());
        out
    }

    /// As [`Parsed::with`], but nothing else is touched, where the record can be read and its tags can be told apart.
    pub fn amended(&self, changes: &[(&str, Option<&str>)]) -> String {
        let apart = |slip: &Slip| !matches!(slip.kind, SlipKind::MissingSeparator | SlipKind::UriSemicolon);
        if self.record.is_none() || !self.slips.iter().all(apart) {
            return self.with(changes);
        }
        let wanted = |name: &str| changes.iter().find(|(changed, _)| *changed == name).map(|(_, value)| *value);
        let mut text = self.rewritten(|tag| {
            let first = self.tag(&tag.name).is_some_and(|first| first.span == tag.span);
            Some(wanted(&tag.name)?.filter(|_| first).map(|value| {
                let head = self.text.get(tag.span.start..tag.value_span.start).filter(|head| head.contains('='));
                format!("{}{value}", head.unwrap_or(&format!("{}=", tag.name)))
            }))
        });
        for (name, value) in changes.iter().filter(|(name, _)| self.tag(name).is_none()) {
            let Some(value) = value else { continue };
            // RFC 9989 §4.7: p follows v.
            match text.find(';').filter(|_| *name == "p") {
                Some(at) => text.insert_str(at, &format!("; {name}={value}")),
                None => {
                    let end = text.trim_end_matches([';', ' ', '\t']).len();
                    text.truncate(end);
                    text.push_str(&format!("; {name}={value}"));
                }
            }
        }
        text
    }

    /// As [`Parsed::repaired`], with tags set (`Some`) or left out (`None`). New ones go to the end, `p` behind `v`.
    pub fn with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let mut tags: Vec<(&str, &str)> = Vec::new();
        let mut names = std::collections::HashSet::new();
        for tag in self.tags.iter().filter(|t| t.name != "v") {
            let meant = match changes.iter().find(|(name, _)| *name == tag.name) {
                Some((_, value)) => *value,
                None => tag.meant.as_deref(),
            };
            if let Some(meant) = meant.filter(|_| names.insert(tag.name.as_str())) {
                tags.push((&tag.name, meant));
            }
        }
        for (name, value) in changes {
            if let Some(value) = value.filter(|_| names.insert(name)) {
                tags.insert(if *name == "p" { 0 } else { tags.len() }, (name, value));
            }
        }
        let mut out = format!("v={VERSION}");
        for (name, value) in tags {
            out.push_str(&format!("; {name}={value}"));
        }
        out
    }
}
