### Fehler der Bibliothek in Deutsch. Die englischen Sätze stehen im Quelltext an den Fehlern selbst.

## System

fault-io-not-found = Datei oder Ordner nicht gefunden
fault-io-permission = Zugriff verweigert
fault-io-exists = gibt es schon
fault-io-is-a-folder = ist ein Ordner
fault-io-no-folder = ein Teil des Pfads ist kein Ordner
fault-io-full = kein Platz mehr auf dem Datenträger
fault-io-read-only = der Datenträger ist schreibgeschützt
fault-io-not-text = der Inhalt ist kein Text in UTF-8
fault-io-early-end = die Datei endet zu früh
fault-io-timeout = Zeit überschritten
fault-io-refused = Verbindung abgelehnt
fault-io-in-use = Adresse schon in Benutzung
fault-io-pipe = niemand liest das Ergebnis
fault-io-name = unzulässiger Dateiname
fault-io-memory = nicht genug Speicher
fault-io-other = das System meldet „{ $text }“
fault-number = keine ganze Zahl
fault-number-size = die Zahl ist zu groß oder zu klein
fault-address = keine IP-Adresse; schreiben Sie etwa 192.0.2.10 oder 2001:db8::1
fault-json = kein gültiges JSON in Zeile { $line }, Spalte { $column }
fault-task = ein Arbeitsschritt brach vorzeitig ab
fault-pem = keine gültige PEM-Datei
fault-certificate = das Zertifikat ist nicht brauchbar ({ $text })
fault-too-large = größer als { $most } MiB, mehr wird nicht gelesen
fault-unreadable = { $path } kann nicht gelesen werden
fault-file = { $path }: { $source }

## Konfiguration

fault-config = { $path }:{ $line }:{ $column }: { $slip }
fault-meant = Meinten Sie „{ $word }“?
fault-config-key = den Schlüssel „{ $word }“ gibt es nicht; möglich sind { $known }
fault-config-key-near = den Schlüssel „{ $word }“ gibt es nicht. { $near } Möglich sind { $known }
fault-config-value = den Wert „{ $word }“ gibt es hier nicht; möglich sind { $known }
fault-config-value-near = den Wert „{ $word }“ gibt es hier nicht. { $near } Möglich sind { $known }
fault-config-missing = der Schlüssel „{ $word }“ fehlt
fault-config-duplicate = derselbe Schlüssel steht zweimal da
fault-config-type = hier steht ein Wert von falscher Art; welche Art dieser Schlüssel hat, steht in docs/config.md
fault-config-syntax = ab hier kein gültiges TOML; oft fehlt ein Anführungszeichen, eine Klammer oder ein Gleichheitszeichen
fault-config-rule = die Regel „{ $id }“ gibt es nicht; `mailauth rules` listet alle auf
fault-config-rule-near = die Regel „{ $id }“ gibt es nicht. { $near }
fault-config-provider = den Anbieter „{ $id }“ kennt das Programm nicht
fault-config-provider-near = den Anbieter „{ $id }“ kennt das Programm nicht. { $near }
fault-config-domain = „{ $name }“ ist keine Domain: { $error }
fault-config-twice = „{ $name }“ hat schon einen Block; je Domain gibt es einen
fault-config-word = { $key } „{ $value }“: möglich sind { $known }
fault-config-word-near = { $key } „{ $value }“: möglich sind { $known }. { $near }
fault-config-exchanger = mx „{ $value }“: nicht Präferenz und Host; schreiben Sie „10 mail.example.de“

## Namen

fault-name-empty-label = leeres Label (zwei Punkte hintereinander oder ein Punkt am Anfang)
fault-name-long-label = ein Label ist länger als 63 Oktette
fault-name-long = der Name ist länger als 255 Oktette
fault-name-escape = ein umgekehrter Schrägstrich, der nichts maskiert
fault-name-idn = kein gültiger internationalisierter Name

## Zonendateien, Nachrichten

fault-zone = { $file }: { $kind }
fault-zone-no-origin = Zeile { $line }: Zu welcher Zone die Namen gehören, ist nicht bekannt; fügen Sie der Datei $ORIGIN hinzu oder geben Sie --origin NAME an
fault-zone-large = zu groß
fault-message-header = der Kopf der Nachricht ist länger als { $octets } Oktette
fault-message-fields = die Nachricht hat mehr als { $count } Kopfzeilenfelder

## Schlüsseldateien

