//! What a name, a host or a network was meant to be.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::super::record::MECHANISMS;

/// The host of a web address.
pub(super) fn url_host(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("://")?;
    rest.split(['/', ':', '?', '#']).next().filter(|h| h.contains('.'))
}

/// The mechanism or modifier that a name was meant to be, and whether it is exactly that name.
pub(super) fn known_name(name: &str, argument: &str) -> Option<(&'static str, bool)> {
    let name = name.to_ascii_lowercase();
    if let Some(known) = MECHANISMS.iter().chain(&["redirect", "exp"]).find(|k| **k == name) {
        return Some((known, true));
    }
    let address = argument.split('/').next().unwrap_or_default();
    match name.as_str() {
        "ip" | "ipv4" | "ipv6" | "ip-4" | "ip_4" | "ip-6" | "ip_6" | "ipv-4" | "ipv-6" | "ip4v" | "ip6v" | "ipv"
        | "i4" | "i6" | "ip44" | "ip46" | "v4" | "v6" | "pi4" | "pi6" | "ipp4" | "iip4" | "1p4" | "lp4" | "p4"
        | "ipa" | "addr" => {
            return Some(if address.parse::<Ipv6Addr>().is_ok() || (name.ends_with('6') && address.contains(':')) {
                ("ip6", false)
            } else {
                ("ip4", false)
            });
        }
        "incl" | "inc" | "includes" | "included" => return Some(("include", false)),
        "redir" => return Some(("redirect", false)),
        "exist" => return Some(("exists", false)),
        _ => {}
    }
    if name.len() > 12 {
        return None;
    }
    let within = |known: &str| if known.len() >= 6 { 2 } else { 1 };
    ["include", "redirect", "exists", "all", "ptr", "mx", "ip4", "ip6"]
        .into_iter()
        .filter(|k| name.len() > 1 && (k.len() > 2 || name.len() > 2))
        .map(|known| (distance(&name, known), known))
        .filter(|(d, known)| *d <= within(known))
        .min_by_key(|(d, _)| *d)
        .map(|(_, known)| (known, false))
}

/// How many insertions, deletions, changes and swaps of neighbours lie between two short words.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut rows = [vec![0; b.len() + 1], vec![0; b.len() + 1], (0..=b.len()).collect::<Vec<_>>()];
    for (i, x) in a.iter().enumerate() {
        rows.rotate_left(1);
        let [before, last, row] = &mut rows;
        let mut left = i + 1;
        for (j, y) in b.iter().enumerate() {
            let get = |r: &[usize], k: usize| r.get(k).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (get(last, j) + usize::from(x != y)).min(get(last, j + 1) + 1).min(left + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x) {
                cost = cost.min(get(before, j - 1) + 1);
            }
            if let Some(cell) = row.get_mut(j) {
                *cell = left;
            }
            left = cost;
        }
        if let Some(cell) = row.last_mut() {
            *cell = left;
        }
    }
    rows[2].last().copied().unwrap_or(usize::MAX)
}

/// What an address or network was meant to be: its mechanism, and its right text.
pub(super) fn network(text: &str) -> Option<(&'static str, String)> {
    let text = text.trim_matches(':');
    let (host, tail) = match text.find('/') {
        Some(i) => text.split_at_checked(i)?,
        None => (text, ""),
    };
    // An IPv4 address as text starts with a digit; the shortest IPv6 address, ::, is not one that
    // anyone publishes.
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(ip) = host.parse::<Ipv6Addr>() {
        return Some(("ip6", format!("{ip}{}", single_length(tail, 128)?)))
            .map(|(m, t)| (m, keep(host, &ip.to_string(), t)));
    }
    let (host, _port) = match host.split_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => (host, port),
        Some(_) => return None,
        None => (host, ""),
    };
    let octets: Vec<&str> = host.trim_end_matches('.').split('.').collect();
    if !(2..=4).contains(&octets.len()) {
        return None;
    }
    let mut value = [0_u8; 4];
    for (octet, slot) in octets.iter().zip(&mut value) {
        if octet.is_empty() || octet.len() > 3 || !octet.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *slot = octet.parse().ok()?;
    }
    let ip = IpAddr::V4(Ipv4Addr::from(value));
    // Whether the last number is missing or a whole network is meant, only its owner knows.
    if octets.len() < 4 && tail.trim_matches('/').is_empty() {
        return None;
    }
    let tail = single_length(tail, 32)?;
    Some(("ip4", format!("{ip}{tail}")))
}

/// Keeps the way in which an IPv6 address was written.
fn keep(written: &str, canonical: &str, text: String) -> String {
    text.strip_prefix(canonical).map(|tail| format!("{written}{tail}")).unwrap_or(text)
}

/// A prefix length, or what a netmask comes to; `None` where it can be neither.
fn single_length(tail: &str, limit: u32) -> Option<String> {
    let text = tail.trim_matches('/');
    if text.is_empty() {
        return Some(String::new());
    }
    if let Ok(mask) = text.parse::<Ipv4Addr>() {
        let bits = u32::from(mask);
        return (limit == 32 && bits.leading_ones() + bits.trailing_zeros() == 32)
            .then(|| format!("/{}", bits.leading_ones()));
    }
    let length: u32 = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())??;
    (length <= limit).then(|| format!("/{length}"))
}
