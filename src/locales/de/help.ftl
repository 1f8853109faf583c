### Die Hilfe in Deutsch. Die englische steht im Quelltext an den Befehlen und Optionen selbst.
###
### help-BEFEHL ist ein Befehl, .note der Absatz unter seinen Beispielen, help-BEFEHL-OPTION eine Option;
### help-any-OPTION gilt für alle Befehle, bei denen die Option auch im Englischen denselben Satz hat.

## Überschriften und Vermerke

help-usage = Aufruf
help-options-placeholder = OPTIONEN
help-command-placeholder = BEFEHL
help-heading-commands = Befehle
help-heading-arguments = Argumente
help-heading-options = Optionen
help-heading-dns-and-network = DNS und Netz
help-examples = Beispiele:
help-example = Beispiel:
help-default = [Vorgabe: { $value }]
help-possible-values = [mögliche Werte: { $values }]
help-variable = [Umgebungsvariable: { $name }]

## Handbuchseiten

help-man-name = BEZEICHNUNG
help-man-synopsis = ÜBERSICHT
help-man-description = BESCHREIBUNG
help-man-options = OPTIONEN
help-man-subcommands = BEFEHLE
help-man-examples = BEISPIELE
help-man-version = VERSION

## Platzhalter für Werte

help-value-addr = ADRESSE
help-value-address = ADRESSE
help-value-bits = BITS
help-value-dir = ORDNER
help-value-domain = DOMAIN
help-value-duration = DAUER
help-value-file = DATEI
help-value-format = FORMAT
help-value-header-body = HEADER/BODY
help-value-host = HOST
help-value-id = ID
help-value-identity = IDENTITÄT
help-value-kind = ART
help-value-language = SPRACHE
help-value-message = NACHRICHT
help-value-mode = MODUS
help-value-n = ANZAHL
help-value-name = NAME
help-value-name-port-addr-port = NAME:PORT:ADRESSE:PORT
help-value-names = NAMEN
help-value-options = WERTE
help-value-owner = NAME
help-value-policy = RICHTLINIE
help-value-prefix = PRÄFIX
help-value-result = ERGEBNIS
help-value-s = SELEKTOR
help-value-seconds = SEKUNDEN
help-value-selector = SELEKTOR
help-value-severity = STUFE
help-value-shell = SHELL
help-value-spec = RESOLVER
help-value-text = TEXT
help-value-text-file = TEXT|@DATEI
help-value-time = ZEIT
help-value-uri = URI
help-value-when = WANN

## Das Programm

help-mailauth = Sagt, warum die E-Mails einer Domain im Spam landen und was zu veröffentlichen ist
help-help = Diese Hilfe oder die eines Befehls zeigen
help-any-help = Hilfe zeigen
help-any-version = Version zeigen

## Optionen aller Befehle

help-any-format = Format der Ausgabe
help-any-lang = Sprache der Ausgabe; ohne Angabe die aus LC_ALL, LC_MESSAGES, LANG
help-any-color = Farben: auf einem Terminal, immer oder nie
help-any-output = Das Ergebnis in diese Datei schreiben, ganz oder gar nicht
help-any-quiet = Weniger Meldungen auf der Fehlerausgabe
help-any-verbose = Mehr Meldungen auf der Fehlerausgabe

## DNS und Netz

help-any-resolver = Diesen Resolver fragen: ADRESSE, ADRESSE:PORT, tls://ADRESSE[:PORT]#NAME oder https://HOST/dns-query [Vorgabe: der des Systems]
help-any-zone = Namen in der Zone dieser Datei aus der Datei beantworten, alles andere aus dem DNS
help-any-offline = Gar kein Netz benutzen; was nicht in den Zonendateien steht, ist dann nicht verfügbar
help-any-timeout = Wie lange eine Abfrage dauern darf
help-any-retries = Wie oft eine Abfrage wiederholt wird
help-any-deadline = Wie lange eine Domain oder eine Nachricht dauern darf
help-any-concurrency = Höchstens so viele DNS-Abfragen gleichzeitig
help-any-save-dns = Alle DNS-Antworten des Laufs in dieser Datei aufheben
help-any-replay-dns = Alle DNS-Antworten aus einer solchen Datei nehmen und niemanden fragen
help-any-connect-to = Mit ADRESSE:PORT statt mit NAME:PORT verbinden (mehrfach möglich), wie bei curl
help-any-ca-file = Den Zertifizierungsstellen in dieser PEM-Datei vertrauen
help-any-trust-ad = Dem AD-Bit des Resolvers glauben
help-any-trust-anchor = Den DNSSEC-Schlüsseln in dieser Datei vertrauen statt denen der Root-Zone

