### What the command line says when a call cannot be carried out.

error-warning = warning: { $text }
error-place = { $place }
error-option = { $option } { $value }
error-cannot-read = cannot read { $path }
error-cannot-write = cannot write { $path }
error-input-once = standard input can be read once only
error-file-exists = { $path } is there already and stays as it is; name another with --output
error-no-folder = { $path } is no folder
error-clock = the clock is outside the calendar

## Values of options

error-duration = '{ $text }' is no duration; write 200ms, 5s, 10m, 12h or 7d
error-time = '{ $text }' is no time; write 2026-01-31T12:00:00Z, or seconds since 1970
error-no-domain-name = '{ $text }' is no domain name
error-domain-is-ip = '{ $text }' is an address, not a domain
error-domain-is-url = '{ $text }' is a web address, not a domain
error-domain-is-url-meant = '{ $text }' is a web address, not a domain; did you mean { $name }?
error-domain-is-mail = '{ $text }' is a mail address, not a domain
error-domain-is-mail-meant = '{ $text }' is a mail address, not a domain; did you mean { $name }?
error-canonicalization = write header/body, each of them simple or relaxed

## check and lint

error-no-domain = no domain to check; name one, or give --domains-file or a --config with domains
error-no-mail-domain = '{ $text }' is no domain that could send mail; write it as example-praxis.de
error-long-line = a line longer than { $most } octets names no domain
error-resume-line = --resume { $path }: line { $line } is no result of check
error-no-zone = no zone file could be read
error-zone-size = more than 256 MiB are too much for a zone
error-baseline = { $path } is no baseline
error-baseline-size = { $path } is no baseline: it is larger than 64 MiB
error-baseline-schema = { $path } is no baseline: its schema is not { $schema }

## DNS and network

error-no-resolver = no resolver
error-no-runtime = the system gives no thread to work in
error-no-certificate = { $path } holds no certificate in PEM form
error-domain-missing = --domain { $domain }: the DNS has no such domain
error-domain-unknown = --domain { $domain }: the DNS gave no answer; nothing is written

## Messages and SPF

error-no-message = no message to work on
error-null-sender = the null sender <> is checked by its greeting name; give --helo
error-empty-identity = the identity is empty; write a domain, an address, or <> with --helo
error-identity-no-domain = '{ $text }' holds no domain that could have an SPF record; write example-praxis.de or info@example-praxis.de
error-batch-html = --batch prints one JSON object a line; --format html is for one identity
error-since-until = --since is not before --until: no report lies between
error-no-rule = there is no rule '{ $id }'; `mailauth rules` lists them
error-no-rule-meant = there is no rule '{ $id }'; did you mean '{ $near }'? `mailauth rules` lists them

## Keys and records

error-bits-ed25519 = --bits { $bits }: an Ed25519 key has one size; leave --bits out, or make an RSA key with --algorithm rsa
error-output-folder = --output { $path }: it is a folder; name a file for the record
error-output-key = --output { $path }: the private key goes there; choose another file for the record
error-over-key = { $option }: { $path } is the private key, and would be overwritten
error-would-be-error = this would be an error once published ({ $rule }): { $title }
    { $detail }
error-record-domain = --domain is missing; name the domain that the record is for: --domain example.de
error-record-mx = --mx is missing; name every mail exchanger of { $domain }: --mx mail.{ $domain }
error-config-no-domain = --domain { $domain }: { $path } has no [[domain]] of this name
error-config-no-domain-meant = --domain { $domain }: { $path } has no [[domain]] of this name; did you mean '{ $near }'?
error-config-empty = { $path } names no domain; add a [[domain]] with a name, or write one with `mailauth init`
error-config-nothing = { $place }: nothing to publish; add spf, dmarc, dkim, mx, mta-sts, tls-rpt, ips, providers or parked
error-config-tls-rua = tls-rpt.rua is missing; write rua = ["mailto:tls@{ $domain }"]

## sign

error-weak-key = { $path }: an RSA key of { $bits } bits is weak; use { $wanted }
error-keys-selectors = { $keys } times --key, but { $selectors } times --selector
error-no-key = no key to sign with; give --key with --domain and --selector, or --config
error-no-key-for-it = there is no key for it
error-no-from-domain = its From field names no usable domain, so no key fits
error-config-no-key = the configuration names no key for this; write dkim = [{"{"} selector = …, key = … {"}"}] below [[domain]]
error-config-no-key-for = the configuration has no key for { $domain }
error-in-place-no-file = { $name } is no file, so --in-place cannot sign it
error-in-place-mbox = { $path } is an mbox, which --in-place does not rewrite; split it into files of one message each, and sign those
error-in-place-sized = { $path }: the name says how large the message is (,S=), so signing it in place would make the Maildir inconsistent; use --out-dir
error-several-in-mbox = { $path } is an mbox with several messages, and each signed message is a file of its own; split it into files of one message each (formail -s, or a Maildir), and sign those with --out-dir
error-several-messages = { $count } messages need --out-dir DIR or --in-place
error-input-no-name = standard input has no name that it could have in --out-dir
error-same-name = { $first } and { $second } would get the same name in --out-dir
error-same-folder = { $path } lies in the folder of --out-dir itself; use --in-place
error-changed-meanwhile = it was changed while it was read
error-owner-lost = { $name }: signed, but its owner could not be kept: only the superuser may give files away

## The call itself

usage-unknown-option = there is no option '{ $option }'
usage-unknown-command = there is no command '{ $command }'
usage-extra-argument = '{ $option }' is one argument too many
usage-invalid-value = '{ $value }' is no value of { $option }
usage-missing-value = { $option } needs a value
usage-extra-value = { $option } takes no further value '{ $value }'
usage-equals = write { $option } with an equals sign and its value
usage-conflict = { $option } cannot be used together with { $others }
usage-twice = { $option } can be given once only
usage-missing = something is missing that this command needs: { $options }
usage-missing-command = { $command } needs a command
usage-not-utf8 = an argument is no text in UTF-8
usage-other = the call cannot be understood
usage-possible-values = possible values: { $values }
usage-meant = did you mean '{ $word }'?
usage-usage = usage: { $usage }
usage-help = `{ $command } --help` says more
error-most-messages = { $path }: the first { $most } messages are explained, the most for one call; name the others one by one
usage-range = it must be a number from { $least } to { $most }
error-certificates-size = --ca-file { $path }: more than 16 MiB are no list of certificates
error-check-broke-off = { $name }: the check broke off
error-endless-line = a line of more than 1 MiB: this is no such list
error-standard-output = cannot write standard output
