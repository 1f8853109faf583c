use super::*;
use crate::knowledge::Severity::{self, Error, Note, Warning};
use crate::knowledge::conditions;

/// The facts of a domain that `check` could look at from outside, in good order.
fn visible(fact: &str) -> Option<bool> {
    match fact {
        "sender-known" | "outbound-tls" | "message" | "bulk-message" | "helo" | "blocklists" => None,
        "spamhaus-clear" | "spamhaus-domain-clear" | "dkim-usable-key" | "spf-usable" | "spf-covers-sender" => None,
        "own-policy-passes" | "dkim-no-namespace" | "dmarc-strict" | "dmarc-enforced" | "dkim-ed25519-and-rsa" => None,
        _ => Some(true),
    }
}

fn verdicts(findings: &[(&str, Severity)], profile: Option<&Profile>) -> Vec<ReceiverVerdict> {
    evaluate(all(), &|id| conditions::judge(id, findings, &visible), profile)
}

fn verdict(id: &str, findings: &[(&str, Severity)], profile: Option<&Profile>) -> Outlook {
    verdicts(findings, profile).iter().find(|v| v.id == id).unwrap().verdict
}

#[test]
fn ids_are_those_of_the_contract() {
    let ids: Vec<_> = all().iter().map(|r| r.id.as_str()).collect();
    let want = "gmail yahoo microsoft apple gmx-webde t-online mailbox-org posteo proton freenet";
    assert_eq!(ids.join(" "), want);
    assert_eq!(profile_ids().collect::<Vec<_>>().join(" "), format!("{want} bulk bsi-tr-03182"));
    assert!(profile_ids().all(|id| Profile::parse(id).is_some()));
    assert!(Profile::parse("Gmail").is_none());
}

#[test]
fn every_requirement_follows_its_conditions() {
    let set = |status| State { status, rules: vec![] };
    for receiver in all() {
        for (at, requirement) in receiver.requirement.iter().enumerate() {
            assert!(requirement.id.starts_with(&receiver.id), "{}", requirement.id);
            let conditions: Vec<_> = requirement.all.iter().chain(&requirement.any).collect();
            assert!(!conditions.is_empty(), "{}", requirement.id);
            assert!(conditions.iter().all(|c| conditions::by_id(c).is_some()), "{}", requirement.id);
            let status = |state: &dyn Fn(&str) -> State| {
                let verdict = evaluate(std::slice::from_ref(receiver), state, None).remove(0);
                verdict.requirements[at].status
            };
            assert_eq!(status(&|_| set(Status::Met)), Status::Met);
            assert_eq!(status(&|_| set(Status::Unmet)), Status::Unmet);
            assert_eq!(status(&|_| set(Status::Unknown)), Status::Unknown);
            for broken in &requirement.all {
                let state = |id: &str| set(if id == broken { Status::Unmet } else { Status::Met });
                assert_eq!(status(&state), Status::Unmet, "{} {broken}", requirement.id);
            }
            for kept in &requirement.any {
                let state = |id: &str| set(if id == kept { Status::Met } else { Status::Unmet });
                assert_eq!(status(&state), Status::Met, "{} {kept}", requirement.id);
            }
        }
    }
    for requirement in bsi() {
        assert!(requirement.all.iter().all(|c| conditions::by_id(c).is_some()), "{}", requirement.id);
    }
}

#[test]
fn one_unmet_requirement_weighs_as_the_data_says() {
    for receiver in all() {
        for requirement in &receiver.requirement {
            let conditions = [requirement.all.as_slice(), requirement.any.as_slice()].concat();
            let mut alone = receiver.clone();
            alone.requirement = vec![requirement.clone()];
            let state = |id: &str| {
                let unmet = conditions.iter().any(|c| c == id);
                State { status: if unmet { Status::Unmet } else { Status::Met }, rules: vec![format!("rule-of-{id}")] }
            };
            let judge = |profile| evaluate(std::slice::from_ref(&alone), &state, profile).remove(0);
            let refuses = requirement.effect == Effect::Reject && requirement.published && receiver.published;
            let risk = |refuses| if refuses { Outlook::RejectRisk } else { Outlook::SpamRisk };
            let plain = judge(None);
            assert_eq!(plain.verdict, risk(refuses && requirement.applies == Applies::All), "{}", requirement.id);
            assert_eq!(judge(Some(&Profile::Bulk)).verdict, risk(refuses), "{}", requirement.id);
            assert!(plain.requirements[0].rules.iter().all(|r| r.starts_with("rule-of-")));
            assert_eq!(plain.requirements[0].rules.len(), conditions.len());
        }
    }
}

