//! Which names of zone files are judged as mail domains, and what a zone file alone says of them.

use std::collections::{HashMap, HashSet};

use super::{Bounds, Plan, SelectorSearch};
use crate::bimi;
use crate::config::{Config, DomainConfig};
use crate::dkim::key_record;
use crate::dmarc;
use crate::dns::{Name, RecordData, RecordType, Text};
use crate::facts::{Origin, Position, Wishes};
use crate::spf;
use crate::zonefile::{Entry, ZoneSet};

/// What a scan of the files has seen of one domain.
#[derive(Debug, Default)]
struct Seen {
    selectors: Vec<String>,
    misplaced: Vec<(Name, Text)>,
}

/// The mail domains of zone files: every apex, and the names below with MX, SPF, DMARC or DKIM keys.
///
/// In the order of their names, an apex before what lies below it. Of a large zone there are many: each is made
/// when it is asked for.
pub fn plans<'a>(
    set: &'a ZoneSet,
    config: &'a Config,
    today: jiff::civil::Date,
) -> impl ExactSizeIterator<Item = Plan> + use<'a> {
    let mut seen: HashMap<Name, Seen> = HashMap::new();
    for zone in set.zones() {
        seen.entry(zone.apex.clone()).or_default();
    }
    for entry in set.entries() {
        let owner = entry.owner();
        match entry.rtype() {
            RecordType::Mx if !is_doubled(owner, &entry) => {
                seen.entry(owner.clone()).or_default();
            }
            RecordType::Txt => text(&entry, owner, &mut seen),
            RecordType::Cname | RecordType::Ns => {
                if let Some((selector, domain)) = selector(owner)
                    && !is_doubled(owner, &entry)
                {
                    add_selector(&mut seen, domain, selector);
                }
            }
            _ => {}
        }
    }
    // What could not be read is unknown, not missing.
    for (selector, domain) in set.unknown_owners().filter_map(selector) {
        if seen.contains_key(&domain) {
            add_selector(&mut seen, domain, selector);
        }
    }
    move_misplaced(set, &mut seen);
    let mut seen: Vec<(Name, Seen)> = seen.into_iter().collect();
    seen.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let wanted: HashMap<Name, &DomainConfig> =
        config.domains.iter().filter_map(|domain| Some((Name::parse(&domain.name).ok()?, domain))).collect();
    seen.into_iter().map(move |(domain, seen)| {
        let apex = set.zone_of(&domain).map(|zone| zone.apex.clone());
        let position = match apex {
            Some(apex) if apex != domain => Position::Below(apex),
            _ => Position::Apex,
        };
        let wishes = Wishes {
            config: wanted.get(&domain).map(|&domain| domain.clone()),
            folder: config.folder.clone(),
            ..Wishes::default()
        };
        Plan {
            origin: Origin::Zone,
            position,
            wishes,
            selectors: SelectorSearch::Exactly(distinct(seen.selectors)),
            misplaced: seen.misplaced,
            reputation: false,
            bounds: Bounds::default(),
            today,
            domain,
        }
    })
}

/// What a TXT record makes of its owner.
fn text(entry: &Entry<'_>, owner: &Name, seen: &mut HashMap<Name, Seen>) {
    if let Some((selector, domain)) = selector(owner)
        && !is_doubled(owner, entry)
    {
        return add_selector(seen, domain, selector);
    }
    if let Some(apex) = bimi_apex(owner, entry) {
        if let Some(RecordData::Txt(text)) = entry.data()
            && bimi::looks_like_bimi(&text.to_text())
        {
            seen.entry(apex).or_default().misplaced.push((owner.clone(), text));
        }
        return;
    }
    // Most texts are verification tokens and the like: nothing is decoded for them. What says none of
    // this as it stands in the file can say it only by escapes, in generic form or over strings.
    let raw = entry.raw_data();
    let says = |needle: &[u8]| holds(raw, needle);
    let may_be_hidden = || memchr::memchr2(b'\\', b' ', raw).is_some();
    if !says(b"v=spf1") && !says(b"dmarc") && !says(b"p=") && !may_be_hidden() {
        return;
    }
    let Some(RecordData::Txt(text)) = entry.data() else { return };
    let octets = text.octets();
    let holds = |needle: &[u8]| holds(&octets, needle);
    let first = owner.labels().next().unwrap_or("");
    if octets.get(..6).is_some_and(|head| head.eq_ignore_ascii_case(b"v=spf1")) && spf::is_spf(&text.to_text()) {
        if !is_doubled(owner, entry) {
            seen.entry(owner.clone()).or_default();
        }
        return;
    }
    let apex = || entry.zone().map(|zone| zone.apex.clone());
    if holds(b"dmarc") && dmarc::looks_like_dmarc(&text.to_text()) {
        if first == "_dmarc" && !is_doubled(owner, entry) {
            if let Some(domain) = owner.parent() {
                seen.entry(domain).or_default();
            }
        } else if !owner.labels().any(|label| label == "_report")
            && let Some(apex) = apex()
            && *owner != apex
        {
            seen.entry(apex).or_default().misplaced.push((owner.clone(), text));
        }
    } else if (holds(b"p=") || holds(b"PRIVATE KEY"))
        && first != "*"
        && key_record::is_key_record_like(&text.to_text())
        && let Some(apex) = apex()
    {
        seen.entry(apex).or_default().misplaced.push((owner.clone(), text));
    }
}

