//! Where published and desired state disagree: what the three drift rules share.
//!
//! Compared is what the records mean, not how they are spelt; what the configuration does not mention is no drift.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::ops::Range;

use crate::config::{DmarcConfig, DomainConfig};
use crate::dmarc::{AlignmentMode, Destination, Policy};
use crate::dns::{Name, RecordType};
use crate::facts::Why;
use crate::finding::Draft;
use crate::knowledge::providers;
use crate::publish::{desired, records};
use crate::rules::MOST_FINDINGS;
use crate::rules::domain::{Domain, SpfText};
use crate::spf::{self, Mechanism, Qualifier, Term, TermKind};
use crate::{mta_sts, tls_rpt};

/// What disagrees.
pub(super) enum Drift {
    Missing(Draft),
    Differs(Draft),
    Unexpected(Draft),
}

/// Everything that disagrees, in the order of the configuration's keys.
pub(super) fn all(domain: &Domain<'_>) -> Vec<Drift> {
    let mut out = Vec::new();
    let Some(config) = &domain.facts.wishes.config else { return out };
    // What a parked domain lacks is `null-mx-incomplete`, and one that does not exist lacks everything.
    if config.parked || domain.does_not_exist() || !domain.is_mail_name() {
        return out;
    }
    mx(domain, config, &mut out);
    spf(domain, config, &mut out);
    dkim(domain, config, &mut out);
    dmarc(domain, config, &mut out);
    mta_sts(domain, config, &mut out);
    tls_rpt(domain, config, &mut out);
    out
}

/// A record that is not there, and can be published where its name is no alias.
fn missing(domain: &Domain<'_>, name: &Name, rtype: RecordType, value: Option<String>) -> Drift {
    let draft = Draft::new(name).arg("type", rtype.to_string());
    let draft = match &value {
        Some(value) => draft.arg("value", value.as_str()),
        None => draft.detail("detail-name").fix("fix-name"),
    };
    Drift::Missing(match value {
        Some(value) if !domain.is_alias(name) => draft.publish(name, rtype, value),
        _ => draft,
    })
}

/// A text that is there and says something else: `found` and `wanted` in words of the record.
fn differs(
    domain: &Domain<'_>,
    name: &Name,
    text: &str,
    span: Option<Range<usize>>,
    [found, wanted]: [String; 2],
    value: Option<String>,
) -> Drift {
    let mut draft = Draft::new(name).record(domain.owner_of(name), RecordType::Txt, text);
    if let Some(span) = span.filter(|span| !span.is_empty()) {
        draft = draft.span(span);
    }
    draft = match (found.is_empty(), wanted.is_empty()) {
        (true, _) => draft.detail("detail-lacks"),
        (_, true) => draft.detail("detail-extra"),
        _ => draft,
    };
    draft = draft.arg("found", found).arg("wanted", wanted);
    Drift::Differs(match value {
        Some(value) => super::instead(domain, draft, name, text, &value),
        None => draft,
    })
}

