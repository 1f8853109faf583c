//! What a summary says of a domain, in sentences and cells; nothing of it is made harmless yet.

use crate::finding::Severity;
use crate::knowledge::providers;
use crate::locales::{Arg, Args, Catalogue, Language, dates};
use crate::render::faults;
use crate::render::verify::shorten_addresses;
use crate::reports::{Class, Domain, Skipped, Source, Summary, TlsDomain};

/// Days with reports that a judgement needs.
const LEAST_DAYS: usize = 14;
/// Days that `p=reject` needs: a month has everything that is sent once a month.
const DAYS_FOR_REJECT: usize = 28;
/// The least aligned share, strangers left out, for `p=quarantine`.
const FOR_QUARANTINE: f64 = 0.98;
/// The same for `p=reject`.
const FOR_REJECT: f64 = 0.995;
/// Reporters that are named.
const REPORTERS: usize = 8;
/// The classes in the order in which they are shown.
const CLASSES: [Class; 5] = [Class::OwnFailing, Class::ThirdParty, Class::Own, Class::Forwarder, Class::Stranger];

/// Puts things into words.
pub(super) struct Words<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) addresses: bool,
    /// Senders of a class that are shown.
    pub(super) most: usize,
}

/// A domain in words.
pub(super) struct DomainWords {
    pub(super) name: String,
    /// How near it is to a stricter policy; how bad that is.
    pub(super) readiness: Vec<String>,
    pub(super) tone: Option<Severity>,
    pub(super) lines: Vec<String>,
    pub(super) groups: Vec<Group>,
    pub(super) cut: bool,
}

/// The senders of a class.
pub(super) struct Group {
    pub(super) title: String,
    pub(super) class: Class,
    pub(super) rows: Vec<Row>,
    pub(super) more: Option<String>,
}

/// A sender in cells.
pub(super) struct Row {
    pub(super) messages: String,
    pub(super) aligned: String,
    pub(super) dkim: String,
    pub(super) spf: String,
    pub(super) who: String,
    pub(super) fate: String,
}

