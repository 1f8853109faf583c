### Regeltexte: Mailserver, Reverse-DNS, TLS, DNS-Betrieb, ungenutzte Domains

mx-missing =
    .title = Die Domain sendet E-Mails, kann aber keine empfangen
    .why = Es gibt weder einen MX-Eintrag noch eine Adresse. Antworten und Unzustellbarkeitsmeldungen erreichen Sie nicht. Viele Empfänger lehnen E-Mails von einer Domain ab, der sie nicht antworten könnten.
    .fix = Veröffentlichen Sie die MX-Einträge Ihres E-Mail-Anbieters. Soll die Domain nie E-Mails senden, veröffentlichen Sie die Einträge für eine ungenutzte Domain, die „mailauth record parked“ ausgibt.
    .detail = { $subject } hat weder einen MX-Eintrag noch eine Adresse, sendet nach den übrigen Angaben aber E-Mails.

mx-cname =
    .title = MX zeigt auf einen Alias
    .why = Der Name in einem MX-Eintrag darf kein Alias (CNAME) sein. Manche Absender stellen dorthin nicht zu, E-Mails an Sie können dann verloren gehen oder zurückkommen.
    .fix = Tragen Sie im MX-Eintrag den eigentlichen Namen des Mailservers ein, auf den der Alias führt.
    .detail = Das MX-Ziel { $host } ist ein Alias für { $target }.
    .detail-dead = Das MX-Ziel { $host } ist ein Alias für { $target }, und dieser Name hat keine Adresse.

mx-address-literal =
    .title = MX enthält eine IP-Adresse statt eines Namens
    .why = In einem MX-Eintrag muss ein Servername stehen. Mit einer Adresse an seiner Stelle können die meisten Absender Ihnen nichts zustellen.
    .fix = Geben Sie dem Mailserver einen Namen mit Adresseintrag und tragen Sie diesen Namen im MX-Eintrag ein.
    .detail = Der MX-Eintrag nennt die Adresse { $address } statt eines Servernamens (Ziel: { $host }).

mx-unresolvable =
    .title = MX zeigt auf einen Server ohne Adresse
    .why = Der Mailserver im MX-Eintrag hat im DNS keine Adresse. E-Mails an Sie lassen sich dort nicht zustellen, und auch Antworten und Unzustellbarkeitsmeldungen scheitern.
    .fix = Berichtigen Sie den Namen im MX-Eintrag, oder veröffentlichen Sie die Adresse des Servers. Löschen Sie den MX-Eintrag, wenn es den Server nicht mehr gibt.
    .detail = Das MX-Ziel { $host } gibt es nicht.
    .detail-no-address = Das MX-Ziel { $host } hat weder eine IPv4- noch eine IPv6-Adresse.
    .detail-null = Ein Null-MX („.“) sagt, dass die Domain keine E-Mails annimmt, daneben steht aber: { $others }. Absender behandeln das unterschiedlich, und manche weisen die E-Mails zurück.
    .fix-null = Löschen Sie den MX-Eintrag mit dem bloßen Punkt, wenn die Domain E-Mails annimmt; andernfalls löschen Sie die anderen.
    .detail-foreign = Das MX-Ziel { $host } gibt es nicht. Vermutlich war { $meant } gemeint: Ohne den Punkt am Ende wurde die Domain angehängt.
    .detail-doubled = Das MX-Ziel { $host } gibt es nicht. Die Domain steht doppelt darin; vermutlich war { $meant } gemeint und der Punkt am Ende wurde vergessen.
    .fix-dot = Schreiben Sie das Ziel mit einem Punkt am Ende, oder tragen Sie es so ein, dass Ihr Formular die Domain nicht anhängt.

mx-private-address =
    .title = MX führt zu einer Adresse in einem privaten Netz
    .why = Die Adresse des Mailservers ist aus dem Internet nicht erreichbar. E-Mails von außen kommen dort nicht an.
    .fix = Veröffentlichen Sie an diesem Namen die öffentliche Adresse Ihres Mailservers oder Ihrer Firewall.
    .detail = Das MX-Ziel { $host } führt zu { $addresses } und ist damit aus dem Internet nicht erreichbar.

