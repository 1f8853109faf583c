//! The usual slips: what an unreadable term was meant to be.
//!
//! Every term is first read by the grammar alone; only what it refuses comes here. So the wish
//! to help never makes a valid record invalid, nor the other way round.

mod characters;
mod meant;

use characters::{non_ascii, plain};
use meant::{known_name, network, url_host};

use super::parse::{Fault, FaultKind, Parsed, term};
use super::record::{MECHANISMS, Mechanism, Modifier, Qualifier, Span, Term, TermKind};

/// Reads the terms at these places; faults go where they belong.
pub(super) fn read_terms(text: &str, tokens: &[Span], parsed: &mut Parsed) {
    let mut at = 0;
    while let Some(span) = tokens.get(at) {
        at += 1 + read_term(text, span.clone(), tokens.get(at + 1), parsed);
    }
}

/// Reads one term; how many of the following tokens went into it.
fn read_term(text: &str, span: Span, next: Option<&Span>, parsed: &mut Parsed) -> usize {
    let fault = match term(text, span.clone()) {
        Ok(term) => {
            parsed.slips.extend(slip(text, &term));
            parsed.record.terms.push(term);
            return 0;
        }
        Err(fault) => fault,
    };
    let token = text.get(span.clone()).unwrap_or_default();
    if fault.kind == FaultKind::NonAscii {
        // A long dash, and a blank behind it: `– all`.
        let sign = Some(token).filter(|token| token.chars().nth(1).is_none()).and_then(|t| t.chars().next());
        if let (Some(sign), Some(next)) = (sign.and_then(plain).filter(|sign| !sign.is_empty()), next)
            && sign.chars().all(|c| Qualifier::from_char(c).is_some())
            && let Some(meant) = text.get(next.clone()).map(|rest| format!("{sign}{rest}"))
            && term(&meant, 0..meant.len()).is_ok()
        {
            let (kind, suggestion) = (FaultKind::NonAscii, Some(sign.to_owned()));
            parsed.errors.push(Fault { span: span.start..next.start, kind, suggestion });
            recover(&meant, span.start..next.end, parsed);
            return 1;
        }
        non_ascii(token, &span, parsed);
        return 0;
    }
    if let Some(pieces) = glued(token) {
        let meant = pieces.iter().filter_map(|piece| token.get(piece.clone())).collect::<Vec<_>>();
        let suggestion = Some(meant.join(" "));
        parsed.errors.push(Fault { span: span.clone(), kind: FaultKind::MissingBlank, suggestion });
        for (meant, piece) in meant.into_iter().zip(&pieces) {
            recover(meant, span.start + piece.start..span.start + piece.end, parsed);
        }
        return 0;
    }
    if let Some(next) = next
        && let Some((fault, meant)) = torn(text, &span, next)
    {
        parsed.errors.push(fault);
        recover(&meant, span.start..next.end, parsed);
        return 1;
    }
    if token.contains([',', ';']) && split_at_separators(text, &span, parsed) {
        return 0;
    }
    let (fault, meant) = diagnose(token, &span, fault);
    parsed.errors.push(fault);
    if let Some(meant) = meant {
        recover(&meant, span, parsed);
    }
    0
}

/// The longest run of terms in which missing blanks are looked for.
const MAX_GLUED: usize = 512;

/// The terms that ran into one another for want of a blank: `ip4:192.0.2.1-all`.
///
/// Each begins with the name of a mechanism and a colon, or is an `all` with its sign at the end.
fn glued(token: &str) -> Option<Vec<Span>> {
    if token.len() > MAX_GLUED {
        return None;
    }
    let begins = |at: usize| {
        let Some(rest) = token.get(at..) else { return false };
        let name = rest.trim_start_matches(['+', '-', '~', '?']);
        let signs = rest.len() - name.len();
        let named = |known: &&str, delimiter: char| {
            let head = name.get(..known.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(known))
                && name.get(known.len()..).is_some_and(|rest| rest.starts_with(delimiter))
        };
        signs == 1 && name.eq_ignore_ascii_case("all")
            || signs <= 1
                && (MECHANISMS.iter().any(|known| named(known, ':'))
                    || ["redirect", "exp"].iter().any(|known| named(known, '=')))
    };
    let readable = |range: Span| {
        let token = token.get(range.clone());
        let found = token.and_then(|token| term(token, 0..token.len()).ok());
        // Any word and an equals sign make a modifier, and `a` and `mx` begin many words.
        found.is_some_and(|term| term.directive().is_some() || term.domain_spec().is_some())
    };
    let mut pieces: Vec<Span> = Vec::new();
    let mut from = 0;
    for at in 1..token.len() {
        if at > from && begins(at) && readable(from..at) {
            pieces.push(from..at);
            from = at;
        }
    }
    pieces.push(from..token.len());
    (pieces.len() > 1 && readable(from..token.len())).then_some(pieces)
}