fn mx(domain: &Domain<'_>, config: &DomainConfig, out: &mut Vec<Drift>) {
    let Some(wanted) = &config.mx else { return };
    // What `record all` refuses is for nobody to publish.
    let Ok(wanted) = wanted.iter().map(|text| desired::exchanger(text)).collect::<Result<BTreeSet<String>, _>>() else {
        return;
    };
    if domain.facts.mx.is_unavailable() {
        return;
    }
    let published = domain.facts.mx.list().iter().map(|(preference, host)| match host.is_root() {
        true => format!("{preference} ."),
        false => format!("{preference} {host}"),
    });
    let published: BTreeSet<String> = published.collect();
    let host = |value: &str| value.split_once(' ').map(|(_, host)| host.to_owned()).unwrap_or_default();
    let mut lacking: Vec<&String> = wanted.difference(&published).collect();
    let mut extra: Vec<&String> = published.difference(&wanted).collect();
    let mut moved: Vec<(&String, &String)> = Vec::new();
    lacking.retain(|wanted| match extra.iter().position(|found| host(found) == host(wanted)) {
        Some(at) => {
            moved.push((extra.remove(at), wanted));
            false
        }
        None => true,
    });
    // The rest is found once these are done.
    [&mut lacking, &mut extra].into_iter().for_each(|list| list.truncate(MOST_FINDINGS));
    moved.truncate(MOST_FINDINGS);
    let name = domain.name();
    let listed = |values: &[&String]| values.iter().map(|v| v.as_str()).collect::<Vec<_>>().join(", ");
    if let Some((found, _)) = moved.first() {
        let (old, new): (Vec<&String>, Vec<&String>) = moved.iter().copied().unzip();
        let draft = Draft::new(name)
            .record(name, RecordType::Mx, found.as_str())
            .arg("found", listed(&old))
            .arg("wanted", listed(&new));
        let replaced = moved.iter().fold(draft, |draft, (old, new)| draft.replace(name, RecordType::Mx, *old, *new));
        out.push(Drift::Differs(replaced));
    }
    if !lacking.is_empty() {
        let draft = Draft::new(name).arg("type", "MX").arg("value", listed(&lacking));
        let published = lacking.iter().fold(draft, |draft, value| draft.publish(name, RecordType::Mx, value.as_str()));
        out.push(Drift::Missing(published));
    }
    if let Some(first) = extra.first() {
        let draft = Draft::new(name)
            .record(name, RecordType::Mx, first.as_str())
            .arg("type", "MX")
            .arg("value", listed(&extra));
        let removed = extra.iter().fold(draft, |draft, value| draft.remove(name, RecordType::Mx, value.as_str()));
        out.push(Drift::Unexpected(removed));
    }
}

fn spf(domain: &Domain<'_>, config: &DomainConfig, out: &mut Vec<Drift>) {
    if config.spf.is_none() && config.providers.is_empty() && config.ips.is_empty() {
        return;
    }
    let Ok((Some(wanted), unknown)) = desired::spf(config, domain.name()) else { return };
    if domain.facts.texts.is_unavailable() || !domain.spf.mistyped.is_empty() {
        return;
    }
    if domain.spf.records.is_empty() {
        // What is missing of an unknown provider would have to be added by hand.
        let value = unknown.is_empty().then_some(wanted);
        out.push(missing(domain, domain.name(), RecordType::Txt, value));
        return;
    }
    // Several records, or a broken one, are faults of their own.
    let Some(one) = domain.the_spf().filter(|one| one.parsed.is_valid()) else { return };
    let only_mentioned = config.spf.is_none() || !unknown.is_empty();
    let (extra, lacking) = spf_terms(domain, one, &wanted, only_mentioned);
    let all_wanted = config.spf.as_ref().and_then(|spf| spf.all.as_ref()).and_then(|_| {
        let all = wanted.split(' ').find(|term| term.len() == 4 && term.ends_with("all"))?;
        let published = one.parsed.record.all().map(|(_, qualifier)| format!("{}all", qualifier.as_char()));
        (published.as_deref() != Some(all)).then(|| all.to_owned())
    });
    let text = one.joined.text.as_str();
    let all = one.parsed.record.all().and_then(|(at, _)| one.parsed.record.terms.get(at));
    if extra.is_empty() && lacking.is_empty() && all_wanted.is_none() {
        return;
    }
    let word = |span: &Range<usize>| text.get(span.clone()).unwrap_or_default().to_owned();
    let mut found: Vec<String> = extra.iter().take(MOST_FINDINGS).map(|term| word(&term.span)).collect();
    let mut asked = lacking.clone();
    if let Some(wanted) = &all_wanted {
        found.extend(all.map(|term| word(&term.span)));
        asked.push(wanted.clone());
    }
    let span = extra.first().copied().or(all.filter(|_| all_wanted.is_some())).map(|term| term.span.clone());
    // The record with just that changed; terms keep their order.
    let mut terms = Vec::new();
    let mut ended = false;
    let dropped: BTreeSet<usize> = extra.iter().map(|term| term.span.start).collect();
    for term in &one.parsed.record.terms {
        if dropped.contains(&term.span.start) {
            continue;
        }
        let is_all = all.is_some_and(|all| all.span == term.span);
        if (is_all || matches!(term.kind, TermKind::Modifier(_))) && !ended {
            terms.extend(lacking.iter().cloned());
            ended = true;
        }
        terms.push(if is_all { all_wanted.clone().unwrap_or_else(|| word(&term.span)) } else { word(&term.span) });
    }
    if !ended {
        terms.extend(lacking.iter().cloned());
    }
    if all.is_none() && one.parsed.record.redirect().is_none() {
        terms.extend(all_wanted.clone());
    }
    let value = format!("v=spf1 {}", terms.join(" "));
    let parsed = spf::parse(&value);
    let lookups = parsed.record.terms.iter().filter(|term| term.asks_dns()).count();
    let value = (parsed.is_valid() && lookups <= 10).then_some(value);
    out.push(differs(domain, domain.name(), text, span, [found.join(" "), asked.join(" ")], value));
}