ptr-missing =
    .title = Sendende Adresse hat keinen Reverse-DNS-Namen (PTR)
    .why = Empfänger fragen nach dem Namen, der zur sendenden Adresse gehört. Fehlt er, lehnen Gmail, Yahoo, GMX, WEB.DE und die Telekom die E-Mail ab oder legen sie in den Spam, gleich was SPF und DKIM sagen.
    .fix = Lassen Sie den Anbieter der Adresse, also Ihren Internet- oder Serveranbieter, den Namen des Mailservers als PTR-Eintrag setzen. Tun Sie das für IPv4 und IPv6.
    .detail = Die sendende Adresse { $subject } hat keinen Reverse-DNS-Namen: Unter { $name } gibt es keinen PTR-Eintrag.

ptr-mismatch =
    .title = Reverse-DNS-Name (PTR) führt nicht zurück
    .why = Die sendende Adresse hat einen Reverse-DNS-Namen, doch dieser führt zu einer anderen Adresse oder zu keiner. Viele Empfänger halten den Server dann für nicht vertrauenswürdig und lehnen seine E-Mails ab.
    .fix = Veröffentlichen Sie am Reverse-DNS-Namen die sendende Adresse als A- oder AAAA-Eintrag, oder lassen Sie den Anbieter der Adresse den richtigen Namen setzen.
    .detail = Der Reverse-DNS-Name { $name } von { $subject } hat keine Adresse dieser Art.
    .detail-elsewhere = Der Reverse-DNS-Name { $name } von { $subject } führt zu { $addresses }.

ptr-generic =
    .title = Reverse-DNS-Name sieht nach Einwahlanschluss aus
    .why = Der Name sieht aus, als hätte ihn ein Anbieter für einen Privatanschluss oder einen Adresspool erzeugt. GMX, WEB.DE, die Telekom und andere lehnen E-Mails von solchen Adressen oft ab.
    .fix = Lassen Sie den Anbieter der Adresse den eigenen Namen des Mailservers als PTR-Eintrag setzen. Geht das nicht, senden Sie über den Server Ihres E-Mail-Anbieters.
    .detail = { $subject } heißt { $name }. Das sieht nach einem Einwahlanschluss oder einem Adresspool aus.

helo-mismatch =
    .title = Server meldet sich mit einem fremden Namen
    .why = Der Name, mit dem sich der Server meldet, führt nicht zu seiner Adresse. Manche Empfänger werten das als Zeichen für Spam.
    .fix = Stellen Sie als HELO-Namen den vollständigen öffentlichen Namen des Servers ein, gleich dem Reverse-DNS-Namen (PTR), und veröffentlichen Sie dort seine Adresse.
    .detail = { $subject } meldet sich mit dem Namen { $name }, der nicht zu seiner Adresse { $address } führt.
    .detail-no-address = { $subject } meldet sich mit dem Namen { $name }, der keine Adresse hat. Die Adresse des Servers ist { $address }.

starttls-missing =
    .title = Mailserver bietet keine Verschlüsselung an
    .why = Der Server bietet kein STARTTLS an. E-Mails an Sie sind auf dem Weg durch das Internet für andere lesbar, auch die Ihrer Patienten. Absender, die auf Verschlüsselung bestehen, stellen nicht zu.
    .fix = Schalten Sie am Mailserver STARTTLS auf Port 25 ein, oder bitten Sie Ihren Anbieter darum. Prüfen Sie, ob eine Firewall es herausfiltert.
    .detail = { $subject } bietet auf Port 25 kein STARTTLS an.
    .detail-refused = { $subject } bietet STARTTLS an und lehnt es dann mit dem Code { $code } ab.

tls-certificate-invalid =
    .title = Zertifikat des Mailservers ist ungültig
    .why = Das Zertifikat ist abgelaufen, auf einen anderen Namen ausgestellt oder stammt von keiner vertrauenswürdigen Stelle. Absender, die es prüfen, wie MTA-STS es verlangt, stellen nicht zu. Andere stellen zu, wissen aber nicht, mit wem sie sprechen.
    .fix = Installieren Sie ein gültiges Zertifikat für genau den Namen im MX-Eintrag und lassen Sie es automatisch erneuern.
    .detail = Das Zertifikat von { $subject } ist nicht gültig. { $reason }
    .detail-name = Das Zertifikat von { $subject } ist auf andere Namen ausgestellt: { $names }.

