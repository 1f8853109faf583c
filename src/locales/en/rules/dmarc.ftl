### Rule texts: DMARC

dmarc-missing =
    .title = No DMARC record
    .why = Nobody tells receivers what to do with mail that is forged in your name, and you get no reports about it. Gmail, Yahoo, Microsoft and Apple demand a DMARC record from bulk senders, and spam filters look for it with everyone.
    .fix = Publish a TXT record at _dmarc below your domain that begins with p=none and a report address. Read the reports for some weeks, then go to quarantine and to reject.

dmarc-multiple-records =
    .title = More than one DMARC record
    .why = There may be only one DMARC record at a name. With two, receivers use neither, and your domain has no protection of its own.
    .fix = Keep the record with the policy that you want and delete the others. Put all report addresses into its rua tag, separated by commas.

dmarc-syntax =
    .title = DMARC record has an error
    .why = Receivers cannot read the record, or a part of it. Depending on the spot they ignore the whole record or only the tag concerned, and then the policy or the report address that you meant does not apply.
    .fix = Correct the marked spot. The record begins with exactly v=DMARC1, and a semicolon stands between the tags.

dmarc-wrong-location =
    .title = DMARC record stands under the wrong name
    .why = Receivers look for DMARC only at _dmarc below the domain. They do not find this record, so it has no effect. Many web forms add the domain by themselves, so that it stands there twice.
    .fix = Move the record to _dmarc below your domain. If your form adds the domain itself, enter only _dmarc as the name.

dmarc-policy-missing =
    .title = DMARC record without a policy
    .why = The record does not say what shall happen to forged mail. With a valid report address receivers treat it as p=none: they report but do nothing. Without one they ignore DMARC for your domain altogether.
    .fix = Add p=none, p=quarantine or p=reject right after v=DMARC1.

dmarc-policy-none =
    .title = DMARC asks for nothing to be done
    .why = p=none is a good start, for you get reports without any risk to your mail. But forged mail in your name is delivered as before.
    .fix = Check in the reports that all your senders pass DMARC. Then set p=quarantine and, when that goes well, p=reject.

dmarc-testing =
    .title = DMARC policy is in test mode
    .why = With t=y receivers apply the policy one step milder: reject becomes quarantine, and quarantine becomes none. The reports stay the same. Your domain is less protected than the policy suggests.
    .fix = Remove t=y as soon as the reports show that all your senders pass.

dmarc-subdomain-weaker =
    .title = Subdomains are less protected than the domain
    .why = The policy for subdomains (sp) or for names that do not exist (np) is weaker than the one for the domain. Forgers then simply use an invented subdomain of yours.
    .fix = Remove sp and np, or set them as strict as p. If one subdomain needs a milder policy, give it a DMARC record of its own.

dmarc-rua-missing =
    .title = Nobody gets the DMARC reports
    .why = Without a report address you do not learn who sends in your name and whether your own mail passes. You would not notice when one of your services fails, and cannot tighten the policy safely.
    .fix = Add rua=mailto: with a mailbox or a report service that someone reads.

dmarc-rua-invalid =
    .title = DMARC report address cannot be used
    .why = Reports to this address cannot be sent or delivered. You do not see what happens to your mail, and may not notice trouble for a long time.
    .fix = Write the address as mailto:name@domain, without blanks and with commas between several. Use a domain that receives mail.

dmarc-rua-unauthorized =
    .title = Foreign domain does not accept your DMARC reports
    .why = The reports go to another domain, and that domain must agree by a DNS record of its own. Here it is missing, so receivers send no reports there.
    .fix = Ask the report service to publish the _report._dmarc record for your domain, or use a mailbox in your own domain.

dmarc-ruf-privacy =
    .title = Failure reports can contain patients' data
    .why = With ruf you ask for copies of single messages. These can contain addresses and subjects of your patients and go to whoever reads the report mailbox. The BSI advises against it, and few receivers send such reports.
    .fix = Remove the ruf tag, and fo with it. The aggregate reports of rua are enough.

dmarc-removed-tag =
    .title = DMARC tag no longer in the standard
    .why = The tags pct, rf and ri have been removed from the standard. Newer receivers ignore them, older ones still follow them. With pct below 100 this means: some apply your policy to all mail, others to a part only.
    .fix = Remove the tag. To try out a policy, use t=y.

dmarc-unknown-tag =
    .title = Unknown tag in the DMARC record
    .why = No standard knows this tag, so receivers skip it. That does no harm, unless it is a typing error and an important tag is missing.
    .fix = Check the spelling, or remove the tag.

dmarc-size-suffix =
    .title = Outdated size limit on a report address
    .why = An addition such as !10m once limited the size of the reports. The current standard ignores it. Reports come all the same.
    .fix = Remove the exclamation mark and the size behind it.

dmarc-psd-misuse =
    .title = psd=y is not meant for your domain
    .why = psd=y is for the operators of endings such as .de, below which strangers register domains. At your domain it makes receivers treat your subdomains as separate organizations. Their mail then no longer fits your domain, and DMARC can fail.
    .fix = Remove psd=y from the record.

dmarc-inherited =
    .title = DMARC policy comes from the parent domain
    .why = This name has no DMARC record of its own, so the record of the organizational domain applies. That is how it is meant to be, and it protects this name as well.
    .fix = Nothing needs to be done. Publish a record of its own only if this name is to have another policy.

dmarc-alignment =
    .title = Mail of this domain cannot pass DMARC
    .why = DMARC wants SPF or DKIM to pass for the domain in From or for one that belongs to it. The way you send fits neither: the envelope sender and the signature belong to other domains. Even genuine mail then counts as forged.
    .fix = Let your mail provider sign with DKIM under your own domain. Where that cannot be had, have it use an envelope sender in your domain and permit it in SPF.

dmarc-receivers-differ =
    .title = Old and new receivers find different DMARC policies
    .why = Receivers that follow the old standard look your domain up in a list, newer ones walk up the DNS tree. For this name they arrive at different policies. The same mail may be treated differently from one receiver to the next.
    .fix = Publish a DMARC record at the registered domain and at every name that you use in From.
