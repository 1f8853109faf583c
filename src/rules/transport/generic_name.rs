//! Reverse names that nobody chose: those of dial-up connections and address pools.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::dmarc::legacy::registrable_domain;
use crate::dns::Name;

/// Below these, providers name hosts by themselves.
const MADE_UP: [&str; 22] = [
    "amazonaws.com",
    "arcor-ip.net",
    "bc.googleusercontent.com",
    "clients.your-server.de",
    "cloudapp.azure.com",
    "contaboserver.net",
    "dip0.t-ipconnect.de",
    "ip.linodeusercontent.com",
    "kabel-deutschland.de",
    "members.linode.com",
    "netcologne.de",
    "onlinehome-server.com",
    "onlinehome-server.info",
    "poolserver.net",
    "quicksrv.de",
    "stratoserver.net",
    "t-dialin.net",
    "t-ipconnect.de",
    "unitymediagroup.de",
    "versanet.de",
    "vodafone-ip.de",
    "vps.ovh.net",
];

/// Words for connections that are not made for mail servers.
const WORDS: [&str; 26] = [
    "adsl",
    "broadband",
    "cable",
    "catv",
    "cgn",
    "customer",
    "dhcp",
    "dial",
    "dialin",
    "dialup",
    "dip",
    "dsl",
    "dyn",
    "dynamic",
    "dynip",
    "ftth",
    "lte",
    "mobile",
    "pool",
    "pools",
    "ppp",
    "pppoe",
    "residential",
    "umts",
    "vdsl",
    "xdsl",
];

/// Words for addresses that nobody has named at all.
const UNNAMED: [&str; 6] = ["localhost", "noptr", "reserved", "unassigned", "undefined", "unused"];

/// What people call mail servers.
const MAIL: [&str; 11] = ["correo", "exchange", "mail", "mailout", "mta", "mx", "out", "post", "relay", "send", "smtp"];

/// Whether a reverse name looks like a dial-up connection or a pool.
pub(super) fn is_generic(name: &Name, address: IpAddr) -> bool {
    if holds_address(name, address) || MADE_UP.iter().any(|suffix| is_below(name, suffix)) {
        return true;
    }
    let own = registrable_domain(name).map_or(2, |registrable| registrable.label_count());
    let labels: Vec<&str> = name.labels().collect();
    let host = &labels[..labels.len().saturating_sub(own)];
    let words = |label: &str| -> Vec<String> {
        let parts = label.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
        parts.map(str::to_ascii_lowercase).collect()
    };
    let first = host.first().map(|label| words(label)).unwrap_or_default();
    let named = first.iter().any(|word| MAIL.contains(&word.as_str()));
    let all: Vec<String> = host.iter().flat_map(|label| words(label)).collect();
    let numbered = host.iter().any(|label| label.contains(|c: char| c.is_ascii_digit()));
    !named
        && (all.iter().any(|word| UNNAMED.contains(&word.as_str()))
            || numbered && all.iter().any(|word| WORDS.contains(&word.as_str())))
}

fn is_below(name: &Name, suffix: &str) -> bool {
    name.as_str().strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.'))
}

/// Whether a name tells the address that it belongs to.
pub(super) fn holds_address(name: &Name, address: IpAddr) -> bool {
    let text = name.as_str();
    match address.to_canonical() {
        IpAddr::V4(v4) => holds_v4(text, v4),
        IpAddr::V6(v6) => holds_v6(text, v6),
    }
}