/// Gives misplaced keys to the mail domain that they stand right below, and takes away those that a CNAME leads to.
fn move_misplaced(set: &ZoneSet, seen: &mut HashMap<Name, Seen>) {
    if seen.values().all(|s| s.misplaced.is_empty()) {
        return;
    }
    let aliases = set.entries().filter(|entry| entry.rtype() == RecordType::Cname);
    // What a CNAME leads to, and whether one of a `_dmarc` does.
    let mut targets: HashMap<Name, bool> = HashMap::new();
    for entry in aliases {
        if let Some(RecordData::Cname(target)) = entry.data() {
            *targets.entry(target).or_default() |= entry.owner().labels().next() == Some("_dmarc");
        }
    }
    let all: Vec<(Name, Vec<(Name, Text)>)> =
        seen.iter_mut().map(|(domain, s)| (domain.clone(), std::mem::take(&mut s.misplaced))).collect();
    for (apex, list) in all {
        for (owner, text) in list {
            let is_key = !dmarc::looks_like_dmarc(&text.to_text());
            if targets.get(&owner).is_some_and(|of_dmarc| is_key || *of_dmarc) {
                continue;
            }
            let parent = owner.parent().filter(|p| is_key && seen.contains_key(p) && p.is_within(&apex));
            let domain = parent.unwrap_or_else(|| apex.clone());
            seen.entry(domain).or_default().misplaced.push((owner, text));
        }
    }
}

/// Whether a text holds another, which is in lower case and begins with a letter; case does not count.
fn holds(text: &[u8], needle: &[u8]) -> bool {
    let Some((&first, _)) = needle.split_first() else { return true };
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), text)
        .any(|at| text.get(at..at + needle.len()).is_some_and(|found| found.eq_ignore_ascii_case(needle)))
}

/// `s1._domainkey.example.de` → `s1`, `example.de`. None for a policy of author domains
/// (`_adsp._domainkey`, RFC 5617), and where the whole name was entered twice.
fn selector(owner: &Name) -> Option<(String, Name)> {
    if !owner.as_str().contains("_domainkey") {
        return None;
    }
    let labels: Vec<&str> = owner.labels().collect();
    let at = labels.iter().position(|label| *label == "_domainkey").filter(|at| *at > 0)?;
    let twice = labels[at + 1..].contains(&"_domainkey");
    let policy = matches!(labels[..at], ["_adsp" | "_policy"]);
    (!twice && !policy).then(|| (labels[..at].join("."), owner.suffix(labels.len() - at - 1)))
}

/// The apex above a BIMI selector other than `default`, which is looked for anyway.
fn bimi_apex(owner: &Name, entry: &Entry<'_>) -> Option<Name> {
    let mut labels = owner.labels();
    let selector = labels.next().filter(|label| !matches!(*label, "default" | "*"));
    (selector.is_some() && labels.next() == Some("_bimi")).then(|| entry.zone().map(|zone| zone.apex.clone())).flatten()
}

/// Whether the name ends in the zone's name twice: `x.example.de.example.de`.
fn is_doubled(owner: &Name, entry: &Entry<'_>) -> bool {
    entry.zone().is_some_and(|zone| {
        let twice = zone.apex.prepend(zone.apex.as_str());
        twice.is_ok_and(|twice| owner.is_within(&twice))
    })
}

fn add_selector(seen: &mut HashMap<Name, Seen>, domain: Name, selector: String) {
    // The wildcard shows as what an unused selector answers.
    if selector != "*" {
        let selectors = &mut seen.entry(domain).or_default().selectors;
        // The records of one selector mostly stand together; the rest is sorted out at the end.
        if selectors.last() != Some(&selector) {
            selectors.push(selector);
        }
    }
}

/// Each once, in the order of the files.
fn distinct(mut list: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::with_capacity(list.len());
    list.retain(|selector| seen.insert(selector.clone()));
    list
}
