### Rule texts: mail servers, reverse names, TLS, DNS operation, parked domains

mx-missing =
    .title = The domain sends mail but cannot receive any
    .why = There is neither an MX record nor an address, so replies and bounces cannot reach you. Many receivers refuse mail from a domain that they could not answer.
    .fix = Publish the MX records of your mail provider. If the domain shall never send mail, publish the records for an unused domain, which “mailauth record parked” prints.
    .detail = { $subject } has neither an MX record nor an address, but its other records show that it sends mail.

mx-cname =
    .title = MX points to an alias
    .why = The name in an MX record must not be an alias (CNAME). Some senders do not deliver to it, so mail to you can get lost or bounce.
    .fix = Enter the real name of the mail server in the MX record, the one that the alias leads to.
    .detail = The MX target { $host } is an alias for { $target }.
    .detail-dead = The MX target { $host } is an alias for { $target }, which has no address.

mx-address-literal =
    .title = MX holds an IP address instead of a name
    .why = An MX record must hold a host name. With an address in its place, most senders cannot deliver mail to you.
    .fix = Give the mail server a name with an address record and enter this name in the MX record.
    .detail = The MX record names the address { $address } in place of a host name (target: { $host }).

mx-unresolvable =
    .title = MX points to a server without an address
    .why = The mail server in the MX record has no address in the DNS. Mail to you cannot be delivered there, and bounces and replies fail as well.
    .fix = Correct the name in the MX record or publish the server's address. Delete the MX record if the server no longer exists.
    .detail = The MX target { $host } does not exist.
    .detail-no-address = The MX target { $host } has neither an IPv4 nor an IPv6 address.
    .detail-null = A null MX (“.”) says that the domain takes no mail, but beside it stands: { $others }. Senders treat this in different ways, and some bounce the mail.
    .fix-null = Delete the MX record with the bare dot if the domain takes mail; otherwise delete the others.
    .detail-foreign = The MX target { $host } does not exist. Probably { $meant } was meant: without the final dot the domain was put behind it.
    .detail-doubled = The MX target { $host } does not exist. It holds the domain twice; probably { $meant } was meant and the final dot was forgotten.
    .fix-dot = Write the target with a dot at the end, or enter it so that your form does not add the domain.

mx-private-address =
    .title = MX leads to an address inside a private network
    .why = The mail server's address cannot be reached from the internet. Mail from outside does not arrive there.
    .fix = Publish the public address of your mail server or firewall at this name.
    .detail = The MX target { $host } leads to { $addresses }, which nobody can reach from the internet.

ptr-missing =
    .title = Sending address has no reverse name (PTR)
    .why = Receivers ask for the name that belongs to the sending address. Without one, Gmail, Yahoo, GMX, WEB.DE and Telekom refuse or junk the mail, whatever SPF and DKIM say.
    .fix = Have whoever provides the address, your internet or server provider, set the mail server's name as its PTR record. Do it for IPv4 and IPv6.
    .detail = The sending address { $subject } has no reverse name: there is no PTR record at { $name }.

ptr-mismatch =
    .title = Reverse name (PTR) does not lead back
    .why = The sending address has a reverse name, but that name leads to another address or to none. Many receivers then treat the server as untrustworthy and refuse its mail.
    .fix = Publish the sending address at the reverse name, as A or AAAA record, or have the provider of the address set the right name.
    .detail = The reverse name { $name } of { $subject } has no address of this kind.
    .detail-elsewhere = The reverse name { $name } of { $subject } leads to { $addresses }.

ptr-generic =
    .title = Reverse name looks like a dial-up connection
    .why = The name looks as if a provider had generated it for a home connection or an address pool. GMX, WEB.DE, Telekom and others often refuse mail from such addresses.
    .fix = Have the provider of the address set the mail server's own name as PTR record. Where that is impossible, send by your mail provider's server.
    .detail = { $subject } is called { $name }. That looks like a dial-up connection or an address pool.

helo-mismatch =
    .title = Server greets with a name that is not its own
    .why = The name with which the server greets does not lead to its address. Some receivers take this as a sign of spam.
    .fix = Set the server's full public host name as its greeting (HELO) name, the same as its reverse name (PTR), and publish its address there.
    .detail = { $subject } greets with the name { $name }, which does not lead to its address { $address }.
    .detail-no-address = { $subject } greets with the name { $name }, which has no address. Its own address is { $address }.

