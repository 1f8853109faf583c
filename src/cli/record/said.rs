//! What a record will do, in a few plain sentences.

use crate::dkim::keys::PrivateKey;
use crate::dns::Name;
use crate::locales::{Args, Catalogue};
use crate::publish::Record;
use crate::publish::records::{Alignment, DkimOptions, DmarcOptions, Policy, StsMode};
use crate::spf;
use crate::spf::Qualifier;

/// The words about a domain's records.
pub(super) struct Said<'a> {
    /// In which language.
    pub catalogue: &'a Catalogue,
    /// Whose records.
    pub domain: &'a Name,
}

impl Said<'_> {
    fn sentence(&self, id: &str, more: Args) -> String {
        let mut args: Args = vec![("domain".into(), self.domain.into())];
        args.extend(more);
        self.catalogue.format(id, None, &args)
    }

    fn sentences(&self, ids: &[&str]) -> String {
        ids.iter().map(|id| self.sentence(id, Args::new())).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn dkim(&self, record: &Record, selector: &str, key: &PrivateKey, flags: DkimOptions) -> String {
        let args = || vec![("name".into(), (&record.name).into()), ("selector".into(), selector.into())];
        let mut out = vec![self.sentence("record-said-dkim", args())];
        if flags.testing {
            out.push(self.sentence("record-said-dkim-testing", args()));
        }
        if flags.strict {
            out.push(self.sentence("record-said-dkim-strict", args()));
        }
        if key.is_weak() {
            out.push(self.sentence("record-said-dkim-weak", vec![("bits".into(), key.bits().into())]));
        }
        out.push(self.sentence("record-said-dkim-next", args()));
        out.join("\n")
    }

    /// What an SPF record says, by its text.
    pub(super) fn spf(&self, text: &str) -> String {
        let record = spf::parse(text).record;
        let lookups = record.terms.iter().filter(|term| term.asks_dns()).count();
        let senders = record.directives().any(|(_, q, m)| q == Qualifier::Pass && *m != spf::Mechanism::All);
        let all = match record.all() {
            Some((_, Qualifier::Fail)) => "record-said-spf-fail",
            Some((_, Qualifier::Softfail)) => "record-said-spf-softfail",
            _ => "record-said-spf-neutral",
        };
        let first = if senders { "record-said-spf" } else { "record-said-spf-nobody" };
        let mut out = vec![self.sentences(&[first, all])];
        if lookups > 0 {
            out.push(self.sentence("record-said-spf-lookups", vec![("count".into(), lookups.into())]));
        }
        out.join("\n")
    }

    pub(super) fn dmarc(&self, options: &DmarcOptions) -> String {
        let mut ids = vec![match options.policy {
            Policy::None => "record-said-dmarc-none",
            Policy::Quarantine => "record-said-dmarc-quarantine",
            Policy::Reject => "record-said-dmarc-reject",
        }];
        ids.push(if options.rua.is_empty() { "record-said-dmarc-no-reports" } else { "record-said-dmarc-reports" });
        if options.test {
            ids.push("record-said-dmarc-test");
        }
        if options.adkim == Some(Alignment::Strict) || options.aspf == Some(Alignment::Strict) {
            ids.push("record-said-dmarc-strict");
        }
        self.sentences(&ids)
    }

    pub(super) fn mta_sts(&self, mode: StsMode) -> String {
        let mode = match mode {
            StsMode::Enforce => "record-said-mta-sts-enforce",
            StsMode::Testing => "record-said-mta-sts-testing",
            StsMode::None => "record-said-mta-sts-none",
        };
        self.sentences(&["record-said-mta-sts", mode])
    }

    pub(super) fn tls_rpt(&self) -> String {
        self.sentences(&["record-said-tls-rpt", "record-said-tls-rpt-use"])
    }

    pub(super) fn parked(&self) -> String {
        self.sentences(&["record-said-parked", "record-said-parked-subdomains"])
    }

    /// Of `record all`: the selector's key is somebody else's to publish.
    pub(super) fn foreign_key(&self, selector: &str) -> String {
        self.sentence("record-said-foreign-key", vec![("selector".into(), selector.into())])
    }

    /// Of `record all`: what a provider wants in SPF is not in the table.
    pub(super) fn unknown_terms(&self, provider: &str) -> String {
        self.sentence("record-said-unknown-terms", vec![("provider".into(), provider.into())])
    }

    /// Of `record all`: how many records, all in all.
    pub(super) fn all(&self, count: usize) -> String {
        self.sentence("record-said-all", vec![("count".into(), count.into())])
    }
}
