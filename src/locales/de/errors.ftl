### Was die Kommandozeile sagt, wenn ein Aufruf nicht ausgeführt werden kann.

error-warning = Warnung: { $text }
error-place = { $place }
error-option = { $option } { $value }
error-cannot-read = { $path } kann nicht gelesen werden
error-cannot-write = { $path } kann nicht geschrieben werden
error-input-once = die Standardeingabe kann nur einmal gelesen werden
error-file-exists = { $path } gibt es schon und bleibt, wie es ist; nennen Sie mit --output einen anderen Namen
error-no-folder = { $path } ist kein Ordner
error-clock = die Uhr geht so falsch, dass kein Kalender sie kennt

## Werte von Optionen

error-duration = „{ $text }“ ist keine Dauer; schreiben Sie 200ms, 5s, 10m, 12h oder 7d
error-time = „{ $text }“ ist keine Zeitangabe; schreiben Sie 2026-01-31T12:00:00Z oder Sekunden seit 1970
error-no-domain-name = „{ $text }“ ist kein Domainname
error-domain-is-ip = „{ $text }“ ist eine IP-Adresse, keine Domain
error-domain-is-url = „{ $text }“ ist eine Webadresse, keine Domain
error-domain-is-url-meant = „{ $text }“ ist eine Webadresse, keine Domain. Meinten Sie { $name }?
error-domain-is-mail = „{ $text }“ ist eine E-Mail-Adresse, keine Domain
error-domain-is-mail-meant = „{ $text }“ ist eine E-Mail-Adresse, keine Domain. Meinten Sie { $name }?
error-canonicalization = schreiben Sie header/body, jeweils simple oder relaxed

## check und lint

error-no-domain = keine Domain zu prüfen; nennen Sie eine, oder geben Sie --domains-file oder eine --config mit Domains an
error-no-mail-domain = „{ $text }“ ist keine Domain, die E-Mails senden könnte; schreiben Sie sie wie example-praxis.de
error-long-line = eine Zeile mit mehr als { $most } Oktetten nennt keine Domain
error-resume-line = --resume { $path }: Zeile { $line } ist kein Ergebnis von check
error-no-zone = keine Zonendatei war lesbar
error-zone-size = mehr als 256 MiB sind zu viel für eine Zone
error-baseline = { $path } ist kein Ausgangsstand
error-baseline-size = { $path } ist kein Ausgangsstand: die Datei ist größer als 64 MiB
error-baseline-schema = { $path } ist kein Ausgangsstand: das Schema ist nicht { $schema }

## DNS und Netz

error-no-resolver = kein Resolver
error-no-runtime = das System stellt keinen Thread zum Arbeiten bereit
error-no-certificate = in { $path } steht kein Zertifikat im PEM-Format
error-domain-missing = --domain { $domain }: Diese Domain gibt es im DNS nicht
error-domain-unknown = --domain { $domain }: Das DNS hat nicht geantwortet; es wird nichts geschrieben

## Nachrichten und SPF

error-no-message = keine Nachricht gefunden
error-null-sender = der leere Absender <> wird nach seinem HELO-Namen beurteilt; geben Sie --helo an
error-empty-identity = die Identität ist leer; schreiben Sie eine Domain, eine Adresse, oder <> mit --helo
error-identity-no-domain = „{ $text }“ enthält keine Domain, die einen SPF-Eintrag haben könnte; schreiben Sie example-praxis.de oder info@example-praxis.de
error-batch-html = --batch gibt je Zeile ein JSON-Objekt aus; --format html ist für eine einzelne Identität
error-since-until = --since liegt nicht vor --until: dazwischen liegt kein Bericht
error-no-rule = die Regel „{ $id }“ gibt es nicht; `mailauth rules` listet alle auf
error-no-rule-meant = die Regel „{ $id }“ gibt es nicht. Meinten Sie „{ $near }“? `mailauth rules` listet alle auf

## Schlüssel und Einträge

error-bits-ed25519 = --bits { $bits }: ein Ed25519-Schlüssel hat nur eine Länge; lassen Sie --bits weg, oder erzeugen Sie mit --algorithm rsa einen RSA-Schlüssel
error-output-folder = --output { $path }: das ist ein Ordner; nennen Sie eine Datei für den Eintrag
error-output-key = --output { $path }: dorthin kommt der private Schlüssel; wählen Sie für den Eintrag eine andere Datei
error-over-key = { $option }: { $path } ist der private Schlüssel und würde überschrieben
error-would-be-error = veröffentlicht wäre das ein Fehler ({ $rule }): { $title }
    { $detail }
