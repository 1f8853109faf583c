### Rule texts: DKIM keys

dkim-none-found =
    .title = No DKIM key found
    .why = None of the selectors that were tried has a key. A key under another selector may exist, for its name cannot be found out from DNS. Without DKIM your mail carries no signature: GMX and WEB.DE expect one, and forwarded mail easily ends up as spam.
    .fix = Switch on DKIM for your own domain at your mail provider and publish the record that it shows you. If DKIM is already on, repeat the check with the selector's name.
    .detail = No key was found for { $subject } under the { $count } selectors that were tried, among them { $tried }. A selector that was not tried may have one.
    .detail-zone = The zone file holds no key below _domainkey.{ $subject }.
    .detail-none-at-all = The name _domainkey.{ $subject } does not exist, so there is no key under any selector.
    .fix-provider = Switch on DKIM for your own domain in your account at { $provider } and publish the record that it shows you; its selectors are usually { $selectors }. The provider's page is called “{ $page }”. If DKIM is already on, repeat the check with the selector's name.
    .fix-provider-selectors = Switch on DKIM for your own domain in your account at { $provider } and publish the record that it shows you; its selectors are usually { $selectors }. If DKIM is already on, repeat the check with the selector's name.
    .fix-provider-page = Switch on DKIM for your own domain in your account at { $provider } and publish the record that it shows you. The provider's page is called “{ $page }”. If DKIM is already on, repeat the check with the selector's name.

dkim-key-missing =
    .title = No key under this selector
    .why = Your mail is signed, or is to be signed, with this selector, but no key is published under it. Receivers cannot check the signature and treat the mail as unsigned.
    .fix = Publish the key as a TXT record, or as a CNAME if your provider wants it so. If the selector is no longer used, take it out of your settings.
    .detail = There is no key at { $subject }, although the selector { $selector } was named.

dkim-key-syntax =
    .title = DKIM key record cannot be read
    .why = The record is no valid key record, or the key in it cannot be decoded. Every signature with this selector fails, and your mail counts as unsigned.
    .fix = Copy the record once more from your mail server or provider, completely and without changes.
    .detail = The p= tag at { $subject } holds no key that DKIM knows.
    .detail-empty = The TXT record at { $subject } is empty.
    .detail-host = The TXT record at { $subject } holds the name { $target }, which was meant as the target of a CNAME.
    .detail-no-tag = The part { $token } of the key record at { $subject } is no tag: a tag is a name, an equals sign and a value.
    .detail-empty-tag = There is one semicolon too many in the key record at { $subject }. Some receivers mind.
    .detail-twice = The tag { $tag }= stands twice in the key record at { $subject }, which makes the whole record void.
    .detail-case = The key record at { $subject } has { $token }. Did you mean { $right } in lower-case letters?
    .detail-semicolon = A semicolon is missing before { $tag }= in the key record at { $subject }.
    .detail-character = The key record at { $subject } holds the character { $token }, which is not allowed there.
    .detail-version-first = v=DKIM1 is not the first tag of the key record at { $subject }, so receivers discard the record.
    .detail-version = The key record at { $subject } begins with the version { $token }. Did you mean v=DKIM1?
    .detail-key-type = The key record at { $subject } names the kind of key { $token }, which DKIM does not know. Did you mean k={ $right }?
    .detail-no-key = The key record at { $subject } has no p= tag, and so no key.
    .detail-no-p = The text at { $subject } is a bare key. The tag p= before it is missing.
    .detail-base64 = The key at { $subject } holds signs that are no base64: { $token }
    .detail-padding = The equals signs at the end of the key at { $subject } are missing or too many. Some receivers mind.
    .detail-pem = The key at { $subject } was pasted together with the BEGIN and END lines of its file.
    .detail-broken = The key at { $subject } decodes, but it cannot be a working RSA key.
    .detail-mismatch = The key at { $subject } is of another kind than k= says. Did you mean k={ $right }?
    .detail-wrapped = The Ed25519 key at { $subject } is wrapped in ASN.1. DKIM wants the bare 32 octets.
    .detail-empty-value = The tag { $tag }= of the key record at { $subject } has no value.
    .fix-host = Delete the TXT record and publish a CNAME record with this target instead.
    .fix-stray = Delete this record. The key stands in the other TXT record at the same name.
    .detail-spf = An SPF record stands at { $subject }, where a DKIM key belongs.
    .detail-dmarc = A DMARC record stands at { $subject }, where a DKIM key belongs.
    .fix-foreign = Delete this record here, and publish it under its right name if it is missing there. Publish the key of the selector at this name.

