### Rule texts: DMARC

dmarc-missing =
    .title = No DMARC record
    .why = Nobody tells receivers what to do with mail that is forged in your name, and you get no reports about it. Gmail, Yahoo, Microsoft and Apple demand a DMARC record from bulk senders, and spam filters look for it with everyone.
    .fix = Publish a TXT record at _dmarc below your domain that begins with p=none and a report address. Read the reports for some weeks, then go to quarantine and to reject.
    .detail = Neither { $subject } nor a name above it holds a DMARC record for { $domain }.

dmarc-multiple-records =
    .title = More than one DMARC record
    .why = There may be only one DMARC record at a name. With two, receivers use neither, and your domain has no protection of its own.
    .fix = Keep the record with the policy that you want and delete the others. Put all report addresses into its rua tag, separated by commas.
    .detail = At { $subject } stand { $count } DMARC records. Besides the one shown there is: { $first }

dmarc-syntax =
    .title = DMARC record has an error
    .why = Receivers cannot read the record, or a part of it. Depending on the spot they ignore the whole record or only the tag concerned, and then the policy or the report address that you meant does not apply.
    .fix = Correct the marked spot. The record begins with exactly v=DMARC1, and a semicolon stands between the tags.
    .detail = Receivers cannot read “{ $token }” and ignore it.
    .detail-blank = Something stands before v=DMARC1, so receivers ignore the whole record.
    .detail-quoted = The record holds quotation marks of its own, so it does not begin with v=DMARC1 and receivers ignore it.
    .detail-separator = No semicolon follows v=DMARC1, so receivers ignore the whole record. Write v=DMARC1; with a semicolon.
    .detail-version = The record does not begin with exactly v=DMARC1 (see “{ $token }”), so receivers ignore all of it.
    .detail-run-together = A semicolon is missing in “{ $token }”. Receivers take all of it for the value of { $tag } and find no usable policy.
    .detail-run-together-tag = A semicolon is missing in “{ $token }”. Receivers take all of it for the value of { $tag } and ignore it.
    .detail-policy = “{ $token }” gives no usable policy: { $tag } knows only none, quarantine and reject.
    .detail-duplicate = The tag { $tag } stands there twice. Receivers do not agree on which one counts.
    .fix-remove = Delete this record. A readable DMARC record stands at the same name.
    .fix-record = It was probably meant like this: { $meant }
    .fix-suggest = Put this at the marked spot: { $suggestion }
    .detail-version-first = v=DMARC1 stands too far back. It must come first, or receivers ignore the whole record.
    .detail-version-missing = The record does not begin with v=DMARC1, so receivers ignore all of it.
    .detail-backslash = Backslashes stand in the record itself, the first before this semicolon. They belong to some notations, not to the value, and receivers cannot read it.
    .fix-backslash = Enter the record without the backslashes.
    .detail-no-reports = The tag rua is empty, so nobody gets the DMARC reports.
    .fix-no-reports = Write rua=mailto: with a mailbox or a report service that someone reads.

dmarc-wrong-location =
    .title = DMARC record stands under the wrong name
    .why = Receivers look for DMARC only at _dmarc below the domain. They do not find this record, so it has no effect. Many web forms add the domain by themselves, so that it stands there twice.
    .fix = Move the record to _dmarc below your domain. If your form adds the domain itself, enter only _dmarc as the name.
    .detail = A DMARC record stands at { $subject }, but receivers look for it at { $right }.
    .fix-remove = Delete this record. A DMARC record stands already at { $right }.

dmarc-policy-missing =
    .title = DMARC record without a policy
    .why = The record does not say what shall happen to forged mail. With a valid report address receivers treat it as p=none: they report but do nothing. Without one they ignore DMARC for your domain altogether.
    .fix = Add p=none, p=quarantine or p=reject right after v=DMARC1.
    .detail = The record at { $subject } has no p tag. Receivers act as with p=none.
    .detail-ignored = The record at { $subject } has neither a p tag nor a valid report address. Receivers do not apply DMARC at all.

