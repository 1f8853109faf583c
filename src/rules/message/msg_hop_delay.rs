//! `msg-hop-delay`: the message waited at a server.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-hop-delay",
    area: Area::Message,
    severity: Severity::Note,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Tidy(1),
    references: &[section("RFC 5321", "4.4")],
    judge: Judge::Message(judge),
};

/// Seconds from which on people notice; greylisting mostly begins here.
const LONG: i64 = 300;
/// Stations that are told of.
const MOST: usize = 3;

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    let slow =
        message.receipt.iter().flat_map(|receipt| &receipt.hops).filter(|hop| hop.delay.is_some_and(|d| d >= LONG));
    for hop in slow.take(MOST) {
        let by = hop.received.by.clone().unwrap_or_else(|| "?".to_owned());
        let minutes = hop.delay.unwrap_or_default() / 60;
        let draft = Draft::new(message.subject()).arg("by", by.chars().take(255).collect::<String>());
        out.add(if minutes < 180 {
            draft.arg("minutes", minutes)
        } else {
            draft.detail("detail-hours").arg("hours", minutes / 60)
        });
    }
}
