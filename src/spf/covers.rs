//! Whether a domain's record lets a client pass, read off the tree: no further question is asked.

use std::net::IpAddr;

use super::outcome::SpfResult;
use super::record::{Mechanism, Modifier, Qualifier, Span, TermKind};
use super::tree::{Node, NodeTerm, Tree};

/// What a tree says of one client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// `pass`, `fail`, `softfail` or `neutral`.
    pub result: SpfResult,
    /// The term of the domain's own record that decided; `None` where none matched.
    pub by: Option<Span>,
}

/// Whether a term matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    Yes,
    No,
    /// It depends on the message, or an answer is missing, or it would end in an error.
    Open,
}

impl Tree {
    /// What the record comes to for a client (RFC 7208 §4.6.2). `None` where that cannot be told from the tree:
    /// an error, macros, `ptr`, a bound, or an answer that is missing.
    pub fn coverage(&self, client: IpAddr) -> Option<Coverage> {
        let coverage = of_node(&self.root, client.to_canonical())?;
        // What a bound cut off may have been what matched.
        (coverage.result == SpfResult::Pass || !self.truncated).then_some(coverage)
    }
}

impl Node {
    /// As [`Tree::coverage`], of one record and what is below it.
    pub fn coverage(&self, client: IpAddr) -> Option<Coverage> {
        of_node(self, client.to_canonical())
    }
}

fn of_node(node: &Node, client: IpAddr) -> Option<Coverage> {
    let parsed = node.parsed.as_ref().filter(|parsed| parsed.is_valid())?;
    if node.failure.is_some() || node.circular || node.cut || node.repeated {
        return None;
    }
    // A term that may match hides what comes behind it, unless that comes to the same.
    let mut open = false;
    for drawn in node.terms.iter().filter(|drawn| drawn.reached) {
        let Some(term) = parsed.record.terms.get(drawn.index) else { continue };
        let TermKind::Directive(qualifier, mechanism) = &term.kind else { continue };
        match matches(drawn, mechanism, client) {
            Match::No => {}
            Match::Open if *qualifier == Qualifier::Pass => open = true,
            Match::Open => return None,
            Match::Yes if open && *qualifier != Qualifier::Pass => return None,
            Match::Yes => return Some(Coverage { result: qualifier.result(), by: Some(term.span.clone()) }),
        }
    }
    let redirect = node.terms.iter().filter(|drawn| drawn.reached).find_map(|drawn| {
        let term = parsed.record.terms.get(drawn.index)?;
        matches!(term.kind, TermKind::Modifier(Modifier::Redirect(_))).then_some((drawn, term))
    });
    let end = match redirect {
        Some((drawn, term)) => {
            let child = of_node(drawn.child.as_deref()?, client)?;
            Coverage { by: Some(term.span.clone()), ..child }
        }
        None => Coverage { result: SpfResult::Neutral, by: None },
    };
    (!open || end.result == SpfResult::Pass).then_some(end)
}

