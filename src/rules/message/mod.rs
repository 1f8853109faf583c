//! Messages.

mod broken;
mod msg_alignment;
mod msg_bare_line_ending;
mod msg_date_missing;
mod msg_display_name_spoof;
mod msg_dkim_broken_encoding;
mod msg_dkim_broken_footer;
mod msg_dkim_broken_linewrap;
mod msg_dkim_broken_subject;
mod msg_dkim_broken_unknown;
mod msg_dkim_header_unsigned;
mod msg_dkim_partial_body;
mod msg_dkim_unsigned;
mod msg_from_missing;
mod msg_from_multiple;
mod msg_hop_delay;
mod msg_hop_plaintext;
mod msg_line_too_long;
mod msg_message_id_missing;
mod msg_receiver_verdict;
mod msg_unsubscribe_missing;
mod msg_unsubscribe_unsigned;

use super::Rule;
use crate::dkim::{Outcome, SignatureResult};
use crate::facts::MessageFacts;
use crate::message::Headers;
use crate::receipt::Receipt;

/// The rules of the area, in the order they are listed in.
pub(super) static RULES: &[&Rule] = &[
    &msg_from_multiple::RULE,
    &msg_from_missing::RULE,
    &msg_date_missing::RULE,
    &msg_message_id_missing::RULE,
    &msg_line_too_long::RULE,
    &msg_bare_line_ending::RULE,
    &msg_dkim_unsigned::RULE,
    &msg_dkim_partial_body::RULE,
    &msg_dkim_header_unsigned::RULE,
    &msg_dkim_broken_footer::RULE,
    &msg_dkim_broken_subject::RULE,
    &msg_dkim_broken_encoding::RULE,
    &msg_dkim_broken_linewrap::RULE,
    &msg_dkim_broken_unknown::RULE,
    &msg_alignment::RULE,
    &msg_unsubscribe_missing::RULE,
    &msg_unsubscribe_unsigned::RULE,
    &msg_receiver_verdict::RULE,
    &msg_hop_delay::RULE,
    &msg_hop_plaintext::RULE,
    &msg_display_name_spoof::RULE,
];

/// A message under judgement.
#[derive(Debug, Clone, Copy)]
pub struct MessageView<'a> {
    /// What is known.
    pub facts: &'a MessageFacts,
    /// Its header.
    pub headers: &'a Headers,
    /// What its way and its receiver left in the header; `None` where nobody says that it was received.
    pub receipt: Option<&'a Receipt>,
}

impl<'a> MessageView<'a> {
    /// What findings are about: the domain in From, else the name of the source.
    pub fn subject(&self) -> String {
        self.facts.author().map_or_else(|| self.facts.source.clone(), |(_, domain)| domain.to_string())
    }

    /// Whether readers can unsubscribe with one click (RFC 8058 §3.1).
    pub fn has_one_click(&self) -> bool {
        let post = self.headers.value("list-unsubscribe-post").unwrap_or_default();
        let uri = self.headers.value("list-unsubscribe").unwrap_or_default().to_ascii_lowercase();
        post.to_ascii_lowercase().contains("list-unsubscribe=one-click") && uri.contains("https:")
    }

    /// The signatures that pass, each with whether it is aligned.
    pub fn passing(&self) -> impl Iterator<Item = (&'a SignatureResult, bool)> {
        let all = self.facts.signatures.iter().zip(&self.facts.aligned);
        all.filter(|(s, _)| s.result == Outcome::Pass).map(|(s, aligned)| (s, *aligned))
    }
}
