//! Matching of names and selectors against the small patterns of the data files.

/// How many labels of `name` the `suffix` covers, where `name` is the suffix or lies below it (RFC 1035 §2.3.1 labels).
///
/// Letters compare without case, a final dot is ignored. `<…>` in the suffix stands for one or more octets inside a
/// label: `<id>.spf.example` covers `a-b.spf.example` but not `spf.example`. `None` means no match.
pub fn covers(suffix: &str, name: &str) -> Option<usize> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let mut labels = name.rsplit('.');
    let mut count = 0;
    for want in suffix.rsplit('.') {
        let label = labels.next()?;
        if !label_matches(want, label) {
            return None;
        }
        count += 1;
    }
    Some(count)
}

fn label_matches(want: &str, label: &str) -> bool {
    let Some((head, rest)) = want.split_once('<') else {
        return want.eq_ignore_ascii_case(label);
    };
    let Some((_, tail)) = rest.split_once('>') else {
        return false;
    };
    let (want_head, want_tail) = (head.as_bytes(), tail.as_bytes());
    let label = label.as_bytes();
    label.len() > want_head.len() + want_tail.len()
        && label[..want_head.len()].eq_ignore_ascii_case(want_head)
        && label[label.len() - want_tail.len()..].eq_ignore_ascii_case(want_tail)
}

/// Whether a DKIM selector has the form of a pattern.
///
/// `#` is a digit, `@` a base32 letter (RFC 4648 §6), `?` a letter or digit, `*` a run of any length, possibly empty;
/// everything else is itself, without case. Takes at most length × length steps.
pub fn selector_matches(pattern: &str, selector: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), selector.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if pattern.get(p) == Some(&b'*') {
            star = Some((p, t));
            p += 1;
        } else if pattern.get(p).is_some_and(|&want| octet_matches(want, text[t])) {
            p += 1;
            t += 1;
        } else if let Some((at, seen)) = star {
            p = at + 1;
            t = seen + 1;
            star = Some((at, t));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|&b| b == b'*')
}

fn octet_matches(want: u8, octet: u8) -> bool {
    match want {
        b'#' => octet.is_ascii_digit(),
        b'@' => octet.is_ascii_alphabetic() || matches!(octet, b'2'..=b'7'),
        b'?' => octet.is_ascii_alphanumeric(),
        _ => want.eq_ignore_ascii_case(&octet),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_end_on_label_boundaries() {
        for (suffix, name, want) in [
            ("mail.protection.outlook.com", "praxis-de.mail.protection.outlook.com", Some(4)),
            ("mail.protection.outlook.com", "mail.protection.outlook.com.", Some(4)),
            ("google.com", "ASPMX.L.GOOGLE.COM", Some(2)),
            ("google.com", "notgoogle.com", None),
            ("google.com", "google.com.evil.example", None),
            ("google.com", "com", None),
            ("<id>.spf<n>.hub.example", "77.spf04.hub.example", Some(4)),
            ("<id>.spf<n>.hub.example", "77.spf.hub.example", None),
            ("<id>.spf<n>.hub.example", "spf04.hub.example", None),
            ("a.<region>.example", "x.a.eu-1.example", Some(3)),
        ] {
            assert_eq!(covers(suffix, name), want, "{suffix} {name}");
        }
    }

    #[test]
    fn selectors_match_whole_patterns() {
        for (pattern, selector, want) in [
            ("default####", "default2307", true),
            ("default####", "default23070", false),
            ("default####", "default", false),
            ("kas############", "kas202401311201", true),
            ("s#####*", "s1234567", true),
            ("s#####*", "s1", false),
            ("ovhmo*-selector?", "ovhmo12345-selector1", true),
            ("########*pm", "20240131120101pm", true),
            ("########*pm", "20240131120101pn", false),
            ("@@", "a7", true),
            ("@@", "a1", false),
            ("*", "", true),
        ] {
            assert_eq!(selector_matches(pattern, selector), want, "{pattern} {selector}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(pattern in "[a#@?*<>.é]{0,20}", text in "\\PC{0,40}") {
            let _ = covers(&pattern, &text);
            let _ = selector_matches(&pattern, &text);
        }
    }
}