tls-version-old =
    .title = Mailserver bietet nur veraltete Verschlüsselung an
    .why = Der Server bietet nichts Besseres als TLS 1.1 an. Aktuelle Absender nutzen das nicht mehr: Manche stellen dann unverschlüsselt zu, andere gar nicht.
    .fix = Aktualisieren Sie den Mailserver und schalten Sie TLS 1.2 und TLS 1.3 ein.
    .detail = { $subject } beherrscht auf Port 25 weder TLS 1.2 noch TLS 1.3.

mta-sts-missing =
    .title = Kein MTA-STS
    .why = Mit MTA-STS weisen Sie Absender an, Ihnen nur über geprüfte Verschlüsselung zuzustellen. Ohne MTA-STS kann ein Angreifer auf dem Weg die Verschlüsselung unterdrücken. Das betrifft die E-Mails, die Sie empfangen, und hat keinen Einfluss darauf, ob Ihre eigenen als Spam gelten.
    .fix = Richten Sie MTA-STS ein, wenn Ihr E-Mail-Anbieter es unterstützt. Sind Ihre Mailserver schon durch DANE geschützt, können Sie darauf verzichten.
    .detail = Unter { $subject } steht kein MTA-STS-Eintrag für { $domain }.

mta-sts-syntax =
    .title = MTA-STS-Eintrag ist nicht lesbar
    .why = Absender sehen zuerst im TXT-Eintrag unter _mta-sts nach. Weil er nicht lesbar ist, übergehen sie Ihre MTA-STS-Richtlinie, und E-Mails an Sie sind nicht geschützt.
    .fix = Veröffentlichen Sie genau einen TXT-Eintrag der Form v=STSv1; id=20260101; wobei id nur aus Buchstaben und Ziffern besteht.
    .detail = „{ $token }“ gehört nicht in den Eintrag, deshalb übergehen Absender ihn ganz.
    .detail-version = Der Eintrag beginnt nicht genau mit v=STSv1; (siehe „{ $token }“), deshalb übergehen Absender ihn.
    .detail-id-missing = Im Eintrag { $token } fehlt id.
    .detail-id = Die id darf nur aus Buchstaben und Ziffern bestehen, höchstens 32, hier steht „{ $token }“.
    .detail-several = Unter { $subject } stehen { $count } MTA-STS-Einträge, deshalb verwenden Absender keinen davon.
    .fix-record = Gemeint war vermutlich: { $meant }

mta-sts-policy-unreachable =
    .title = MTA-STS-Richtlinie ist nicht abrufbar
    .why = Das DNS kündigt eine Richtlinie an, aber die Datei ist über HTTPS nicht zu bekommen. Neue Absender verhalten sich dann, als hätten Sie keine. Absender, die noch eine ältere Richtlinie kennen, halten sich weiter an diese.
    .fix = Stellen Sie die Datei unter dem Namen mta-sts Ihrer Domain als /.well-known/mta-sts.txt bereit. Sie braucht ein gültiges Zertifikat und muss ohne Weiterleitung antworten.
    .detail = Was der Server auf { $url } antwortet, ist keine vollständige HTTP-Antwort.
    .detail-no-address = { $subject } hat keine Adresse, deshalb ist { $url } nicht abrufbar.
    .detail-private-address = Die Adresse von { $subject } ist keine öffentliche, deshalb ist { $url } aus dem Internet nicht abrufbar.
    .detail-refused = { $subject } lehnt Verbindungen auf Port 443 ab, deshalb ist { $url } nicht abrufbar.
    .detail-certificate = Das Zertifikat von { $subject } ist nicht gültig, deshalb nehmen Absender { $url } nicht an. { $reason }
    .detail-tls = Mit { $subject } kommt keine TLS-Verbindung zustande, deshalb ist { $url } nicht abrufbar.
    .detail-redirect = { $url } leitet weiter (Status { $code }). Absender dürfen dem nicht folgen.
    .detail-status = Der Server beantwortet { $url } mit dem Status { $code }. Nur 200 zählt.