fault-key-file-culprit = der Grund ist der Ordner { $folder }
fault-key-file-read = { $path } kann nicht gelesen werden: { $source }{ $culprit }
fault-key-file-read-below = { $path } kann nicht gelesen werden: { $source } ({ $culprit })
fault-key-file-write = { $path } kann nicht geschrieben werden: { $source }{ $culprit }
fault-key-file-write-below = { $path } kann nicht geschrieben werden: { $source } ({ $culprit })
fault-key-file-no-file = { $path } ist keine Datei
fault-key-file-large = { $path } ist größer als 64 KiB, und das ist keine Schlüsseldatei
fault-key-file-key = { $path }: { $source }
fault-key-file-exists = { $path } gibt es schon und wird nie überschrieben; wählen Sie mit --selector oder --out-dir einen anderen Namen
fault-key-file-name = aus „{ $name }“ wird kein Dateiname; erlaubt sind Buchstaben, Ziffern, „-“, „_“ und „.“
fault-key-file-readable = { $path } können auch andere lesen (Rechte { $mode }); setzen Sie die Rechte auf 0600: chmod 600 { $path }
fault-key-file-folder = in den Ordner { $path } können auch andere schreiben (Rechte { $mode }) und so den Schlüssel austauschen

## Schlüssel

fault-key-none = darin steht kein privater Schlüssel; erwartet wird eine PEM-Datei (PKCS#1 oder PKCS#8), wie `mailauth keygen` sie schreibt
fault-key-encrypted = der private Schlüssel ist verschlüsselt; entschlüsseln Sie ihn zuerst: `openssl pkey -in DATEI -out NEUEDATEI`
fault-key-public = das ist ein öffentlicher Schlüssel; nennen Sie die Datei mit dem privaten
fault-key-certificate = das ist ein Zertifikat; nennen Sie die Datei mit dem privaten Schlüssel
fault-key-kind = mit { $kind }-Schlüsseln wird DKIM nicht signiert; erzeugen Sie mit `mailauth keygen` einen RSA- oder Ed25519-Schlüssel
fault-key-openssh = ein Schlüssel im Format von OpenSSH; wandeln Sie ihn um (`ssh-keygen -p -m PKCS8`) oder erzeugen Sie einen mit `mailauth keygen`
fault-key-malformed = der private Schlüssel ist beschädigt und lässt sich nicht lesen
fault-key-short = der RSA-Schlüssel hat { $bits } Bit; unter 1024 nimmt ihn kein Empfänger an, erzeugen Sie mit `mailauth keygen` einen mit 2048
fault-key-weak = der RSA-Schlüssel hat { $bits } Bit; nehmen Sie einen mit 2048, oder lassen Sie ihn mit --allow-weak zu
fault-key-long = der RSA-Schlüssel hat { $bits } Bit; höchstens 8192 sind möglich
fault-key-flawed = der RSA-Schlüssel ist nicht sicher: { $flaw }; erzeugen Sie mit `mailauth keygen` einen neuen
fault-key-inconsistent = die Teile des privaten Schlüssels passen nicht zusammen
fault-key-size = RSA-Schlüssel werden mit 2048, 3072 oder 4096 Bit erzeugt, nicht mit { $bits }
fault-key-library = die Kryptographie-Bibliothek meldet einen Fehler
fault-flaw-exponent = sein öffentlicher Exponent ist gerade oder kleiner als 65537
fault-flaw-even = sein Modulus ist gerade
fault-flaw-factor = sein Modulus ist durch { $factor } teilbar
fault-flaw-close = seine Primzahlen liegen zu nah beieinander
fault-flaw-roca = er stammt aus einer Bibliothek mit dem ROCA-Fehler (CVE-2017-15361)

## Signieren

fault-sign-no-from = die Nachricht hat kein From-Feld
fault-sign-several-from = die Nachricht hat { $count } From-Felder
fault-sign-blank = die Nachricht beginnt mit einem Leerzeichen; ihre erste Zeile würde Teil der Signatur
fault-sign-from-not-listed = in der Liste der Kopfzeilenfelder fehlt From
fault-sign-many-fields = { $count } Kopfzeilenfelder sind zu viele zum Signieren
fault-sign-field = „{ $name }“ ist kein Kopfzeilenfeld, das signiert werden kann
fault-sign-domain = „{ $text }“ kann nicht in einer Signatur stehen
fault-sign-identity = die Identität „{ $identity }“ liegt nicht innerhalb der Domain { $domain }
fault-sign-expiry = die Signatur wäre sofort abgelaufen
fault-sign-key = mit dem Schlüssel lässt sich nicht signieren ({ $why })

## Einträge

fault-publish = { $flag } { $value }: { $reason }
fault-publish-domain = kein Domainname; schreiben Sie ihn wie example.de
fault-publish-selector = ein Selektor besteht aus Buchstaben, Ziffern und Bindestrichen, in Teilen von höchstens 63 Zeichen
fault-publish-ip4 = keine IPv4-Adresse und kein Präfix; schreiben Sie etwa 192.0.2.10 oder 192.0.2.0/24
fault-publish-ip6 = keine IPv6-Adresse und kein Präfix; schreiben Sie etwa 2001:db8::1 oder 2001:db8::/48
fault-publish-everybody = erlaubt das ganze Internet
fault-publish-itself = eine Domain, die sich selbst einschließt, besteht nie
fault-publish-lookups = bringt den Eintrag auf { $count } DNS-Abfragen; bei SPF ist nach 10 Schluss
fault-publish-mailto = keine URI; schreiben Sie mailto:{ $address }
fault-publish-uri = keine URI wie mailto:dmarc@example.de
fault-publish-scheme = mit diesem Schema werden keine Berichte verschickt, nur mit mailto: und https:
fault-publish-encode = „{ $character }“ muss in einer URI als %{ $code } geschrieben werden
fault-publish-ascii = in einer Berichtsadresse darf nur ASCII stehen
fault-publish-fo = erlaubt ist 0, 1, d oder s, oder mehrere davon mit Doppelpunkten
fault-publish-missing = mindestens eine Angabe ist nötig
fault-publish-id = 1 bis 32 Buchstaben und Ziffern
fault-publish-mx = kein Hostname und kein Muster wie *.example.de
fault-publish-max-age = höchstens 31557600 Sekunden (ein Jahr)
fault-publish-duration = keine Dauer wie 7d, 12h oder 604800s
fault-publish-word = möglich ist: { $words }
fault-desired-mx = mx „{ $text }“: das ist nicht Präferenz und Host; schreiben Sie etwa "10 mail.example.de"
fault-desired-term = spf.terms „{ $term }“: keine gültige Angabe; schreiben Sie sie so, wie sie im Eintrag steht
fault-desired-everybody = spf.terms „{ $term }“: was für alle anderen gilt, sagt spf.all
fault-desired-record = spf: die Angabe „{ $term }“ passt nicht zu den anderen
fault-desired-lookups = spf: { $count } DNS-Abfragen, und bei SPF ist nach 10 Schluss; streichen Sie Anbieter oder Angaben, die nicht mehr senden
fault-desired-itself = spf.terms „include:{ $name }“: eine Domain, die sich selbst einschließt, besteht nie
fault-desired-exchangers = für mta-sts fehlen die Mailserver; schreiben Sie mx = ["10 mail.{ $name }"]
fault-format-type = { $format } kann den { $type }-Eintrag von { $name } nicht aufnehmen
fault-format-character = { $format } kann das Zeichen { $character } im Eintrag von { $name } nicht aufnehmen
fault-format-long = { $format } kann den Eintrag von { $name } nicht aufnehmen: Er ist zu lang
fault-format-value = der Wert des { $type }-Eintrags von { $name } ist ungültig: { $value }
fault-format-outside = { $name } liegt nicht in der Zone { $zone }

## Netz

fault-port = der Port ist keine Zahl von 1 bis 65535
fault-resolver-form = erwartet wird ADRESSE, ADRESSE:PORT, tls://ADRESSE[:PORT]#NAME oder https://HOST/dns-query
fault-resolver-host = kein Hostname
fault-resolver-path = der Pfad muss wie /dns-query aussehen, ohne Fragezeichen
fault-resolver-scheme = unbekanntes Schema; möglich sind tls:// und https://
fault-resolver-https = bei https:// muss ein Hostname oder eine IPv4-Adresse stehen
fault-resolver-many = mehr als 32 Resolver
fault-resolver-name = „{ $name }“ ist kein Name, den ein Zertifikat haben kann
fault-connect-to-form = erwartet wird NAME:PORT:ADRESSE:PORT, IPv6-Adressen in eckigen Klammern
fault-connect-to-address = die ADRESSE ist keine IP-Adresse
fault-tls = TLS lässt sich nicht einrichten ({ $why })
fault-replay-line = { $path }:{ $line }: keine Zeile, wie --save-dns sie schreibt

## Berichte

fault-report-empty = ist leer
fault-report-kind = ist weder XML, JSON, gzip, zip noch eine E-Mail
fault-report-mail = kein Teil der E-Mail ist ein Bericht
fault-report-root = im XML fehlt das Element feedback
fault-report-doctype = eine DOCTYPE-Angabe wird nicht angenommen
fault-report-entity = die Entität &{ $name }; wird nicht angenommen
fault-report-depth = mehr als { $most } Ebenen tief verschachtelt
fault-report-long = ein Element oder Text ist länger als { $most } Byte
fault-report-encoding = die Kodierung { $name } wird nicht unterstützt
fault-report-xml = fehlerhaftes XML bei Byte { $at }
fault-report-truncated = endet, bevor der Bericht zu Ende ist
fault-report-json = kein TLS-Bericht
fault-report-unpacked = wird beim Entpacken größer als { $most } Byte
fault-report-ratio = wird beim Entpacken mehr als { $most }-mal so groß
fault-report-nested = ein Archiv in einem Archiv wird nicht angenommen
fault-report-members = hat mehr als { $most } Dateien
fault-report-zip = die zip-Datei ist beschädigt
fault-report-compressed = die gepackten Daten sind beschädigt
fault-report-size = ist größer als { $most } Byte
fault-report-many = hat mehr als { $most } Einträge
fault-report-range = der Zeitraum des Berichts fehlt oder ist keine Zeit
fault-report-domain = der Bericht nennt keine Domain
fault-report-io = kann nicht gelesen werden: { $why }
fault-report-rest = { $fault }; gezählt { $count ->
    [one] ist der Datensatz davor
   *[other] sind die { $count } Datensätze davor
}
fault-report-records = { $count ->
    [one] ein Datensatz wurde ausgelassen
   *[other] { $count } Datensätze wurden ausgelassen
}: { $why }
fault-report-room = mehr als { $most } Absender oder zu viele Namen: { $count } Datensätze wurden ausgelassen
fault-report-no-address = source_ip fehlt
fault-report-address = source_ip „{ $text }“ ist keine Adresse
fault-report-no-count = count fehlt
fault-report-count = count „{ $text }“ ist keine Zahl

## Signaturen und Ketten

fault-signature-too-many = Nur die obersten Signaturen werden angesehen, diese gehört nicht dazu.
fault-signature-syntax = Das Feld DKIM-Signature ist fehlerhaft und lässt sich nicht auswerten.
fault-signature-version = Die Version (v=) der Signatur ist nicht 1.
fault-signature-algorithm = Die Signatur nennt einen Algorithmus oder eine Kanonisierung, die es nicht gibt.
fault-signature-from = Die Signatur schließt das From-Feld nicht ein (h=).
fault-signature-identity = Die Domain in i= liegt nicht innerhalb von d=.
fault-signature-expired = Die Signatur ist am { $time } abgelaufen.
fault-signature-expired-changed = Die Signatur ist am { $time } abgelaufen, und sie passt auch nicht zur Nachricht.
fault-signature-dns = Der Schlüssel bei { $name } war nicht zu bekommen: Das DNS hat nicht geantwortet.
fault-signature-no-key = Bei { $name } gibt es keinen Schlüssel.
fault-signature-key-syntax = Der Eintrag bei { $name } ist kein brauchbarer Schlüssel.
fault-signature-revoked = Der Schlüssel bei { $name } ist widerrufen (leeres p=).
fault-signature-key-type = Der Schlüssel bei { $name } ist von anderer Art als der Algorithmus der Signatur.
fault-signature-key-hash = Der Schlüssel bei { $name } erlaubt das Hashverfahren der Signatur nicht (h=).
fault-signature-key-service = Der Schlüssel bei { $name } ist nicht für E-Mails bestimmt (s=).
fault-signature-key-identity = Der Schlüssel bei { $name } erlaubt in i= keine Subdomain (t=s).
fault-signature-sha1 = Die Signatur verwendet rsa-sha1, und das verbietet RFC 8301.
fault-signature-short-key = Der RSA-Schlüssel hat { $bits } Bit; RFC 8301 verbietet weniger als 1024.
fault-signature-length = Die Signatur umfasst { $signed } Oktette des Nachrichtentexts, er hat aber nur { $length }.
fault-signature-body = Der Hash des Nachrichtentexts stimmt nicht: Der Text wurde nach dem Signieren verändert.
fault-signature-body-alone = Der Hash des Nachrichtentexts stimmt nicht: Der Text wurde nach dem Signieren verändert; die signierten Kopfzeilenfelder sind unverändert.
fault-signature-mismatch = Die Signatur stimmt nicht: Ein signiertes Kopfzeilenfeld wurde verändert, oder der Schlüssel ist ein anderer.
fault-chain = Die ARC-Kette ist ungültig: Ein Satz ist unvollständig, oder seine Signatur stimmt nicht.

## Vertrauensanker

fault-anchors-syntax = Zeile { $line }: Dort steht kein brauchbarer Eintrag; erwartet sind DS- oder DNSKEY-Einträge, wie sie root.key von Unbound enthält
fault-anchors-type = Zeile { $line }: Ein Eintrag vom Typ { $rtype } ist kein Vertrauensanker; erwartet ist DS oder DNSKEY
fault-anchors-flags = Zeile { $line }: Der Schlüssel mit den Kennzeichen { $flags } ist kein Zonenschlüssel im Einsatz; erwartet ist 257 oder 256
fault-anchors-empty = enthält weder DS- noch DNSKEY-Einträge