starttls-missing =
    .title = Mail server offers no encryption
    .why = The server does not offer STARTTLS. Mail to you crosses the internet readable for others, patients' mail included, and senders that insist on encryption do not deliver.
    .fix = Switch on STARTTLS on port 25 of the mail server, or ask your provider to do so. Check that no firewall filters it out.
    .detail = { $subject } does not offer STARTTLS on port 25.
    .detail-refused = { $subject } offers STARTTLS and then refuses it with code { $code }.

tls-certificate-invalid =
    .title = Mail server's certificate is not valid
    .why = The certificate has expired, is made out to another name or comes from nobody that is trusted. Senders that check it, as MTA-STS demands, do not deliver. Others deliver, but without knowing whom they talk to.
    .fix = Install a valid certificate for exactly the name in the MX record and have it renewed automatically.
    .detail = The certificate of { $subject } does not hold. { $reason }
    .detail-name = The certificate of { $subject } is made out to other names: { $names }.

tls-version-old =
    .title = Mail server offers only outdated encryption
    .why = The server offers nothing better than TLS 1.1. Up-to-date senders no longer use that: some then deliver without encryption, others not at all.
    .fix = Update the mail server and enable TLS 1.2 and TLS 1.3.
    .detail = { $subject } speaks neither TLS 1.2 nor TLS 1.3 on port 25.

mta-sts-missing =
    .title = No MTA-STS
    .why = MTA-STS lets you tell senders to deliver to you only over checked encryption. Without it, an attacker on the way can suppress the encryption. It concerns mail that you receive and has no influence on whether your own mail is taken for spam.
    .fix = Set up MTA-STS if your mail provider supports it. If your mail servers are already protected by DANE, you can do without.
    .detail = At { $subject } there is no MTA-STS record for { $domain }.

mta-sts-syntax =
    .title = MTA-STS record cannot be read
    .why = Senders look for the TXT record at _mta-sts first. As it cannot be read, they ignore your MTA-STS policy, and mail to you is not protected.
    .fix = Publish exactly one TXT record of the form v=STSv1; id=20260101; where the id consists of letters and digits only.
    .detail = “{ $token }” does not belong into the record, so senders ignore all of it.
    .detail-version = The record does not begin with exactly v=STSv1; (see “{ $token }”), so senders ignore it.
    .detail-id-missing = The record { $token } has no id.
    .detail-id = The id may hold only letters and digits, at most 32, but here is “{ $token }”.
    .detail-several = At { $subject } stand { $count } MTA-STS records, so senders use none of them.
    .fix-record = It was probably meant like this: { $meant }

mta-sts-policy-unreachable =
    .title = MTA-STS policy cannot be fetched
    .why = The DNS announces a policy, but the file cannot be had over HTTPS. New senders then act as if you had none. Senders that still know an older policy keep to that one.
    .fix = Serve the file at /.well-known/mta-sts.txt under the name mta-sts of your domain. It needs a valid certificate and must answer without a redirect.
    .detail = What the server sends for { $url } is no complete HTTP answer.
    .detail-no-address = { $subject } has no address, so { $url } cannot be fetched.
    .detail-private-address = The address of { $subject } is not a public one, so { $url } cannot be fetched from the internet.
    .detail-refused = { $subject } refuses connections on port 443, so { $url } cannot be fetched.
    .detail-certificate = The certificate of { $subject } does not hold, so senders do not take { $url } from it. { $reason }
    .detail-tls = No TLS connection to { $subject } comes about, so { $url } cannot be fetched.
    .detail-redirect = { $url } redirects elsewhere (status { $code }). Senders must not follow.
    .detail-status = The server answers { $url } with status { $code }. Only 200 counts.

