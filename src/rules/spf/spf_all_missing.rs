//! `spf-all-missing`: neither `all` nor `redirect`.

use super::own::{Own, is_helper};
use crate::dns::{Name, RecordType};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{self, Node};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-all-missing",
    area: Area::Spf,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Weakened(6),
    references: &[section("RFC 7208", "4.7"), section("RFC 7208", "5.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if domain.parked || is_helper(domain) {
        return;
    }
    let Some(own) = Own::only(domain) else { return };
    // A term that cannot be read may be the one that seems to be missing.
    let meant = match own.parsed.errors.is_empty() && own.parsed.slips.is_empty() {
        true => own.record().clone(),
        false => match own.parsed.corrected(&own.text) {
            Some(text) => spf::parse(&text).record,
            None => return,
        },
    };
    if meant.all().is_none() && meant.redirect().is_none() {
        let text = format!("{} ~all", own.text.trim_end());
        out.add(own.offer(own.about(), Some(text)));
    } else if let Some((term, _)) = meant.redirect().filter(|_| meant.all().is_none() && own.parsed.is_valid())
        && let Some(end) = domain.facts.spf.as_ref().and_then(|tree| end(&tree.root))
        && (!domain.in_zone_file() || for_others(&end.domain))
    {
        let draft = own.draft(&term.span).arg("target", &end.domain);
        let draft = draft.detail("detail-redirect").fix("fix-redirect");
        let text = end.records.first().filter(|_| end.aliases.is_empty() && end.domain.is_within(domain.name()));
        out.add(match text {
            Some(text) => draft.replace(&end.domain, RecordType::Txt, text, format!("{} ~all", text.trim_end())),
            None => draft,
        });
    }
}

/// The record that redirects come to in the end, where it says nothing about the rest.
fn end(root: &Node) -> Option<&Node> {
    let mut node = root;
    loop {
        let parsed = node.parsed.as_ref()?;
        let whole = parsed.is_valid() && parsed.slips.is_empty() && !node.circular && !node.cut && !node.repeated;
        if !whole || node.all.is_some() {
            return None;
        }
        let Some((redirect, _)) = parsed.record.redirect() else { break };
        let index = parsed.record.terms.iter().position(|term| term == redirect)?;
        node = node.terms.iter().find(|term| term.index == index)?.child.as_deref()?;
    }
    Some(node)
}

/// Whether a name only holds a record for others: then nobody else speaks of it.
fn for_others(name: &Name) -> bool {
    name.labels().next().is_some_and(|label| label.starts_with('_') || label.starts_with("spf"))
}