dmarc-policy-none =
    .title = DMARC asks for nothing to be done
    .why = p=none is a good start, for you get reports without any risk to your mail. But forged mail in your name is delivered as before.
    .fix = Check in the reports that all your senders pass DMARC. Then set p=quarantine and, when that goes well, p=reject.
    .detail = With { $token }, receivers deliver forged mail as if there were no DMARC.

dmarc-testing =
    .title = DMARC policy is in test mode
    .why = With t=y receivers apply the policy one step milder: reject becomes quarantine, and quarantine becomes none. The reports stay the same. Your domain is less protected than the policy suggests.
    .fix = Remove t=y as soon as the reports show that all your senders pass.
    .detail = Because of { $token }, receivers apply { $applied } in place of { $policy }.

dmarc-subdomain-weaker =
    .title = Subdomains are less protected than the domain
    .why = The policy for subdomains (sp) or for names that do not exist (np) is weaker than the one for the domain. Forgers then simply use an invented subdomain of yours.
    .fix = Remove sp and np, or set them as strict as p. If one subdomain needs a milder policy, give it a DMARC record of its own.
    .detail = { $tag }={ $value } asks for less at subdomains than p={ $policy } does at the domain.
    .detail-np = { $tag }={ $value } asks for less at names that do not exist than p={ $policy } does at the domain.

dmarc-rua-missing =
    .title = Nobody gets the DMARC reports
    .why = Without a report address you do not learn who sends in your name and whether your own mail passes. You would not notice when one of your services fails, and cannot tighten the policy safely.
    .fix = Add rua=mailto: with a mailbox or a report service that someone reads.
    .detail = The record at { $subject } has no rua tag.

dmarc-rua-invalid =
    .title = DMARC report address cannot be used
    .why = Reports to this address cannot be sent or delivered. You do not see what happens to your mail, and may not notice trouble for a long time.
    .fix = Write the address as mailto:name@domain, without blanks and with commas between several. Use a domain that receives mail.
    .detail = “{ $token }” in { $tag } is no valid address of the form mailto:name@domain.
    .detail-scheme-missing = “{ $token }” in { $tag } lacks mailto: in front.
    .detail-blank = A blank stands in “{ $token }” in { $tag }. Addresses are separated by commas.
    .detail-semicolon = “{ $token }” follows { $tag } behind a semicolon and does not belong to it any more. Addresses are separated by commas.
    .detail-ascii = “{ $token }” in { $tag } holds characters outside ASCII, which are not allowed there.
    .detail-scheme = “{ $token }” in { $tag } is no mailto: address, and receivers send reports by mail only.
    .detail-no-mail = “{ $token }” in { $tag } cannot receive anything: { $host } takes no mail.
    .fix-suggest = It was probably meant like this: { $suggestion }

dmarc-rua-unauthorized =
    .title = Foreign domain does not accept your DMARC reports
    .why = The reports go to another domain, and that domain must agree by a DNS record of its own. Here it is missing, so receivers send no reports there.
    .fix = Ask the report service to publish the _report._dmarc record for your domain, or use a mailbox in your own domain.
    .detail = { $host } does not agree to the reports for “{ $token }”: at { $name } there is no TXT record v=DMARC1.
    .detail-elsewhere = { $host } wants the reports for “{ $token }” sent to a foreign address ({ $other }). Receivers then send none at all.
    .detail-too-long = { $host } cannot agree to the reports for “{ $token }”: the name of the record would be too long.
    .fix-publish = Have the owner of that domain publish a TXT record v=DMARC1 at { $name }, or use a mailbox in your own domain.

dmarc-ruf-privacy =
    .title = Failure reports can contain patients' data
    .why = With ruf you ask for copies of single messages. These can contain addresses and subjects of your patients and go to whoever reads the report mailbox. The BSI advises against it, and few receivers send such reports.
    .fix = Remove the ruf tag, and fo with it. The aggregate reports of rua are enough.
    .detail = The record asks for copies of messages: { $token }

dmarc-removed-tag =
    .title = DMARC tag no longer in the standard
    .why = The tags pct, rf and ri have been removed from the standard. Newer receivers ignore them, older ones still follow them. With pct below 100 this means: some apply your policy to all mail, others to a part only.
    .fix = Remove the tag. To try out a policy, use t=y.
    .detail = The tag { $tag } no longer exists in the standard.
    .detail-pct = Older receivers apply the policy to { $percent } percent of the mail, newer ones ignore { $tag } and apply it to all.

