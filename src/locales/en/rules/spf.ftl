### Rule texts: SPF and the domain itself

domain-missing =
    .title = The domain does not exist
    .why = The DNS says that there is no such domain. Receivers refuse mail from a domain that does not exist, and replies have nowhere to go. Usually it is a typing error, an expired registration or a zone that was never delegated.
    .fix = Check the spelling. If it is right, ask your registrar whether the domain is still registered and which name servers are entered for it.
    .detail = The DNS answers that { $subject } does not exist.

spf-missing =
    .title = No SPF record
    .why = Receivers cannot see which servers may send mail for your domain. Your own mail looks less trustworthy, and others can send in your name more easily. The large mailbox providers want SPF or DKIM from everyone and both from bulk senders.
    .fix = Publish one TXT record at the domain itself that names your mail provider and every other service that sends for you, and end it with ~all. If the domain sends no mail at all, publish v=spf1 -all.
    .detail = { $subject } receives mail and has no SPF record.
    .detail-no-mx = { $subject } has an address and no SPF record, so anyone can send in its name.

spf-multiple-records =
    .title = More than one SPF record
    .why = A domain may have only one SPF record. With two, receivers use neither, and SPF fails for all your mail. This happens easily when a new provider is set up and the old record stays.
    .fix = Put the terms of all records into one, with v=spf1 at the start and a single “all” at the end. Delete the others.
    .detail = { $subject } has { $count } SPF records, so receivers use none of them.

spf-syntax =
    .title = SPF record cannot be read
    .why = One wrong term makes the whole SPF record invalid, wherever it stands. Receivers then treat SPF as broken for all your mail, and some refuse it.
    .fix = Correct the marked spot. Terms are separated by blanks, without commas, semicolons or quotation marks.
    .detail = The part { $term } of the SPF record of { $subject } does not belong there.
    .detail-second-version = v=spf1 stands a second time within the SPF record of { $subject }. It belongs at the start alone.
    .detail-control = In the SPF record of { $subject }, there is a control character in { $token }.
    .detail-separator = In the SPF record of { $subject }, something other than a blank separates the terms at { $token }.
    .detail-quote = In the SPF record of { $subject }, there are quotation marks or backslashes in { $token }.
    .detail-blank = In the SPF record of { $subject }, the blank between two terms is missing in { $token }.
    .detail-qualifier = In the SPF record of { $subject }, the sign of { $token } (one of + - ~ ?) must stand once and directly before the word.
    .detail-modifier-qualifier = In the SPF record of { $subject }, { $token } must not have a sign before it.
    .detail-unknown = SPF knows no term like { $token }, which stands in the record of { $subject }.
    .detail-no-mechanism = { $token } stands alone in the SPF record of { $subject }. Before it, a word such as ip4:, a: or include: is missing.
    .detail-delimiter = { $token } in the SPF record of { $subject } has the wrong sign between name and value: redirect and exp take =, everything else takes a colon.
    .detail-argument = In the SPF record of { $subject }, nothing stands behind { $token } where a domain or an address belongs.
    .detail-address = { $token } in the SPF record of { $subject } does not hold a valid IP address.
    .detail-family = In the SPF record of { $subject }, the kind of address in { $token } does not fit: ip4 is for IPv4, ip6 for IPv6.
    .detail-domain = { $token } in the SPF record of { $subject } must name a plain domain, no address, web link or mail address.
    .detail-name = { $token } in the SPF record of { $subject } does not name a complete domain.
    .detail-cidr = The prefix length behind the slash in { $token } is not valid in the SPF record of { $subject }.
    .detail-macro = The part with % in { $token } in the SPF record of { $subject } is no valid macro.
    .detail-duplicate = { $token } stands for the second time in the SPF record of { $subject }. redirect and exp may stand there once.
    .fix-meant = Did you mean { $meant }? Then write that in place of { $token }.
    .fix-host = If this is a server of yours, write a:{ $token }. If a provider asked you to enter this name, write include:{ $token }.
    .fix-octets = An IPv4 address has four numbers. Complete the one in { $token }, or name a whole network with its prefix length behind a slash.