mta-sts-policy-syntax =
    .title = MTA-STS-Richtlinie enthält einen Fehler
    .why = Die Richtliniendatei ist da, aber etwas darin ist falsch oder fehlt. Absender können sie nicht verwenden, und sie schützt Ihre E-Mails nicht.
    .fix = Berichtigen Sie die markierte Zeile. Die Datei braucht version, mode, max_age und je Mailserver eine Zeile mx, als reinen Text.
    .detail = Zeile { $line } der Datei unter { $subject }: { $token } ist kein gültiger Wert für { $key }.
    .detail-empty = Die Datei unter { $subject } ist leer.
    .detail-too-large = Die Datei unter { $subject } ist größer als 64 KiB.
    .detail-not-text = Die Datei unter { $subject } ist kein UTF-8-Text.
    .detail-byte-order-mark = Die Datei unter { $subject } beginnt mit einer Bytereihenfolge-Marke (BOM), die erste Zeile beginnt deshalb nicht mit version.
    .detail-html = Der Server unter { $subject } liefert statt der Datei eine Webseite.
    .detail-missing = In der Datei unter { $subject } fehlt die Zeile { $key }.
    .detail-key = Zeile { $line } der Datei unter { $subject } beginnt mit { $token }. Meinten Sie { $expected }?
    .detail-duplicate = Zeile { $line } der Datei unter { $subject } wiederholt einen Schlüssel: { $token }. Absender nehmen den ersten.
    .detail-line = In Zeile { $line } der Datei unter { $subject } fehlt der Doppelpunkt: { $token }
    .detail-media-type = Die Datei unter { $subject } wird als { $type } statt als text/plain ausgeliefert. Manche Absender lehnen sie dann ab.
    .fix-file = Stellen Sie eine reine Textdatei mit version: STSv1, mode, max_age und je Mailserver einer Zeile mx bereit. Der Befehl „mailauth record mta-sts“ gibt sie aus.
    .fix-media-type = Stellen Sie den Webserver so ein, dass er die Datei mit dem Kopfeintrag Content-Type: text/plain sendet.

mta-sts-mx-mismatch =
    .title = MTA-STS-Richtlinie nennt Ihren Mailserver nicht
    .why = Ein Mailserver aus den MX-Einträgen fehlt in der Richtlinie. Im Modus enforce stellen Absender, die sich an MTA-STS halten, dorthin nicht zu. E-Mails an Sie können sich verspäten oder zurückkommen.
    .fix = Ergänzen Sie in der Richtliniendatei eine Zeile mx für den Server und ändern Sie danach id im TXT-Eintrag. Ist der MX-Eintrag veraltet, berichtigen Sie stattdessen diesen.
    .detail = Die Richtlinie unter { $subject } umfasst { $patterns }, aber nicht { $hosts }. In der Datei fehlt: { $lines }
    .detail-testing = Die Richtlinie unter { $subject } umfasst { $patterns }, aber nicht { $hosts }. Solange sie im Modus testing ist, kommen die E-Mails trotzdem an. In der Datei fehlt: { $lines }

mta-sts-testing =
    .title = MTA-STS ist im Testmodus
    .why = Im Modus testing melden Absender Probleme, stellen aber trotzdem zu. Das ist am Anfang richtig, schützt aber noch nicht.
    .fix = Sehen Sie die TLS-Berichte durch. Sind sie ohne Befund, setzen Sie den Modus auf enforce und ändern id im TXT-Eintrag.
    .detail = In der Richtlinie unter { $subject } steht mode: testing.

mta-sts-short-max-age =
    .title = MTA-STS-Richtlinie gilt nur kurze Zeit
    .why = Absender vergessen die Richtlinie bald, und bis zum nächsten Abruf fehlt der Schutz. Eine kurze Dauer ist nur während der Einrichtung sinnvoll.
    .fix = Setzen Sie max_age auf eine oder mehrere Wochen, zum Beispiel 1209600, und ändern Sie id im TXT-Eintrag.
    .detail = Die Richtlinie unter { $subject } gilt { $seconds } Sekunden und damit weniger als einen Tag.

