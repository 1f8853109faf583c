//! A commented `mailauth.toml` to begin with.

use super::{DomainConfig, MtaStsConfig};
use crate::locales::Catalogue;
use crate::render::harmless::{is_harmful, terminal};

/// The text of a commented file; with `domain` its block is filled in, without it one is shown as an example.
///
/// `remarks` stand above the block as comments: what was seen and cannot be written as configuration. Strangers' text
/// is welcome in both; the result is always a file that can be loaded.
pub fn template(catalogue: &Catalogue, domain: Option<&DomainConfig>, remarks: &[String]) -> String {
    let mut out = Lines { text: String::new(), catalogue };
    out.comment("init-head");
    out.text.push('\n');
    for (id, example) in [
        ("init-lang", "lang = \"en\""),
        ("init-fail-on", "fail-on = \"error\""),
        ("init-resolvers", "resolvers = [\"tls://192.0.2.53#dns.example\"]"),
    ] {
        out.comment(id);
        out.example(example);
    }
    out.text.push('\n');
    out.comment("init-rules");
    out.example("[rules]");
    out.example("spf-all-softfail = \"ignore\"");
    out.text.push('\n');
    out.comment("init-domain");
    match domain {
        Some(domain) => out.domain(domain, remarks),
        None => {
            let example = Lines { text: String::new(), catalogue }
                .with(&DomainConfig { name: "example.de".to_owned(), ..DomainConfig::default() });
            // Nothing of the example counts: every line of it becomes a comment.
            for line in example.lines() {
                match line.strip_prefix('#') {
                    Some(_) => out.text.push_str(line),
                    None => out.text.push_str(&format!("# {line}")),
                }
                out.text.push('\n');
            }
        }
    }
    out.text
}

struct Lines<'a> {
    text: String,
    catalogue: &'a Catalogue,
}

impl Lines<'_> {
    /// A message of the catalogue as comment lines.
    fn comment(&mut self, id: &str) {
        for line in self.catalogue.text(id).lines() {
            self.example(line);
        }
    }

    /// A line that does not count.
    fn example(&mut self, line: &str) {
        self.text.push_str(&format!("# {}\n", terminal(line)));
    }

    fn with(mut self, domain: &DomainConfig) -> String {
        self.domain(domain, &[]);
        self.text
    }

    fn domain(&mut self, domain: &DomainConfig, remarks: &[String]) {
        for remark in remarks {
            remark.lines().for_each(|line| self.example(line));
        }
        self.line("[[domain]]");
        self.line(&format!("name = {}", quoted(&domain.name)));
        let name = &domain.name;
        self.comment("init-parked");
        self.given(domain.parked.then(|| "parked = true".to_owned()), "parked = true");
        self.comment("init-providers");
        self.given(list("providers", &domain.providers), "providers = [\"ionos\", \"cleverreach\"]");
        self.comment("init-ips");
        let ips: Vec<String> = domain.ips.iter().map(ToString::to_string).collect();
        self.given(list("ips", &ips), "ips = [\"192.0.2.10\"]");
        self.comment("init-mx");
        let mx = domain.mx.as_ref().and_then(|mx| list("mx", mx));
        self.given(mx, &format!("mx = [\"10 mail.{name}\"]"));
        self.comment("init-spf");
        let spf = domain.spf.as_ref().map(|spf| {
            let fields = [spf.all.as_deref().map(|all| field("all", all)), list("terms", &spf.terms)];
            table("spf", fields.into_iter().flatten())
        });
        self.given(spf, &format!("spf = {{ all = \"softfail\", terms = [\"a:mail.{name}\"] }}"));
        self.comment("init-dmarc");
        let dmarc = domain.dmarc.as_ref().map(|dmarc| {
            let words = [
                ("policy", &dmarc.policy),
                ("subdomain-policy", &dmarc.subdomain_policy),
                ("nonexistent-policy", &dmarc.nonexistent_policy),
                ("adkim", &dmarc.adkim),
                ("aspf", &dmarc.aspf),
            ];
            let words = words.into_iter().filter_map(|(key, value)| Some(field(key, value.as_ref()?)));
            let lists = [list("rua", &dmarc.rua), list("ruf", &dmarc.ruf)];
            table("dmarc", words.chain(lists.into_iter().flatten()))
        });
        self.given(dmarc, &format!("dmarc = {{ policy = \"quarantine\", rua = [\"mailto:dmarc@{name}\"] }}"));
        self.comment("init-dkim");
        let keys = domain.dkim.iter().map(|key| {
            let path = key.key.as_ref().map(|path| field("key", &path.display().to_string()));
            let fields: Vec<String> = [field("selector", &key.selector)].into_iter().chain(path).collect();
            format!("    {{ {} }},\n", fields.join(", "))
        });
        let keys: String = keys.collect();
        let keys = (!keys.is_empty()).then(|| format!("dkim = [\n{keys}]"));
        self.given(keys, "dkim = [{ selector = \"s1\", key = \"keys/s1.pem\" }]");
        self.comment("init-mta-sts");
        self.given(domain.mta_sts.as_ref().map(mta_sts), "mta-sts = { mode = \"testing\", max-age = \"7d\" }");
        self.comment("init-tls-rpt");
        let reports = domain.tls_rpt.as_ref().map(|reports| table("tls-rpt", list("rua", &reports.rua).into_iter()));
        self.given(reports, &format!("tls-rpt = {{ rua = [\"mailto:tls@{name}\"] }}"));
        self.comment("init-domain-rules");
        self.example("rules = { dmarc-policy-none = \"error\" }");
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// The line where there is one, else the example as a comment.
    fn given(&mut self, line: Option<String>, example: &str) {
        match line {
            Some(line) => self.line(&line),
            None => self.example(example),
        }
    }
}

