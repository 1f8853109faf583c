//! How a domain stands with the receivers, and against the yardstick of `--profile`.

use std::io::{self, Write};

use super::DomainDocument;
use crate::knowledge::conditions::Status;
use crate::knowledge::receivers::{self, Outlook, ReceiverVerdict, RequirementStatus};
use crate::locales::{Args, Catalogue};
use crate::render::{Style, text};

/// The yardstick, requirement by requirement.
pub(super) fn yardstick(
    out: &mut dyn Write,
    it: &DomainDocument,
    catalogue: &Catalogue,
    style: Style,
) -> io::Result<()> {
    let Some(profile) = &it.profile else { return Ok(()) };
    let args: Args = vec![("profile".into(), profile.id.into())];
    writeln!(out, "{}", style.strong(&catalogue.format("check-profile", None, &args)))?;
    for requirement in &profile.requirements {
        let mark = match requirement.status {
            Status::Met => "✓",
            Status::Unmet => "✗",
            Status::Unknown => "?",
        };
        text::marked(out, &format!("{mark} "), &sentence(requirement, catalogue), 2)?;
    }
    writeln!(out)
}

/// The receivers; of those with rules of their own that mail is at risk at, which ones it misses.
pub(super) fn receivers(
    out: &mut dyn Write,
    it: &DomainDocument,
    catalogue: &Catalogue,
    style: Style,
) -> io::Result<()> {
    writeln!(out, "{}", style.strong(&catalogue.text("check-receivers")))?;
    let outlook = |verdict: Outlook| match verdict {
        Outlook::RejectRisk => catalogue.text("outlook-reject-risk"),
        Outlook::SpamRisk => catalogue.text("outlook-spam-risk"),
        Outlook::Ok => catalogue.text("outlook-ok"),
        Outlook::Unknown => catalogue.text("outlook-unknown"),
    };
    let told = |r: &ReceiverVerdict| {
        let at_risk = matches!(r.verdict, Outlook::RejectRisk | Outlook::SpamRisk);
        at_risk && receivers::by_id(&r.id).is_some_and(|receiver| receiver.published)
    };
    for verdict in [Outlook::RejectRisk, Outlook::SpamRisk] {
        for receiver in it.receivers.iter().filter(|r| r.verdict == verdict && told(r)) {
            text::wrapped(out, &format!("{}: {}", receiver.name, outlook(verdict)), 2)?;
            for requirement in receiver.requirements.iter().filter(|r| r.status == Status::Unmet) {
                text::marked(out, "✗ ", &sentence(requirement, catalogue), 4)?;
            }
        }
    }
    for verdict in [Outlook::RejectRisk, Outlook::SpamRisk, Outlook::Ok, Outlook::Unknown] {
        let of = |r: &&ReceiverVerdict| r.verdict == verdict && !told(r);
        let names: Vec<&str> = it.receivers.iter().filter(of).map(|r| r.name.as_str()).collect();
        if !names.is_empty() {
            text::wrapped(out, &format!("{}: {}", names.join("; "), outlook(verdict)), 2)?;
        }
    }
    writeln!(out)
}

/// What is asked for, and the reply that mail earns which misses it.
pub(super) fn sentence(requirement: &RequirementStatus, catalogue: &Catalogue) -> String {
    let mut sentence = catalogue.text(&format!("requirement-{}", requirement.id));
    // A refusal for good tells more than one for the time being.
    let replies = &requirement.replies;
    if let Some(reply) = replies.iter().find(|reply| reply.starts_with('5')).or(replies.first()) {
        let args: Args = vec![("reply".into(), reply.as_str().into())];
        sentence.push(' ');
        sentence.push_str(&catalogue.format("check-reply", None, &args));
    }
    sentence
}