tls-rpt-missing =
    .title = Keine TLS-Berichte
    .why = Absender können täglich melden, ob die verschlüsselte Zustellung an Sie gelungen ist. Ohne eine Adresse dafür merken Sie nicht, wenn ein Zertifikat oder eine Richtlinie E-Mails fernhält. Ihr eigener Versand ist davon nicht betroffen.
    .fix = Veröffentlichen Sie unter _smtp._tls an Ihrer Domain einen TXT-Eintrag mit v=TLSRPTv1 und einer Adresse in rua, die jemand liest.
    .detail = Unter { $subject } steht kein TLS-RPT-Eintrag für { $domain }.

tls-rpt-syntax =
    .title = Eintrag für TLS-Berichte ist nicht lesbar
    .why = Absender übergehen einen fehlerhaften Eintrag und senden Ihnen keine Berichte. Von gescheiterten verschlüsselten Zustellungen erfahren Sie dann nichts.
    .fix = Veröffentlichen Sie genau einen TXT-Eintrag, der mit v=TLSRPTv1; beginnt und in rua eine mailto:- oder https:-Adresse nennt.
    .detail = „{ $token }“ gehört nicht in den Eintrag, deshalb übergehen Absender ihn ganz.
    .detail-version = Der Eintrag beginnt nicht genau mit v=TLSRPTv1; (siehe „{ $token }“), deshalb übergehen Absender ihn.
    .detail-rua-missing = Der Eintrag nennt keine Adresse für die Berichte (siehe „{ $token }“).
    .detail-uri = „{ $token }“ ist keine gültige Berichtsadresse. Schreiben Sie mailto:name@domain, mit Kommas zwischen mehreren.
    .detail-several = Unter { $subject } stehen { $count } TLS-RPT-Einträge, deshalb verwenden Absender keinen davon.
    .fix-record = Gemeint war vermutlich: { $meant }

dane-invalid =
    .title = DANE-Eintrag passt nicht zum Mailserver
    .why = Der TLSA-Eintrag ist nicht verwendbar oder passt nicht zum Zertifikat des Servers. Passt keiner, halten Absender, die DANE prüfen, E-Mails an Sie zurück, und nach einigen Tagen gehen diese als unzustellbar zurück. Das geschieht oft nach einem neuen Zertifikat.
    .fix = Veröffentlichen Sie einen TLSA-Eintrag der Form 3 1 1 für den verwendeten Schlüssel. Veröffentlichen Sie vor jedem Schlüsselwechsel schon den nächsten und entfernen Sie den alten erst danach.
    .detail = Absender können diesen TLSA-Eintrag unter { $subject } nicht verwenden. { $reason }
    .detail-mismatch = Kein TLSA-Eintrag unter { $subject } passt zu dem Zertifikat, das { $host } zeigt.
    .fix-remove = Löschen Sie diesen Eintrag, Absender übergehen ihn. Die anderen unter diesem Namen bleiben.
    .fix-mismatch = Veröffentlichen Sie diesen TLSA-Eintrag für den verwendeten Schlüssel und löschen Sie die, zu denen kein Schlüssel mehr gehört: { $right }

dane-without-dnssec =
    .title = DANE ohne DNSSEC wirkt nicht
    .why = Es gibt TLSA-Einträge, aber die Zonen, auf denen sie beruhen, sind nicht signiert. Absender übergehen sie, sie schützen also nichts.
    .fix = Lassen Sie die Zone Ihrer Domain und die Zone des Mailservers mit DNSSEC signieren. Gehört der Mailserver Ihrem Anbieter, fragen Sie dort nach.
    .detail = Die TLSA-Einträge unter { $subject } sind nicht signiert, Absender verwenden sie für { $host } deshalb nicht.
    .detail-host = Die Adresse von { $host } ist nicht signiert, Absender fragen deshalb gar nicht nach den TLSA-Einträgen unter { $subject }.

