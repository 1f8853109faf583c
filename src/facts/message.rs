//! What is known of a message.

use serde::{Deserialize, Serialize};

use crate::arc::ChainOutcome;
use crate::dkim::SignatureResult;
use crate::dkim::diagnose::Diagnosis;
use crate::dmarc;
use crate::dns::Name;
use crate::message::from::{Author, Mailbox};
use crate::spf;

/// What is known of a message, once all that it needs was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageFacts {
    /// What it is called: a path, `path#2`, `-`.
    pub source: String,
    /// How many From fields it has.
    pub from_fields: usize,
    /// The one From field; `None` without one or with several.
    pub author: Option<Author>,
    /// How its lines end and how long they are, header and body.
    pub lines: Lines,
    /// Its signatures, from the top.
    pub signatures: Vec<SignatureResult>,
    /// For each signature that fails what changed, where somebody looked.
    pub diagnoses: Vec<Option<Diagnosis>>,
    /// Its ARC chain.
    pub arc: ChainOutcome,
    /// SPF; `None` where nobody knows who handed the message in.
    pub spf: Option<spf::Outcome>,
    /// DMARC.
    pub dmarc: dmarc::Outcome,
    /// For each signature whether its domain is aligned with From's.
    pub aligned: Vec<bool>,
}

/// The lines of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lines {
    /// Octets of the longest, line ending left out.
    pub longest: u64,
    /// Some end in CRLF.
    pub crlf: bool,
    /// Some end in LF alone.
    pub bare_lf: bool,
    /// There is a CR that no LF follows.
    pub bare_cr: bool,
}

impl MessageFacts {
    /// The author that counts: of the one From field with addresses of one domain.
    pub fn author(&self) -> Option<(&Mailbox, &Name)> {
        let author = self.author.as_ref()?;
        let mut found = author.addresses.iter().filter_map(|mailbox| Some((mailbox, mailbox.domain.as_ref()?)));
        let first = found.next()?;
        (found.all(|(_, domain)| domain == first.1) && author.fault().is_none()).then_some(first)
    }

    /// Whether a message proves that it comes from the domain in From: DMARC passes, or, where no record is
    /// published, an aligned signature or aligned SPF does.
    pub fn authenticates(&self) -> bool {
        use dmarc::DmarcResult::{None, Pass};
        self.author().is_some()
            && match self.dmarc.result {
                Pass => true,
                None => self.dmarc.dkim_aligned || self.dmarc.spf_aligned,
                _ => false,
            }
    }

    /// Whether an answer that is missing could have made it authenticate.
    pub fn is_undecided(&self) -> bool {
        use crate::dkim::Outcome::TempError;
        if self.authenticates() || self.author().is_none() {
            return false;
        }
        let signature = self.signatures.iter().zip(&self.aligned).any(|(s, aligned)| *aligned && s.result == TempError);
        let spf = self.spf.as_ref().is_some_and(|s| s.result == spf::SpfResult::Temperror);
        match self.dmarc.result {
            dmarc::DmarcResult::Temperror => true,
            dmarc::DmarcResult::None => signature || (spf && self.dmarc.spf_domain_aligned),
            _ => false,
        }
    }
}