spf-version-typo =
    .title = TXT record looks like SPF but does not count
    .why = An SPF record must begin with exactly v=spf1 followed by a blank. This one does not, so receivers ignore it, and your domain stands there without SPF.
    .fix = Let the record begin with v=spf1 and one blank. Remove quotation marks, blanks or signs before and after it.
    .detail = The record at { $subject } begins with { $found }, not with v=spf1 and a blank. Did you mean { $meant }?
    .detail-beside = A record at { $subject } begins with { $found } and is ignored. Beside it stands an SPF record that counts. Was { $meant } meant to be part of it?
    .detail-sender-id = The record at { $subject } begins with { $found }. That is Sender ID, which was given up years ago. Did you mean { $meant }?
    .fix-beside = Take what is still needed of this record over into the SPF record that counts, then delete it. Two SPF records are not allowed.

spf-string-split =
    .title = Blank missing between two parts of the SPF record
    .why = A long TXT record is stored in several strings, and receivers join them without a blank. Here two terms run into one another and become one that nobody understands. SPF then does not work as you wrote it.
    .fix = Put a blank at the end of the first string or at the start of the next. In a web form, enter the whole text in one piece.
    .detail = In the SPF record of { $subject }, a blank is missing between { $left } and { $right }, because they stand in different strings.

spf-lookup-limit =
    .title = SPF needs more than 10 DNS lookups
    .why = A receiver stops after 10 lookups and calls the record broken. Mail from servers at the end of the list then fails SPF, although they are permitted. Every “include” of a provider brings its own lookups along.
    .fix = Remove services that you no longer use and replace “a” and “mx” by ip4 and ip6 addresses where these are fixed. Let newsletter services send from a subdomain with its own SPF record.
    .detail = SPF for { $subject } needs { $count } DNS lookups, and 10 are allowed. With { $term } the limit is passed. They come from: { $terms }.
    .detail-least = SPF for { $subject } needs at least { $count } DNS lookups, and 10 are allowed. With { $term } the limit is passed. They come from: { $terms }.

spf-lookup-near-limit =
    .title = SPF lookups are nearly used up
    .why = SPF works today, but only 10 DNS lookups are allowed. If you add a service, or a provider enlarges its own record, the limit is passed and SPF breaks without any change of yours.
    .fix = Tidy up while there is no hurry: remove services that you no longer use.
    .detail = SPF for { $subject } needs { $count } of the 10 allowed DNS lookups: { $terms }.

spf-void-lookups =
    .title = SPF asks for too many names that do not exist
    .why = If more than two lookups of an SPF record find nothing, receivers call the record broken. The empty names are usually hosts or providers that were given up. SPF can then fail for your good mail as well.
    .fix = Remove the terms whose names no longer exist, or correct their spelling.
    .detail = { $count } lookups of the SPF record of { $subject } find nothing, and 2 are allowed. Nothing was found for: { $names }.

spf-mx-limit =
    .title = “mx” in SPF leads to more than 10 mail servers
    .why = An “mx” term may lead to at most 10 mail server names. With more, receivers call the whole SPF record broken.
    .fix = Replace “mx” by the addresses that really send, as ip4 and ip6 terms or by your provider's “include”.
    .detail = { $term } in the SPF record of { $subject } leads to { $count } mail server names.

spf-include-missing =
    .title = SPF points to a domain without an SPF record
    .why = The record relies on another domain's SPF record, and there is none. Receivers then call your record broken, and SPF fails for mail that nothing before this term has let pass. Often the provider has renamed its record, or the name is misspelt.
    .fix = Look up the right name in your provider's help pages and correct the term. Remove it if you no longer use the service.
    .detail = { $term } in the record of { $subject } leads to { $target }, which has no SPF record.
    .detail-no-name = { $term } in the record of { $subject } leads to { $target }, and that name does not exist.