#[test]
fn receivers_without_published_rules_never_refuse() {
    for receiver in all().iter().filter(|r| !r.published) {
        assert!(receiver.requirement.iter().all(|r| !r.published), "{}", receiver.id);
    }
    let state = |_: &str| State { status: Status::Unmet, rules: vec![] };
    for profile in [None, Some(&Profile::Bulk)] {
        for verdict in evaluate(all(), &state, profile) {
            let published = by_id(&verdict.id).unwrap().published;
            assert_eq!(verdict.verdict == Outlook::RejectRisk, published, "{}", verdict.id);
        }
    }
}

#[test]
fn nothing_known_is_unknown_everywhere() {
    for profile in [None, Some(&Profile::Bulk), Some(&Profile::Bsi)] {
        for verdict in evaluate(all(), &|id| conditions::judge(id, &[], &|_| None), profile) {
            assert_eq!(verdict.verdict, Outlook::Unknown, "{}", verdict.id);
            assert!(verdict.requirements.iter().all(|r| r.status == Status::Unknown && r.rules.is_empty()));
        }
    }
    let findings = [("spf-temperror", Note), ("dnsbl-blocked", Note)];
    for verdict in evaluate(all(), &|id| conditions::judge(id, &findings, &|_| None), None) {
        assert_eq!(verdict.verdict, Outlook::Unknown, "{}", verdict.id);
    }
}

#[test]
fn healthy_domain_is_welcome() {
    for verdict in verdicts(&[("mta-sts-missing", Note), ("dmarc-policy-none", Warning)], None) {
        assert!(matches!(verdict.verdict, Outlook::Ok | Outlook::Unknown), "{}", verdict.id);
        if ["gmail", "microsoft", "yahoo", "apple", "gmx-webde"].contains(&verdict.id.as_str()) {
            assert_eq!(verdict.verdict, Outlook::Ok, "{}", verdict.id);
        }
    }
    // Whether an address has a good name at T-Online can only be learned by sending.
    assert_eq!(verdict("t-online", &[], None), Outlook::Unknown);
    assert_eq!(verdict("gmail", &[], Some(&Profile::Bulk)), Outlook::Ok);
}

