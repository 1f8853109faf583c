### Words of the output that belong to no rule.

severity-error = error
severity-warning = warning
severity-note = note

change-add = publish
change-replace = replace
change-delete = remove

count-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
count-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}
count-notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}

lint-clean = Nothing to complain about.
lint-summary = { $errors }, { $warnings }, { $notes }
lint-suppressed = { $count ->
    [one] { $count } finding is suppressed by the zone file, the configuration or the baseline.
   *[other] { $count } findings are suppressed by the zone file, the configuration or the baseline.
}

check-verdict-pass = In order: nothing here makes mail land in spam.
check-verdict-pass-rest = Nothing beyond what is left out.
check-verdict-warn = It works, but it is weaker than it should be.
check-verdict-fail = Mail from this domain is at risk.
check-verdict-unknown = Not known: some answers are missing.
check-progress-left = time left
check-first = First: { $title }
check-causes = Why, worst first:
check-class-refused = Mail is refused or fails authentication
check-class-spam = Mail lands in spam
check-class-weak = Weakened
check-class-tidy = Worth tidying up
check-unseen = Not seen: { $what }. That is no fault of the domain.
check-selectors-tried = DKIM selectors tried: { $list }
check-queries = { $queries ->
    [one] { $queries } DNS question, { $elapsed } ms
   *[other] { $queries } DNS questions, { $elapsed } ms
}
check-cut = The check was cut short at a limit; there may be more to find.
check-findings = Findings
check-receivers = What receivers will make of it
outlook-ok = nothing against it
outlook-spam-risk = may land in spam
outlook-reject-risk = may be refused
outlook-unknown = not known
check-profile = Held to { $profile }
check-reply = Refused with “{ $reply }”.
check-mailboxes = Your mailboxes are at { $providers }.
check-senders = Others that may send for you: { $providers }.
check-facts = What is published
check-not-known = not known
dns-no-name = no such name
dns-no-data = no such record
dns-servfail = the server failed
dns-refused = the server refused to answer
dns-rcode = the server answered with an error
dns-timeout = no answer in time
dns-malformed = an answer that cannot be read
dns-network = the network failed
dns-nobody = nobody answers at { $server }
dns-tcp-refused = the answer is too large for UDP, and { $server } refuses TCP
dns-tcp-closed = the answer is too large for UDP, and { $server } closes the TCP connection
dns-tcp-silent = the answer is too large for UDP, and { $server } does not answer over TCP
dns-certificate = the certificate of { $server } does not hold. { $reason }
dns-tls = no TLS connection to { $server }
dns-offline = not asked: offline
dns-not-recorded = not in the recording
dns-cut = not asked: a limit was reached
dns-private = not asked: a private address
check-none = none
check-dnssec-secure = signed, { $by }
check-dnssec-insecure = not signed, { $by }
check-dnssec-bogus = wrongly signed, { $by }
check-dnssec-by-signatures = signatures checked here
check-dnssec-by-ad-bit = so says the resolver
check-dnssec-by-checking-disabled = the resolver refuses to answer
check-telematik = Names below kim.telematik belong to a closed network that does not use SPF, DKIM or DMARC; they are not judged.

rules-heading = The rules
rule-severity = Severity: { $severity }
rule-found-by = Found by: { $commands }
rule-why = Why it matters
rule-fix = What to do
rule-references = Standards
rule-ignore = To leave it out: { $how }