mta-sts-policy-syntax =
    .title = MTA-STS policy has an error
    .why = The policy file is there, but something in it is wrong or missing. Senders cannot use it, and mail to you is not protected by it.
    .fix = Correct the marked line. The file needs version, mode, max_age and one mx line for each mail server, as plain text.
    .detail = Line { $line } of the file at { $subject }: { $token } is no valid value of { $key }.
    .detail-empty = The file at { $subject } is empty.
    .detail-too-large = The file at { $subject } is larger than 64 KiB.
    .detail-not-text = The file at { $subject } is no UTF-8 text.
    .detail-byte-order-mark = The file at { $subject } begins with a byte order mark, so the first line does not read version.
    .detail-html = The server at { $subject } sends a web page in place of the file.
    .detail-missing = The file at { $subject } has no line { $key }.
    .detail-key = Line { $line } of the file at { $subject } begins with { $token }. Did you mean { $expected }?
    .detail-duplicate = Line { $line } of the file at { $subject } repeats a key: { $token }. Senders take the first one.
    .detail-line = Line { $line } of the file at { $subject } has no colon: { $token }
    .detail-media-type = The file at { $subject } is served as { $type } instead of text/plain. Some senders refuse it then.
    .fix-file = Serve a plain text file with version: STSv1, mode, max_age and one mx line for each mail server. The command “mailauth record mta-sts” prints one.
    .fix-media-type = Have the web server send the file with the header Content-Type: text/plain.

mta-sts-mx-mismatch =
    .title = MTA-STS policy does not name your mail server
    .why = A mail server in the MX records is missing in the policy. In mode enforce, senders that keep to MTA-STS do not deliver to it, so mail to you can be delayed or bounce.
    .fix = Add an mx line for the server to the policy file, then change the id in the TXT record. If the MX record is outdated, correct that instead.
    .detail = The policy at { $subject } covers { $patterns }, but not { $hosts }. The file lacks: { $lines }
    .detail-testing = The policy at { $subject } covers { $patterns }, but not { $hosts }. As long as it is in mode testing, mail still arrives. The file lacks: { $lines }

mta-sts-testing =
    .title = MTA-STS is in test mode
    .why = With mode testing, senders report problems but deliver all the same. That is right at the beginning; it does not protect yet.
    .fix = Look at the TLS reports. If they are clean, set the mode to enforce and change the id in the TXT record.
    .detail = The policy at { $subject } says mode: testing.

mta-sts-short-max-age =
    .title = MTA-STS policy is kept for a short time only
    .why = Senders forget the policy soon, and protection is missing until they fetch it again. A short time is useful only while you set it up.
    .fix = Set max_age to one or several weeks, for example 1209600, and change the id in the TXT record.
    .detail = The policy at { $subject } is kept for { $seconds } seconds, which is less than a day.

tls-rpt-missing =
    .title = No TLS reports
    .why = Senders can report daily whether encrypted delivery to you worked. Without an address for that, you do not notice when a certificate or a policy keeps mail away. Your own sending is not affected.
    .fix = Publish a TXT record at _smtp._tls below your domain with v=TLSRPTv1 and a rua address that someone reads.
    .detail = At { $subject } there is no TLS-RPT record for { $domain }.

tls-rpt-syntax =
    .title = Record for TLS reports cannot be read
    .why = Senders ignore a record with an error and send you no reports. You then do not learn of failed encrypted deliveries.
    .fix = Publish exactly one TXT record that begins with v=TLSRPTv1; and names a mailto: or https: address in rua.
    .detail = “{ $token }” does not belong into the record, so senders ignore all of it.
    .detail-version = The record does not begin with exactly v=TLSRPTv1; (see “{ $token }”), so senders ignore it.
    .detail-rua-missing = The record names no address for the reports (see “{ $token }”).
    .detail-uri = “{ $token }” is no valid report address. Write mailto:name@domain, with commas between several.
    .detail-several = At { $subject } stand { $count } TLS-RPT records, so senders use none of them.
    .fix-record = It was probably meant like this: { $meant }

dane-invalid =
    .title = DANE record does not fit the mail server
    .why = The TLSA record cannot be used or does not match the server's certificate. If nothing matches, senders that check DANE hold mail to you back, and it bounces after some days. This often happens after a new certificate.
    .fix = Publish a TLSA record of the form 3 1 1 for the key in use. Publish the next one before each change of key, and remove the old one only after the change.
    .detail = Senders cannot use this TLSA record at { $subject }. { $reason }
    .detail-mismatch = No TLSA record at { $subject } meets the certificate that { $host } shows.
    .fix-remove = Delete this record: senders leave it out. The others at the name remain.
    .fix-mismatch = Publish this TLSA record for the key in use, and delete those that belong to no key any more: { $right }

