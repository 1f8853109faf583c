//! `msg-from-missing`: no From field, or none that names an address.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::locales::Arg;
use crate::message::from::Problem;
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-from-missing",
    area: Area::Message,
    severity: Severity::Error,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Refused(9),
    references: &[section("RFC 5322", "3.6"), section("RFC 9989", "11.5")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    let draft = Draft::new(message.subject());
    match &message.facts.author {
        None if message.facts.from_fields == 0 => out.add(draft),
        Some(author) if author.domains().is_empty() => {
            let problem = author.fault().map_or(Arg::from(""), |fault| Arg::Message(words(fault).into()));
            out.add(draft.detail("detail-unusable").arg("problem", problem));
        }
        _ => {}
    }
}

/// The message that says what is wrong with a From field.
fn words(problem: Problem) -> &'static str {
    match problem {
        Problem::NoAddress => "from-no-address",
        Problem::Syntax => "from-syntax",
        Problem::UnclosedComment => "from-unclosed-comment",
        Problem::UnclosedQuote => "from-unclosed-quote",
        Problem::Group => "from-group",
        Problem::Route => "from-route",
        Problem::Unseparated => "from-unseparated",
        Problem::DomainLiteral => "from-domain-literal",
        Problem::BadDomain => "from-bad-domain",
        Problem::Control => "from-control",
        Problem::TrailingDot => "from-trailing-dot",
        Problem::UnquotedAt => "from-unquoted-at",
    }
}