/// Adds the term that was meant, if it can be read.
fn recover(meant: &str, span: Span, parsed: &mut Parsed) {
    if let Ok(term) = term(meant, 0..meant.len()) {
        let (qualifier, argument, cidr) = (term.qualifier, term.argument, term.cidr);
        parsed.record.terms.push(Term {
            kind: term.kind,
            name: span.clone(),
            qualifier: qualifier.map(|_| span.clone()),
            argument: argument.map(|_| span.clone()),
            cidr: cidr.map(|_| span.clone()),
            span,
            recovered: true,
        });
    }
}

/// What is valid, and yet not meant.
fn slip(text: &str, term: &Term) -> Option<Fault> {
    let token = text.get(term.span.clone())?;
    let whole = |kind, suggestion: String| Some(Fault { span: term.span.clone(), kind, suggestion: Some(suggestion) });
    if let TermKind::Modifier(Modifier::Unknown(name, value)) = &term.kind {
        if name == "v" && value.as_str().get(..4).is_some_and(|v| v.eq_ignore_ascii_case("spf1")) {
            return whole(FaultKind::SecondVersion, String::new());
        }
        let (known, certain) = known_name(name, value.as_str())?;
        let kind = if certain { FaultKind::WrongDelimiter } else { FaultKind::MisspelledModifier(name.clone()) };
        let delimiter = if matches!(known, "redirect" | "exp") { '=' } else { ':' };
        let meant = match known {
            "all" => "all".to_owned(),
            _ => format!("{known}{delimiter}{}", value.as_str()),
        };
        return super::parse::term(&meant, 0..meant.len()).is_ok().then(|| whole(kind, meant)).flatten();
    }
    let argument = text.get(term.argument.clone()?)?;
    let span = term.argument.clone()?;
    if let Some(host) = url_host(argument) {
        return Some(Fault { span, kind: FaultKind::Url, suggestion: Some(host.to_owned()) });
    }
    let spec = term.domain_spec()?;
    // No top-level domain ends in "-all", and no domain holds a colon.
    let last = argument.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    let ends = last.get(last.len().saturating_sub(4)..).is_some_and(|end| end.eq_ignore_ascii_case("-all"));
    let unknown = !psl::suffix(last.as_bytes()).is_some_and(|suffix| suffix.is_known());
    if (ends && unknown || argument.contains(':'))
        && let Some(pieces) = glued(token)
    {
        let meant = pieces.iter().filter_map(|piece| token.get(piece.clone())).collect::<Vec<_>>();
        return whole(FaultKind::MissingBlank, meant.join(" "));
    }
    // The sign stands behind the colon: `include:+example.de`.
    if let Some(sign) = argument.chars().next().filter(|c| Qualifier::from_char(*c).is_some())
        && term.qualifier.is_none()
        && term.directive().is_some()
    {
        let sign = if sign == '+' { String::new() } else { sign.to_string() };
        let name = text.get(term.name.clone())?;
        let tail = text.get(term.argument.clone()?.start + 1..term.span.end)?;
        let meant = format!("{sign}{name}:{tail}");
        if super::parse::term(&meant, 0..meant.len()).is_ok() {
            return whole(FaultKind::TrailingQualifier, meant);
        }
    }
    // A mail address is legal as a domain-spec, and never meant.
    if !spec.has_macros() && token.contains('@') {
        let host = argument.rsplit('@').next()?;
        return Some(Fault { span, kind: FaultKind::EmailAddress, suggestion: Some(host.to_owned()) });
    }
    None
}

