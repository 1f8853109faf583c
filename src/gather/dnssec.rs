//! What answers are worth: by their signatures where those can be had, else by the AD bit of a resolver that is
//! believed (RFC 4035 §3.2.3).

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, join, join_all, select};
use tokio::time::{Instant, timeout};

use super::reach::{Reach, Sight};
use crate::dns::{DnsError, Lookup, Name, RecordData, RecordType, Resolver, Via};
use crate::dnssec::{self, Bogus, Fault, Security};
use crate::facts::{Dnssec, Fact, TlsaFacts, Word};

/// The domain's own questions whose answers tell whether the zone is signed.
const TELLING: [RecordType; 3] = [RecordType::Txt, RecordType::Mx, RecordType::A];
/// A resolver that drops questions for keys must not hold up the check: there is its AD bit to go by.
const PATIENCE: Duration = Duration::from_secs(3);
/// How much longer than other answers the one may take that shows whether signatures are to be had.
const GRACE: (u32, Duration) = (3, Duration::from_millis(500));

/// The TLSA records of a mail exchanger, and what they and its addresses are worth.
pub(super) async fn tlsa(dns: &dyn Resolver, reach: Option<&Reach>, host: &Name) -> Option<TlsaFacts> {
    let name = host.prepend("_25._tcp").ok()?;
    let own = (name.clone(), RecordType::Tlsa);
    let of_host = [RecordType::A, RecordType::Aaaa].map(|rtype| (host.clone(), rtype));
    let addresses = join_all(of_host.iter().map(|(host, rtype)| dns.lookup(host, *rtype)));
    let (answer, addresses) = join(dns.lookup(&name, RecordType::Tlsa), addresses).await;
    let refused = is_bogus(dns, &own, &answer).await;
    let records = Fact::from_lookup(answer.clone(), |r| matches!(r, RecordData::Tlsa { .. }).then(|| r.clone()));
    // Where there are none, nobody asks what they are worth.
    if records.is_absent() {
        let (security, host_security) = (Security::Indeterminate, Security::Indeterminate);
        return Some(TlsaFacts { name, records, security, host_security });
    }
    let securities = async {
        let signed = match reach.and_then(|reach| reach.anchors.as_ref()) {
            Some(anchors) => timeout(PATIENCE, dnssec::has_signatures(dns, anchors, host)).await.unwrap_or(false),
            None => false,
        };
        let of_signatures = reach.filter(|_| signed);
        let direct = of_host.iter().zip(&addresses).filter(|(_, answer)| is_direct(answer));
        let mut asked: Vec<_> = direct.map(|(question, _)| question.clone()).collect();
        let direct = asked.len();
        if is_direct(&answer) || refused {
            asked.push(own.clone());
        }
        let mut validated = validate(dns, of_signatures, &asked).await;
        let mut security = if asked.len() > direct { validated.pop() } else { None };
        if refused && !matches!(security, Some(Security::Bogus(_))) {
            security = Some(Security::Bogus(refusal(&own)));
        }
        let security = match security {
            Some(Security::Indeterminate) | None => by_ad_bit(dns, reach, &own, &answer).await,
            Some(known) => known,
        };
        // The worst address counts; an alias leads into a zone of its own, whose resolver has to be believed.
        let of_addresses = match worst(validated) {
            Some(known) if known != Security::Indeterminate && direct == present(&addresses) => known,
            _ => addresses_by_ad_bit(reach, host, &addresses),
        };
        (security, of_addresses)
    };
    let (security, host_security) = match reach {
        Some(reach) => reach.seen(Sight::Dane, host, securities).await,
        None => securities.await,
    };
    Some(TlsaFacts { name, records, security, host_security })
}

/// Whether the zone is signed. Bogus where a question fails only as long as the resolver validates; else what the
/// signatures of the domain's own answers say, or the AD bits.
pub(super) async fn of_domain(dns: &dyn Resolver, reach: Option<&Reach>, domain: &Name) -> Dnssec {
    let Some(reach) = reach.filter(|reach| !reach.is_local(domain)) else { return Dnssec::default() };
    reach.seen(Sight::Dnssec, domain, look(dns, reach, domain)).await
}

async fn look(dns: &dyn Resolver, reach: &Reach, domain: &Name) -> Dnssec {
    let trust = reach.ad_trust;
    let known = |state, by| Dnssec { state, by: Some(by), trust };
    let mut questions: Vec<(Name, RecordType)> = TELLING.iter().map(|rtype| (domain.clone(), *rtype)).collect();
    questions.extend(domain.prepend("_dmarc").map(|name| (name, RecordType::Txt)));
    let asked = questions.iter().map(|question| async move {
        let answer = dns.lookup(&question.0, question.1).await;
        let refused = is_bogus(dns, question, &answer).await;
        (answer, refused)
    });
    let (answers, signed) = with_signatures(dns, reach, domain, join_all(asked)).await;
    let reach = &Reach { anchors: reach.anchors.clone().filter(|_| signed), ..reach.clone() };
    if let Some(question) = questions.iter().zip(&answers).find(|(_, (_, refused))| *refused).map(|(q, _)| q) {
        let mut why = validate(dns, Some(reach), std::slice::from_ref(question)).await;
        let bogus = match why.pop() {
            Some(Security::Bogus(bogus)) => bogus,
            _ => refusal(question),
        };
        return known(Security::Bogus(bogus), Word::CheckingDisabled);
    }
    // An alias leads into other zones, whose signatures count as well.
    let own = questions.iter().zip(&answers).filter(|(_, (answer, _))| is_direct(answer));
    let (own, answers): (Vec<_>, Vec<&Lookup>) = own.map(|(q, (answer, _))| (q.clone(), answer)).unzip();
    if let Some(state) = by_signatures(dns, reach, &own).await {
        return known(state, Word::Signatures);
    }
    let Some(first) = own.first().filter(|_| trust.is_trusted()) else { return Dnssec { trust, ..Dnssec::default() } };
    let all = answers.iter().all(|answer| answer.as_ref().is_ok_and(|a| a.authentic));
    let secure = all && is_own_word(dns, Some(reach), &first.0, first.1).await;
    known(if secure { Security::Secure } else { Security::Insecure }, Word::AdBit)
}