dkim-key-quoted =
    .title = Stray quotes, backslashes or parentheses in the DKIM key
    .why = Signs that belong to the spelling in a zone file have become part of the value. Receivers cannot read the key, and your signatures fail.
    .fix = Enter the bare text in the provider's web form, without quotation marks, backslashes and parentheses.
    .detail = The value at { $subject } holds signs that belong to the spelling in a zone file, first: { $token }

dkim-key-split =
    .title = DKIM key was cut or put together wrongly
    .why = The key's length does not match its content, so a piece is missing or stands twice. This often happens when a form stops at 255 characters. Signatures with this key cannot be checked.
    .fix = Enter the key again in full, split into strings of at most 255 characters where needed, and check afterwards that the whole text arrived.
    .detail = The key at { $subject } should have { $expected } octets by its own word, but only { $found } are there. A piece is missing.
    .detail-no-length = Of the key at { $subject } only { $found } octets are there, and a piece is missing.
    .detail-doubled = The key at { $subject } should have { $expected } octets by its own word, but there are { $found }. A piece stands twice.
    .detail-two-records = The key at { $subject } was cut into two TXT records. Receivers read each of them by itself.
    .fix-two-records = Put both halves into one TXT record, in as many strings as needed, and delete the other record.

dkim-wrong-name =
    .title = DKIM key stands under the wrong name
    .why = Receivers look for the key at selector._domainkey.domain and nowhere else. There they do not find this one, and your signatures fail. Many web forms add the domain by themselves, so that it stands there twice.
    .fix = Move the record to the right name. If your form adds the domain itself, enter only the selector and ._domainkey.
    .detail = The key at { $subject } belongs at { $right }.
    .detail-no-selector = The key at { $subject } has no selector in its name. It belongs at SELECTOR._domainkey.{ $domain }.
    .detail-copy = The key at { $subject } stands at { $right } as well, where it belongs. Nobody reads this copy.
    .fix-no-selector = Look up the selector in your mail server or at your provider and move the record to that name.
    .fix-copy = Delete this copy.

dkim-private-key-published =
    .title = Private key in the DNS
    .why = The secret half of a DKIM key is published for everyone to see. Anyone can now sign mail in your name that passes DKIM and DMARC. Deleting it is not enough, for it may have been copied.
    .fix = Delete the record at once, make a new key pair under a new selector and publish only its public half. Withdraw the old key with an empty p=.
    .detail = The record at { $subject } holds a private key.

dkim-key-weak =
    .title = DKIM key is too short
    .why = Receivers ignore RSA keys below 1024 bits, so such mail counts as unsigned. Keys below 2048 bits still work, but they are no longer up to date.
    .fix = Make a new RSA key with 2048 bits under a new selector, switch the signing over, and withdraw the old key some days later.
    .detail = The RSA key at { $subject } has { $bits } bits. Receivers must ignore keys below 1024 bits.
    .detail-short = The RSA key at { $subject } has { $bits } bits; 2048 are recommended.
    .fix-delegated = Your provider keeps this key. Ask there for one with 2048 bits.

dkim-key-oversized =
    .title = DKIM key is longer than 4096 bits
    .why = Receivers only have to support RSA keys of up to 4096 bits. With this one, your mail counts as unsigned at some of them. A key of that length brings no advantage in practice.
    .fix = Use an RSA key with 2048 bits.
    .detail = The RSA key at { $subject } has { $bits } bits.

dkim-key-revoked =
    .title = DKIM key has been withdrawn
    .why = An empty p= says that this key is no longer valid. For an old key that is right. If your mail is still signed with it, the signatures do not count.
    .fix = Check which selector your mail server signs with. If it is this one, make a new key under a new selector. If the selector is out of use, there is nothing to do.
    .detail = The key at { $subject } is empty, that is, withdrawn.
    .detail-named = The key at { $subject } is withdrawn, yet this selector was named as one in use.

dkim-testing =
    .title = DKIM key is marked as a test
    .why = t=y tells receivers that you are only trying DKIM out. They may then treat your mail as if it were unsigned. Often the flag was simply forgotten after the set-up.
    .fix = Remove t=y from the key record once your signatures verify.
    .detail = The key record at { $subject } carries the flag t=y.

dkim-sha1-only =
    .title = DKIM key allows only SHA-1
    .why = h=sha1 limits the key to a method that receivers no longer accept. Signatures with SHA-256 are not allowed with this key either. Your mail therefore counts as unsigned.
    .fix = Remove the h= tag from the key record and let your server sign with rsa-sha256.
    .detail = The key record at { $subject } allows SHA-1 as the only hash.
    .detail-other = The key record at { $subject } allows the hash { $hashes } only, which receivers do not use.

