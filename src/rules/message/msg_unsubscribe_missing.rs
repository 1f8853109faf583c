//! `msg-unsubscribe-missing`: bulk mail without one-click unsubscribing.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-unsubscribe-missing",
    area: Area::Message,
    severity: Severity::Note,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Spam(2),
    references: &[section("RFC 8058", "3.1")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    let headers = message.headers;
    let has = |name: &str| headers.named(name).next().is_some();
    // Lists that people write to are no newsletters.
    let discussion = headers.value("list-post").is_some_and(|post| !post.eq_ignore_ascii_case("no"));
    let precedence = headers.value("precedence").is_some_and(|p| p.eq_ignore_ascii_case("bulk"));
    let bulk = has("list-unsubscribe") || has("list-id") || has("feedback-id") || precedence;
    // An automatic answer is marked as bulk too.
    let answer = headers.value("auto-submitted").is_some_and(|a| !a.eq_ignore_ascii_case("no"));
    if bulk && !discussion && !answer && !message.has_one_click() {
        let detail = if has("list-unsubscribe") { "detail-no-click" } else { "detail" };
        out.add(Draft::new(message.subject()).detail(detail));
    }
}