dnssec-missing =
    .title = Die Zone ist nicht mit DNSSEC signiert
    .why = Ohne DNSSEC kann niemand prüfen, ob die Antworten über Ihre Domain echt sind, auch nicht die zu SPF, DKIM und DMARC. E-Mail funktioniert auch ohne. Das BSI empfiehlt DNSSEC, und DANE setzt es voraus.
    .fix = Fragen Sie Ihren DNS-Anbieter, ob sich DNSSEC einschalten lässt. Oft genügt ein Klick.
    .detail = Die Antworten für { $subject } sind nicht signiert. { $word }

dnssec-bogus =
    .title = Die DNSSEC-Signaturen der Zone sind falsch
    .why = Resolver, die DNSSEC prüfen, antworten für Ihre Domain gar nicht. Für deren Nutzer gibt es die Domain nicht: E-Mails von Ihnen und an Sie scheitern, oft nur bei manchen Empfängern.
    .fix = Lassen Sie Ihren DNS-Anbieter die Zone neu signieren und vergleichen Sie den DS-Eintrag beim Registrar mit dem Schlüssel der Zone. Als Soforthilfe lassen Sie den DS-Eintrag entfernen.
    .detail = Der Resolver verweigert die Antwort auf { $name } { $type } und gibt sie nur heraus, wenn er die Signaturen nicht prüfen soll.
    .detail-no-key-for-ds = Der DS-Eintrag beim Registrar passt zu keinem der Schlüssel von { $name }.
    .detail-unsigned = Die Zone { $name } ist signiert, ihre { $type }-Einträge aber haben keine Signatur.
    .detail-expired = Die Signatur von { $name } { $type } ist am { $date } abgelaufen.
    .detail-not-yet-valid = Die Signatur von { $name } { $type } gilt erst ab { $date }.
    .detail-invalid = Die Signatur von { $name } { $type } passt nicht zu den Einträgen oder zu keinem Schlüssel der Zone.
    .fix-ds = Vergleichen Sie den DS-Eintrag beim Registrar mit dem Schlüssel der Zone: Nach einem Wechsel des DNS-Anbieters oder des Schlüssels bleibt oft der alte stehen. Ersetzen Sie ihn oder lassen Sie ihn als Soforthilfe entfernen.
    .fix-expired = Lassen Sie Ihren DNS-Anbieter die Zone neu signieren, dort wird nicht mehr signiert. Als Soforthilfe lassen Sie den DS-Eintrag beim Registrar entfernen.
    .fix-tlsa = Melden Sie es dem Betreiber des DNS von { $host }. Bis es behoben ist, halten Absender, die DANE prüfen, E-Mails an Sie zurück; nach einigen Tagen kommen sie als unzustellbar zurück.

bimi-syntax =
    .title = BIMI-Eintrag enthält einen Fehler
    .why = Der Eintrag für Ihr Logo ist nicht lesbar. E-Mail-Programme zeigen deshalb kein Logo; die Zustellung ist nicht betroffen.
    .fix = Berichtigen Sie den Eintrag. Er beginnt mit v=BIMI1; und nennt in l die https:-Adresse des Logos und in a die des Zertifikats, falls Sie eines haben.
    .detail = „{ $token }“ ist in einem BIMI-Eintrag nicht gültig.
    .detail-version = Der Eintrag beginnt nicht genau mit v=BIMI1 (siehe „{ $token }“).
    .detail-location = Im Eintrag { $token } fehlt das Tag l mit der Adresse des Logos.
    .detail-https = „{ $token }“ ist keine https:-Adresse. Logos und Zertifikate werden nur über https abgeholt.
    .detail-svg = „{ $token }“ ist keine SVG-Datei. Mailprogramme zeigen Logos nur als SVG.
    .detail-several = Unter { $subject } stehen { $count } BIMI-Einträge, deshalb wird keiner davon verwendet.
    .fix-record = Gemeint war vermutlich: { $meant }

