//! `zone-ttl`: a record that mail rests on lives unusually short or long.

use crate::dns::{Name, RecordType};
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};
use crate::spf;
use crate::zonefile::{Entry, ZoneSet};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "zone-ttl",
    area: Area::Zone,
    severity: Severity::Note,
    sources: &[Source::Zone],
    rests_on: &[],
    impact: Impact::Tidy(2),
    references: &[section("RFC 1912", "2.2"), section("RFC 2308", "4")],
    judge: Judge::Zone(judge),
};

const SHORTEST: u32 = 300;
const LONGEST: u32 = 86_400;
/// What exports of a large provider write where the provider chooses the TTL.
const AUTOMATIC: u32 = 1;

fn judge(set: &ZoneSet, out: &mut Findings<'_>) {
    for group in set.rrsets() {
        let entries = || group.iter().filter_map(|&id| set.entry(id as usize));
        let unusual = |entry: &Entry<'_>| entry.ttl() != AUTOMATIC && !(SHORTEST..=LONGEST).contains(&entry.ttl());
        let Some(odd) = entries().find(unusual) else { continue };
        let Some(shown) = entries().find(|entry| carries_mail(entry)) else { continue };
        // The TTL is the set's; the record that shows it is the one that mail rests on, if it can be.
        let shown = if unusual(&shown) { shown } else { odd };
        let (owner, ttl) = (shown.owner(), shown.ttl());
        let draft = Draft::new(owner).arg("ttl", ttl).arg("type", shown.type_name());
        let draft = if ttl > LONGEST { draft.detail("detail-long") } else { draft };
        out.add(draft.record(owner, shown.rtype(), shown.value()).at(shown.location().into()));
    }
}

/// Whether mail or its authentication rests on a record: MX, SPF, and what stands at the names of
/// DKIM, DMARC, MTA-STS, TLS-RPT and BIMI, aliases included.
fn carries_mail(entry: &Entry<'_>) -> bool {
    match entry.rtype() {
        RecordType::Mx => true,
        RecordType::Cname => is_reserved(entry.owner()),
        RecordType::Txt => is_reserved(entry.owner()) || spf::is_spf(&entry.value()),
        _ => false,
    }
}

fn is_reserved(owner: &Name) -> bool {
    let text = owner.as_str();
    text.starts_with('_') && ["_dmarc.", "_mta-sts.", "_smtp._tls."].iter().any(|prefix| text.starts_with(prefix))
        || text.contains("._domainkey.")
        || text.contains("._bimi.")
}
