//! Messages.

use super::Rule;
use crate::dkim::{Outcome, SignatureResult};
use crate::facts::MessageFacts;
use crate::message::Headers;

/// The rules of the area, in the order they are listed in.
pub(super) static RULES: &[&Rule] = &[];

/// A message under judgement.
#[derive(Debug, Clone, Copy)]
pub struct MessageView<'a> {
    /// What is known.
    pub facts: &'a MessageFacts,
    /// Its header.
    pub headers: &'a Headers,
}

impl<'a> MessageView<'a> {
    /// What findings are about: the domain in From, else the name of the source.
    pub fn subject(&self) -> String {
        self.facts.author().map_or_else(|| self.facts.source.clone(), |(_, domain)| domain.to_string())
    }

    /// The signatures that pass, each with whether it is aligned.
    pub fn passing(&self) -> impl Iterator<Item = (&'a SignatureResult, bool)> {
        let all = self.facts.signatures.iter().zip(&self.facts.aligned);
        all.filter(|(s, _)| s.result == Outcome::Pass).map(|(s, aligned)| (s, *aligned))
    }
}
