### Die Seiten von `mailauth spf`.

spf-result-pass = { $ip } darf E-Mails für { $domain } versenden.
spf-result-fail = { $ip } darf keine E-Mails für { $domain } versenden.
spf-result-softfail = { $ip } sollte wohl keine E-Mails für { $domain } versenden; Empfänger sind misstrauisch.
spf-result-neutral = { $domain } sagt nicht, ob { $ip } E-Mails für die Domain versenden darf.
spf-result-none = Es gibt kein SPF, nach dem man gehen könnte.
spf-result-temperror = Nicht bekannt: Eine Antwort des DNS fehlt.
spf-result-permerror = Der SPF-Eintrag von { $domain } ist fehlerhaft; Empfänger können ihn nicht auswerten.

spf-decided-by = Entschieden durch: { $term } im Eintrag von { $domain }
spf-explanation = Die Domain begründet es mit eigenen Worten, die niemand geprüft hat:
spf-identity-helo = Geprüft nach dem HELO-Namen, da es keinen Absender gibt.
spf-way = Der Weg dorthin
spf-way-none = Keine Angabe wurde ausgewertet.
spf-tree-heading = Der Eintrag und wohin er führt
spf-lookups = DNS-Abfragen
spf-voids = Leere Abfragen
spf-of = { $count } von höchstens { $limit }
spf-received = Received-SPF
spf-client = Client
spf-helo = HELO-Name
spf-sender = Absender
spf-addresses = Adressen
spf-addresses-sum = { $ipv4 ->
    [one] { $ipv4 } IPv4-Adresse
   *[other] { $ipv4 } IPv4-Adressen
}, { $ipv6 ->
    [one] { $ipv6 } IPv6-/64
   *[other] { $ipv6 } IPv6-/64
}
spf-more = und { $count } weitere
spf-title = SPF von { $domain }
spf-findings = Befunde

spf-match-no = trifft nicht zu
spf-mark-over = über der Grenze: Empfänger brechen hier ab
spf-mark-unreached = wird nie erreicht
spf-mark-circular = führt im Kreis zurück
spf-mark-cut = nicht weiter verfolgt
spf-mark-repeated = steht schon oben
spf-mark-message = hängt von der Nachricht ab
spf-mark-void = { $count ->
    [one] { $count } leere Abfrage
   *[other] { $count } leere Abfragen
}
spf-mark-unregistered = { $domain } kann jeder registrieren
spf-mark-missing = { $name } existiert nicht
spf-mark-unresolvable = { $name } hat keine Adresse
spf-mark-no-record = kein SPF-Eintrag
spf-mark-several = { $count } SPF-Einträge
spf-mark-broken = fehlerhaft bei „{ $text }“
spf-mark-failed = { $name }: { $error }

spf-tree-ok = { $domain } hat einen SPF-Eintrag, den Empfänger auswerten können.
spf-tree-broken = Der SPF-Eintrag von { $domain } ist fehlerhaft; Empfänger können ihn nicht auswerten.
spf-tree-several = { $domain } hat { $count } SPF-Einträge, deshalb verwenden Empfänger keinen davon.
spf-tree-none = { $domain } hat keinen SPF-Eintrag.
spf-tree-missing = { $domain } existiert nicht.
spf-tree-unknown = Nicht bekannt: { $error }.
spf-tree-truncated = Der Baum endet an einer Grenze; die Zahlen sind Mindestwerte.

spf-reason-no-domain = Die Identität enthält keine Domain, die einen Eintrag haben könnte.
spf-reason-domain-missing = { $domain } existiert nicht.
spf-reason-no-record = { $domain } hat keinen SPF-Eintrag.
spf-reason-multiple-records = { $domain } hat { $count } SPF-Einträge; nur einer ist erlaubt.
spf-reason-syntax = Der Eintrag von { $domain } ist bei „{ $text }“ fehlerhaft.
spf-reason-include-missing = Ein „include“ führt zu { $target }, wo es keinen SPF-Eintrag gibt.
spf-reason-redirect-missing = Das „redirect“ führt zu { $target }, wo es keinen SPF-Eintrag gibt.
spf-reason-too-many-lookups = Es sind mehr als { $limit } DNS-Abfragen nötig.
spf-reason-too-many-voids = Mehr als { $limit } Abfragen führten ins Leere.
spf-reason-too-many-mx = { $domain } hat { $count } Mailserver; eine Angabe darf zu höchstens 10 führen.
spf-reason-too-many-questions = Es sind insgesamt mehr als { $limit } einzelne DNS-Fragen nötig.
spf-reason-dns = Die Frage nach { $type } von { $name } blieb ohne Antwort: { $error }.
spf-reason-no-match = Keine Angabe des Eintrags sagt etwas zu dieser Adresse.

spf-dns-nxdomain = den Namen gibt es nicht
spf-dns-nodata = einen solchen Eintrag gibt es nicht
spf-dns-servfail = der Resolver konnte es nicht herausfinden (SERVFAIL)
spf-dns-timeout = keine Antwort in der vorgegebenen Zeit
spf-dns-offline = niemand wurde gefragt (--offline)
spf-dns-not-recorded = die Aufzeichnung enthält es nicht
spf-dns-cut = nicht gefragt, eine Grenze war erreicht
spf-dns-refused = der Resolver lehnte die Frage ab (REFUSED)
spf-dns-rcode = der Resolver antwortete mit dem Fehlercode { $code }
spf-dns-malformed = die Antwort war fehlerhaft
spf-dns-network = der Resolver war nicht zu erreichen ({ $why })
spf-dns-private = nicht gefragt, die Adresse ist nicht öffentlich
