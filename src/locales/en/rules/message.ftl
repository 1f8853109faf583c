### Rule texts: single messages

msg-from-multiple =
    .title = More than one From field
    .why = A message must have exactly one From field. With several, nobody can tell whom the message is from, and many receivers refuse it because forgers use this trick.
    .fix = Have the program that makes the message write one From field with one address.
    .detail = The message has { $count } From fields.
    .detail-domains = The From field names addresses of several domains ({ $domains }). DMARC never passes then.

msg-from-missing =
    .title = No sender in From
    .why = The message has no usable From field. Receivers cannot apply DMARC to it, and most of them refuse it.
    .fix = Have the program that makes the message write a From field with an address of your domain.
    .detail = The message has no From field.
    .detail-unusable = The From field names no usable address ({ $problem }).

msg-date-missing =
    .title = Date is missing
    .why = Every message needs a Date field. Without it, spam filters grow suspicious, and mail programs show a wrong time.
    .fix = Have the program or device that makes the message set the date. Often a scanner, a telephone system or a web form is the cause.
    .detail = The header has no Date field.

msg-message-id-missing =
    .title = Message-ID is missing
    .why = Every message should carry a unique identifier. Gmail and others refuse messages without a valid one or take them for spam.
    .fix = Have the sending program set a Message-ID, or send by a mail server that adds it before it signs.
    .detail = The header has no Message-ID.
    .detail-invalid = The Message-ID “{ $id }” is not enclosed in angle brackets and therefore invalid.

msg-line-too-long =
    .title = A line is too long
    .why = A line may have at most 998 bytes. Servers on the way may break longer ones. This damages the text, and the DKIM signature no longer fits.
    .fix = Have the sending program encode the text as quoted-printable or base64.
    .detail = The longest line has { $length } bytes.

msg-bare-line-ending =
    .title = Wrong line endings
    .why = Lines of a message must end with CR and LF together. Single ones are repaired or refused on the way, and a repair breaks the DKIM signature.
    .fix = Have the sending program write CR LF everywhere. Convert the line endings before the message is signed.
    .detail = Some lines end in CR LF, others in LF alone.
    .detail-cr = The message holds CR without a following LF.

msg-dkim-unsigned =
    .title = Message carries no DKIM signature
    .why = Without a signature, receivers can recognize your message by SPF alone, and that fails as soon as it is forwarded. GMX and WEB.DE demand DKIM.
    .fix = Switch on DKIM for your domain on the system that sent this message.
    .detail = The message has no DKIM-Signature field.

msg-dkim-partial-body =
    .title = DKIM signature covers only part of the text
    .why = The l= tag leaves the end of the message unsigned. Anyone can append text or attachments there, and the signature still passes. Receivers may disregard such a signature.
    .fix = Switch off body length (l=) in the signing software.
    .detail = The signature covers { $signed } of { $all } bytes of the body.
    .detail-whole = The signature covers all { $all } bytes of the body (l={ $signed }), but text can be appended without breaking it.

msg-dkim-header-unsigned =
    .title = A visible header field is not protected
    .why = The signature leaves out a field that readers see, or lets a second one be added. Others can then change, for instance, the subject or the date, and the signature still passes.
    .fix = Let the signing software sign From, To, Cc, Subject, Date and Reply-To, and list each of them once more than it occurs.
    .detail = Not signed: { $unsigned }.
    .detail-addable = A second field can be added: { $addable }.
    .detail-both = Not signed: { $unsigned }. A second field can be added: { $addable }.

msg-dkim-broken-footer =
    .title = Signature broken by an added footer
    .why = After signing, text was added at the end of the message, such as a disclaimer, a virus scanner's note or a mailing list's footer. The DKIM signature therefore no longer fits.
    .fix = Add such text before signing, or switch it off on the server that adds it. If a mailing list adds it, only the list can help.
    .detail = { $lines ->
        [one] Without the last line the signature of { $domain } fits. It begins “{ $text }”.
       *[other] Without the last { $lines } lines the signature of { $domain } fits. They begin “{ $text }”.
    }
    .detail-banner = { $lines ->
        [one] Without the first line the signature of { $domain } fits.
       *[other] Without the first { $lines } lines the signature of { $domain } fits.
    }
    .detail-part = { $lines ->
        [one] A part of one line was added to the message. Without it the signature of { $domain } fits.
       *[other] A part of { $lines } lines was added to the message. Without it the signature of { $domain } fits.
    }

msg-dkim-broken-subject =
    .title = Signature broken by a changed subject
    .why = After signing, something was put into the subject, such as a spam mark, [EXTERN] or a list's name. The DKIM signature therefore no longer fits.
    .fix = Switch off the addition on the server that makes it, or let the signature be checked before the subject is changed.
    .detail = Without “{ $tag }” in the subject the signature of { $domain } fits.
    .detail-value = With the subject that was signed, the signature of { $domain } fits.