error-record-domain = --domain fehlt; nennen Sie die Domain, für die der Eintrag ist: --domain example.de
error-record-mx = --mx fehlt; nennen Sie jeden Mailserver von { $domain }: --mx mail.{ $domain }
error-config-no-domain = --domain { $domain }: in { $path } gibt es kein [[domain]] mit diesem Namen
error-config-no-domain-meant = --domain { $domain }: in { $path } gibt es kein [[domain]] mit diesem Namen. Meinten Sie „{ $near }“?
error-config-empty = { $path } nennt keine Domain; fügen Sie ein [[domain]] mit name hinzu, oder lassen Sie `mailauth init` eine Datei schreiben
error-config-nothing = { $place }: nichts zu veröffentlichen; ergänzen Sie spf, dmarc, dkim, mx, mta-sts, tls-rpt, ips, providers oder parked
error-config-tls-rua = tls-rpt.rua fehlt; schreiben Sie rua = ["mailto:tls@{ $domain }"]

## sign

error-weak-key = { $path }: ein RSA-Schlüssel mit { $bits } Bit ist schwach; nehmen Sie einen mit { $wanted }
error-keys-selectors = { $keys }-mal --key, aber { $selectors }-mal --selector
error-no-key = kein Schlüssel zum Signieren; geben Sie --key mit --domain und --selector an, oder --config
error-no-key-for-it = dafür gibt es keinen Schlüssel
error-no-from-domain = im From-Feld steht keine brauchbare Domain, also passt kein Schlüssel
error-config-no-key = die Konfiguration nennt dafür keinen Schlüssel; schreiben Sie dkim = [{"{"} selector = …, key = … {"}"}] unter [[domain]]
error-config-no-key-for = die Konfiguration hat keinen Schlüssel für { $domain }
error-in-place-no-file = { $name } ist keine Datei, also kann --in-place sie nicht signieren
error-in-place-mbox = { $path } ist eine mbox-Datei, die --in-place nicht umschreibt; teilen Sie sie in Dateien mit je einer Nachricht und signieren Sie diese
error-in-place-sized = { $path }: im Namen steht, wie groß die Nachricht ist (,S=); an Ort und Stelle signiert würde das Maildir unstimmig. Nehmen Sie --out-dir
error-several-in-mbox = { $path } ist eine mbox-Datei mit mehreren Nachrichten, und jede signierte Nachricht ist eine eigene Datei; teilen Sie sie in Dateien mit je einer Nachricht (formail -s, oder ein Maildir) und signieren Sie diese mit --out-dir
error-several-messages = { $count } Nachrichten brauchen --out-dir ORDNER oder --in-place
error-input-no-name = die Standardeingabe hat keinen Namen, den sie in --out-dir tragen könnte
error-same-name = { $first } und { $second } bekämen in --out-dir denselben Namen
error-same-folder = { $path } liegt selbst im Ordner von --out-dir; nehmen Sie --in-place
error-changed-meanwhile = die Nachricht hat sich währenddessen geändert
error-owner-lost = { $name }: signiert, aber der Eigentümer der Datei ließ sich nicht erhalten: nur der Superuser darf Dateien verschenken

## Der Aufruf selbst

usage-unknown-option = die Option „{ $option }“ gibt es nicht
usage-unknown-command = den Befehl „{ $command }“ gibt es nicht
usage-extra-argument = „{ $option }“ ist ein Argument zu viel
usage-invalid-value = „{ $value }“ ist kein Wert für { $option }
usage-missing-value = { $option } braucht einen Wert
usage-extra-value = { $option } nimmt keinen weiteren Wert „{ $value }“
usage-equals = schreiben Sie { $option } mit Gleichheitszeichen und Wert
usage-conflict = { $option } geht nicht zusammen mit { $others }
usage-twice = { $option } darf nur einmal angegeben werden
usage-missing = für diesen Befehl fehlt noch: { $options }
usage-missing-command = { $command } braucht einen Befehl
usage-not-utf8 = ein Argument ist kein Text in UTF-8
usage-other = der Aufruf ist nicht zu verstehen
usage-possible-values = mögliche Werte: { $values }
usage-meant = Meinten Sie „{ $word }“?
usage-usage = Aufruf: { $usage }
usage-help = mehr sagt `{ $command } --help`
error-most-messages = { $path }: Erklärt sind die ersten { $most } Nachrichten, mehr nimmt ein Aufruf nicht; nennen Sie die übrigen einzeln
usage-range = es muss eine Zahl von { $least } bis { $most } sein
error-certificates-size = --ca-file { $path }: mehr als 16 MiB sind keine Liste von Zertifikaten
error-check-broke-off = { $name }: Die Prüfung brach ab
error-endless-line = eine Zeile von mehr als 1 MiB: Das ist keine solche Liste
error-standard-output = die Standardausgabe kann nicht geschrieben werden