/// Three octets in a row, forward or backward, as numbers; or all four in hexadecimal or padded with zeros.
fn holds_v4(text: &str, address: Ipv4Addr) -> bool {
    let octets = address.octets();
    let numbers: Vec<u32> =
        text.split(|c: char| !c.is_ascii_digit()).map(|digits| digits.parse().unwrap_or(u32::MAX)).collect();
    // Between two numbers there is at most one other character: `5-45-100-20`, not `5 of 45`.
    let forward: Vec<u32> = octets.iter().map(|octet| u32::from(*octet)).collect();
    let backward: Vec<u32> = forward.iter().rev().copied().collect();
    let in_row = |octets: &[u32]| numbers.windows(3).any(|three| octets.windows(3).any(|part| part == three));
    let hex = |octets: &[u8]| octets.iter().map(|octet| format!("{octet:02x}")).collect::<String>();
    let padded = |octets: &[u8]| octets.iter().map(|octet| format!("{octet:03}")).collect::<String>();
    let turned: Vec<u8> = octets.iter().rev().copied().collect();
    in_row(&forward)
        || in_row(&backward)
        || [hex(&octets), hex(&turned), padded(&octets), padded(&turned)]
            .iter()
            .any(|form| text.contains(form.as_str()))
}

/// The address with its zeros, without them, or its last half, between hyphens, dots or nothing.
fn holds_v6(text: &str, address: Ipv6Addr) -> bool {
    let groups = address.segments();
    let padded: Vec<String> = groups.iter().map(|group| format!("{group:04x}")).collect();
    let short = address.to_string();
    let mut forms = vec![padded.concat(), padded[4..].concat()];
    for separator in ["-", ".", "_"] {
        forms.push(short.replace(':', separator));
        forms.push(padded[4..].join(separator));
        forms.push(groups.map(|group| format!("{group:x}")).join(separator));
    }
    let nibbles: Vec<String> = padded.concat().chars().rev().map(String::from).collect();
    forms.push(nibbles[..16].join("."));
    // The last half of `2a01:4f8::1` is fifteen zeros and a one: too little to tell anything by.
    let telling = |form: &&String| form.bytes().filter(|b| b.is_ascii_hexdigit() && *b != b'0').count() >= 4;
    forms.iter().filter(telling).any(|form| text.contains(form.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generic(name: &str, address: &str) -> bool {
        is_generic(&Name::parse(name).unwrap(), address.parse().unwrap())
    }

    #[test]
    fn made_up_names() {
        for (name, address) in [
            ("static.20.100.45.5.clients.your-server.de", "5.45.100.20"),
            ("p5b2d6414.dip0.t-ipconnect.de", "91.45.100.20"),
            ("ip-5-45-100-20.eu-central-1.compute.internal.net", "5.45.100.20"),
            ("ns3012345.ip-5-45-100.eu", "5.45.100.20"),
            ("host-005045100020.isp.example", "5.45.100.20"),
            ("h2345678.stratoserver.net", "5.45.100.20"),
            ("dyn-17.isp-haus.de", "5.45.100.20"),
            ("pool-3-7.isp-haus.de", "5.45.100.20"),
            ("dslb-7.pools.isp-haus.net", "5.45.100.20"),
            ("unassigned.isp-haus.net", "5.45.100.20"),
            ("mail-5-45-100-20.isp-haus.net", "5.45.100.20"),
            ("2a01-4f8-10--20.isp-haus.net", "2a01:4f8:10::20"),
            ("p200300e1234567890abcdef012345678.dip0.t-ipconnect.de", "2003:e1:1234:5678::1"),
        ] {
            assert!(generic(name, address), "{name}");
        }
    }

    #[test]
    fn chosen_names() {
        for (name, address) in [
            ("mail.praxis-beispiel.de", "5.45.100.20"),
            ("mx1-2.praxis-beispiel.de", "5.45.100.20"),
            ("mail20.praxis-beispiel.de", "5.45.100.20"),
            ("smtp.cable-shop.de", "5.45.100.20"),
            ("mx2.pool.praxis-beispiel.de", "5.45.100.20"),
            ("srv5.dynamic-software.de", "5.45.100.20"),
            ("dialog.praxis-beispiel.de", "5.45.100.20"),
            ("mout.kundenserver.de", "5.45.100.20"),
            ("mail-eopbgr40045.outbound.protection.outlook.com", "40.107.4.45"),
            ("mail-wr1-f45.google.com", "209.85.221.45"),
            ("a45-100.smtp-out.eu-central-1.amazonses.com", "54.240.45.100"),
            ("mail.x.de", "2a01:4f8::1"),
        ] {
            assert!(!generic(name, address), "{name}");
        }
    }
}
