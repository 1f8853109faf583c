//! `spf-include-loop`: records that refer to each other in a circle.

use super::own::{led, without};
use crate::dns::{Name, RecordType};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{self, Node, NodeTerm};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-include-loop",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts, Need::SpfTree],
    impact: Impact::Refused(7),
    references: &[section("RFC 7208", "4.6.4"), section("RFC 7208", "5.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for led in led(domain) {
        let Some(child) = led.node.child.as_deref() else { continue };
        let Some(root) = domain.facts.spf.as_ref().map(|tree| &tree.root) else { continue };
        let mut path = vec![root];
        let Some(circle) = closing(led.node, child, &mut path) else { continue };
        // In zone files every name of the circle is judged; one of them speaks for all.
        let speaks = circle.names.iter().min() == Some(&domain.name());
        if domain.in_zone_file() && !speaks {
            continue;
        }
        let shown: Vec<&str> =
            circle.names.iter().copied().chain(circle.names.first().copied()).map(Name::as_str).collect();
        let mut draft = led.draft(domain).arg("names", shown.join(" → ")).arg("holder", &circle.holder.domain);
        draft = draft.arg("inner", &*circle.term.text);
        let ours = |name: &Name| domain.facts.registrable.as_ref().is_some_and(|own| name.is_within(own));
        if let (true, Some(text)) = (ours(&circle.holder.domain), circle.mended()) {
            let old = circle.holder.records.first().map_or("", String::as_str);
            draft = draft.replace(&circle.holder.domain, RecordType::Txt, old, text);
        }
        out.add(draft);
        // One circle is enough: others mostly share terms with it.
        return;
    }
}

struct Circle<'a> {
    /// The names, from the one that it leads back to.
    names: Vec<&'a Name>,
    /// Whose record closes the circle.
    holder: &'a Node,
    /// The term that does.
    term: &'a NodeTerm,
}

impl Circle<'_> {
    /// The holder's record without the term; an ending comes in the place of a redirect.
    fn mended(&self) -> Option<String> {
        let (text, parsed) = (self.holder.records.first()?, self.holder.parsed.as_ref()?);
        let term = parsed.record.terms.get(self.term.index)?;
        let mut out = without(text, std::slice::from_ref(&term.span))?;
        if term.directive().is_none() && parsed.record.all().is_none() {
            out.push_str(" ~all");
        }
        spf::parse(&out).is_valid().then_some(out)
    }
}

/// The first circle at or below a term.
fn closing<'a>(term: &'a NodeTerm, child: &'a Node, path: &mut Vec<&'a Node>) -> Option<Circle<'a>> {
    let holder = path.last().copied()?;
    if child.circular {
        let from = path.iter().position(|node| node.domain == child.domain)?;
        let names = path.get(from..)?.iter().map(|node| &node.domain).collect();
        return Some(Circle { names, holder, term });
    }
    path.push(child);
    let found =
        child.terms.iter().filter(|term| term.reached).find_map(|term| closing(term, term.child.as_deref()?, path));
    path.pop();
    found
}
