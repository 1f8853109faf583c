//! The words for people: message catalogues in Fluent, English and German side by side.
//!
//! Code names a message and its arguments; which language comes out is decided when a result is
//! rendered. JSON keys, rule ids and the words of the standards are not translated.

pub mod dates;
mod dns;

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};

/// A language of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// `en` or `de`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language of a POSIX environment: `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set
    /// and not empty; English where it is another.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let value = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
        match value {
            Some(value) if value.split(['_', '.', '@', '-']).next() == Some("de") => Self::De,
            _ => Self::En,
        }
    }
}

/// An argument of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A whole number, written as the language writes it, and the plural forms go by it.
    Number(i64),
    /// Text, as it is.
    Text(Cow<'static, str>),
    /// Another message of the catalogue, by its id: a meaning that has words of its own.
    Message(Cow<'static, str>),
    /// Other messages with arguments of their own, one after the other.
    Phrases(Vec<Phrase>),
}

/// A message of the catalogue with its arguments: a sentence to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The message's id.
    pub id: Cow<'static, str>,
    /// What goes into it.
    pub args: Args,
}

impl Phrase {
    /// A message, so far without arguments.
    pub fn new(id: impl Into<Cow<'static, str>>) -> Self {
        Self { id: id.into(), args: Args::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }
}

impl From<Vec<Phrase>> for Arg {
    fn from(phrases: Vec<Phrase>) -> Self {
        Self::Phrases(phrases)
    }
}

macro_rules! number_args {
    ($($type:ty),*) => { $(impl From<$type> for Arg {
        fn from(number: $type) -> Self {
            Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
        }
    })* };
}
number_args!(u8, u16, u32, u64, usize, i32, i64);

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(Cow::Owned(text.to_owned()))
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(Cow::Owned(text.clone()))
    }
}
impl From<&crate::dns::Name> for Arg {
    fn from(name: &crate::dns::Name) -> Self {
        Self::Text(Cow::Owned(name.to_string()))
    }
}

/// The arguments of a message, by name.
pub type Args = Vec<(Cow<'static, str>, Arg)>;

macro_rules! catalogue_files {
    ($lang:literal) => {
        &[
            include_str!(concat!($lang, "/rules/spf.ftl")),
            include_str!(concat!($lang, "/rules/dkim.ftl")),
            include_str!(concat!($lang, "/rules/dmarc.ftl")),
            include_str!(concat!($lang, "/rules/transport.ftl")),
            include_str!(concat!($lang, "/rules/zone.ftl")),
            include_str!(concat!($lang, "/rules/message.ftl")),
            include_str!(concat!($lang, "/receivers.ftl")),
            include_str!(concat!($lang, "/bounces.ftl")),
            include_str!(concat!($lang, "/render.ftl")),
            include_str!(concat!($lang, "/lint.ftl")),
            include_str!(concat!($lang, "/page.ftl")),
            include_str!(concat!($lang, "/letter.ftl")),
            include_str!(concat!($lang, "/publish.ftl")),
            include_str!(concat!($lang, "/spf.ftl")),
            include_str!(concat!($lang, "/verify.ftl")),
            include_str!(concat!($lang, "/report.ftl")),
            include_str!(concat!($lang, "/init.ftl")),
            include_str!(concat!($lang, "/explain.ftl")),
            include_str!(concat!($lang, "/errors.ftl")),
        ]
    };
}

const ENGLISH: &[&str] = catalogue_files!("en");
const GERMAN: &[&str] = catalogue_files!("de");

/// All messages of one language.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    /// The catalogue of a language; read at its first use.
    pub fn of(language: Language) -> &'static Self {
        static EN: OnceLock<Catalogue> = OnceLock::new();
        static DE: OnceLock<Catalogue> = OnceLock::new();
        match language {
            Language::En => EN.get_or_init(|| Self::read(language, ENGLISH)),
            Language::De => DE.get_or_init(|| Self::read(language, GERMAN)),
        }
    }

    /// A catalogue of its own, from the texts of its files.
    pub(crate) fn read(language: Language, files: &[&str]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![match language {
            Language::En => unic_langid::langid!("en"),
            Language::De => unic_langid::langid!("de"),
        }]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::En => |value, _| grouped(value, ','),
            Language::De => |value, _| grouped(value, '.'),
        }));
        for file in files {
            // A slip in a catalogue costs the one message; the tests find it.
            let resource = match FluentResource::try_new((*file).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is such a message, or such an attribute of it.
    pub fn has(&self, id: &str, attribute: Option<&str>) -> bool {
        self.bundle.get_message(id).is_some_and(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).is_some(),
            None => message.value().is_some(),
        })
    }

    /// A message without arguments.
    pub fn text(&self, id: &str) -> String {
        self.format(id, None, &Args::new())
    }

    /// An attribute of a message, without arguments.
    pub fn attribute(&self, id: &str, attribute: &str) -> String {
        self.format(id, Some(attribute), &Args::new())
    }

    /// A message with the arguments that it brings along.
    pub fn phrase(&self, phrase: &Phrase) -> String {
        self.format(&phrase.id, None, &phrase.args)
    }

    /// A message, or an attribute of one, with its arguments put in. A message that does not exist
    /// comes out as its id, so that nothing is ever silently empty.
    pub fn format(&self, id: &str, attribute: Option<&str>, args: &Args) -> String {
        let pattern = self.bundle.get_message(id).and_then(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|a| a.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else {
            return attribute.map_or_else(|| id.to_owned(), |attribute| format!("{id}.{attribute}"));
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(
                name.as_ref(),
                match arg {
                    Arg::Number(number) => FluentValue::from(*number),
                    Arg::Text(text) => FluentValue::from(text.as_ref()),
                    Arg::Message(id) => FluentValue::from(self.text(id)),
                    Arg::Phrases(list) => {
                        FluentValue::from(list.iter().map(|p| self.phrase(p)).collect::<Vec<_>>().join(" "))
                    }
                },
            );
        }
        self.bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue").field("language", &self.language).finish_non_exhaustive()
    }
}