dane-without-dnssec =
    .title = DANE without DNSSEC has no effect
    .why = There are TLSA records, but the zones that they rest on are not signed. Senders ignore them, so they protect nothing.
    .fix = Have the zone of your domain and the zone of the mail server signed with DNSSEC. If the mail server is your provider's, ask them.
    .detail = The TLSA records at { $subject } are not signed, so senders do not use them for { $host }.
    .detail-host = The address of { $host } is not signed, so senders do not ask for the TLSA records at { $subject }.

dnssec-missing =
    .title = The zone is not signed with DNSSEC
    .why = Without DNSSEC nobody can check that the answers about your domain are genuine, SPF, DKIM and DMARC included. Mail works without it. The BSI recommends it, and DANE requires it.
    .fix = Ask your DNS provider whether DNSSEC can be switched on. Often one click is enough.
    .detail = The answers for { $subject } are not signed. { $word }

dnssec-bogus =
    .title = The zone's DNSSEC signatures are wrong
    .why = Resolvers that check DNSSEC give no answer at all for your domain. For their users the domain does not exist: mail from you and to you fails, often at some receivers only.
    .fix = Have your DNS provider sign the zone anew, and compare the DS record at the registrar with the zone's key. As first aid, have the DS record removed.
    .detail = The resolver refuses the answer for { $name } { $type } and gives it only when told not to check signatures.
    .detail-no-key-for-ds = The DS record at the registrar fits none of the keys that { $name } has.
    .detail-unsigned = The zone { $name } is signed, but its { $type } records have no signature.
    .detail-expired = The signature of { $name } { $type } expired on { $date }.
    .detail-not-yet-valid = The signature of { $name } { $type } is valid only from { $date } on.
    .detail-invalid = The signature of { $name } { $type } fits neither the records nor a key of the zone.
    .fix-ds = Compare the DS record at the registrar with the zone's key: after a change of DNS provider or key the old one often remains. Replace it, or have it removed as first aid.
    .fix-expired = Have your DNS provider sign the zone anew; signing has stopped there. As first aid, have the DS record removed at the registrar.
    .fix-tlsa = Tell whoever runs the DNS of { $host }. Until it is mended, senders that check DANE hold mail to you back, and it bounces after some days.

bimi-syntax =
    .title = BIMI record has an error
    .why = The record for your logo cannot be read. Mail programs therefore show no logo; delivery is not affected.
    .fix = Correct the record. It begins with v=BIMI1; and names the https: address of the logo in l and, if you have one, of the certificate in a.
    .detail = “{ $token }” is not valid in a BIMI record.
    .detail-version = The record does not begin with exactly v=BIMI1 (see “{ $token }”).
    .detail-location = The record { $token } has no tag l for the address of the logo.
    .detail-https = “{ $token }” is no https: address. Logos and certificates are fetched over https only.
    .detail-svg = “{ $token }” is no SVG file. Mail programs show logos as SVG only.
    .detail-several = At { $subject } stand { $count } BIMI records, so none of them is used.
    .fix-record = It was probably meant like this: { $meant }

bimi-policy-too-weak =
    .title = DMARC policy is too weak for a logo
    .why = Mailbox providers show the logo only if DMARC protects the domain and its subdomains. With p=none or sp=none it does not appear; delivery is not affected.
    .fix = Bring the DMARC policy to quarantine or reject, sp included, when the reports are clean. Otherwise leave BIMI out.
    .detail = A logo is published, but the DMARC policy at { $dmarc } is too weak for it ({ $weak }).

dnsbl-listed =
    .title = Sending address or domain is on a block list
    .why = A block list names your sending address or domain. Receivers that use this list refuse the mail or put it in the spam folder. Some lists name whole networks because of their neighbours, without any fault of yours.
    .fix = Find the cause first, such as a hacked mailbox or web form, and stop it. Then ask for removal on the list's web site. If the server is your provider's, report it there.
    .detail = { $list } lists { $subject }. { $meaning }
    .fix-list = Find the cause and stop it first. Then ask for removal here: { $page }. If the server is your provider's, report the listing there.
    .fix-provider = The server belongs to { $provider } and sends for other customers as well, so you cannot have the entry removed. Report it to { $provider } with this page: { $page }. Until it is gone, ask for another sending server.

