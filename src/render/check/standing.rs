//! How a domain stands against the yardstick of `--profile`.

use std::io::{self, Write};

use super::DomainDocument;
use crate::knowledge::conditions::Status;
use crate::knowledge::receivers::RequirementStatus;
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
        text::labelled(out, &format!("{mark} "), &sentence(requirement, catalogue), 2)?;
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