/// Whole numbers from 10,000 on get the language's separator between thousands.
fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = format!("{}", number.value.trunc() as i64);
    if number.value.fract() != 0.0 || digits.trim_start_matches('-').len() < 5 {
        return None;
    }
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |d| ("-", d));
    let mut text = sign.to_owned();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    Some(text)
}

#[cfg(test)]
pub(crate) use tests::inventory;

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
    use std::collections::{BTreeMap, BTreeSet};

    /// Every message and attribute with the variables that it uses.
    pub(crate) fn inventory(files: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
        fn variables(pattern: &Pattern<&str>, out: &mut BTreeSet<String>) {
            for element in &pattern.elements {
                if let PatternElement::Placeable { expression } = element {
                    match expression {
                        Expression::Inline(inline) => inline_variables(inline, out),
                        Expression::Select { selector, variants } => {
                            inline_variables(selector, out);
                            variants.iter().for_each(|v| variables(&v.value, out));
                        }
                    }
                }
            }
        }
        fn inline_variables(inline: &InlineExpression<&str>, out: &mut BTreeSet<String>) {
            if let InlineExpression::VariableReference { id } = inline {
                out.insert(id.name.to_owned());
            }
        }
        let mut all = BTreeMap::new();
        for file in files {
            let resource = fluent_syntax::parser::parse(*file).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
            for entry in resource.body {
                let Entry::Message(message) = entry else { continue };
                let parts =
                    message.value.iter().map(|value| (message.id.name.to_owned(), value)).chain(
                        message.attributes.iter().map(|a| (format!("{}.{}", message.id.name, a.id.name), &a.value)),
                    );
                for (id, pattern) in parts {
                    let mut used = BTreeSet::new();
                    variables(pattern, &mut used);
                    assert!(all.insert(id.clone(), used).is_none(), "{id} stands twice");
                }
            }
        }
        all
    }

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_arguments() {
        let (en, de) = (inventory(ENGLISH), inventory(GERMAN));
        let only = |a: &BTreeMap<_, _>, b: &BTreeMap<String, _>| -> Vec<String> {
            b.keys().filter(|id| !a.contains_key(*id)).cloned().collect()
        };
        assert_eq!(only(&en, &de), Vec::<String>::new(), "only in German");
        assert_eq!(only(&de, &en), Vec::<String>::new(), "only in English");
        for (id, used) in &en {
            assert_eq!(used, &de[id], "arguments of {id}");
        }
    }

    #[test]
    fn environment_decides() {
        let of = |set: &'static [(&str, &str)]| {
            Language::from_environment(|name| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(of(&[("LANG", "de_DE.UTF-8")]), Language::De);
        assert_eq!(of(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]), Language::En);
        assert_eq!(of(&[("LC_ALL", ""), ("LC_MESSAGES", "de_AT")]), Language::De);
        assert_eq!(of(&[("LANG", "deutsch")]), Language::En);
        assert_eq!(of(&[]), Language::En);
    }
}