spf-include-unregistered =
    .title = SPF relies on a domain that anyone can register
    .why = The SPF record trusts a name under a domain that is not registered. Whoever registers it can permit their own servers and send mail as you. Until then the term is useless or even breaks your record.
    .fix = Remove the term now. If it is a typing error, correct the name.
    .detail = { $term } in the SPF record of { $subject } relies on { $target }, but the domain { $registrable } is not registered.
    .detail-nested = { $term } in the SPF record of { $subject } leads to the record of { $holder }. There, { $inner } relies on the domain { $registrable }, which is not registered.
    .fix-nested = Tell the provider of { $holder }, and remove { $term } if you no longer use the service.

spf-include-permerror =
    .title = An included SPF record is broken
    .why = A record that yours includes has an error of its own. The error counts as yours: receivers call your SPF record broken, and SPF fails for your mail.
    .fix = Tell the provider of the included record. Until it is repaired, name its sending addresses directly, or remove the term if you do not use the service.
    .detail = { $term } in the SPF record of { $subject } leads to the record of { $target }, which cannot be read at { $inner }.
    .detail-multiple = { $term } in the SPF record of { $subject } leads to { $target }, which has more than one SPF record.
    .detail-missing = { $term } in the SPF record of { $subject } leads to the record of { $target }. There, { $inner } leads to a domain without SPF record.
    .detail-mx = { $term } in the SPF record of { $subject } leads to the record of { $target }. There, { $inner } leads to more than 10 mail server names.

spf-include-loop =
    .title = SPF records refer to each other in a circle
    .why = The record leads back to itself by “include” or “redirect”. Receivers give up and call it broken, so SPF does not help your mail.
    .fix = Remove the term that closes the circle. A domain must never include itself.
    .detail = The SPF record of { $subject } runs in a circle: { $names }. { $inner } in the record of { $holder } closes it.

spf-ip-not-covered =
    .title = SPF does not permit a server that sends your mail
    .why = The SPF record is the list of servers that may send for your domain. Mail from a server that is not on it fails SPF at every receiver: it is refused or lands in spam, unless a DKIM signature saves it.
    .fix = Add the address to the SPF record, before the term that ends the list. If a provider runs the server, use the include that the provider names instead.
    .detail = { $count ->
        [one] { $addresses } sends mail for { $subject }, but its SPF record does not name this address. { $term } makes the mail fail.
       *[other] { $addresses } send mail for { $subject }, but its SPF record does not name these addresses. { $term } makes the mail fail.
    }
    .detail-softfail = { $count ->
        [one] { $addresses } sends mail for { $subject }, but its SPF record does not name this address. { $term } makes the mail suspicious.
       *[other] { $addresses } send mail for { $subject }, but its SPF record does not name these addresses. { $term } makes the mail suspicious.
    }
    .detail-neutral = { $count ->
        [one] { $addresses } sends mail for { $subject }, but its SPF record does not name this address. SPF then says nothing for the mail.
       *[other] { $addresses } send mail for { $subject }, but its SPF record does not name these addresses. SPF then says nothing for the mail.
    }

spf-all-pass =
    .title = SPF permits the whole internet
    .why = The record lets every server, or nearly every one, send in the name of your domain. Forged mail then passes SPF and, unless something else stops it, DMARC too. Some receivers treat such a record as suspicious.
    .fix = Name only the servers and services that send for you and end the record with ~all or -all.
    .detail = { $term } in the SPF record of { $subject } lets every server in the world send.
    .detail-ranges = With { $term } the address ranges in the SPF record of { $subject } come to the whole internet.
    .detail-exists = { $term } in the SPF record of { $subject } matches for every server, because { $target } always has an address.
    .detail-include = { $term } in the SPF record of { $subject } leads to a record that permits the whole internet: { $target }.

spf-all-neutral =
    .title = SPF says nothing about foreign servers
    .why = With ?all, receivers learn nothing about servers that are not on your list. Forged mail is then treated as if there were no SPF record.
    .fix = Make sure that every service of yours is in the record, then end it with ~all.
    .detail = The SPF record of { $subject } ends with { $term }.

