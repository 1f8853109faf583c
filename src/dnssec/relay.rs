//! The one door to DNS as hickory's validator sees it.
//!
//! The validator wants a handle that it may keep and clone; a domain's resolver is borrowed. So the handle puts its
//! questions into a channel, and whoever holds the resolver answers them for as long as the validator is at work.

use std::collections::HashSet;
use std::pin::Pin;

use futures_util::future::join;
use futures_util::stream::{self, FuturesUnordered, Stream, StreamExt as _};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::xfer::DnsHandle;
use hickory_resolver::proto::dnssec::rdata::DNSSECRData;
use hickory_resolver::proto::op::{DnsRequest, DnsResponse, Message};
use hickory_resolver::proto::rr::{Name as WireName, RData, Record, RecordType as WireType};
use tokio::sync::{mpsc, oneshot};

use super::{own_name, wire_name};
use crate::dns::{Name, RecordType, Resolver, Via};

/// Signatures, keys, digests and proofs of absence of one message at most, of each. An honest zone has a handful;
/// what a hostile one makes us verify grows with the product (CVE-2023-50387).
const MOST_OF_A_KIND: usize = 24;

type Reply = Result<DnsResponse, NetError>;
type Asked = (Name, RecordType, oneshot::Sender<Reply>);

/// A handle for questions.
#[derive(Clone)]
pub(super) struct Relay(mpsc::UnboundedSender<Asked>);

/// Lets `work` ask through a handle, and answers what it asks.
pub(super) async fn with_handle<T, F>(dns: &dyn Resolver, work: impl FnOnce(Relay) -> F) -> T
where
    F: Future<Output = T>,
{
    let (sender, mut asked) = mpsc::unbounded_channel::<Asked>();
    // The channel ends when the last handle goes, with the work.
    let work = work(Relay(sender));
    let answering = async {
        let mut under_way = FuturesUnordered::new();
        loop {
            tokio::select! {
                question = asked.recv() => match question {
                    Some((name, rtype, to)) => under_way.push(async move {
                        // Who asked may have gone.
                        let _ = to.send(message(dns, &name, rtype).await);
                    }),
                    None => return,
                },
                Some(()) = under_way.next(), if !under_way.is_empty() => {}
            }
        }
    };
    join(work, answering).await.0
}

/// The message that answers a question, as far as it is about the question.
pub(super) async fn message(dns: &dyn Resolver, name: &Name, rtype: RecordType) -> Reply {
    let answer = dns.lookup_via(name, rtype, &Via::WholeMessage).await;
    let answer = answer.map_err(|error| NetError::from(error.to_string()))?;
    let octets = answer.message.as_deref().ok_or(NetError::from("no message"))?;
    let mut message = Message::from_vec(octets)?;
    let owner = wire_name(name).ok_or(NetError::from("no name"))?;
    keep_what_matters(&mut message, &owner, WireType::from(rtype.code()))?;
    Ok(DnsResponse::from_message(message)?)
}

/// Leaves out what the question was not about: the validator would go after the signatures of that too.
fn keep_what_matters(message: &mut Message, name: &WireName, rtype: WireType) -> Result<(), NetError> {
    let kept = |wanted: &dyn Fn(&Record, WireType) -> bool, section: &mut Vec<Record>| {
        section.retain(|record| wanted(record, covered(record).unwrap_or(record.record_type())));
    };
    kept(&|record, about| record.name == *name && (about == rtype || about == WireType::CNAME), &mut message.answers);
    let proof = |about| matches!(about, WireType::SOA | WireType::NSEC | WireType::NSEC3);
    kept(&|_, about| proof(about), &mut message.authorities);
    message.additionals.clear();
    let records = || message.answers.iter().chain(&message.authorities);
    let kinds: HashSet<WireType> =
        records().filter(|r| matches!(r.data, RData::DNSSEC(_))).map(Record::record_type).collect();
    for kind in kinds {
        if records().filter(|record| record.record_type() == kind).count() > MOST_OF_A_KIND {
            return Err(NetError::from(format!("more than {MOST_OF_A_KIND} {kind} records in one answer")));
        }
    }
    Ok(())
}

