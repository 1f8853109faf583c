### Words of keygen and record.

keygen-next =
    The private key is in { $file }; keep it secret.
    Publish the record first, then sign: mailauth sign --key { $file } --domain { $domain } --selector { $selector }

record-label-name = Name
record-label-type = Type
record-label-value = Value

record-policy-file = This policy file belongs to it, at { $url }

record-said-dkim =
    Receivers find the public key at { $name } and verify signatures of { $domain } with the selector { $selector }.
record-said-dkim-testing = With t=y it says that { $domain } is only testing; remove it once signatures pass.
record-said-dkim-strict = With t=s it allows no signatures for addresses in subdomains.
record-said-dkim-weak = A key of { $bits } bits is weak, and some receivers do not accept it; make one of 2048 bits.
record-said-dkim-next = Sign only when the record can be seen in DNS, and keep it for a week after the last signature.

record-said-spf = Receivers accept the servers in this record as senders of mail with { $domain } as envelope sender.
record-said-spf-nobody = No server is permitted to send with { $domain } as envelope sender.
record-said-spf-fail = Mail from any other server fails SPF, and many receivers refuse it.
record-said-spf-softfail = Mail from any other server is suspicious, but it is not refused for that alone.
record-said-spf-neutral = It says nothing about other servers, so it hardly protects against forged mail.
record-said-spf-lookups = { $count ->
    [one] It needs { $count } DNS lookup, not counting those inside includes; SPF allows 10 in all.
   *[other] It needs { $count } DNS lookups, not counting those inside includes; SPF allows 10 in all.
}

record-said-dmarc-none = Receivers deliver mail from { $domain } as before, whether it authenticates or not.
record-said-dmarc-quarantine = Receivers put mail from { $domain } that does not authenticate into the spam folder.
record-said-dmarc-reject = Receivers refuse mail from { $domain } that does not authenticate.
record-said-dmarc-reports = Aggregate reports say who sends in the name of the domain; read them before you tighten the policy.
record-said-dmarc-no-reports = Nobody gets reports; with --rua you would see who sends in the name of the domain.
record-said-dmarc-test = With t=y, receivers apply the next weaker policy for the time being.
record-said-dmarc-strict = With strict alignment a subdomain's signature or envelope sender does not count for the domain.

record-said-mta-sts = Servers that send to { $domain } see that there is a policy file, and fetch it over HTTPS.
record-said-mta-sts-testing = They deliver in any case and only report where TLS does not hold (mode testing).
record-said-mta-sts-enforce = They deliver only to these mail exchangers, over TLS with a valid certificate (mode enforce).
record-said-mta-sts-none = They treat the domain as if it had no policy (mode none).

record-said-tls-rpt = Servers that send to { $domain } report once a day how often TLS worked, and why it did not.
record-said-tls-rpt-use = Read these reports before MTA-STS is set to enforce.

record-said-parked = These records say that { $domain } neither sends nor receives mail, and that all mail from it is forged.
record-said-parked-subdomains = DMARC covers the subdomains too; a subdomain with mail of its own needs records of its own.

record-said-all = { $count ->
    [one] { $domain }: { $count } record.
   *[other] { $domain }: { $count } records.
}
record-said-foreign-key = Selector { $selector } has no key file here, so its record is not among these; whoever holds the key provides it.
record-said-unknown-terms = What { $provider } needs in SPF differs or is not known, so nothing is in the record for it; put its terms into spf.terms.

man-written = { $count ->
    [one] { $count } page in { $folder }
   *[other] { $count } pages in { $folder }
}