dnsbl-blocked =
    .title = Block list refused the query
    .why = The list gave no answer because the question came from a public or heavily used resolver. This is not a listing. Whether you are listed remains open.
    .fix = Repeat the check with a resolver of your own, or look on the list's web site.
    .detail = No answer about { $subject } from: { $lists }. { $reason }

dns-servers-differ =
    .title = Name servers give different answers
    .why = Not all name servers of your zone hold the same records. Depending on which one is asked, your mail passes or fails. Shortly after a change this is normal.
    .fix = Wait some hours and check again. If it stays, have the DNS provider repair the transfer to all name servers, or remove name servers that no longer belong to you.
    .detail = About { $subject }, { $others } says something else than { $most }.
    .detail-missing = { $subject } exists on { $with }, but not on { $without }.

drift-missing =
    .title = A record from the configuration is missing
    .why = Your configuration file asks for this record, but it is not there. The protection that you planned does not work yet, or no longer.
    .fix = Publish the record as shown. If it is no longer wanted, take it out of the configuration.
    .detail = The configuration asks for this { $type } record at { $subject }, and it is not there: { $value }
    .fix-name = Publish the record. Whoever made it knows its value: the provider, or whoever holds the key. If it is no longer wanted, take it out of the configuration.
    .detail-name = The configuration asks for a { $type } record at { $subject }, and there is none.

drift-differs =
    .title = Record differs from the configuration
    .why = The record is there, but not as your configuration file wants it. Either somebody changed the DNS or the file is outdated. Which of the two is right decides whether your mail is affected.
    .fix = Publish the record as configured, or bring the configuration up to date.
    .detail = { $subject } has { $found } where the configuration asks for { $wanted }
    .detail-lacks = At { $subject } something is missing that the configuration asks for: { $wanted }
    .detail-extra = { $subject } has something that the configuration does not ask for: { $found }

drift-unexpected =
    .title = A record is not in the configuration
    .why = The zone holds a record that your configuration file does not provide for. It may be a leftover of a former provider, and such a leftover can permit others to send in your name.
    .fix = Delete the record if nobody needs it. Otherwise add it to the configuration.
    .detail = { $subject } has a { $type } record that the configuration does not name: { $value }
    .detail-key = { $subject } holds a DKIM key, but the configuration does not name the selector { $selector }.

null-mx-incomplete =
    .title = Unused domain is not fully closed
    .why = This domain does not take part in mail, but it does not say so completely. Forgers like to use such domains, because nobody looks after them.
    .fix = Publish all records for an unused domain: the null MX, v=spf1 -all, DMARC with p=reject, and an empty DKIM wildcard key. The command “mailauth record parked” prints them.
    .detail = { $subject } is out of use for mail. What is missing: { $lacking }
    .detail-contradicted = { $subject } says that it takes part in no mail, but other records let it send. If it is out of use, what is missing is: { $lacking }

### What is wrong with a certificate, and other reasons inside sentences

certificate-expired = It has expired.
certificate-not-yet-valid = It is not valid yet.
certificate-wrong-name = It is made out to another name.
certificate-untrusted = Its issuer is not trusted, or the server does not send the intermediate certificate.
certificate-self-signed = The server has issued it to itself.
certificate-other = It cannot be checked.

tlsa-data = The data is neither a certificate nor a public key.
tlsa-public-usage = Usage 0 and 1 do not count for mail servers, only 2 and 3 do.
tlsa-usage = This usage does not exist, only 2 and 3 count for mail servers.
tlsa-selector = This selector does not exist, only 0 and 1 do.
tlsa-matching = This matching type does not exist, only 0, 1 and 2 do.
tlsa-length = The digest does not have the length of its kind.
tlsa-empty = It holds no data.

ad-trust-resolv-conf = So says the system's resolver, which resolv.conf declares trustworthy (trust-ad).
ad-trust-loopback = So says the resolver on this machine.
ad-trust-tls = So says the resolver that is reached over TLS.
signatures-checked-here = The signed answer of the zone above says so; its signature was checked here.
ad-trust-asked = So says the resolver, which you chose to believe with --trust-ad.