msg-dkim-broken-encoding =
    .title = Signature broken by re-encoding
    .why = A server on the way has encoded the text anew, mostly because it could not pass on umlauts as they were. The content looks the same, but the DKIM signature no longer fits.
    .fix = Have the sending program use quoted-printable or base64 before the message is signed. Check gateways that rewrite messages.
    .detail = Encoded as { $original }, as it was sent, the signature of { $domain } fits.

msg-dkim-broken-linewrap =
    .title = Signature broken by changed line breaks
    .why = A server on the way has wrapped lines or changed blanks and line endings. The DKIM signature therefore no longer fits.
    .fix = Sign with relaxed/relaxed and have the sending program keep lines below 998 bytes. Check gateways that rewrite messages.
    .detail = With the broken lines joined again, the signature of { $domain } fits.
    .detail-mbox = “>” was put before lines that begin with “From ”. Without it the signature of { $domain } fits.
    .detail-dots = Dots at the beginning of lines were doubled. Undone, the signature of { $domain } fits.
    .detail-refolded = Header fields were folded anew. Undone, the signature of { $domain } fits.

msg-dkim-broken-unknown =
    .title = Signature does not fit the message
    .why = The message was changed after signing, or it was signed with another key. What was changed cannot be told from this copy.
    .fix = Compare the message as it was sent with the one that arrived, as original source text. Check that the key in the DNS belongs to the signing server.
    .detail = The signature of { $domain } fits neither the header nor the body.
    .detail-body = The signature of { $domain } fits the header, but the body was changed.
    .detail-header = The body is unchanged, but a signed header field was changed, or the key of { $domain } is another one.
    .detail-canonicalization = The signature of { $domain } was made with another canonicalization than it names (c=). The signing software is at fault.
    .detail-line-feeds = The signature of { $domain } was made over lines that end in LF instead of CR LF. The signing software is at fault.
    .detail-value = The field { $name } has another value than the one that { $domain } signed.
    .detail-added = A field { $name } was added, which the signature of { $domain } does not allow.

msg-alignment =
    .title = Message is signed for another domain
    .why = The signature is valid, but it belongs to another domain than the address in From. For DMARC it does not count. This is usual as long as DKIM for your own domain is not set up at the service that sends.
    .fix = Set up DKIM for your own domain at the sending service, so that d= in the signature names your domain.
    .detail = { $domain } signed, but From names { $from }.

msg-unsubscribe-missing =
    .title = Bulk mail without one-click unsubscribe
    .why = Gmail and Yahoo want newsletters to offer unsubscribing with one click. Without it, more readers press the spam button. Appointment mails and other single messages are exempt.
    .fix = Have the newsletter service set List-Unsubscribe with an https: address and List-Unsubscribe-Post.
    .detail = The message looks like bulk mail, but has no List-Unsubscribe field.
    .detail-no-click = There is a List-Unsubscribe field, but List-Unsubscribe-Post or an https: address is missing.

msg-unsubscribe-unsigned =
    .title = Unsubscribe fields are not signed
    .why = The fields for one-click unsubscribe are there, but the DKIM signature does not cover them. Receivers then do not offer the button.
    .fix = Let the signing software sign List-Unsubscribe and List-Unsubscribe-Post.
    .detail = No valid signature covers both List-Unsubscribe and List-Unsubscribe-Post.

msg-receiver-verdict =
    .title = What the receiver noted about the message
    .why = The receiving server wrote its own judgement into the message. It shows how the message was classed there and often why.
    .fix = Take it as a hint, and work on the other findings first.
    .detail = { $by } noted: { $words }

msg-hop-delay =
    .title = Message waited at a server
    .why = Between two stations the message took unusually long. The cause may be greylisting, an overloaded server or a wrong clock. Authentication is not affected.
    .fix = If it happens often, ask whoever runs the server at this station.
    .detail = { $by } took the message over { $minutes } minutes after the station before.
    .detail-hours = { $by } took the message over { $hours } hours after the station before.

msg-hop-plaintext =
    .title = A station passed the message on unencrypted
    .why = As far as the Received lines show, one stretch of the way was not encrypted. Inside one building or data centre this can be harmless; across the internet others could have read the message.
    .fix = If the stretch leads across the internet, have the operator of the two servers switch on TLS.
    .detail = { $by } took the message from { $from } without TLS.

msg-display-name-spoof =
    .title = Sender's name shows somebody else's address
    .why = The displayed name contains an address of another domain than the real sender. Readers easily take it for the sender, so filters regard it as an attempt to deceive.
    .fix = Put only a name into the display name, no address. If you received this message, do not trust the name that is shown.
    .detail = The name shows an address at { $shown }, but the message comes from { $domain }.

from-no-address = no address
from-syntax = malformed address list
from-unclosed-comment = unclosed comment
from-unclosed-quote = unclosed quoted string
from-group = group syntax
from-route = source route in the address
from-unseparated = several addresses that no comma separates
from-domain-literal = address literal instead of a domain
from-bad-domain = invalid domain
from-control = control character
from-trailing-dot = dot after the domain
from-unquoted-at = unquoted @ in the display name
