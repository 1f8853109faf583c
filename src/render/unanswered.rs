//! Why questions have no answer, in words.

use crate::dns::DnsError;
use crate::locales::Catalogue;

/// Why a question has no answer; a server that is to blame is named.
pub fn reason(error: &DnsError, catalogue: &Catalogue) -> String {
    match error {
        DnsError::Server(_) => catalogue.phrase(&error.into()),
        _ => catalogue.text(&format!("dns-{}", error.id())),
    }
}

/// Names whose questions have no answer, at most `most` of them, those with the same reason together:
/// `a.example, b.example (no answer in time)`.
pub fn listed<'u>(
    unseen: impl IntoIterator<Item = (&'u str, &'u DnsError)>,
    most: usize,
    catalogue: &Catalogue,
) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    let mut more = false;
    for (at, (name, why)) in unseen.into_iter().enumerate() {
        if at >= most {
            more = true;
            break;
        }
        let reason = reason(why, catalogue);
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, names)) => names.push(name),
            None => groups.push((reason, vec![name])),
        }
    }
    let groups = groups.into_iter().map(|(reason, names)| format!("{} ({reason})", names.join(", ")));
    let mut text = groups.collect::<Vec<_>>().join(", ");
    if more {
        text.push_str(" …");
    }
    text
}