/// The type that a signature is about.
pub(super) fn covered(record: &Record) -> Option<WireType> {
    match &record.data {
        RData::DNSSEC(DNSSECRData::RRSIG(signature)) => Some(signature.input().type_covered),
        _ => None,
    }
}

impl DnsHandle for Relay {
    type Response = Pin<Box<dyn Stream<Item = Reply> + Send>>;
    type Runtime = TokioRuntimeProvider;

    fn send(&self, request: DnsRequest) -> Self::Response {
        let question = request
            .queries
            .first()
            .and_then(|query| Some((own_name(query.name())?, RecordType::from_code(query.query_type().into()))));
        let sender = self.0.clone();
        let reply = async move {
            let (name, rtype) = question.ok_or(NetError::from("no question"))?;
            let (to, reply) = oneshot::channel();
            sender.send((name, rtype, to)).map_err(|_| NetError::from("nobody asks any more"))?;
            // Held no longer than the question: the channel ends with the handles.
            drop(sender);
            reply.await.map_err(|_| NetError::from("nobody answers any more"))?
        };
        stream::once(reply).boxed()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use futures_util::future::{BoxFuture, ready};
    use hickory_resolver::proto::dnssec::rdata::DNSKEY;
    use hickory_resolver::proto::dnssec::{Algorithm, PublicKeyBuf};
    use proptest::prelude::*;

    use super::*;
    use crate::dns::{Answer, Lookup};
    use crate::dnssec::{Anchors, Security, has_signatures, validate};
    use crate::octets::Octets;

    /// Answers every question with the same octets behind a right header and question.
    struct Same(Vec<u8>);

    impl Resolver for Same {
        fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
            self.lookup_via(name, rtype, &Via::WholeMessage)
        }

        fn lookup_via<'a>(&'a self, _: &'a Name, _: RecordType, _: &'a Via) -> BoxFuture<'a, Lookup> {
            let message = Some(Octets(self.0.clone()));
            ready(Ok(std::sync::Arc::new(Answer { message, ..Answer::new([]) }))).boxed()
        }
    }

    fn key(octet: u8) -> Record {
        let key = DNSKEY::with_flags(257, PublicKeyBuf::new(vec![octet; 64], Algorithm::ECDSAP256SHA256));
        Record::from_rdata(WireName::root(), 60, key.into())
    }

    #[test]
    fn what_is_too_much_to_verify_is_not_begun_with() {
        for (count, fits) in [(MOST_OF_A_KIND, true), (MOST_OF_A_KIND + 1, false)] {
            let mut message = Message::query().into_response();
            message.answers = (0..count).map(|n| key(n as u8)).collect();
            let kept = keep_what_matters(&mut message, &WireName::root(), WireType::DNSKEY);
            assert_eq!(kept.is_ok(), fits, "{count}");
        }
    }

    #[test]
    fn what_the_question_was_not_about_is_left_out() {
        let mut message = Message::query().into_response();
        message.answers = vec![key(1), Record::from_rdata("a.".parse().unwrap(), 60, key(2).data)];
        message.authorities = vec![key(3)];
        message.additionals = vec![key(4)];
        keep_what_matters(&mut message, &WireName::root(), WireType::DNSKEY).unwrap();
        assert_eq!((message.answers.len(), message.authorities.len(), message.additionals.len()), (1, 0, 0));
    }

    proptest! {
        #[test]
        fn no_message_panics_or_is_believed(mut octets in proptest::collection::vec(any::<u8>(), 12..200), counts: [u8; 4]) {
            // A header that does not end it all.
            octets[2..4].copy_from_slice(&[0x81, 0x80]);
            for (at, count) in counts.iter().enumerate() {
                octets[4 + 2 * at..6 + 2 * at].copy_from_slice(&[0, count % 3]);
            }
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
            let name = Name::parse("a.example").unwrap();
            let dns = Same(octets);
            let found = runtime.block_on(async {
                has_signatures(&dns, &Anchors::root(), &name).await;
                validate(&dns, &Anchors::root(), &[(name, RecordType::Txt)]).await
            });
            prop_assert_eq!(found, [Security::Indeterminate]);
        }
    }
}
