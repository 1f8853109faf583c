//! `dns-servers-differ`: a zone's own name servers give different SPF, DKIM or DMARC answers.

use super::listed;
use crate::dmarc;
use crate::dns::{Name, Text};
use crate::facts::OwnAnswer;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dns-servers-differ",
    area: Area::Transport,
    severity: Severity::Warning,
    sources: &[Source::Dns],
    rests_on: &[Need::OwnServers],
    impact: Impact::Refused(3),
    references: &[section("RFC 1034", "4.3.5"), section("RFC 1912", "2.8")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for own in &domain.facts.own_servers {
        // Groups of servers that say the same; who says nothing is not counted.
        let mut groups: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
        for answer in own.answers.iter().filter(|answer| !answer.texts.is_unavailable()) {
            let said = said(domain, &own.name, answer);
            match groups.iter_mut().find(|(texts, _)| *texts == said) {
                Some((_, servers)) => servers.push(answer.server.as_str()),
                None => groups.push((said, vec![answer.server.as_str()])),
            }
        }
        if groups.len() < 2 {
            continue;
        }
        groups.sort_by_key(|(_, servers)| std::cmp::Reverse(servers.len()));
        let Some(((_, most), (_, others))) = groups.split_first().and_then(|(a, rest)| Some((a, rest.first()?))) else {
            continue;
        };
        let draft = Draft::new(&own.name).arg("most", listed(most)).arg("others", listed(others));
        let empty = groups.iter().find(|(texts, _)| texts.is_empty());
        out.add(match empty {
            Some((_, without)) => {
                let with: Vec<&str> =
                    groups.iter().filter(|(texts, _)| !texts.is_empty()).flat_map(|(_, s)| s.iter().copied()).collect();
                draft.detail("detail-missing").arg("with", listed(&with)).arg("without", listed(without))
            }
            None => draft,
        });
    }
}

/// The records that matter at this name, in an order of their own.
fn said(domain: &Domain<'_>, name: &Name, answer: &OwnAnswer) -> Vec<String> {
    let mut texts: Vec<String> = answer.texts.list().iter().map(Text::to_text).collect();
    if name == domain.name() {
        texts.retain(|text| spf::is_spf(text));
    } else if *name == domain.dmarc.name {
        texts.retain(|text| dmarc::looks_like_dmarc(text));
    }
    texts.sort();
    texts.dedup();
    texts
}
