### Words of the pages for a browser.

page-check-title = Mail check of { $domain }
page-check-many = Mail check
page-check-foot = Checked on { $year }-{ $month }-{ $day } with mailauth { $version }.
page-first = Do this first
page-first-more = Details and records to copy
page-instead-of = What it replaces
page-receiver = Receiver
page-receiver-outlook = Your mail there
page-receiver-why = What is missing there
page-not-published = Not published
page-in-order = in order
page-null-mx = takes no mail (null MX)

page-card-mx = Mail servers (MX)
page-card-key = DKIM key { $selector }
page-key-kind = Kind
page-key-rsa = RSA, { $bits } bits
page-key-state = State
page-key-published = published
page-key-testing = marked as a test (t=y)
page-key-revoked = withdrawn
page-key-tried = Tried
page-spf-others = Everyone else
page-spf-fail = is refused
page-spf-softfail = is suspicious
page-spf-neutral = may or may not
page-spf-pass = may send too
page-spf-no-all = not said
page-dmarc-domain = Forged mail
page-dmarc-subdomains = From subdomains
page-dmarc-nonexistent = From names that do not exist
page-dmarc-none = is delivered (none)
page-dmarc-quarantine = goes to spam (quarantine)
page-dmarc-reject = is refused (reject)
page-dmarc-from = Record of
page-sts-mode = Mode
page-sts-age = Valid for
page-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
page-tls-to = Reports to
page-bimi-logo = Logo
page-dnssec-secure = signed
page-dnssec-insecure = not signed
page-dnssec-bogus = signatures are wrong
page-dnssec-indeterminate = not known

page-tree-heading = The SPF record and where it leads
page-tree-picture = The SPF record as a tree
page-tree-table = The same as a table
page-tree-terms = Term by term
page-tree-term = Term
page-tree-result = Result
page-tree-cost = Cost
page-tree-sum = So far
page-tree-remarks = Remarks
page-tree-limit = Limit of { $limit }: receivers evaluate nothing below this line