#[test]
fn faults_weigh_differently_from_receiver_to_receiver() {
    use Outlook::{Ok, RejectRisk, SpamRisk, Unknown};
    for (findings, id, plain, bulk) in [
        (&[("dmarc-missing", Error)][..], "gmail", SpamRisk, RejectRisk),
        (&[("dmarc-missing", Error)], "microsoft", SpamRisk, RejectRisk),
        (&[("dmarc-missing", Error)], "gmx-webde", SpamRisk, SpamRisk),
        (&[("dmarc-missing", Error)], "t-online", Unknown, Unknown),
        (&[("dmarc-syntax", Warning)], "gmail", Ok, Ok),
        (&[("dmarc-syntax", Error)], "gmail", SpamRisk, RejectRisk),
        (&[("ptr-missing", Error)], "gmail", RejectRisk, RejectRisk),
        (&[("ptr-missing", Error)], "freenet", SpamRisk, SpamRisk),
        (&[("ptr-generic", Warning)], "gmail", Ok, Ok),
        (&[("ptr-generic", Warning)], "t-online", RejectRisk, RejectRisk),
        (&[("spf-multiple-records", Error)], "gmail", SpamRisk, RejectRisk),
        (&[("spf-missing", Error), ("dkim-key-missing", Error)], "gmail", RejectRisk, RejectRisk),
        (&[("spf-missing", Error), ("dkim-none-found", Warning)], "gmail", SpamRisk, RejectRisk),
        (&[("dkim-none-found", Warning)], "gmx-webde", Unknown, Unknown),
        (&[("dkim-none-found", Warning)], "gmail", Ok, Unknown),
        (&[("dkim-key-weak", Warning)], "gmx-webde", Ok, Ok),
        (&[("dkim-key-weak", Error)], "gmx-webde", RejectRisk, RejectRisk),
        (&[("dkim-key-weak", Error)], "gmail", SpamRisk, RejectRisk),
        (&[("dnsbl-listed", Error)], "microsoft", RejectRisk, RejectRisk),
        (&[("dnsbl-listed", Error)], "gmail", SpamRisk, SpamRisk),
        (&[("dnsbl-listed", Warning)], "microsoft", Ok, Ok),
        (&[("dnsbl-blocked", Note)], "microsoft", Ok, Ok),
        (&[("dmarc-alignment", Error)], "gmail", SpamRisk, RejectRisk),
        (&[("dmarc-alignment", Error)], "gmx-webde", RejectRisk, RejectRisk),
        (&[("msg-unsubscribe-missing", Note)], "gmail", SpamRisk, SpamRisk),
        (&[("starttls-missing", Error)], "gmail", Ok, Ok),
    ] {
        assert_eq!(verdict(id, findings, None), plain, "{id} {findings:?}");
        assert_eq!(verdict(id, findings, Some(&Profile::Bulk)), bulk, "{id} {findings:?} bulk");
    }
}

#[test]
fn alternatives_name_both_sides_when_both_fail() {
    let found = [("spf-missing", Error), ("dkim-key-missing", Error)];
    let gmail = verdicts(&found, None).remove(0);
    let either = gmail.requirements.iter().find(|r| r.id == "gmail-spf-or-dkim").unwrap();
    assert_eq!((either.status, either.rules.join(" ")), (Status::Unmet, "spf-missing dkim-key-missing".into()));
    let one = verdicts(&found[..1], None).remove(0);
    assert_eq!(one.requirements[0].status, Status::Met);
    assert!(one.requirements[0].rules.is_empty());
}

#[test]
fn profile_names_the_unmet_requirements() {
    let found = [("dmarc-missing", Error)];
    let state = |id: &str| conditions::judge(id, &found, &visible);
    let verdicts = evaluate(all(), &state, None);
    let ids = |profile: &Profile| {
        let unmet = of_profile(profile, &verdicts, &state).into_iter().filter(|r| r.status == Status::Unmet);
        unmet.map(|r| r.id).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids(&Profile::parse("gmail").unwrap()), "gmail-dmarc");
    assert_eq!(ids(&Profile::parse("t-online").unwrap()), "");
    assert_eq!(ids(&Profile::Bsi), "bsi-dmarc bsi-dmarc-enforced bsi-dmarc-strict bsi-dmarc-reports");
    assert!(ids(&Profile::Bulk).contains("microsoft-dmarc apple-dmarc"));
}

#[test]
fn receivers_are_recognised() {
    let name = |text: &str| Name::parse(text).unwrap();
    assert_eq!(by_mx(&name("mx00.emig.gmx.net")).unwrap().id, "gmx-webde");
    assert_eq!(by_host("gmail-smtp-in.l.google.com").unwrap().id, "gmail");
    assert_eq!(by_host("example-de.mail.protection.outlook.com").unwrap().id, "microsoft");
    assert!(by_host("mx.notgoogle.com").is_none());
    assert_eq!(by_words("554 IP=192.0.2.1 - contact TOBR@rx.t-online.de").unwrap().id, "t-online");
    assert!(by_words("250 ok").is_none());
}

#[test]
fn json_has_the_words_of_the_contract() {
    let json = serde_json::to_value(&verdicts(&[("ptr-missing", Error)], None)[0]).unwrap();
    assert_eq!(json["verdict"], "reject-risk");
    assert_eq!(json["requirements"][1]["applies"], "bulk");
    assert_eq!(json["requirements"][0]["status"], "met");
}