/// The published terms that nobody asked for, and the wanted ones that are not there.
fn spf_terms<'t>(
    domain: &Domain<'_>,
    one: &'t SpfText,
    wanted: &str,
    only_mentioned: bool,
) -> (Vec<&'t Term>, Vec<String>) {
    let parsed = spf::parse(wanted);
    let meaning =
        |term: &Term, text: &str| meaning(term, text.get(term.span.clone()).unwrap_or_default(), domain.name());
    let counts = |term: &&Term| !matches!(term.directive(), Some((_, Mechanism::All)));
    // RFC 7208 §5.1: what stands behind `all` is never looked at.
    let end = one.parsed.record.all().map_or(usize::MAX, |(at, _)| at);
    let published: Vec<(&Term, String)> = (one.parsed.record.terms.iter().enumerate())
        .filter(|(at, term)| counts(term) && (*at < end || term.directive().is_none()))
        .map(|(_, term)| (term, meaning(term, &one.joined.text)))
        .collect();
    let asked: Vec<(&Term, String)> =
        parsed.record.terms.iter().filter(counts).map(|term| (term, meaning(term, wanted))).collect();
    let permitted = |term: &Term| match term.directive() {
        Some((Qualifier::Pass, Mechanism::Ip4(ip, 32))) => permits(domain, one, IpAddr::V4(*ip)),
        Some((Qualifier::Pass, Mechanism::Ip6(ip, 128))) => permits(domain, one, IpAddr::V6(*ip)),
        _ => false,
    };
    let there: BTreeSet<&str> = published.iter().map(|(_, meaning)| meaning.as_str()).collect();
    let lacking = asked.iter().filter(|(term, meaning)| !there.contains(meaning.as_str()) && !permitted(term));
    let lacking = lacking.map(|(term, _)| wanted.get(term.span.clone()).unwrap_or_default().to_owned()).collect();
    let asked: BTreeSet<&str> = asked.iter().map(|(_, meaning)| meaning.as_str()).collect();
    let extra = published.iter().filter(|(_, meaning)| !only_mentioned && !asked.contains(meaning.as_str()));
    (extra.map(|(term, _)| *term).collect(), lacking)
}

/// Whether the domain's own record permits an address by a network or a host.
fn permits(domain: &Domain<'_>, one: &SpfText, address: IpAddr) -> bool {
    let in_network = one.parsed.record.directives().any(|(_, qualifier, mechanism)| {
        qualifier == Qualifier::Pass
            && match (mechanism, address) {
                (Mechanism::Ip4(net, len), IpAddr::V4(ip)) => {
                    ipnet::Ipv4Net::new(*net, *len).is_ok_and(|net| net.contains(&ip))
                }
                (Mechanism::Ip6(net, len), IpAddr::V6(ip)) => {
                    ipnet::Ipv6Net::new(*net, *len).is_ok_and(|net| net.contains(&ip))
                }
                _ => false,
            }
    });
    let hosts = domain.facts.spf.iter().flat_map(|tree| &tree.hosts);
    in_network || hosts.into_iter().any(|host| host.direct && host.address == address)
}

/// A term in a spelling of its own, so that equal terms are equal texts.
fn meaning(term: &Term, text: &str, domain: &Name) -> String {
    let Some((qualifier, mechanism)) = term.directive() else { return text.to_ascii_lowercase() };
    let sign = qualifier.as_char();
    match mechanism {
        Mechanism::Ip4(ip, len) => {
            let net = ipnet::Ipv4Net::new(*ip, *len).map(|net| net.trunc().to_string());
            format!("{sign}ip4:{}", net.unwrap_or_default())
        }
        Mechanism::Ip6(ip, len) => {
            let net = ipnet::Ipv6Net::new(*ip, *len).map(|net| net.trunc().to_string());
            format!("{sign}ip6:{}", net.unwrap_or_default())
        }
        _ => {
            let bare = text.trim_start_matches(['+', '-', '~', '?']).to_ascii_lowercase();
            // Without a name the domain itself is meant.
            let bare = bare.replacen(&format!(":{domain}/"), "/", 1);
            let bare = bare.strip_suffix(&format!(":{domain}")).unwrap_or(&bare);
            format!("{sign}{}", bare.trim_end_matches('.'))
        }
    }
}