dkim-service-type =
    .title = DKIM key is not meant for mail
    .why = The s= tag limits the key to services other than mail. Receivers must not use it for your messages, so these count as unsigned.
    .fix = Remove the s= tag, or write s=email.
    .detail = The key record at { $subject } is for { $services } only; email is left out.

dkim-multiple-keys =
    .title = Two DKIM keys at one name
    .why = There may be only one key record under a selector. Which one a receiver takes is left to chance, so your signatures sometimes verify and sometimes fail.
    .fix = Delete the key that your server does not sign with. Publish a second key under a selector of its own.
    .detail = There are { $count } key records at { $subject }.

dkim-ed25519-only =
    .title = Ed25519 key without an RSA key beside it
    .why = Many receivers can check RSA signatures only. At these your mail counts as unsigned if it is signed with Ed25519 alone.
    .fix = Add an RSA key with 2048 bits under a second selector and sign every message with both.
    .detail = The key at { $subject } is an Ed25519 key, and no RSA key was found for the domain.

dkim-rsa-only =
    .title = No Ed25519 key beside the RSA key
    .why = The BSI guideline TR-03182 asks for keys of both kinds, and for two signatures on every mail. No receiver refuses mail for lack of the second one; many providers offer RSA alone.
    .fix = Make an Ed25519 key beside the RSA key (mailauth keygen --dual), publish it under a selector of its own, and have the server sign with both. If your provider signs with RSA alone, ask whether it offers Ed25519.
    .detail = The keys of the domain that were found, among them { $subject }, are for RSA alone.

dkim-rsa-beyond-2048 =
    .title = RSA key is longer than TR-03182 allows
    .why = The BSI guideline TR-03182 asks for RSA keys of 1024 to 2048 bits, because a longer one does not fit into a small DNS answer. Receivers take it all the same.
    .fix = Make a key of 2048 bits under a new selector, and remove this one when nothing is signed with it any more.
    .detail = The key at { $subject } has { $bits } bits.

dkim-cname-dangling =
    .title = Delegated DKIM selector leads nowhere
    .why = The selector points by CNAME to your provider, but there is no key at the target. Signatures with this selector fail. Often DKIM is switched off at the provider, the contract has ended, or the target is misspelt.
    .fix = Compare the target with your provider's instructions and switch DKIM on there. Delete the CNAME if you no longer use the service.
    .detail = { $subject } points to { $target }, where there is no key.
    .detail-dot = { $subject } points to { $target }, where there is no key. Did you mean { $meant }? The domain was put behind it because the final dot is missing.
    .detail-spare = { $subject } points to { $target }, where there is no key at present. Another selector of the same provider has one, so this one may be kept for the next change of keys.
    .fix-dot = Write the target with a dot at the end, or enter it so that your form does not add the domain.
    .fix-spare = Leave the record as it is while your provider asks for it.
    .detail-circle = { $subject } points to { $target }, and the way leads in a circle back to it. There is no key anywhere.
    .fix-circle = Publish the key at one of these names, or let the CNAME point to the name that your provider gives.
    .fix-provider = Switch on DKIM for this domain in your account at { $provider } and compare the target with what is shown there. Delete the CNAME if you no longer use { $provider }.
    .fix-provider-page = Switch on DKIM for this domain in your account at { $provider } and compare the target with what is shown there; the page is called “{ $page }”. Delete the CNAME if you no longer use { $provider }.

dkim-wildcard =
    .title = Every DKIM selector gets an answer
    .why = A wildcard record answers for any selector, even for one made up. Missing keys then look like broken ones, and whoever controls the target of the wildcard might publish keys for you.
    .fix = Replace the wildcard by records for the names that you need. Only on a domain that sends no mail is an empty wildcard key right.
    .detail = A wildcard at { $subject } or above it gives the same key record for every selector.
    .detail-empty = A wildcard at { $subject } or above it answers for every selector with a withdrawn key, although the domain takes part in mail.
    .detail-alias = { $subject } sends every selector to { $target }.

dkim-key-mismatch =
    .title = Private and published key do not match
    .why = The key that your server signs with is not the one in the DNS. Every signature with this selector fails, and your mail may be treated as forged.
    .fix = Publish the public half of the private key in use, or set the right key file in your configuration.
    .detail = The key at { $subject } is not the public half of the key file that the configuration names for the selector { $selector }.

dkim-key-reused =
    .title = One DKIM key in several places
    .why = The same key stands under several selectors or domains. This works, but whoever gets hold of the key can sign for all of them, and changing it concerns all at once.
    .fix = Make a key of its own for each domain and each selector at the next change of keys.
    .detail = The key at { $subject } is the same as the one at { $other }.