impl Words<'_> {
    pub(super) fn text(&self, id: &str) -> String {
        self.catalogue.text(id)
    }

    pub(super) fn say<const N: usize>(&self, id: &str, args: [(&'static str, Arg); N]) -> String {
        let args: Args = args.into_iter().map(|(name, arg)| (name.into(), arg)).collect();
        self.catalogue.format(id, None, &args)
    }

    pub(super) fn number(&self, count: u64) -> String {
        self.say("report-number", [("count", count.into())])
    }

    /// What strangers wrote, with addresses shortened where that is wanted.
    pub(super) fn quote(&self, text: &str) -> String {
        if self.addresses { text.to_owned() } else { shorten_addresses(text) }
    }

    /// Why something is not counted.
    pub(super) fn omission(&self, skipped: &Skipped) -> String {
        self.quote(&match &skipped.omission {
            Some(omission) => faults::words(omission, self.catalogue),
            None => skipped.reason.clone(),
        })
    }

    /// A share, rounded down so that 100 % means all; two places at most.
    pub(super) fn percent(&self, part: u64, whole: u64) -> String {
        if whole == 0 {
            return "–".to_owned();
        }
        let points = u128::from(part) * 10_000 / u128::from(whole);
        let points = if part > 0 { points.max(1) } else { points };
        let mark = if self.catalogue.language() == Language::De { ',' } else { '.' };
        let (units, rest) = (points / 100, points % 100);
        match (rest, rest % 10) {
            (0, _) => format!("{units} %"),
            (_, 0) => format!("{units}{mark}{} %", rest / 10),
            _ => format!("{units}{mark}{rest:02} %"),
        }
    }

    /// What was read, over which time, and what was left out.
    pub(super) fn head(&self, summary: &Summary) -> Vec<String> {
        let dmarc = self.say("report-dmarc-count", [("count", summary.aggregate_reports.into())]);
        let tls = self.say("report-tls-count", [("count", summary.tls_reports.into())]);
        let day = |time: i64| dates::day(time, self.catalogue.language());
        let mut lines = vec![match summary.period {
            Some(period) => self.say(
                "report-head-period",
                [
                    ("dmarc", dmarc.into()),
                    ("tls", tls.into()),
                    ("begin", day(period.begin).into()),
                    ("end", day(period.end).into()),
                ],
            ),
            None => self.say("report-head", [("dmarc", dmarc.into()), ("tls", tls.into())]),
        }];
        if summary.duplicates > 0 {
            lines.push(self.say("report-duplicates", [("count", summary.duplicates.into())]));
        }
        if summary.duplicates_unchecked {
            lines.push(self.text("report-duplicates-unchecked"));
        }
        if summary.filtered > 0 {
            lines.push(self.say("report-filtered", [("count", summary.filtered.into())]));
        }
        lines
    }

    pub(super) fn domain(&self, domain: Domain<'_>) -> DomainWords {
        let mut lines = vec![self.sums(domain)];
        if let Some(policy) = domain.policy() {
            let tags = [
                ("p", &policy.p),
                ("sp", &policy.sp),
                ("np", &policy.np),
                ("adkim", &policy.adkim),
                ("aspf", &policy.aspf),
                ("pct", &policy.pct),
                ("t", &policy.testing),
            ];
            let said: Vec<String> =
                tags.iter().filter_map(|(tag, value)| Some(format!("{tag}={}", value.as_ref()?))).collect();
            if !said.is_empty() {
                lines.push(self.say("report-policy", [("policy", self.quote(&said.join("; ")).into())]));
            }
        }
        let mut reporters: Vec<(&str, u64)> = domain.reporters().collect();
        if !reporters.is_empty() {
            reporters.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
            let rest = reporters.len().saturating_sub(REPORTERS);
            let named = reporters.iter().take(REPORTERS);
            let mut list: Vec<String> = named.map(|(name, count)| format!("{} ({count})", self.quote(name))).collect();
            if rest > 0 {
                list.push(self.say("report-and-more", [("count", rest.into())]));
            }
            lines.push(self.say("report-reporters", [("list", list.join(", ").into())]));
        }
        let (tone, readiness) = self.readiness(domain);
        let cut = domain.is_cut();
        DomainWords { name: domain.name().to_owned(), readiness, tone, lines, groups: self.groups(domain), cut }
    }

    fn sums(&self, domain: Domain<'_>) -> String {
        if domain.messages() == 0 {
            return self.text("report-no-messages");
        }
        self.say(
            "report-messages",
            [
                ("count", domain.messages().into()),
                ("share", self.percent(domain.pass(), domain.messages()).into()),
                ("pass", domain.pass().into()),
                ("fail", domain.fail().into()),
            ],
        )
    }

    /// How near the domain is to a stricter policy, and what stands in the way.
    fn readiness(&self, domain: Domain<'_>) -> (Option<Severity>, Vec<String>) {
        let numbers = domain.readiness();
        if domain.messages() == 0 {
            return (None, Vec::new());
        }
        let Some(aligned) = numbers.aligned_without_strangers else {
            return (None, vec![self.text("report-ready-strangers")]);
        };
        let others = domain.messages() - numbers.stranger.min(domain.fail());
        let published = domain.policy().filter(|policy| policy.testing.as_deref() != Some("y"));
        let policy = published.and_then(|policy| policy.p.as_deref()).unwrap_or("none");
        let (id, tone) = match policy {
            "reject" | "quarantine" if aligned < FOR_QUARANTINE => ("report-ready-harm", Some(Severity::Error)),
            "reject" => ("report-ready-in-force", None),
            _ if aligned < FOR_QUARANTINE => ("report-ready-no", Some(Severity::Warning)),
            _ if numbers.days < LEAST_DAYS => ("report-ready-early", Some(Severity::Note)),
            _ if aligned >= FOR_REJECT && numbers.days >= DAYS_FOR_REJECT => ("report-ready-reject", None),
            "quarantine" => ("report-ready-in-force", None),
            _ if aligned >= FOR_REJECT => ("report-ready-quarantine", None),
            _ => ("report-ready-quarantine-only", None),
        };
        let mut said = vec![self.say(
            id,
            [
                ("share", self.percent(domain.pass(), others).into()),
                ("days", numbers.days.into()),
                ("least", LEAST_DAYS.into()),
                ("policy", policy.into()),
            ],
        )];
        let left = [
            ("report-left-own", numbers.own_failing),
            ("report-left-third", numbers.third_party),
            ("report-left-forwarded", numbers.forwarded),
            ("report-left-stranger", numbers.stranger),
        ];
        let left: Vec<String> =
            left.iter().filter(|(_, n)| *n > 0).map(|(id, n)| self.say(id, [("count", (*n).into())])).collect();
        if !left.is_empty() {
            said.push(self.say("report-left", [("list", left.join(", ").into())]));
        }
        if numbers.stranger > 0 {
            said.push(self.text("report-without-strangers"));
        }
        if let Some(first) = numbers.blocking.first().filter(|b| b.class != Class::Forwarder) {
            let who = self.who(&first.ip.to_string(), first.seen_as.as_deref());
            said.push(self.say("report-first", [("who", who.into()), ("count", first.fail.into())]));
        }
        (tone, said)
    }

    fn groups(&self, domain: Domain<'_>) -> Vec<Group> {
        let mut groups: Vec<(Group, u64, u64)> = CLASSES
            .iter()
            .map(|&class| {
                let title = self.text(&format!("report-class-{}", word(class)));
                (Group { title, class, rows: Vec::new(), more: None }, 0, 0)
            })
            .collect();
        for source in domain.sources() {
            let class = source.class();
            let Some((group, more, messages)) = groups.iter_mut().find(|(group, ..)| group.class == class) else {
                continue;
            };
            if group.rows.len() < self.most {
                group.rows.push(self.row(&source));
            } else {
                *more += 1;
                *messages = messages.saturating_add(source.messages());
            }
        }
        for (group, more, messages) in &mut groups {
            if *more > 0 {
                let args = [("count", (*more).into()), ("messages", (*messages).into())];
                group.more = Some(self.say("report-more-sources", args));
            }
        }
        groups.into_iter().map(|(group, ..)| group).filter(|group| !group.rows.is_empty()).collect()
    }

    fn row(&self, source: &Source<'_>) -> Row {
        let all = source.messages();
        let fate = source.dispositions();
        let fates = [
            ("report-fate-none", fate.none),
            ("report-fate-pass", fate.pass),
            ("report-fate-quarantine", fate.quarantine),
            ("report-fate-reject", fate.reject),
        ];
        let fates: Vec<String> =
            fates.iter().filter(|(_, n)| *n > 0).map(|(id, n)| self.say(id, [("count", (*n).into())])).collect();
        Row {
            messages: self.number(all),
            aligned: self.percent(source.pass(), all),
            dkim: self.percent(source.dkim_aligned(), all),
            spf: self.percent(source.spf_aligned(), all),
            who: self.who(&source.ip().to_string(), source.seen_as()),
            fate: fates.join(", "),
        }
    }

    /// An address, and what tells who it is.
    fn who(&self, ip: &str, seen_as: Option<&str>) -> String {
        let Some(name) = seen_as.filter(|name| !name.is_empty()) else { return ip.to_owned() };
        let shown = self.quote(name);
        match providers::by_spf_include(name) {
            Some(provider) => format!("{ip} ({shown}, {})", provider.name),
            None => format!("{ip} ({shown})"),
        }
    }

    /// What TLS reports say of a domain: a line, and one for each kind of failure.
    pub(super) fn tls(&self, tls: &TlsDomain) -> (String, Vec<String>) {
        let line = self.say(
            "report-tls-line",
            [
                ("policy", self.quote(&tls.policy_type).into()),
                ("good", tls.successful.into()),
                ("bad", tls.failed.into()),
            ],
        );
        let failures = tls.failures.iter().take(self.most).map(|failure| {
            let (count, kind) = (("count", failure.count.into()), ("kind", self.quote(&failure.kind).into()));
            match &failure.mx {
                Some(mx) => self.say("report-tls-failure-at", [count, kind, ("mx", self.quote(mx).into())]),
                None => self.say("report-tls-failure", [count, kind]),
            }
        });
        let mut lines: Vec<String> = failures.collect();
        let rest = tls.failures.len().saturating_sub(lines.len());
        if rest > 0 {
            lines.push(self.say("report-and-more", [("count", rest.into())]));
        }
        (line, lines)
    }
}

/// The word of a class in message ids and style sheets.
pub(super) fn word(class: Class) -> &'static str {
    match class {
        Class::Own => "own",
        Class::OwnFailing => "own-failing",
        Class::Forwarder => "forwarder",
        Class::ThirdParty => "third-party",
        Class::Stranger => "stranger",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_down() {
        let share = |language, part, whole| {
            Words { catalogue: Catalogue::of(language), addresses: false, most: 1 }.percent(part, whole)
        };
        let en = |part, whole| share(Language::En, part, whole);
        assert_eq!(en(9_997, 10_000), "99.97 %");
        assert_eq!(en(999_999, 1_000_000), "99.99 %");
        assert_eq!(en(7, 7), "100 %");
        assert_eq!(en(0, 7), "0 %");
        assert_eq!(en(1, 1_000_000), "0.01 %");
        assert_eq!(en(999, 1000), "99.9 %");
        assert_eq!(en(u64::MAX, u64::MAX), "100 %");
        assert_eq!(en(0, 0), "–");
        assert_eq!(share(Language::De, 9_905, 10_000), "99,05 %");
    }
}