## check

help-check = Sagen, warum die E-Mails einer Domain im Spam landen und was zu veröffentlichen ist
help-check-domains = Die Domains; ohne Angabe die aus --config
help-check-domains-file = Domains aus dieser Datei lesen, eine je Zeile, # leitet einen Kommentar ein; `-` ist die Standardeingabe
help-check-selector = Nach diesem DKIM-Selektor fragen und nach keinem anderen (mehrfach möglich)
help-check-ip = Eine Adresse, die für die Domain E-Mails sendet (mehrfach möglich)
help-any-config = Sollzustand der Domains und Bewertung der Regeln
help-check-profile = Die Domain an dieser Messlatte prüfen: Was dort verlangt wird und nicht erfüllt ist, wird zum Fehler
help-check-all-selectors = Auch bei --domains-file nach den bekannten Selektoren fragen
help-check-probe-smtp = Jeden Mailserver an Port 25 ansprechen: Begrüßung, STARTTLS, Zertifikat; gesendet wird nichts
help-check-reputation = Auch bei --domains-file die Sperrlisten fragen
help-check-no-reputation = Keine Sperrlisten fragen
help-check-unordered = Ergebnisse ausgeben, sobald sie da sind, nicht in der Reihenfolge der Domains
help-check-resume = Domains überspringen, die in diesem früheren ndjson-Ergebnis stehen
help-any-baseline = Befunde weglassen, die in dieser Datei stehen
help-any-write-baseline = Die Befunde als Ausgangsstand in diese Datei schreiben und mit 0 enden
help-any-fail-on = Ab welcher Stufe Befunde zum Rückgabewert 1 führen [Vorgabe: error]

## lint

help-lint = Zonendateien prüfen, ohne das DNS zu fragen
help-lint-files = Zonendateien; `-` ist die Standardeingabe
help-lint-origin = Name der Zone, wenn die Datei weder $ORIGIN noch einen SOA-Eintrag mit vollem Namen hat
help-lint-record = Statt Dateien nur diesen einen TXT-Eintrag prüfen
help-lint-name = Der Name, an dem der Eintrag aus --record steht

## keygen