fn matches(drawn: &NodeTerm, mechanism: &Mechanism, client: IpAddr) -> Match {
    let lists = || drawn.addresses.iter().any(|net| net.contains(&client));
    match mechanism {
        Mechanism::All => Match::Yes,
        Mechanism::Ip4(..) | Mechanism::Ip6(..) if lists() => Match::Yes,
        Mechanism::Ip4(..) | Mechanism::Ip6(..) => Match::No,
        _ if drawn.unknown => Match::Open,
        // RFC 7208 §4.6.4: more than ten are an error, whatever they have.
        Mechanism::Mx(..) if drawn.exchangers.is_some_and(|count| count > 10) => Match::Open,
        Mechanism::A(..) | Mechanism::Mx(..) if lists() => Match::Yes,
        _ if drawn.failure.is_some() => Match::Open,
        Mechanism::A(..) | Mechanism::Mx(..) => Match::No,
        Mechanism::Exists(_) if drawn.voids > 0 => Match::No,
        Mechanism::Exists(_) => Match::Yes,
        Mechanism::Ptr(_) => Match::Open,
        Mechanism::Include(_) => match drawn.child.as_deref().and_then(|child| of_node(child, client)) {
            Some(Coverage { result: SpfResult::Pass, .. }) => Match::Yes,
            Some(_) => Match::No,
            None => Match::Open,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::recording::Recording;
    use crate::dns::{Name, RecordData};
    use crate::spf::{Bounds, tree};
    use futures_util::FutureExt as _;

    /// The result, and the term that decided.
    fn judged(record: &str, client: &str) -> Option<(SpfResult, String)> {
        let mut dns = Recording::closed_world();
        dns.txt("x.de", record);
        dns.txt("i.de", "v=spf1 ip4:192.0.2.0/28 -ip4:192.0.2.99 ~all");
        dns.txt("broken.de", "v=spf1 ipv4:192.0.2.1 -all");
        dns.txt("r.de", "v=spf1 a:h.de -all");
        for address in ["192.0.2.40", "192.0.2.41"] {
            dns.add("h.de", RecordData::A(address.parse().unwrap()));
        }
        let tree = tree(&dns, &Name::parse("x.de").unwrap(), Bounds::default()).now_or_never().unwrap();
        let coverage = tree.coverage(client.parse().unwrap())?;
        Some((coverage.result, coverage.by.map(|span| record[span].to_owned()).unwrap_or_default()))
    }

    #[test]
    fn what_a_record_comes_to() {
        use SpfResult::{Fail, Neutral, Pass, Softfail};
        for (record, client, result, by) in [
            ("v=spf1 ip4:192.0.2.1 -all", "192.0.2.1", Pass, "ip4:192.0.2.1"),
            ("v=spf1 ip4:192.0.2.1 -all", "::ffff:192.0.2.1", Pass, "ip4:192.0.2.1"),
            ("v=spf1 ip4:192.0.2.1 -all", "192.0.2.2", Fail, "-all"),
            ("v=spf1 ip4:192.0.2.1 -all", "2001:db8::1", Fail, "-all"),
            ("v=spf1 include:i.de ~all", "192.0.2.15", Pass, "include:i.de"),
            ("v=spf1 include:i.de ~all", "192.0.2.99", Softfail, "~all"),
            ("v=spf1 -ip4:192.0.2.0/24 ip4:192.0.2.7 ~all", "192.0.2.7", Fail, "-ip4:192.0.2.0/24"),
            ("v=spf1 a:h.de ?all", "192.0.2.41", Pass, "a:h.de"),
            ("v=spf1 a:h.de/24 ?all", "192.0.2.7", Pass, "a:h.de/24"),
            ("v=spf1 redirect=r.de", "192.0.2.40", Pass, "redirect=r.de"),
            ("v=spf1 redirect=r.de", "192.0.2.42", Fail, "redirect=r.de"),
            ("v=spf1 ip4:192.0.2.1", "192.0.2.2", Neutral, ""),
            ("v=spf1 exists:h.de -all", "192.0.2.9", Pass, "exists:h.de"),
            ("v=spf1 exists:none.de -all", "192.0.2.9", Fail, "-all"),
            ("v=spf1 ptr ip4:192.0.2.1 -all", "192.0.2.1", Pass, "ip4:192.0.2.1"),
        ] {
            assert_eq!(judged(record, client), Some((result, by.to_owned())), "{record} for {client}");
        }
    }

    #[test]
    fn what_cannot_be_told() {
        for record in [
            "v=spf1 ptr -all",
            "v=spf1 exists:%{i}.l.de -all",
            "v=spf1 include:broken.de -all",
            "v=spf1 include:none.de -all",
            "v=spf1 include:x.de -all",
            "v=spf1 redirect=broken.de",
            "v=spf1 ~ptr ip4:192.0.2.1 -all",
            "v=spf1 ipv4:192.0.2.1 -all",
        ] {
            assert_eq!(judged(record, "192.0.2.1"), None, "{record}");
        }
    }
}