/// A term that a blank has torn apart: `- all`, `include: example.de`, `ip4 192.0.2.1`.
fn torn(text: &str, span: &Span, next: &Span) -> Option<(Fault, String)> {
    let (token, rest) = (text.get(span.clone())?, text.get(next.clone())?);
    let readable = |meant: &str| term(meant, 0..meant.len()).is_ok();
    let mut chars = token.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && Qualifier::from_char(c).is_some()
    {
        let meant = format!("{token}{rest}");
        let fault =
            Fault { span: span.start..next.start, kind: FaultKind::QualifierBlank, suggestion: Some(token.into()) };
        return readable(&meant).then_some((fault, meant));
    }
    // The next token must not be a term of its own.
    if term(text, next.clone()).is_ok() || rest.starts_with(['+', '-', '~', '?']) {
        return None;
    }
    let body = token.trim_start_matches(['+', '-', '~', '?']);
    let (name, open) = match body.strip_suffix([':', '=']) {
        Some(name) => (name, true),
        None => (body, false),
    };
    let (known, _) = known_name(name, rest)?;
    if known != name.to_ascii_lowercase() || matches!(known, "all" | "a" | "mx" | "ptr") && !open {
        return None;
    }
    let glue = match open {
        true => "",
        false if matches!(known, "redirect" | "exp") => "=",
        false => ":",
    };
    let meant = format!("{token}{}{glue}{}", "", rest.trim_start_matches(':'));
    let suggestion = Some(format!("{token}{glue}"));
    let fault = Fault { span: span.start..next.start, kind: FaultKind::MissingArgument, suggestion };
    (readable(&meant) && !rest.starts_with(':')).then_some((fault, meant))
}

/// Reads the terms between commas and semicolons; `false` if they are not what is wrong.
fn split_at_separators(text: &str, span: &Span, parsed: &mut Parsed) -> bool {
    let token = text.get(span.clone()).unwrap_or_default();
    let mut pieces: Vec<(Span, Span)> = Vec::new();
    let mut from = 0;
    let mut inside = false;
    for (i, b) in token.bytes().enumerate() {
        match b {
            b'{' => inside = true,
            b'}' => inside = false,
            b',' | b';' if !inside => {
                match pieces.last_mut() {
                    // Several in a row are one separator.
                    Some((_, separator)) if separator.end == span.start + i => separator.end += 1,
                    _ => pieces.push((span.start + from..span.start + i, span.start + i..span.start + i + 1)),
                }
                from = i + 1;
            }
            _ => {}
        }
    }
    if pieces.is_empty() {
        return false;
    }
    pieces.push((span.start + from..span.end, span.end..span.end));
    for (piece, separator) in pieces {
        if !piece.is_empty() {
            match term(text, piece.clone()) {
                Ok(mut term) => {
                    parsed.slips.extend(slip(text, &term));
                    term.recovered = true;
                    parsed.record.terms.push(term);
                }
                Err(fault) => {
                    let (fault, meant) = diagnose(text.get(piece.clone()).unwrap_or_default(), &piece, fault);
                    parsed.errors.push(fault);
                    if let Some(meant) = meant {
                        recover(&meant, piece, parsed);
                    }
                }
            }
        }
        if !separator.is_empty() {
            let suggestion = if separator.end == span.end || separator.start == span.start { "" } else { " " };
            parsed.errors.push(Fault {
                span: separator,
                kind: FaultKind::Separator,
                suggestion: Some(suggestion.into()),
            });
        }
    }
    true
}