help-keygen = Ein DKIM-Schlüsselpaar erzeugen und den DNS-Eintrag dazu ausgeben
    .note = Der private Schlüssel kommt in die Datei SELEKTOR._domainkey.DOMAIN.pem (PKCS#8, Rechte 0600), nie über eine vorhandene Datei.
help-keygen-domain = Die Domain, die signiert
help-keygen-selector = Der Selektor des Schlüssels [Vorgabe: sJJJJMM von heute]
help-keygen-algorithm = Die Art des Schlüssels [Vorgabe: rsa]
help-keygen-bits = Länge des RSA-Schlüssels in Bit [Vorgabe: 2048]
help-keygen-dual = Einen RSA- und einen Ed25519-Schlüssel erzeugen, bei SELEKTOR-rsa und SELEKTOR-ed25519
help-keygen-out-dir = Der Ordner für den privaten Schlüssel
help-keygen-dns-format = In welcher Form der DNS-Eintrag ausgegeben wird
help-keygen-ttl = Lebensdauer (TTL) des DNS-Eintrags in Sekunden

## record

help-record = DNS-Einträge zum Veröffentlichen ausgeben
help-any-domain = Die Domain, für die der Eintrag ist
help-any-dns-format = In welcher Form die DNS-Einträge ausgegeben werden
help-any-ttl = Lebensdauer (TTL) der DNS-Einträge in Sekunden
help-record-dkim = Die öffentliche Hälfte eines DKIM-Schlüssels
help-record-dkim-key = Der private Schlüssel: PEM, PKCS#1 oder PKCS#8
help-record-dkim-selector = Der Selektor des Schlüssels
help-record-dkim-testing = Sagen, dass die Domain DKIM noch erprobt (t=y)
help-record-dkim-strict = Signaturen für Adressen in Subdomains verbieten (t=s)
help-record-spf = SPF: wer für die Domain sendet
help-record-spf-mx = Die Mailserver der Domain (MX) senden
help-record-spf-a = Die Adressen der Domain selbst senden
help-record-spf-include = Wen der SPF-Eintrag dieser Domain erlaubt, sendet auch für Ihre (mehrfach möglich)
help-record-spf-ip4 = Diese IPv4-Adresse oder dieses Präfix sendet (mehrfach möglich)
help-record-spf-ip6 = Diese IPv6-Adresse oder dieses Präfix sendet (mehrfach möglich)
help-record-spf-all = Was für alle anderen gilt
help-record-dmarc = DMARC: was Empfänger mit E-Mails tun, die nicht authentifiziert sind
help-record-dmarc-policy = Was für E-Mails verlangt wird, die scheitern (p=)
help-record-dmarc-subdomain-policy = Dasselbe für Subdomains (sp=)
help-record-dmarc-nonexistent-policy = Dasselbe für Subdomains, die es nicht gibt (np=)
help-record-dmarc-rua = Wohin Sammelberichte gehen, etwa mailto:dmarc@example.de (mehrfach möglich)
help-record-dmarc-ruf = Wohin Fehlerberichte gehen (mehrfach möglich)
help-record-dmarc-adkim = Ausrichtung bei DKIM: r (relaxed) oder s (strict)
help-record-dmarc-aspf = Ausrichtung bei SPF: r (relaxed) oder s (strict)
help-record-dmarc-fo = Wann Fehlerberichte erwünscht sind: 0, 1, d, s oder mehrere mit Doppelpunkten
help-record-dmarc-test = Empfänger bitten, vorerst eine Stufe milder zu sein (t=y)
help-record-mta-sts = MTA-STS: E-Mails an die Domain nur über geprüftes TLS; mit der Richtliniendatei
help-record-mta-sts-id = Die Kennung, 1 bis 32 Buchstaben und Ziffern [Vorgabe: aus der Richtlinie berechnet, ändert sich also mit ihr]
help-record-mta-sts-mode = Was Absender tun, wenn TLS nicht stimmt
help-record-mta-sts-mx = Ein Mailserver oder ein Muster wie *.example.de (mehrfach möglich)
help-record-mta-sts-max-age = Wie lange Absender die Richtlinie behalten
help-record-mta-sts-policy-file = Die Richtliniendatei auch hierhin schreiben
help-record-tls-rpt = TLS-RPT: wohin TLS-Berichte gehen
help-record-tls-rpt-rua = Wohin die Berichte gehen, etwa mailto:tls@example.de (mehrfach möglich)
help-record-parked = Alle Einträge einer Domain, die keine E-Mails sendet und keine empfängt
help-record-parked-rua = Wohin Berichte über gefälschte E-Mails gehen, etwa mailto:dmarc@example.de (mehrfach möglich)
help-record-all = Alle Einträge der Domains in einer mailauth.toml
help-record-all-config = Der Sollzustand der Domains

## spf

help-spf = SPF für einen Absender auswerten oder den SPF-Baum einer Domain zeichnen
help-spf-identity = Eine Domain, eine Adresse oder `<>` für den leeren Absender
help-spf-ip = Die Adresse des sendenden Servers; ohne sie wird der Baum des SPF-Eintrags gezeichnet
help-spf-helo = Der HELO-Name, mit dem sich der sendende Server meldet
help-spf-receiver = Der prüfende Host, für Received-SPF und das Makro r
help-spf-at = Diese Zeit statt der Uhrzeit: RFC 3339 oder Sekunden seit 1970
help-spf-batch = Jede Zeile `ip TAB helo TAB mail-from` dieser Datei auswerten (`-`: Standardeingabe), ein JSON-Objekt je Zeile

## sign

help-sign = Nachrichten mit DKIM signieren
    .note = Die Signatur kommt über die Nachricht; sonst ändert sich an der Nachricht nichts.
help-sign-messages = Nachrichten oder Ordner davon; `-` oder nichts ist die Standardeingabe
help-sign-key = Der private Schlüssel, PEM (mehrfach möglich, mit ebenso vielen --selector: mehrere Signaturen)
help-sign-domain = Die Domain, die signiert (d=)
help-sign-selector = Der Selektor, bei dem der Schlüssel veröffentlicht ist (s=)
help-sign-canonicalization = Wie Kopf und Text vor dem Vergleich vereinheitlicht werden
help-sign-headers = Diese Kopfzeilenfelder statt der üblichen signieren, als a:b:c
help-sign-identity = Für wen signiert wird (i=): eine Adresse oder @domain innerhalb der Domain
help-sign-expire-in = Nach dieser Zeit läuft die Signatur ab
help-sign-at = Mit dieser Zeit statt der Uhrzeit signieren
help-sign-allow-weak = Auch mit RSA-Schlüsseln von 1024 bis 2047 Bit signieren
help-sign-header-only = Nur das Feld DKIM-Signature ausgeben
help-sign-in-place = Die Signatur in die Datei der Nachricht selbst schreiben
help-sign-out-dir = Die signierten Nachrichten unter ihren Namen in diesen Ordner schreiben
help-sign-config = Die Schlüssel nach der Domain im From-Feld aus dieser Datei nehmen

## verify

help-verify = DKIM, SPF, DMARC und ARC von Nachrichten prüfen
    .note = Ohne --ip und --trust-received wird SPF nicht geprüft: Eine Nachricht sagt nicht verlässlich, wer sie eingeliefert hat. Mit --ip und ohne --mail-from zählt der Return-Path der Nachricht.
help-verify-messages = Nachrichten: Dateien, mbox-Dateien, Maildir und andere Ordner; `-` oder nichts ist die Standardeingabe
help-any-ip = Die Adresse des Servers, der die Nachricht eingeliefert hat, für SPF
help-any-helo = Sein HELO-Name (EHLO)
help-any-mail-from = Der Umschlagabsender (MAIL FROM); <> ist der leere Absender
help-verify-trust-received = Dem obersten Received-Feld glauben, das dieser Host angefügt hat, und Adresse und HELO-Name von dort nehmen
help-verify-receiver = Der Host, in dessen Namen die Ergebnisse stehen (authserv-id)
help-verify-at = Zu dieser Zeit statt jetzt urteilen
help-verify-legacy = rsa-sha1 und RSA-Schlüssel unter 1024 Bit gelten lassen, die RFC 8301 verbietet
help-any-show-addresses = Adressen im Text ungekürzt zeigen

## report

help-report = DMARC- und TLS-Berichte nach Absendern zusammenfassen
    .note = XML, JSON, gzip, zip, E-Mails und Postfächer werden am Inhalt erkannt. Ein Bericht, der doppelt kommt, zählt einmal.
help-report-files = Berichte: xml-, json-, gz- und zip-Dateien, E-Mails, mbox-Dateien, Maildir und andere Ordner; `-` ist die Standardeingabe
help-report-domain = Nur Berichte über diese Domain und ihre Subdomains zählen (mehrfach möglich)
help-report-since = Nur Berichte zählen, die zu dieser Zeit oder später enden: RFC 3339 oder Sekunden seit 1970
help-report-until = Nur Berichte zählen, die vor dieser Zeit beginnen
help-report-show-addresses = Adressen in Text und HTML ungekürzt zeigen

## explain

help-explain = Sagen, warum eine Nachricht im Spam landete oder abgelehnt wurde
    .note = Nehmen Sie die Nachricht aus dem Postfach, in dem sie ankam, als Originalquelltext: Nur dort steht, was der Empfänger selbst dazu sagt. Signaturen werden zur Zeit des Empfangs beurteilt.
help-explain-message = Die Nachricht, wie sie ankam: eine Datei; `-` oder nichts ist die Standardeingabe
help-explain-at = Zu dieser Zeit statt zur Zeit des Empfangs urteilen
help-explain-bounce = Was zurückkam: die Antwort des Servers als Text, oder @DATEI mit der Antwort oder der ganzen Unzustellbarkeitsmeldung

## rules

help-rules = Die Regeln auflisten oder die Seite einer Regel zeigen
help-rules-id = Die Regel, deren Seite gezeigt wird

## init

help-init = Eine kommentierte mailauth.toml für den Anfang schreiben
    .note = Die Datei heißt mailauth.toml und kommt in den aktuellen Ordner, oder dorthin, wo -o sagt; eine vorhandene ersetzt sie nie.
help-init-domain = Eintragen, was diese Domain veröffentlicht

## completions

help-completions = Vervollständigungen für die Shell ausgeben
help-completions-shell = Die Shell

## man

help-man = Handbuchseiten schreiben
help-man-folder = Der Ordner, in den die Seiten kommen