bimi-policy-too-weak =
    .title = DMARC-Richtlinie ist für ein Logo zu schwach
    .why = Postfachanbieter zeigen das Logo nur, wenn DMARC die Domain und ihre Subdomains schützt. Mit p=none oder sp=none erscheint es nicht; die Zustellung ist nicht betroffen.
    .fix = Bringen Sie die DMARC-Richtlinie einschließlich sp auf quarantine oder reject, sobald die Berichte ohne Befund sind. Lassen Sie BIMI sonst weg.
    .detail = Ein Logo ist veröffentlicht, aber die DMARC-Richtlinie unter { $dmarc } ist dafür zu schwach ({ $weak }).

dnsbl-listed =
    .title = Sendende Adresse oder Domain steht auf einer Sperrliste
    .why = Eine Sperrliste nennt Ihre sendende Adresse oder Ihre Domain. Empfänger, die diese Liste nutzen, lehnen die E-Mails ab oder legen sie in den Spam. Manche Listen nennen wegen der Nachbarn ganze Netze, ohne dass Sie etwas dafür können.
    .fix = Suchen Sie zuerst die Ursache, etwa ein gekapertes Postfach oder Webformular, und stellen Sie sie ab. Beantragen Sie dann die Löschung auf der Webseite der Liste. Gehört der Server Ihrem Anbieter, melden Sie es dort.
    .detail = { $list } führt { $subject }. { $meaning }
    .fix-list = Finden und beheben Sie zuerst die Ursache. Beantragen Sie dann hier die Austragung: { $page }. Gehört der Server Ihrem Anbieter, melden Sie den Eintrag dort.
    .fix-provider = Der Server gehört { $provider } und sendet auch für andere Kunden; die Löschung können Sie nicht selbst erreichen. Melden Sie den Eintrag { $provider } mit dieser Seite: { $page }. Bitten Sie bis dahin um einen anderen sendenden Server.

dnsbl-blocked =
    .title = Sperrliste hat die Abfrage verweigert
    .why = Die Liste hat nicht geantwortet, weil die Frage von einem öffentlichen oder stark genutzten Resolver kam. Das ist keine Listung. Ob Sie gelistet sind, bleibt offen.
    .fix = Wiederholen Sie die Prüfung mit einem eigenen Resolver, oder sehen Sie auf der Webseite der Liste nach.
    .detail = Keine Auskunft über { $subject } von: { $lists }. { $reason }

dns-servers-differ =
    .title = Nameserver geben unterschiedliche Antworten
    .why = Nicht alle Nameserver Ihrer Zone führen dieselben Einträge. Je nachdem, welcher gefragt wird, bestehen Ihre E-Mails oder scheitern. Kurz nach einer Änderung ist das normal.
    .fix = Warten Sie einige Stunden und prüfen Sie noch einmal. Bleibt es dabei, lassen Sie den DNS-Anbieter die Übertragung auf alle Nameserver reparieren, oder entfernen Sie Nameserver, die nicht mehr zu Ihnen gehören.
    .detail = Zu { $subject } sagt { $others } etwas anderes als { $most }.
    .detail-missing = { $subject } gibt es auf { $with }, aber nicht auf { $without }.

drift-missing =
    .title = Ein Eintrag aus der Konfiguration fehlt
    .why = Ihre Konfigurationsdatei verlangt diesen Eintrag, aber er ist nicht da. Der geplante Schutz wirkt noch nicht oder nicht mehr.
    .fix = Veröffentlichen Sie den Eintrag wie angegeben. Ist er nicht mehr gewünscht, nehmen Sie ihn aus der Konfiguration.
    .detail = Die Konfiguration verlangt bei { $subject } diesen { $type }-Eintrag, und er ist nicht da: { $value }
    .fix-name = Veröffentlichen Sie den Eintrag. Seinen Wert kennt, wer ihn gemacht hat: der Anbieter, oder wer den Schlüssel hat. Ist er nicht mehr gewünscht, nehmen Sie ihn aus der Konfiguration.
    .detail-name = Die Konfiguration verlangt bei { $subject } einen { $type }-Eintrag, und es gibt keinen.

