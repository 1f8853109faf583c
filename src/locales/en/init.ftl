### The comments of a new mailauth.toml, and what init says.

init-head =
    mailauth.toml: what your domains are to publish, and how findings are rated.
    Everything is optional. A line that begins with # is a comment and does not count.
    The file is read only where it is named:
    mailauth check --config mailauth.toml        compares it with the DNS
    mailauth lint --config mailauth.toml FILE    compares it with a zone file
    mailauth record all --config mailauth.toml   prints the records that it asks for
init-lang = The language of results: en or de. Without it, that of the environment.
init-fail-on = From which severity on findings make the exit code 1: error, warning, note or never.
init-resolvers = The DNS resolvers to ask. Without it, the system's.
init-rules = What is made of a rule: ignore, note, warning or error. “mailauth rules” lists the rules.
init-domain = One block for each domain. What a block does not mention is not compared.
init-parked = The domain neither sends nor receives mail.
init-providers = Who hosts the mail and who sends for the domain; SPF is made from it.
init-ips = Own addresses that send.
init-mx = The mail exchangers: preference and host.
init-spf = SPF: what holds for everybody else (fail, softfail, neutral), and further terms.
init-dmarc = DMARC: the policy (none, quarantine, reject), and where reports go.
init-dkim = DKIM: the selectors, with the private key where this side signs. Paths count from this file.
init-mta-sts = MTA-STS: mode (testing, enforce, none), max-age, id. The mode stands in the policy file, not in the DNS.
init-tls-rpt = Where reports about encrypted delivery go.
init-domain-rules = Ratings of rules for this domain alone.

init-found = This is what the DNS says now. Check it before you rely on it.
init-unseen = Not seen, because the DNS did not answer: { $what }
init-provider = { $provider } was recognised, but its SPF is not published as it asks: providers = ["{ $id }"] would add it.
init-spf-several = There are several SPF records; receivers take that for an error. spf is left out.
init-spf-broken = The SPF record is broken, therefore spf is left out: { $record }
init-spf-redirect = The SPF record leads elsewhere by redirect=, which cannot be said here; spf is left out: { $record }
init-spf-all-missing = The SPF record does not say what holds for everybody else, or permits everybody; “record all” would make it softfail.
init-dmarc-broken = The DMARC record cannot be used as it stands, therefore dmarc is left out.
init-written = { $file } is written. Look it over, then: mailauth check --config { $file }
