### The letter to the provider or the IT service: for all who cannot change their DNS themselves.

letter-heading = Text for your provider or IT service
letter-intro = If you cannot change your DNS yourself, send this text:
letter-subject-line = Subject: { $subject }

letter-subject = Mail from { $domain }: changes needed
letter-greeting = Hello,
letter-opening-fail = Mail from our domain { $domain } is refused or lands in spam. A check of the published records has shown why.
letter-opening-warn = A check of the published records of our domain { $domain } has shown weaknesses that can make our mail land in spam.
letter-mailboxes = Our mailboxes are at { $providers }.
letter-senders = Others that send for us: { $providers }.
letter-records = Please change in DNS:
letter-tasks = Please also see to this:
letter-tasks-alone = Please see to this:
letter-add = new record: { $name }, type { $type }, value:
letter-replace = change the record: { $name }, type { $type }, so far:
letter-new = new:
letter-delete = remove the record: { $name }, type { $type }, value:
letter-already = The same record changes under point { $number } already. Please mind this there as well: { $what }
letter-more = { $count ->
    [one] One more point is less urgent; we gladly send you the full result.
   *[other] { $count } more points are less urgent; we gladly send you the full result.
}
letter-shared = For explanation: at { $provider } other customers send from the same servers, and their mail passes SPF for our domain just as ours does. So we need DKIM signatures with { $domain } and a DMARC policy.
letter-selectors = At { $provider } the selectors are usually { $selectors }.
letter-page = The instructions of { $provider } are called “{ $page }”.
letter-closing = Please leave the other records as they are, and tell us when all is done. We will then check again.
letter-thanks = Thank you and kind regards

### Sentences for findings that a provider has to mend.
letter-task-dkim-none-found = Please switch on DKIM signatures with our own domain { $domain } (d={ $domain }) and publish the key. If we are to publish the record ourselves, tell us name, type and value.
letter-task-dkim-key-missing = There is no DKIM key at { $subject }. Please publish it there, or tell us the selector that you sign our mail with.
letter-task-dkim-cname-dangling = { $subject } points to a name that has no DKIM key. Please switch on DKIM for { $domain }, or tell us the right target.
letter-task-dkim-key-weak = The DKIM key at { $subject } is too short. Please make one of 2048 bits under a new selector and sign with it.
letter-task-ptr-missing = The sending address { $subject } has no reverse name. Please set the full name of the mail server as its PTR record; that name has to lead back to { $subject }.
letter-task-ptr-mismatch = The reverse name of the sending address { $subject } does not lead back to it. Please make the PTR and the A or AAAA record agree.
letter-task-ptr-generic = The reverse name of the sending address { $subject } looks like a dial-up line. Please set the mail server's own name as its PTR record, or let us send through your mail server.
letter-task-dnsbl-listed = { $subject } is on a block list. Please find and stop the cause and ask for removal; until then, please give us another sending address.
letter-task-helo-mismatch = The mail server greets with a name that does not lead to its address. Please set its full public name as greeting name (HELO).
letter-task-starttls-missing = { $subject } offers no encryption (STARTTLS). Please switch it on.
letter-task-tls-certificate-invalid = The certificate of { $subject } is not valid. Please replace it.
letter-task-tls-version-old = { $subject } offers outdated TLS only. Please switch on TLS 1.2 or newer.