fn dkim(domain: &Domain<'_>, config: &DomainConfig, out: &mut Vec<Drift>) {
    if config.dkim.is_empty() {
        return;
    }
    let is_configured = |selector: &str| config.dkim.iter().any(|key| key.selector.eq_ignore_ascii_case(selector));
    let known = config.providers.iter().filter_map(|id| providers::by_id(id));
    let known: Vec<_> = known.collect();
    for selector in &domain.facts.dkim.selectors {
        // In the DNS, a named selector without a key is `dkim-key-missing`.
        let absent = selector.texts.is_absent() && selector.alias.is_none();
        if domain.in_zone_file() && absent && is_configured(&selector.selector) {
            let value = selector.expected_key.as_ref().map(|key| key.record_value());
            out.push(missing(domain, &selector.name, RecordType::Txt, value));
        }
    }
    let mut told = BTreeSet::new();
    for key in domain.usable_keys() {
        let selector = key.selector;
        let of_provider = known.iter().any(|provider| {
            provider.has_selector(&selector.selector)
                || selector.alias.as_ref().and_then(providers::by_dkim_target).is_some_and(|p| p.id == provider.id)
        });
        if selector.why == Why::Named || is_configured(&selector.selector) || of_provider {
            continue;
        }
        if !told.insert(&selector.name) {
            continue;
        }
        let draft = Draft::new(&selector.name)
            .record(&selector.owner, RecordType::Txt, key.text.as_str())
            .arg("type", "TXT")
            .arg("value", key.text.as_str());
        // Behind an alias the record is another's; and mail on its way may still need the key.
        out.push(Drift::Unexpected(draft.detail("detail-key").arg("selector", &selector.selector)));
    }
}

fn dmarc(domain: &Domain<'_>, config: &DomainConfig, out: &mut Vec<Drift>) {
    let Some(wanted) = &config.dmarc else { return };
    let name = &domain.dmarc.name;
    let Ok(options) = desired::dmarc_options(wanted) else { return };
    let Ok(record) = records::dmarc(domain.name(), &options, 0) else { return };
    let facts = domain.facts;
    if facts.dmarc_texts.is_unavailable() || !facts.dmarc_misplaced.is_empty() || !domain.dmarc.ignored.is_empty() {
        return;
    }
    // A record at the domain itself is `dmarc-wrong-location`.
    let at_domain = || facts.texts.list().iter().any(|text| crate::dmarc::looks_like_dmarc(&text.to_text()));
    if domain.dmarc.records.is_empty() && at_domain() {
        return;
    }
    if domain.dmarc.records.is_empty() {
        out.push(missing(domain, name, RecordType::Txt, Some(record.value)));
        return;
    }
    let Some(one) = domain.the_dmarc() else { return };
    let (Some(published), Some(asked)) = (&one.parsed.record, crate::dmarc::parse(&record.value).record) else {
        return;
    };
    // All keys, so that a new one cannot be forgotten here.
    let DmarcConfig { policy, subdomain_policy, nonexistent_policy, rua, ruf, adkim, aspf } = wanted;
    let mut changed = published.clone();
    let mut tags: Vec<(&str, String)> = Vec::new();
    let mut policy_tag = |tag, mentioned: &Option<String>, asked: Option<Policy>, place: &mut Option<Policy>| {
        if mentioned.is_some() && *place != asked {
            tags.push((tag, asked.map(Policy::as_str).unwrap_or_default().to_owned()));
            *place = asked;
        }
    };
    policy_tag("p", policy, asked.policy, &mut changed.policy);
    policy_tag("sp", subdomain_policy, asked.subdomain_policy, &mut changed.subdomain_policy);
    policy_tag("np", nonexistent_policy, asked.nonexistent_policy, &mut changed.nonexistent_policy);
    // RFC 9989 §4.7: relaxed is what holds without the tag.
    type Mode = Option<AlignmentMode>;
    let mut mode_tag = |tag, mentioned: &Option<String>, asked: Mode, place: &mut Mode| {
        if mentioned.is_some() && asked.unwrap_or_default() != place.unwrap_or_default() {
            tags.push((tag, asked.map(AlignmentMode::as_str).unwrap_or_default().to_owned()));
            *place = asked;
        }
    };
    mode_tag("adkim", adkim, asked.adkim, &mut changed.adkim);
    mode_tag("aspf", aspf, asked.aspf, &mut changed.aspf);
    let set = |list: &[Destination]| list.iter().map(|d| d.uri.to_ascii_lowercase()).collect::<BTreeSet<_>>();
    let mut list_tag = |tag, mentioned: &[String], asked: Vec<Destination>, place: &mut Vec<Destination>| {
        if !mentioned.is_empty() && set(&asked) != set(place) {
            let uris: Vec<&str> = asked.iter().map(|d| d.uri.as_str()).collect();
            tags.push((tag, uris.join(",")));
            *place = asked;
        }
    };
    list_tag("rua", rua, asked.rua, &mut changed.rua);
    list_tag("ruf", ruf, asked.ruf, &mut changed.ruf);
    let Some((first, _)) = tags.first() else { return };
    let tag = |name: &str| one.parsed.tags.iter().find(|tag| tag.name == name);
    let found: Vec<&str> =
        tags.iter().filter_map(|(name, _)| one.text.get(tag(name)?.span.clone())).map(str::trim).collect();
    let asked: Vec<String> = tags.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let span = tag(first).map(|tag| tag.span.clone());
    out.push(differs(domain, name, &one.text, span, [found.join("; "), asked.join("; ")], Some(changed.to_string())));
}