drift-differs =
    .title = Eintrag weicht von der Konfiguration ab
    .why = Der Eintrag ist da, aber nicht so, wie Ihre Konfigurationsdatei ihn verlangt. Entweder hat jemand das DNS geändert, oder die Datei ist veraltet. Welches von beiden stimmt, entscheidet darüber, ob Ihre E-Mails betroffen sind.
    .fix = Veröffentlichen Sie den Eintrag wie konfiguriert, oder bringen Sie die Konfiguration auf den neuesten Stand.
    .detail = Bei { $subject } steht { $found }, die Konfiguration verlangt { $wanted }
    .detail-lacks = Bei { $subject } fehlt etwas, das die Konfiguration verlangt: { $wanted }
    .detail-extra = Bei { $subject } steht etwas, das die Konfiguration nicht verlangt: { $found }

drift-unexpected =
    .title = Ein Eintrag ist in der Konfiguration nicht vorgesehen
    .why = Die Zone enthält einen Eintrag, den Ihre Konfigurationsdatei nicht vorsieht. Er kann ein Überrest eines früheren Anbieters sein, und ein solcher Überrest kann anderen erlauben, in Ihrem Namen zu senden.
    .fix = Löschen Sie den Eintrag, wenn ihn niemand braucht. Nehmen Sie ihn sonst in die Konfiguration auf.
    .detail = Bei { $subject } steht ein { $type }-Eintrag, den die Konfiguration nicht nennt: { $value }
    .detail-key = Bei { $subject } steht ein DKIM-Schlüssel, aber die Konfiguration nennt den Selektor { $selector } nicht.

null-mx-incomplete =
    .title = Ungenutzte Domain ist nicht vollständig gesperrt
    .why = Diese Domain nimmt am E-Mail-Verkehr nicht teil, sagt das aber nicht vollständig. Fälscher nutzen solche Domains gern, weil niemand auf sie achtet.
    .fix = Veröffentlichen Sie alle Einträge für eine ungenutzte Domain: den Null-MX, v=spf1 -all, DMARC mit p=reject und einen leeren DKIM-Wildcard-Schlüssel. Der Befehl „mailauth record parked“ gibt sie aus.
    .detail = { $subject } wird nicht für E-Mail verwendet. Es fehlt: { $lacking }
    .detail-contradicted = { $subject } gibt an, nicht am E-Mail-Verkehr teilzunehmen, andere Einträge lassen die Domain aber senden. Ist sie außer Gebrauch, fehlt: { $lacking }

### Was an einem Zertifikat falsch ist, und andere Gründe innerhalb von Sätzen

certificate-expired = Es ist abgelaufen.
certificate-not-yet-valid = Es gilt noch nicht.
certificate-wrong-name = Es ist auf einen anderen Namen ausgestellt.
certificate-untrusted = Es stammt von keiner vertrauenswürdigen Stelle, oder der Server sendet das Zwischenzertifikat nicht mit.
certificate-self-signed = Der Server hat es sich selbst ausgestellt.
certificate-other = Es lässt sich nicht prüfen.

tlsa-data = Die Daten sind weder ein Zertifikat noch ein öffentlicher Schlüssel.
tlsa-public-usage = Die Verwendungen 0 und 1 zählen bei Mailservern nicht, nur 2 und 3.
tlsa-usage = Diese Verwendung gibt es nicht, bei Mailservern zählen nur 2 und 3.
tlsa-selector = Diesen Selektor gibt es nicht, nur 0 und 1.
tlsa-matching = Diese Vergleichsart gibt es nicht, nur 0, 1 und 2.
tlsa-length = Der Hashwert hat nicht die Länge seines Verfahrens.
tlsa-empty = Er enthält keine Daten.

ad-trust-resolv-conf = Das sagt der Resolver des Systems, den resolv.conf als vertrauenswürdig nennt (trust-ad).
ad-trust-loopback = Das sagt der Resolver auf diesem Rechner.
ad-trust-tls = Das sagt der Resolver, der über TLS erreicht wird.
signatures-checked-here = Das sagt die signierte Antwort der übergeordneten Zone; ihre Signatur wurde hier geprüft.
ad-trust-asked = Das sagt der Resolver, dem Sie mit --trust-ad glauben.
