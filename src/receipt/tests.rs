use super::*;
use crate::locales::{Catalogue, Language};

fn receipt(header: &str) -> Receipt {
    let headers = Headers::parse(header.replace('\n', "\r\n").into_bytes());
    Receipt::read(&headers, Name::parse("praxis.example.de").ok().as_ref())
}

fn says(receipt: &Receipt) -> String {
    let catalogue = Catalogue::of(Language::En);
    let words = receipt.statements.iter().flat_map(|s| &s.words).map(|p| catalogue.phrase(p));
    words.collect::<Vec<_>>().join(" | ")
}

const BELOW: &str = "Received: from pc by forged.example.org with ESMTP; Mon, 5 Jan 2026 09:00:00 +0100\n\
    Authentication-Results: mx.google.com; dkim=pass header.d=forged.example\nX-Spam-Flag: NO\n";

#[test]
fn fields_below_the_border_are_not_believed() {
    let gmail = format!(
        "Received: by 2002:a05:7010:1 with SMTP id x; Mon, 5 Jan 2026 01:00:09 -0800\n\
         Received: from mail.example.de (mail.example.de. [5.45.100.20]) by mx.google.com with ESMTPS id 1; Mon, 5 Jan 2026 01:00:08 -0800\n\
         Authentication-Results: mx.google.com; dkim=pass header.i=@example.net; spf=neutral (google.com: best guess record) smtp.mailfrom=a@praxis.example.de; dmarc=fail (p=NONE sp=NONE dis=QUARANTINE) header.from=praxis.example.de\n{BELOW}"
    );
    let found = receipt(&gmail);
    assert_eq!((found.receiver, found.statements.len()), (Some("gmail"), 1));
    assert_eq!(found.judgement(), Some(Judgement::Spam));
    let text = says(&found);
    assert!(text.contains("example.net") && text.contains("guess") && text.contains("quarantine"), "{text}");
    let forged = format!(
        "Received: from a.de (a.de [5.45.100.20]) by mx.example.org with ESMTP; Mon, 5 Jan 2026 10:00:00 +0100\n{BELOW}"
    );
    assert_eq!(receipt(&forged).statements, []);
    let foreign = format!("Authentication-Results: other.example; dkim=pass\n{forged}");
    assert_eq!(receipt(&foreign).statements, []);
}

#[test]
fn filters_are_understood() {
    for (header, judgement, words) in [
        (
            "X-Spam-Status: Yes, score=8.1 required=5.0 tests=RDNS_NONE,\n SPF_FAIL,URIBL_BLOCKED autolearn=no",
            Some(Judgement::Spam),
            "RDNS_NONE",
        ),
        ("X-Spam-Status: No, score=-1.2 required=5.0 tests=DKIM_VALID", Some(Judgement::Clean), "-1.2"),
        (
            "X-Spamd-Result: default: False [7.20 / 15.00]; R_SPF_FAIL(1.00)[-all]; DKIM_TRACE(0.00)[x]",
            Some(Judgement::Spam),
            "R_SPF_FAIL",
        ),
        (
            "X-Forefront-Antispam-Report: CIP:5.45.100.20;CTRY:DE;SCL:5;SFV:SPM;H:x;PTR:InfoDomainNonexistent;CAT:SPOOF;DIR:INB;",
            Some(Judgement::Spam),
            "5",
        ),
        ("X-Forefront-Antispam-Report: SCL:-1;SFV:SFE;CAT:NONE;DIR:INB;", Some(Judgement::Clean), "-1"),
        ("X-Forefront-Antispam-Report: SCL:9;SFV:SPM;CAT:SPM;DIR:OUT;", None, "9"),
        ("X-Microsoft-Antispam: BCL:8;ARA:1", None, "8"),
        ("X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;jmr:0;auth:0;dest:J;ENG:x", Some(Judgement::Spam), "junk"),
        (
            "X-Forefront-Antispam-Report: CIP:5.45.100.20;IPV:CAL;SCL:-1;SFV:SKN;SFTY:9.25;DIR:INB;",
            Some(Judgement::Clean),
            "first time",
        ),
        ("X-SBRS: -4.1", None, "bad reputation: -4.1"),
        ("X-SBRS: 3.5", None, "reputation of 3.5"),
        ("X-RZG-SCRIPT: /home/strato/x/contact.php", None, "contact form"),
        ("X-CodeTwoProcessed: true", None, "CodeTwo"),
        ("X-Exclaimer-MD-Config: 1f2e", None, "Exclaimer"),
        ("X-Greylist: delayed 312 seconds by postgrey", None, "delay"),
        ("X-Barracuda-Spam-Report: Code version 3.2, BSF_SC0_MISMATCH_TO 0.00", None, "MISMATCH"),
        ("X-Hornetsecurity-SPFResult: FAIL", None, "FAIL"),
        ("X-HE-Spam-Score: 0.0", None, "0.0"),
        ("X-VADE-SPAMSTATE: clean", Some(Judgement::Clean), ""),
        ("X-Proofpoint-Spam-Details: rule=spam policy=default score=90", Some(Judgement::Spam), "spam"),
        ("X-MS-Exchange-Organization-SCL: 6", Some(Judgement::Spam), "6"),
        ("X-GMX-Antispam: 6 (nemesis text pattern profiler); Detail=V3;", Some(Judgement::Spam), "nemesis"),
        ("X-GMX-Antispam: 0 (Mail was not recognized as spam); Detail=V3;", Some(Judgement::Clean), ""),
        ("X-UI-Filterresults: junk:10;V03:K0:x", Some(Judgement::Spam), ""),
        ("X-UI-Out-Filterresults: junk:10;V03:K0:x", None, ""),
        ("X-TOI-EXPURGATEID: 150726::1620576229-0000454D-8A3D108E/0/0 CLEAN NORMAL", Some(Judgement::Clean), ""),
        ("X-Spam-Flag: YES", Some(Judgement::Spam), ""),
        ("X-Yahoo-Filtered-Bulk: 5.45.100.20", Some(Judgement::Spam), ""),
        (
            "Authentication-Results: spf=fail (sender IP is 5.45.100.20) smtp.mailfrom=praxis.example.de; dkim=none; dmarc=fail action=oreject header.from=praxis.example.de;compauth=fail reason=000",
            Some(Judgement::Spam),
            "000",
        ),
    ] {
        let found = receipt(&format!("{header}\nFrom: a@praxis.example.de\n"));
        assert_eq!((found.statements.len(), found.judgement()), (1, judgement), "{header}");
        let text = says(&found);
        assert!(text.contains(words) && !text.contains("said-"), "{header}: {text}");
    }
}

#[test]
fn nothing_is_made_of_odd_fields() {
    for header in [
        "X-Spam-Status: tests=x",
        "X-Spam-Flag: maybe",
        "X-GMX-Antispam: x",
        "X-Spamd-Result: [",
        "X-Microsoft-Antispam: BCL:0;",
        "X-SBRS: None",
    ] {
        assert_eq!(receipt(&format!("{header}\n")).statements, [], "{header}");
    }
}

proptest::proptest! {
    #[test]
    fn never_panics(lines in proptest::collection::vec("(X-Spam-Status|X-Spamd-Result|X-GMX-Antispam|X-Forefront-Antispam-Report|Received|X-TOI-EXPURGATEID|Authentication-Results): (Yes, |\\[|[A-Z]{3}:|tests=|score=|\\PC){0,30}", 0..8)) {
        let _ = receipt(&lines.join("\n"));
    }
}