fn mta_sts(domain: &Domain<'_>, config: &DomainConfig, out: &mut Vec<Drift>) {
    let (Some(wanted), Ok(name)) = (&config.mta_sts, domain.name().prepend("_mta-sts")) else { return };
    if super::is_missing(&domain.facts.mta_sts, mta_sts::looks_like_mta_sts) {
        let record = desired::mta_sts(config, domain.name(), wanted, 0).ok();
        out.push(missing(domain, &name, RecordType::Txt, record.map(|(record, ..)| record.value)));
        return;
    }
    // Without an id of its own the configuration says nothing about the record but that it is there.
    let ([text], Some(id)) = (domain.facts.mta_sts.list(), &wanted.id) else { return };
    let text = text.to_text();
    let Some(mut record) = mta_sts::parse(&text).record.filter(|record| record.id != *id) else { return };
    let span = text.find(&record.id).map(|at| at..at + record.id.len());
    let words = [format!("id={}", record.id), format!("id={id}")];
    record.id.clone_from(id);
    out.push(differs(domain, &name, &text, span, words, Some(record.to_string())));
}

fn tls_rpt(domain: &Domain<'_>, config: &DomainConfig, out: &mut Vec<Drift>) {
    let (Some(wanted), Ok(name)) = (&config.tls_rpt, domain.name().prepend("_smtp._tls")) else { return };
    let Ok(asked) = records::tls_rpt(domain.name(), &wanted.rua, 0) else { return };
    if super::is_missing(&domain.facts.tls_rpt, tls_rpt::looks_like_tls_rpt) {
        out.push(missing(domain, &name, RecordType::Txt, Some(asked.value)));
        return;
    }
    let ([text], Some(asked)) = (domain.facts.tls_rpt.list(), tls_rpt::parse(&asked.value).record) else { return };
    let text = text.to_text();
    let set = |list: &[String]| list.iter().map(|uri| uri.to_ascii_lowercase()).collect::<BTreeSet<_>>();
    let Some(mut record) = tls_rpt::parse(&text).record.filter(|record| set(&record.rua) != set(&asked.rua)) else {
        return;
    };
    let value = record.rua.join(",");
    let span = text.find("rua=").map(|at| at..text[at..].find(';').map_or(text.len(), |end| at + end));
    let words = [format!("rua={value}"), format!("rua={}", asked.rua.join(","))];
    record.rua = asked.rua;
    out.push(differs(domain, &name, &text, span, words, Some(record.to_string())));
}