#[test]
fn replies_are_well_formed() {
    for requirement in all().iter().flat_map(|r| &r.requirement) {
        for reply in &requirement.replies {
            assert!((400..600).contains(&reply.basic), "{}", requirement.id);
            assert!(reply.enhanced.is_some() || reply.words.is_some(), "{}", requirement.id);
            if let Some(enhanced) = &reply.enhanced {
                assert!(enhanced.starts_with(&(reply.basic / 100).to_string()) || reply.basic < 500, "{enhanced}");
                assert_eq!(enhanced.split('.').filter(|part| part.parse::<u16>().is_ok()).count(), 3, "{enhanced}");
            }
        }
    }
}

/// What the rules of a condition and its facts make of it, one by one.
#[test]
fn every_requirement_is_met_unmet_or_unknown_by_its_rules_and_earns_its_reply() {
    let everything: &dyn Fn(&str) -> Option<bool> = &|_| Some(true);
    for receiver in all() {
        let of = |findings: &[(&str, Severity)], fact: &dyn Fn(&str) -> Option<bool>, id: &str| {
            let verdict =
                evaluate(std::slice::from_ref(receiver), &|c| conditions::judge(c, findings, fact), None).remove(0);
            verdict.requirements.into_iter().find(|r| r.id == id).unwrap()
        };
        for requirement in &receiver.requirement {
            let id = requirement.id.as_str();
            assert_eq!(of(&[], everything, id).status, Status::Met, "{id}");
            assert_eq!(of(&[], &|_| None, id).status, Status::Unknown, "{id}");
            let ids: Vec<&str> = requirement.all.iter().chain(&requirement.any).map(String::as_str).collect();
            let held: Vec<&str> = ids.iter().filter_map(|c| conditions::by_id(c).unwrap().held_by.as_deref()).collect();
            // What decides by itself is left open.
            let open = |fact: &str| (!held.contains(&fact) && fact != "dkim-no-namespace").then_some(true);
            let rules: Vec<&conditions::RuleRef> =
                ids.iter().flat_map(|c| &conditions::by_id(c).unwrap().broken_by).collect();
            let shown = requirement.replies.iter().filter(|reply| !reply.unconfirmed);
            let replies: Vec<String> = shown.map(ToString::to_string).collect();
            for rule in &rules {
                let found = match requirement.any.is_empty() {
                    true => vec![(rule.rule.as_str(), Error)],
                    // Of alternatives all have to be broken.
                    false => rules.iter().map(|r| (r.rule.as_str(), Error)).collect(),
                };
                let unmet = of(&found, &open, id);
                assert_eq!((unmet.status, &unmet.replies), (Status::Unmet, &replies), "{id} {}", rule.rule);
                assert!(unmet.rules.contains(&rule.rule), "{id} {}", rule.rule);
            }
            for fact in &held {
                let refuted = |f: &str| Some(f != *fact || !requirement.any.is_empty() && !held.contains(&f));
                if requirement.any.is_empty() {
                    assert_eq!(of(&[], &refuted, id).status, Status::Unmet, "{id} {fact}");
                }
            }
        }
    }
}

/// Who is refused finds out by `explain --bounce` what for.
#[test]
fn every_reply_of_the_data_is_explained() {
    use crate::knowledge::smtp_codes;
    let mut bad = Vec::new();
    for receiver in all() {
        for requirement in &receiver.requirement {
            let of_conditions: Vec<&str> = requirement
                .all
                .iter()
                .chain(&requirement.any)
                .flat_map(|c| conditions::by_id(c).unwrap().rules())
                .collect();
            for reply in &requirement.replies {
                let text = reply.to_string();
                let host = receiver.hosts.first().map(String::as_str);
                let row = smtp_codes::find(&smtp_codes::parse(&text, host));
                let own = row.filter(|row| row.receiver.as_deref() == Some(receiver.id.as_str()));
                let fits = |rules: &[String]| {
                    let named = rules.iter().any(|rule| of_conditions.contains(&rule.as_str()));
                    named || rules.is_empty() || of_conditions.is_empty()
                };
                if own.is_none_or(|row| !fits(&row.rules)) {
                    bad.push(format!("{}: {text} is read as {row:?}", requirement.id));
                }
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