spf-all-softfail =
    .title = SPF ends with ~all
    .why = ~all says that other servers are probably not yours. With a DMARC policy of quarantine or reject this is the right choice: DMARC decides, and forwarded mail with a good DKIM signature is not refused too early. Without such a policy, forged mail is only a little suspicious.
    .fix = Leave it as it is if your DMARC policy is quarantine or reject. Otherwise strengthen the DMARC policy first. A domain that sends no mail at all ends its record with -all.
    .detail = The SPF record of { $subject } ends with { $term }, and no DMARC policy of quarantine or reject stands behind it.
    .detail-unknown = The SPF record of { $subject } ends with { $term }. What DMARC policy applies is not known here.
    .detail-enforced = The SPF record of { $subject } ends with { $term }, and the DMARC policy is { $policy }. That fits together.
    .fix-enforced = Leave it as it is: DMARC decides what happens to forged mail.
    .fix-weak = Strengthen the DMARC policy to quarantine and then reject, once all your services pass. ~all can stay.

spf-all-missing =
    .title = SPF record has no ending
    .why = The record has neither “all” nor “redirect”. Servers that are not on the list then count as neither good nor bad, and the record does not protect you from forged mail.
    .fix = Add ~all at the end of the record.
    .detail = The SPF record of { $subject } says nothing about servers that are not on its list.
    .detail-redirect = { $term } in the SPF record of { $subject } leads to the record of { $target }, which says nothing about servers that are not on its list.
    .fix-redirect = Add ~all at the end of the record of { $target }.

spf-terms-after-all =
    .title = Terms after “all” are never used
    .why = Receivers read the record from left to right, and “all” matches everything. Whatever stands after it has no effect. If one of your services is named there, its mail fails SPF.
    .fix = Move “all” to the end of the record.
    .detail = { $term } in the SPF record of { $subject } stands after { $all } and is never looked at.

spf-redirect-ignored =
    .title = “redirect” has no effect beside “all”
    .why = “redirect” only counts in a record without “all”. Here it is ignored, so the servers that it should permit are not permitted.
    .fix = Decide for one of the two. To permit the other domain's servers as well, write “include” instead of “redirect” and put it before “all”.
    .detail = { $term } in the SPF record of { $subject } is ignored because of { $all }. The servers of { $target } are not permitted by it.

spf-ptr =
    .title = SPF uses the discouraged term “ptr”
    .why = “ptr” rests on reverse names, is slow and unreliable, and the standard says not to use it. Some receivers skip it, so mail that relies on it can fail SPF.
    .fix = Replace “ptr” by the addresses of the servers, as ip4 and ip6 terms, or by your provider's “include”.
    .detail = The SPF record of { $subject } uses { $term }.

spf-broad-range =
    .title = SPF permits a very large address range
    .why = The range holds far more addresses than you can use. Strangers with a server in it can send mail in your name that passes SPF. Gmail and others may treat such a record as suspicious.
    .fix = Narrow the range to the addresses that really send for you, or use your provider's “include”.
    .detail = { $term } in the SPF record of { $subject } permits { $count } addresses at once.
    .detail-ipv6 = { $term } in the SPF record of { $subject } permits an IPv6 network of /{ $length }, more than a whole provider usually has.

spf-private-address =
    .title = SPF names an address that never shows on the internet
    .why = Receivers never see private, internal or example addresses as a sender. The term has no effect, and perhaps the public address that should stand there is missing.
    .fix = Replace the address by the public one that your mail leaves from, or remove the term.
    .detail = { $term } in the SPF record of { $subject } is an address that no receiver ever sees.

spf-redundant-term =
    .title = SPF term is not needed
    .why = An earlier term already covers this one, or it stands there twice. It does no harm, but it makes the record longer and may cost a DNS lookup.
    .fix = Remove the term when you next edit the record.
    .detail = { $term } in the SPF record of { $subject } is already covered by { $earlier }.
    .detail-twice = { $term } stands more than once in the SPF record of { $subject }; { $earlier } is there already.