/// What the signatures of some answers of one domain say together: the worst counts. `None` where they say nothing.
async fn by_signatures(dns: &dyn Resolver, reach: &Reach, questions: &[(Name, RecordType)]) -> Option<Security> {
    // Below a domain that is not signed there is nothing else to be learnt.
    let (below, at): (Vec<_>, Vec<_>) = questions.iter().cloned().partition(|(name, _)| name.as_str().starts_with('_'));
    let mut states = validate(dns, Some(reach), &at).await;
    if states.is_empty() || states.contains(&Security::Secure) {
        states.extend(validate(dns, Some(reach), &below).await);
    }
    // What cannot be proved of one does not undo what is proved of another.
    worst(states.into_iter().filter(|state| *state != Security::Indeterminate))
}

/// Validates answers, where signatures are looked at; all are indeterminate where that takes too long.
async fn validate(dns: &dyn Resolver, reach: Option<&Reach>, questions: &[(Name, RecordType)]) -> Vec<Security> {
    let nothing = || vec![Security::Indeterminate; questions.len()];
    let Some(anchors) = reach.and_then(|reach| reach.anchors.as_ref()) else { return nothing() };
    timeout(PATIENCE, dnssec::validate(dns, anchors, questions)).await.unwrap_or_else(|_| nothing())
}

/// Waits for answers, and finds out meanwhile whether signatures are to be had.
async fn with_signatures<T>(
    dns: &dyn Resolver,
    reach: &Reach,
    domain: &Name,
    answers: impl Future<Output = T>,
) -> (T, bool) {
    let Some(anchors) = &reach.anchors else { return (answers.await, false) };
    let began = Instant::now();
    let had = pin!(dnssec::has_signatures(dns, anchors, domain));
    match select(pin!(answers), had).await {
        Either::Left((answers, had)) => {
            let more = began.elapsed() * GRACE.0 + GRACE.1;
            (answers, timeout(more, had).await.unwrap_or(false))
        }
        Either::Right((had, answers)) => (answers.await, had),
    }
}

/// Whether a question fails only as long as the resolver validates (RFC 4035 §3.2.2). Asks only where one has failed.
async fn is_bogus(dns: &dyn Resolver, (name, rtype): &(Name, RecordType), answer: &Lookup) -> bool {
    if *answer != Err(DnsError::ServFail) {
        return false;
    }
    let unchecked = dns.lookup_via(name, *rtype, &Via::CheckingDisabled).await;
    unchecked.as_ref().map_or_else(DnsError::is_absent, |_| true)
}

fn refusal((name, rtype): &(Name, RecordType)) -> Bogus {
    Bogus { name: name.clone(), rtype: *rtype, fault: Fault::Refused }
}

/// Whether there are records, and at the name itself.
fn is_direct(answer: &Lookup) -> bool {
    answer.as_ref().is_ok_and(|answer| answer.aliases.is_empty())
}

fn present(answers: &[Lookup]) -> usize {
    answers.iter().filter(|answer| answer.is_ok()).count()
}

fn worst(states: impl IntoIterator<Item = Security>) -> Option<Security> {
    states.into_iter().max_by_key(|state| match state {
        Security::Secure => 0,
        Security::Indeterminate => 1,
        Security::Insecure => 2,
        Security::Bogus(_) => 3,
    })
}

/// By the AD bit of an answer.
async fn by_ad_bit(
    dns: &dyn Resolver,
    reach: Option<&Reach>,
    (name, rtype): &(Name, RecordType),
    answer: &Lookup,
) -> Security {
    match answer {
        Ok(answer) if is_believed(reach, name) => {
            let secure = answer.authentic && is_own_word(dns, reach, name, *rtype).await;
            if secure { Security::Secure } else { Security::Insecure }
        }
        _ => Security::Indeterminate,
    }
}

fn addresses_by_ad_bit(reach: Option<&Reach>, host: &Name, answers: &[Lookup]) -> Security {
    let mut there = answers.iter().flatten().peekable();
    if !is_believed(reach, host) || there.peek().is_none() {
        return Security::Indeterminate;
    }
    if there.all(|answer| answer.authentic) { Security::Secure } else { Security::Insecure }
}

/// Whether the AD bit of answers about a name counts. A zone file says nothing about signatures.
fn is_believed(reach: Option<&Reach>, name: &Name) -> bool {
    reach.is_some_and(|reach| reach.ad_trust.is_trusted() && !reach.is_local(name))
}

/// Whether an AD bit is the resolver's own: some servers send back the one of the question. Asked only where an
/// answer has it and it is believed; where nobody answers the second time, the first answer stands.
async fn is_own_word(dns: &dyn Resolver, reach: Option<&Reach>, name: &Name, rtype: RecordType) -> bool {
    if !reach.is_some_and(|reach| reach.ad_trust.is_trusted()) {
        return true;
    }
    let again = dns.lookup_via(name, rtype, &Via::SignaturesAsked).await;
    again.map_or(true, |answer| answer.authentic)
}