/// Names the fault of one term better than the grammar can, with the term that was meant.
fn diagnose(token: &str, span: &Span, fault: Fault) -> (Fault, Option<String>) {
    let readable = |meant: &str| term(meant, 0..meant.len()).is_ok();
    // Replaces a range of the token, if that makes it a term.
    let replace = |range: Span, with: &str, kind: FaultKind| {
        let (head, tail) = (token.get(..range.start)?, token.get(range.end..)?);
        let meant = format!("{head}{with}{tail}");
        let span = span.start + range.start..span.start + range.end;
        readable(&meant).then(|| (Fault { span, kind, suggestion: Some(with.to_owned()) }, Some(meant)))
    };
    let better = || {
        let all = 0..token.len();
        let body_at = token.len() - token.trim_start_matches(['+', '-', '~', '?']).len();
        let (signs, body) = token.split_at_checked(body_at)?;
        let qualifier = signs.get(signs.len().saturating_sub(1)..)?;
        // Quotes around or within.
        if token.contains(['"', '\'', '`', '\\']) {
            let bare: String = token.chars().filter(|c| !"\"'`\\".contains(*c)).collect();
            if bare.is_empty() || readable(&bare) {
                let meant = (!bare.is_empty()).then(|| bare.clone());
                let fault = Fault { span: span.clone(), kind: FaultKind::Quote, suggestion: Some(bare) };
                return Some((fault, meant));
            }
        }
        if signs.len() > 1 {
            return replace(0..signs.len(), qualifier, FaultKind::DoubleQualifier);
        }
        if let Some(sign) = body.chars().last().filter(|c| Qualifier::from_char(*c).is_some()) {
            let stem = body.trim_end_matches(['+', '-', '~', '?']);
            let found = replace(all.clone(), &format!("{sign}{stem}"), FaultKind::TrailingQualifier);
            if found.is_some() {
                return found;
            }
        }
        if fault.kind == FaultKind::ModifierQualifier {
            return replace(0..1, "", FaultKind::ModifierQualifier);
        }
        let end = body.find([':', '=', '/']).unwrap_or(body.len());
        let (name, rest) = body.split_at_checked(end)?;
        let argument = rest.strip_prefix([':', '=']);
        if body.get(name.len()..).is_some_and(|b| b.starts_with(':'))
            && matches!(name.to_ascii_lowercase().as_str(), "redirect" | "exp")
        {
            let meant = format!("{}={}", name.to_ascii_lowercase(), argument?);
            return replace(all, &meant, FaultKind::WrongDelimiter);
        }
        // An address alone; `a:2001:db8::1` only looks like one.
        let named = body.len() > name.len() && name.eq_ignore_ascii_case("a");
        if let Some(meant) = network(body).filter(|_| !named) {
            return [body, &*meant.1].into_iter().find_map(|network| {
                replace(body_at..token.len(), &format!("{}:{network}", meant.0), FaultKind::MissingMechanism)
            });
        }
        let known = name.to_ascii_lowercase();
        let argument_at = token.len() - argument.unwrap_or_default().len();
        match known.as_str() {
            "ip4" | "ip6" => {
                let value = argument?;
                if let Some((family, meant)) = network(value) {
                    return Some(if family == known {
                        let found = replace(argument_at..token.len(), &meant, fault.kind.clone());
                        found.unwrap_or_else(|| (fault.clone(), None))
                    } else {
                        // Name and address disagree: which of the two slipped, only the owner knows.
                        replace(body_at..token.len(), &format!("{family}:{meant}"), FaultKind::WrongFamily)?
                    });
                }
                let host = url_host(value).unwrap_or(value);
                let usual = host.bytes().any(|b| b.is_ascii_alphabetic()) && !host.contains(':');
                return usual
                    .then(|| replace(body_at..token.len(), &format!("a:{host}"), FaultKind::DomainAsAddress))
                    .flatten();
            }
            "a" | "mx" | "include" | "ptr" | "exists" | "redirect" | "exp" => {
                if let Some(value) = argument {
                    if let Some((family, meant)) = network(value) {
                        let found =
                            replace(body_at..token.len(), &format!("{family}:{meant}"), FaultKind::AddressAsDomain);
                        if found.is_some() && known != "exp" {
                            return found;
                        }
                    }
                    if let Some(host) = url_host(value) {
                        return replace(argument_at..token.len(), host, FaultKind::Url);
                    }
                }
                return cidr_slip(token, &fault, &known, &replace);
            }
            "all" => {
                let end = body_at + 3;
                return replace(end..token.len(), "", FaultKind::UnexpectedArgument);
            }
            _ => {}
        }
        if let FaultKind::UnknownMechanism(shown) = &fault.kind {
            return unknown(token, body_at, shown, argument, &replace);
        }
        None
    };
    if let FaultKind::Macro(_) = fault.kind
        && let Some(found) = brackets(token, &replace)
    {
        return found;
    }
    match better() {
        Some(found) => found,
        None => (fault, None),
    }
}

type Found = Option<(Fault, Option<String>)>;

/// `%(i)` for `%{i}`.
fn brackets(token: &str, replace: &dyn Fn(Span, &str, FaultKind) -> Found) -> Found {
    let open = token.find("%(").or_else(|| token.find("%["))?;
    let close = open + token.get(open..)?.find([')', ']'])?;
    let meant = format!("%{{{}}}", token.get(open + 2..close)?);
    replace(open..close + 1, &meant, FaultKind::Macro(super::macros::MacroErrorKind::StrayPercent))
}

