### The pages of `mailauth spf`.

spf-result-pass = { $ip } may send mail for { $domain }.
spf-result-fail = { $ip } may not send mail for { $domain }.
spf-result-softfail = { $ip } should probably not send mail for { $domain }; receivers treat it with suspicion.
spf-result-neutral = { $domain } does not say whether { $ip } may send mail for it.
spf-result-none = There is no SPF to go by.
spf-result-temperror = Not known: an answer of the DNS is missing.
spf-result-permerror = The SPF record of { $domain } cannot be evaluated; receivers treat it as broken.

spf-decided-by = Decided by: { $term } in the record of { $domain }
spf-explanation = The domain explains it in its own words, which nobody has checked:
spf-identity-helo = Checked by the greeting name, as there is no sender.
spf-way = The way there
spf-way-none = No term was evaluated.
spf-tree-heading = The record and where it leads
spf-lookups = DNS lookups
spf-voids = Void lookups
spf-of = { $count } of at most { $limit }
spf-received = Received-SPF
spf-client = Client
spf-helo = Greeting name
spf-sender = Sender
spf-addresses = Addresses
spf-addresses-sum = { $ipv4 ->
    [one] { $ipv4 } IPv4 address
   *[other] { $ipv4 } IPv4 addresses
}, { $ipv6 ->
    [one] { $ipv6 } IPv6 /64
   *[other] { $ipv6 } IPv6 /64s
}
spf-more = and { $count } more
spf-title = SPF of { $domain }
spf-findings = Findings

spf-match-no = no match
spf-mark-over = over the limit: receivers stop here
spf-mark-unreached = never reached
spf-mark-circular = leads back in a circle
spf-mark-cut = not followed further
spf-mark-repeated = drawn above
spf-mark-message = depends on the message
spf-mark-void = { $count ->
    [one] { $count } void lookup
   *[other] { $count } void lookups
}
spf-mark-unregistered = { $domain } can be registered by anyone
spf-mark-missing = { $name } does not exist
spf-mark-unresolvable = { $name } has no address
spf-mark-no-record = no SPF record
spf-mark-several = { $count } SPF records
spf-mark-broken = broken at “{ $text }”
spf-mark-failed = { $name }: { $error }

spf-tree-ok = { $domain } has an SPF record that receivers can evaluate.
spf-tree-broken = Receivers cannot evaluate the SPF record of { $domain }: it counts as an error.
spf-tree-several = { $domain } has { $count } SPF records: it counts as an error.
spf-tree-none = { $domain } has no SPF record.
spf-tree-missing = { $domain } does not exist.
spf-tree-unknown = Not known: { $error }.
spf-tree-truncated = The tree was cut at a limit; the counts are least values.

spf-reason-no-domain = The identity holds no domain that could have a record.
spf-reason-domain-missing = { $domain } does not exist.
spf-reason-no-record = { $domain } has no SPF record.
spf-reason-multiple-records = { $domain } has { $count } SPF records; only one is allowed.
spf-reason-syntax = The record of { $domain } is broken at “{ $text }”.
spf-reason-include-missing = An include leads to { $target }, which has no SPF record.
spf-reason-redirect-missing = The redirect leads to { $target }, which has no SPF record.
spf-reason-too-many-lookups = It takes more than { $limit } DNS lookups.
spf-reason-too-many-voids = More than { $limit } lookups led to nothing.
spf-reason-too-many-mx = { $domain } has { $count } mail exchangers; a term may have 10 at most.
spf-reason-too-many-questions = It takes more than { $limit } DNS questions altogether.
spf-reason-dns = The question for { $type } of { $name } got no answer: { $error }.
spf-reason-no-match = No term of the record speaks of this address.

spf-dns-nxdomain = the name does not exist
spf-dns-nodata = there is no such record
spf-dns-servfail = the resolver could not find out (SERVFAIL)
spf-dns-timeout = no answer in time
spf-dns-offline = nobody was asked (--offline)
spf-dns-not-recorded = the recording does not hold it
spf-dns-cut = not asked, a limit was reached
spf-dns-refused = the resolver refused to answer (REFUSED)
spf-dns-rcode = the resolver answered with error code { $code }
spf-dns-malformed = the answer was malformed
spf-dns-network = the resolver could not be reached ({ $why })
spf-dns-private = not asked, the address is not public
