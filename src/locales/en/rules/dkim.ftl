### Rule texts: DKIM keys

dkim-none-found =
    .title = No DKIM key found
    .why = None of the selectors that were tried has a key. A key under another selector may exist, for its name cannot be found out from DNS. Without DKIM your mail carries no signature: GMX and WEB.DE expect one, and forwarded mail easily ends up as spam.
    .fix = Switch on DKIM for your own domain at your mail provider and publish the record that it shows you. If DKIM is already on, repeat the check with the selector's name.

dkim-key-missing =
    .title = No key under this selector
    .why = Your mail is signed, or is to be signed, with this selector, but no key is published under it. Receivers cannot check the signature and treat the mail as unsigned.
    .fix = Publish the key as a TXT record, or as a CNAME if your provider wants it so. If the selector is no longer used, take it out of your settings.

dkim-key-syntax =
    .title = DKIM key record cannot be read
    .why = The record is no valid key record, or the key in it cannot be decoded. Every signature with this selector fails, and your mail counts as unsigned.
    .fix = Copy the record once more from your mail server or provider, completely and without changes.

dkim-key-quoted =
    .title = Stray quotes, backslashes or parentheses in the DKIM key
    .why = Signs that belong to the spelling in a zone file have become part of the value. Receivers cannot read the key, and your signatures fail.
    .fix = Enter the bare text in the provider's web form, without quotation marks, backslashes and parentheses.

dkim-key-split =
    .title = DKIM key was cut or put together wrongly
    .why = The key's length does not match its content, so a piece is missing or stands twice. This often happens when a form stops at 255 characters. Signatures with this key cannot be checked.
    .fix = Enter the key again in full, split into strings of at most 255 characters where needed, and check afterwards that the whole text arrived.

dkim-wrong-name =
    .title = DKIM key stands under the wrong name
    .why = Receivers look for the key at selector._domainkey.domain and nowhere else. There they do not find this one, and your signatures fail. Many web forms add the domain by themselves, so that it stands there twice.
    .fix = Move the record to the right name. If your form adds the domain itself, enter only the selector and ._domainkey.

dkim-private-key-published =
    .title = Private key in the DNS
    .why = The secret half of a DKIM key is published for everyone to see. Anyone can now sign mail in your name that passes DKIM and DMARC. Deleting it is not enough, for it may have been copied.
    .fix = Delete the record at once, make a new key pair under a new selector and publish only its public half. Withdraw the old key with an empty p=.

dkim-key-weak =
    .title = DKIM key is too short
    .why = Receivers ignore RSA keys below 1024 bits, so such mail counts as unsigned. Keys below 2048 bits still work, but they are no longer up to date.
    .fix = Make a new RSA key with 2048 bits under a new selector, switch the signing over, and withdraw the old key some days later.

dkim-key-oversized =
    .title = DKIM key is longer than 4096 bits
    .why = Receivers only have to support RSA keys of up to 4096 bits. With this one, your mail counts as unsigned at some of them. A key of that length brings no advantage in practice.
    .fix = Use an RSA key with 2048 bits.

dkim-key-revoked =
    .title = DKIM key has been withdrawn
    .why = An empty p= says that this key is no longer valid. For an old key that is right. If your mail is still signed with it, the signatures do not count.
    .fix = Check which selector your mail server signs with. If it is this one, make a new key under a new selector. If the selector is out of use, there is nothing to do.

dkim-testing =
    .title = DKIM key is marked as a test
    .why = t=y tells receivers that you are only trying DKIM out. They may then treat your mail as if it were unsigned. Often the flag was simply forgotten after the set-up.
    .fix = Remove t=y from the key record once your signatures verify.

dkim-sha1-only =
    .title = DKIM key allows only SHA-1
    .why = h=sha1 limits the key to a method that receivers no longer accept. Signatures with SHA-256 are not allowed with this key either. Your mail therefore counts as unsigned.
    .fix = Remove the h= tag from the key record and let your server sign with rsa-sha256.

dkim-service-type =
    .title = DKIM key is not meant for mail
    .why = The s= tag limits the key to services other than mail. Receivers must not use it for your messages, so these count as unsigned.
    .fix = Remove the s= tag, or write s=email.

dkim-multiple-keys =
    .title = Two DKIM keys at one name
    .why = There may be only one key record under a selector. Which one a receiver takes is left to chance, so your signatures sometimes verify and sometimes fail.
    .fix = Delete the key that your server does not sign with. Publish a second key under a selector of its own.

dkim-ed25519-only =
    .title = Ed25519 key without an RSA key beside it
    .why = Many receivers can check RSA signatures only. At these your mail counts as unsigned if it is signed with Ed25519 alone.
    .fix = Add an RSA key with 2048 bits under a second selector and sign every message with both.

dkim-cname-dangling =
    .title = Delegated DKIM selector leads nowhere
    .why = The selector points by CNAME to your provider, but there is no key at the target. Signatures with this selector fail. Often DKIM is switched off at the provider, the contract has ended, or the target is misspelt.
    .fix = Compare the target with your provider's instructions and switch DKIM on there. Delete the CNAME if you no longer use the service.

dkim-wildcard =
    .title = Every DKIM selector gets an answer
    .why = A wildcard record answers for any selector, even for one made up. Missing keys then look like broken ones, and whoever controls the target of the wildcard might publish keys for you.
    .fix = Replace the wildcard by records for the names that you need. Only on a domain that sends no mail is an empty wildcard key right.

dkim-key-mismatch =
    .title = Private and published key do not match
    .why = The key that your server signs with is not the one in the DNS. Every signature with this selector fails, and your mail may be treated as forged.
    .fix = Publish the public half of the private key in use, or set the right key file in your configuration.

dkim-key-reused =
    .title = One DKIM key in several places
    .why = The same key stands under several selectors or domains. This works, but whoever gets hold of the key can sign for all of them, and changing it concerns all at once.
    .fix = Make a key of its own for each domain and each selector at the next change of keys.