spf-record-too-long =
    .title = TXT records at this name are too long together
    .why = The SPF record and the other TXT records at this name no longer fit into a small DNS answer of 512 bytes. Some name servers and firewalls have trouble with larger answers. SPF then fails now and then, without a visible reason.
    .fix = Delete TXT records that are no longer needed, such as old proofs of ownership. Then shorten the SPF record.
    .detail = The answer with all { $count } TXT records at { $subject } takes { $size } bytes.
    .detail-alone = The answer with the SPF record of { $subject } takes { $size } bytes.
    .fix-alone = Remove what is no longer needed from the SPF record, or move a part of it into a record of its own, such as _spf.{ $subject }, and include that.

spf-non-ascii =
    .title = SPF record holds characters that are not allowed
    .why = An SPF record may hold plain ASCII characters only. Umlauts, typographic quotes, long dashes or invisible blanks, often copied from a web page or a document, make the whole record invalid.
    .fix = Type the record again by hand. Write domains with umlauts in their xn-- form.
    .detail = { $found } in the SPF record of { $subject } is not made of ASCII characters.
    .detail-meant = { $found } in the SPF record of { $subject } is not made of ASCII characters. Did you mean { $meant }?
    .detail-blank = A special blank, as word processors make them, stands in the SPF record of { $subject }.

spf-type99 =
    .title = Obsolete record of type SPF
    .why = Once there was a DNS record type of its own for SPF. No receiver reads it any more, only the TXT record counts. The old record does no harm but can mislead you at the next change.
    .fix = Check that the TXT record is complete, then delete the record of type SPF.
    .detail = At { $subject } there is a record of the obsolete type SPF beside the TXT record.
    .detail-alone = At { $subject } there is a record of the obsolete type SPF, and no TXT record that receivers could use.
    .fix-alone = Publish the same text as a TXT record, then delete the record of type SPF.

spf-host-unresolvable =
    .title = SPF names a host without an address
    .why = The term leads to a name that has no address, so it permits nothing. Your record may also break, because only two such empty lookups are allowed.
    .fix = Correct the host name, or remove the term if the server no longer exists.
    .detail = { $term } in the SPF record of { $subject } leads to { $target }, which has no address.
    .detail-mx = { $term } in the SPF record of { $subject } permits nobody: { $target } has no mail server with an address.

spf-shared-provider =
    .title = SPF permits servers that others use as well
    .why = Your provider's servers send for many customers. SPF alone cannot tell your mail from theirs. This is usual and no fault; what protects you is a DKIM signature with your own domain, together with DMARC.
    .fix = Keep the term. Switch on DKIM for your own domain at the provider and bring the DMARC policy to quarantine or reject.
    .detail = { $term } in the SPF record of { $subject } stands for { $provider }, whose other customers send from the same servers.

spf-helo-missing =
    .title = Sending server's own name has no SPF record
    .why = Bounces and automatic answers have an empty sender. Receivers then check the name that the server greets with. Without an SPF record there, this check tells them nothing.
    .fix = Publish v=spf1 a -all at the server's name if the server is yours. If a provider runs it, nothing needs to be done.
    .detail = Mail from { $address } comes from a server named { $subject }, and that name has no SPF record.
    .fix-foreign = Nothing needs to be done if a provider runs { $subject }. If the server is yours, publish v=spf1 a -all at its name.

spf-temperror =
    .title = SPF could not be read to its end
    .why = A DNS server did not answer for the moment, so this check is incomplete. Nothing is known to be wrong with your record. If it happens often, receivers have the same trouble and delay your mail.
    .fix = Try again later. If it stays, tell whoever runs the name servers concerned.
    .detail = While SPF of { $subject } was read, there was no answer for { $name } ({ $error }).
    .detail-cut = SPF of { $subject } leads to so many records that they were not all read, from { $name } on.
