//! An Authentication-Results field in plain words, with the extensions of Gmail and Microsoft.

use crate::auth_results::{AuthenticationResults, MethodResult};
use crate::dns::Name;
use crate::knowledge::spam_headers::{self, Judgement};
use crate::locales::{Arg, Phrase};

/// Results that are put into words at most.
const MOST: usize = 20;

/// What a trusted field says.
pub(super) fn read(field: &AuthenticationResults, from: Option<&Name>) -> (Vec<Phrase>, Option<Judgement>) {
    let mut words = Vec::new();
    let mut judgement = None;
    for result in field.results.iter().take(MOST) {
        match result.method.as_str() {
            "spf" => words.extend(spf(result)),
            "dkim" => words.push(dkim(result, from)),
            "dmarc" => {
                let action = action(result);
                if action
                    .as_deref()
                    .is_some_and(|a| matches!(a, "quarantine" | "reject" | "oreject" | "pct.quarantine"))
                {
                    judgement = Some(Judgement::Spam);
                }
                let domain = result.property("header", "from").map(domain_of).unwrap_or_else(|| "?".to_owned());
                let phrase = match &action {
                    Some(action) if action != "none" => Phrase::new("said-dmarc-action").arg("action", action),
                    _ => Phrase::new("said-dmarc"),
                };
                words.push(phrase.arg("result", word(&result.result)).arg("domain", domain));
            }
            "compauth" => words.push(compauth(result)),
            "arc" => words.push(Phrase::new("said-arc").arg("result", word(&result.result))),
            _ => {}
        }
    }
    (words, judgement)
}

/// The domains whose signatures passed.
pub(super) fn passed(field: &AuthenticationResults) -> Vec<Name> {
    let passing = field.of("dkim").filter(|result| result.result == "pass").take(MOST);
    passing.filter_map(|result| Name::parse(&signer(result)?).ok()).collect()
}

/// The domain that signed: `header.d`, else that of `header.i`.
fn signer(result: &MethodResult) -> Option<String> {
    result.property("header", "d").or_else(|| result.property("header", "i")).map(domain_of)
}

fn spf(result: &MethodResult) -> Vec<Phrase> {
    let domain = result.property("smtp", "mailfrom").or_else(|| result.property("smtp", "helo"));
    let domain = domain.map(domain_of).unwrap_or_else(|| "?".to_owned());
    let mut words = vec![Phrase::new("said-spf").arg("result", word(&result.result)).arg("domain", domain)];
    if result.comments.iter().any(|c| c.contains("best guess")) {
        words.push(Phrase::new("said-spf-best-guess"));
    }
    words
}

fn dkim(result: &MethodResult, from: Option<&Name>) -> Phrase {
    let domain = signer(result);
    let remarks = result.comments.iter().chain(&result.reason).any(|c| c.to_ascii_lowercase().contains("body hash"));
    let foreign = match (from, domain.as_deref().map(Name::parse)) {
        (Some(from), Some(Ok(domain))) => !super::same_domain(from, &domain),
        _ => false,
    };
    let id = match result.result.as_str() {
        "none" => return Phrase::new("said-dkim-none"),
        "pass" if foreign => "said-dkim-foreign",
        "fail" if remarks => "said-dkim-body",
        _ => "said-dkim",
    };
    let phrase =
        Phrase::new(id).arg("result", word(&result.result)).arg("domain", domain.unwrap_or_else(|| "?".to_owned()));
    match from {
        Some(from) => phrase.arg("from", from),
        None => phrase,
    }
}

fn compauth(result: &MethodResult) -> Phrase {
    let code: String = result.reason.as_deref().unwrap_or_default().chars().take(3).collect();
    let phrase = match spam_headers::value("compauth", &code) {
        Some(row) => Phrase::new("said-compauth").arg("meaning", Arg::Message(format!("said-{}", row.meaning).into())),
        None => Phrase::new("said-compauth-plain"),
    };
    phrase.arg("result", word(&result.result)).arg("code", code)
}

/// What was done: Gmail's `dis=` in a comment, Microsoft's `action=`.
fn action(result: &MethodResult) -> Option<String> {
    let in_comment = result.comments.iter().flat_map(|c| c.split_ascii_whitespace()).find_map(|word| {
        let (name, value) = word.split_once('=')?;
        name.eq_ignore_ascii_case("dis").then(|| value.to_owned())
    });
    let property = || result.properties.iter().find(|p| p.property == "action").map(|p| p.value.clone());
    in_comment.or_else(property).map(|a| word(&a.to_ascii_lowercase()))
}

/// The domain of an address, or the word itself.
fn domain_of(text: &str) -> String {
    let domain = text.rsplit('@').next().unwrap_or_default();
    domain.chars().take(255).collect()
}

fn word(text: &str) -> String {
    text.chars().take(30).collect()
}
