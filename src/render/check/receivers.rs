//! What receivers will make of a domain, as text: one row an outlook, worst first, one reason a receiver.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::{DomainDocument, standing};
use crate::knowledge::conditions::Status;
use crate::knowledge::receivers::{self, Applies, Effect, Outlook, ReceiverVerdict, Requirement};
use crate::locales::Catalogue;
use crate::render::Style;
use crate::render::text::labelled;

/// The outlooks, worst first.
const OUTLOOKS: [Outlook; 4] = [Outlook::RejectRisk, Outlook::SpamRisk, Outlook::Ok, Outlook::Unknown];

/// Writes the rows; nothing where no receiver's view is known.
///
/// # Errors
/// Those of the writer.
pub fn as_text(out: &mut dyn Write, it: &DomainDocument, catalogue: &Catalogue, style: Style) -> io::Result<()> {
    if it.receivers.iter().all(|receiver| receiver.verdict == Outlook::Unknown) {
        return Ok(());
    }
    writeln!(out, "{}\n", style.strong(&format!("── {} ──", catalogue.text("check-receivers"))))?;
    let label = |outlook| catalogue.text(word(outlook));
    let column = OUTLOOKS.iter().map(|outlook| label(*outlook).width()).max().unwrap_or(0) + 2;
    for outlook in OUTLOOKS {
        let here: Vec<&ReceiverVerdict> = it.receivers.iter().filter(|r| r.verdict == outlook).collect();
        if here.is_empty() {
            continue;
        }
        let names: Vec<&str> = here.iter().map(|receiver| receiver.name.as_str()).collect();
        let label = label(outlook);
        let pad = column - label.width();
        labelled(out, &format!("{label}{:pad$}", ""), &names.join("; "), 2)?;
        if matches!(outlook, Outlook::RejectRisk | Outlook::SpamRisk) {
            here.iter().filter_map(|r| reason(r, catalogue)).try_for_each(|why| labelled(out, "• ", &why, 4))?;
        }
    }
    writeln!(out)
}

/// The unmet requirement that weighs most, with the answer that it earns; none where the receiver says nothing of the
/// kind itself.
fn reason(receiver: &ReceiverVerdict, catalogue: &Catalogue) -> Option<String> {
    let unmet = receiver.requirements.iter().filter(|r| r.status == Status::Unmet);
    let said = unmet.filter_map(|r| Some((r, receivers::requirement(&r.id).filter(|data| data.published)?)));
    // Of equals the first in the data.
    let weight = |(_, data): &(_, &Requirement)| (data.applies == Applies::All, data.effect == Effect::Reject);
    said.rev().max_by_key(weight).map(|(worst, _)| standing::sentence(worst, catalogue))
}

fn word(outlook: Outlook) -> &'static str {
    match outlook {
        Outlook::Ok => "outlook-ok",
        Outlook::SpamRisk => "outlook-spam-risk",
        Outlook::RejectRisk => "outlook-reject-risk",
        Outlook::Unknown => "outlook-unknown",
    }
}