/// Prefix lengths that are not there, not allowed, or written otherwise.
fn cidr_slip(token: &str, fault: &Fault, name: &str, replace: &dyn Fn(Span, &str, FaultKind) -> Found) -> Found {
    let slash = token.rfind('/')?;
    let digits = token.get(slash + 1..)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if !matches!(name, "a" | "mx") {
        return replace(slash..token.len(), "", FaultKind::UnexpectedCidr);
    }
    // a/24/64 for a/24//64.
    let found = replace(slash..slash + 1, "//", FaultKind::BadCidr);
    if token.get(..slash).is_some_and(|t| t.contains('/')) && found.is_some() {
        return found;
    }
    let bare = digits.trim_start_matches('0');
    let bare = if bare.is_empty() && !digits.is_empty() { "0" } else { bare };
    match digits.is_empty() {
        true => replace(slash..token.len(), "", FaultKind::BadCidr),
        false if bare != digits => replace(slash..token.len(), &format!("/{bare}"), fault.kind.clone()),
        false => None,
    }
}

/// Names that no mechanism has.
fn unknown(
    token: &str,
    body_at: usize,
    shown: &str,
    argument: Option<&str>,
    replace: &dyn Fn(Span, &str, FaultKind) -> Found,
) -> Found {
    let kind = FaultKind::UnknownMechanism(shown.to_owned());
    let body = token.get(body_at..)?;
    if let Some(argument) = argument
        && let Some((known, _)) = known_name(shown, argument)
    {
        let delimiter = if matches!(known, "redirect" | "exp") { '=' } else { ':' };
        let found = replace(body_at..body_at + shown.len() + 1, &format!("{known}{delimiter}"), kind.clone());
        if found.is_some() {
            return found;
        }
        // The address is of the other family, or has a slip of its own.
        if let Some((family, meant)) = network(argument) {
            return replace(body_at..token.len(), &format!("{family}:{meant}"), kind);
        }
    }
    // A full stop behind the mechanism.
    for known in ["all", "a", "mx", "ptr"] {
        if body.get(..known.len()).is_some_and(|h| h.eq_ignore_ascii_case(known))
            && body.len() > known.len()
            && body.bytes().skip(known.len()).all(|b| b.is_ascii_punctuation())
        {
            return replace(body_at + known.len()..token.len(), "", FaultKind::UnexpectedArgument);
        }
    }
    // The colon is missing: include_spf.example.de, ip4.192.0.2.1.
    for known in ["include", "exists", "redirect", "ip4", "ip6"] {
        let Some(rest) =
            body.get(known.len()..).filter(|_| body.get(..known.len()).is_some_and(|h| h.eq_ignore_ascii_case(known)))
        else {
            continue;
        };
        let delimiter = if known == "redirect" { '=' } else { ':' };
        let cut = rest.trim_start_matches(['.', '-', '@', ':', '|', '>']);
        for rest in [rest, cut] {
            let found = replace(body_at..token.len(), &format!("{known}{delimiter}{rest}"), kind.clone());
            if !rest.is_empty() && !rest.starts_with(['.', '-']) && found.is_some() {
                return found;
            }
        }
    }
    if argument.is_none() && !body.contains('.') {
        let known = known_name(body.split('/').next().unwrap_or_default(), "");
        if let Some((known, _)) = known
            && let Some(found) = replace(body_at..body_at + shown.len(), known, kind.clone())
        {
            return Some(found);
        }
    }
    // A domain alone; only where its name says what it is for.
    if argument.is_none() && (body.starts_with("_spf") || body.starts_with("spf.") || body.starts_with("spf-")) {
        return replace(body_at..token.len(), &format!("include:{body}"), FaultKind::MissingMechanism);
    }
    None
}

/// Whether terms are surely SPF's, for [`super::version_slip`]: what is known outweighs what is not.
pub(super) fn looks_like_spf(parsed: &Parsed) -> bool {
    let known = parsed.record.terms.iter().filter(|t| match &t.kind {
        TermKind::Directive(_, mechanism) => !matches!(mechanism, Mechanism::A(None, _)),
        TermKind::Modifier(Modifier::Redirect(_)) => true,
        TermKind::Modifier(_) => false,
    });
    let known = known.count();
    known > 0 && known >= parsed.errors.len()
}
