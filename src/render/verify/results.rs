//! What a message came to as an Authentication-Results field (RFC 8601).

use base64::Engine as _;

use crate::arc::ChainResult;
use crate::auth_results::{AuthenticationResults, MethodResult};
use crate::dkim::Reason;
use crate::dns::Name;
use crate::facts::MessageFacts;
use crate::spf::Identity;

/// The field, written by the host `authserv_id`. Signatures that were not looked at are left out.
pub fn authentication_results(facts: &MessageFacts, authserv_id: &str) -> AuthenticationResults {
    let mut field = AuthenticationResults::new(authserv_id);
    for result in facts.signatures.iter().filter(|s| s.reason != Some(Reason::TooManySignatures)) {
        let s = &result.signature;
        // RFC 6008: the first characters of b= tell signatures apart.
        let b = base64::engine::general_purpose::STANDARD.encode(s.signature.get(..6).unwrap_or(&s.signature));
        let method = MethodResult::dkim(
            result.result.as_str(),
            s.domain.as_ref().map(Name::as_str),
            s.identity.as_deref(),
            s.selector.as_ref().map(Name::as_str),
            s.algorithm_text.as_deref(),
            Some(&b),
        );
        field.results.push(method.because(result.reason.map(Reason::as_str)));
    }
    if facts.signatures.is_empty() {
        field.results.push(MethodResult::new("dkim", "none"));
    }
    if let Some(spf) = &facts.spf {
        let helo = spf.identity == Identity::Helo;
        let domain = spf.domain.as_ref().map(Name::as_str);
        field.results.push(MethodResult::spf(spf.result.as_str(), domain, helo));
    }
    let from = facts.author().map(|(_, domain)| domain.as_str());
    let dmarc = &facts.dmarc;
    field.results.push(
        MethodResult::dmarc(dmarc.result.as_str(), from, dmarc.applied.map(|p| p.as_str()))
            .because(dmarc.reason.map(|r| r.as_str())),
    );
    if facts.arc.result != ChainResult::None {
        field.results.push(MethodResult::arc(&facts.arc.result.to_string(), facts.arc.oldest_pass));
    }
    field
}