dmarc-unknown-tag =
    .title = Unknown tag in the DMARC record
    .why = No standard knows this tag, so receivers skip it. That does no harm, unless it is a typing error and an important tag is missing.
    .fix = Check the spelling, or remove the tag.
    .detail = Receivers do not know the tag { $tag }.
    .detail-typo = Receivers do not know the tag { $tag }. Did you mean { $suggestion }?

dmarc-size-suffix =
    .title = Outdated size limit on a report address
    .why = An addition such as !10m once limited the size of the reports. The current standard ignores it. Reports come all the same.
    .fix = Remove the exclamation mark and the size behind it.
    .detail = The addition { $token } has no effect any more.

dmarc-psd-misuse =
    .title = psd=y is not meant for your domain
    .why = psd=y is for the operators of endings such as .de, below which strangers register domains. At your domain it makes receivers treat your subdomains as separate organizations. Their mail then no longer fits your domain, and DMARC can fail.
    .fix = Remove psd=y from the record.
    .detail = { $domain } is no public suffix, but the record says { $token }.

dmarc-inherited =
    .title = DMARC policy comes from the parent domain
    .why = This name has no DMARC record of its own, so the record of the organizational domain applies. That is how it is meant to be, and it protects this name as well.
    .fix = Nothing needs to be done. Publish a record of its own only if this name is to have another policy.
    .detail = The record of { $from } applies here, with the policy { $policy }.

dmarc-inherited-none =
    .title = DMARC policy from above asks for nothing
    .why = This name has no DMARC record of its own, and the one that applies, from the domain above, asks nothing of receivers for it. The BSI guideline TR-03182 asks for quarantine or reject on every name that sends.
    .fix = Have the record of the domain above changed (p, or sp for its subdomains), or publish one at this name with p=quarantine and, when that goes well, p=reject.
    .detail = The record of { $from } applies here, with the policy { $policy }.

dmarc-alignment =
    .title = Mail of this domain cannot pass DMARC
    .why = DMARC wants SPF or DKIM to pass for the domain in From or for one that belongs to it. The way you send fits neither: the envelope sender and the signature belong to other domains. Even genuine mail then counts as forged.
    .fix = Let your mail provider sign with DKIM under your own domain. Where that cannot be had, have it use an envelope sender in your domain and permit it in SPF.
    .detail = SPF of { $subject } permits none of the sending addresses ({ $addresses }), and no DKIM key of the domain can be used.

dmarc-alignment-relaxed =
    .title = DMARC alignment is relaxed
    .why = With relaxed alignment, mail that passes for a subdomain counts for the domain too. That is the default and suits most. The BSI guideline TR-03182 advises strict alignment, so that a subdomain in foreign hands cannot speak for the domain.
    .fix = Make sure that everything that sends signs with exactly the From domain, then publish the record with adkim=s and aspf=s. Services that need relaxed alignment belong on a subdomain with a policy of its own.
    .detail = The DMARC record at { $subject } leaves alignment relaxed ({ $tags }).
    .detail-inherited = The DMARC record of { $from }, which applies here, leaves alignment relaxed ({ $tags }).

dmarc-receivers-differ =
    .title = Old and new receivers find different DMARC policies
    .why = Receivers that follow the old standard look your domain up in a list, newer ones walk up the DNS tree. For this name they arrive at different policies. The same mail may be treated differently from one receiver to the next.
    .fix = Publish a DMARC record at the registered domain and at every name that you use in From.
    .detail = Newer receivers find the policy { $new } (organizational domain { $new-domain }), older ones { $old } ({ $old-domain }); a hyphen stands for none.
    .detail-organization = For newer receivers the organizational domain is { $new-domain }, for older ones { $old-domain }. What belongs together for one group does not for the other.
    .detail-new = Newer receivers find the policy { $new } (organizational domain { $new-domain }), older ones find none ({ $old-domain }).
    .detail-old = Older receivers find the policy { $old } (organizational domain { $old-domain }), newer ones find none ({ $new-domain }).