fn mta_sts(sts: &MtaStsConfig) -> String {
    let fields = [("mode", &sts.mode), ("max-age", &sts.max_age), ("id", &sts.id)];
    table("mta-sts", fields.into_iter().filter_map(|(key, value)| Some(field(key, value.as_ref()?))))
}

fn table(key: &str, fields: impl Iterator<Item = String>) -> String {
    let fields: Vec<String> = fields.collect();
    format!("{key} = {{ {} }}", fields.join(", "))
}

fn field(key: &str, value: &str) -> String {
    format!("{key} = {}", quoted(value))
}

fn list(key: &str, values: &[String]) -> Option<String> {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    (!values.is_empty()).then(|| format!("{key} = [{}]", values.join(", ")))
}

/// A basic string of TOML. What steers a terminal or turns the direction of text is escaped too.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if is_harmful(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Config, DkimConfig, DmarcConfig, SpfConfig, TlsRptConfig};
    use super::*;
    use crate::locales::Language;

    #[test]
    fn every_template_loads_and_says_the_same() {
        let nasty = "a\"b\\c\u{1b}[31m\u{202e}\n]\n[rules]\nx = '''ü";
        let full = DomainConfig {
            name: "example.de".to_owned(),
            parked: true,
            providers: vec!["ionos".to_owned()],
            ips: vec!["192.0.2.10".parse().unwrap(), "2001:db8::1".parse().unwrap()],
            mx: Some(vec!["10 mail.example.de".to_owned()]),
            spf: Some(SpfConfig { all: Some("fail".to_owned()), terms: vec![nasty.to_owned(), "a".to_owned()] }),
            dmarc: Some(DmarcConfig {
                policy: Some("reject".to_owned()),
                rua: vec![nasty.to_owned()],
                aspf: Some("s".to_owned()),
                ..DmarcConfig::default()
            }),
            dkim: vec![
                DkimConfig { selector: nasty.to_owned(), key: Some("keys/a.pem".into()) },
                DkimConfig { selector: "b".to_owned(), key: None },
            ],
            mta_sts: Some(MtaStsConfig { id: Some("1".to_owned()), ..MtaStsConfig::default() }),
            tls_rpt: Some(TlsRptConfig { rua: vec![nasty.to_owned()] }),
            ..DomainConfig::default()
        };
        let bare = DomainConfig { name: "example.de".to_owned(), ..DomainConfig::default() };
        for language in Language::ALL {
            let catalogue = Catalogue::of(language);
            for domain in [None, Some(&bare), Some(&full)] {
                let text = template(catalogue, domain, &[nasty.to_owned()]);
                let config = Config::parse(&text, "mailauth.toml".as_ref()).unwrap_or_else(|e| panic!("{e}\n{text}"));
                assert_eq!(config.domains.first(), domain, "{text}");
                assert!(!text.chars().any(|c| c != '\n' && is_harmful(c)), "{text}");
                assert!(text.lines().filter(|line| line.starts_with('#')).count() > 20);
            }
        }
    }

    #[test]
    fn the_examples_can_be_used_as_they_are() {
        let text = template(Catalogue::of(Language::En), None, &[]);
        let keys = ["[", "lang", "fail-on", "resolvers", "spf", "name", "parked", "providers", "ips", "mx", "dmarc"];
        let keys = keys.iter().chain(&["dkim", "mta-sts", "tls-rpt", "rules", "spf-all-softfail"]);
        let is_code =
            |line: &str| keys.clone().any(|key| line.starts_with(&format!("{key} = ")) || line.starts_with('['));
        let code: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("# ")).filter(|line| is_code(line)).collect();
        let config = Config::parse(&code.join("\n"), "mailauth.toml".as_ref()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(config.domains.len(), 1);
        assert!(config.domains[0].spf.is_some() && config.domains[0].tls_rpt.is_some());
    }
}
