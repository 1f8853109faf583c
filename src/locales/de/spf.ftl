### Die Seiten von `mailauth spf`.

spf-result-pass = { $ip } darf Mail für { $domain } versenden.
spf-result-fail = { $ip } darf keine Mail für { $domain } versenden.
spf-result-softfail = { $ip } sollte wohl keine Mail für { $domain } versenden; Empfänger sind misstrauisch.
spf-result-neutral = { $domain } sagt nicht, ob { $ip } Mail für die Domain versenden darf.
spf-result-none = Es gibt kein SPF, nach dem man gehen könnte.
spf-result-temperror = Nicht bekannt: Eine Antwort des DNS fehlt.
spf-result-permerror = Der SPF-Record von { $domain } lässt sich nicht auswerten; für Empfänger ist er defekt.

spf-decided-by = Entschieden durch: { $term } im Record von { $domain }
spf-explanation = Die Domain begründet es mit eigenen Worten, die niemand geprüft hat:
spf-identity-helo = Geprüft nach dem Begrüßungsnamen, da es keinen Absender gibt.
spf-way = Der Weg dorthin
spf-way-none = Kein Term wurde ausgewertet.
spf-tree-heading = Der Record und wohin er führt
spf-lookups = DNS-Lookups
spf-voids = Leere Lookups
spf-of = { $count } von höchstens { $limit }
spf-received = Received-SPF
spf-client = Client
spf-helo = Begrüßungsname
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
spf-mark-message = hängt von der Nachricht ab
spf-mark-void = { $count ->
    [one] { $count } leerer Lookup
   *[other] { $count } leere Lookups
}
spf-mark-unregistered = { $domain } kann jeder registrieren
spf-mark-missing = { $name } existiert nicht
spf-mark-unresolvable = { $name } hat keine Adresse
spf-mark-no-record = kein SPF-Record
spf-mark-several = { $count } SPF-Records
spf-mark-broken = fehlerhaft bei „{ $text }“
spf-mark-failed = { $name }: { $error }

spf-tree-ok = { $domain } hat einen SPF-Record, den Empfänger auswerten können.
spf-tree-broken = Empfänger können den SPF-Record von { $domain } nicht auswerten: Er gilt als Fehler.
spf-tree-several = { $domain } hat { $count } SPF-Records: Das gilt als Fehler.
spf-tree-none = { $domain } hat keinen SPF-Record.
spf-tree-missing = { $domain } existiert nicht.
spf-tree-unknown = Nicht bekannt: { $error }.
spf-tree-truncated = Der Baum endet an einer Grenze; die Zahlen sind Mindestwerte.

spf-reason-no-domain = Die Identität enthält keine Domain, die einen Record haben könnte.
spf-reason-domain-missing = { $domain } existiert nicht.
spf-reason-no-record = { $domain } hat keinen SPF-Record.
spf-reason-multiple-records = { $domain } hat { $count } SPF-Records; nur einer ist erlaubt.
spf-reason-syntax = Der Record von { $domain } ist bei „{ $text }“ fehlerhaft.
spf-reason-include-missing = Ein include führt zu { $target }, wo es keinen SPF-Record gibt.
spf-reason-redirect-missing = Das redirect führt zu { $target }, wo es keinen SPF-Record gibt.
spf-reason-too-many-lookups = Es sind mehr als { $limit } DNS-Lookups nötig.
spf-reason-too-many-voids = Mehr als { $limit } Lookups führten ins Leere.
spf-reason-too-many-mx = { $domain } hat { $count } Mailserver; ein Term darf höchstens 10 haben.
spf-reason-too-many-questions = Es sind insgesamt mehr als { $limit } DNS-Fragen nötig.
spf-reason-dns = Die Frage nach { $type } von { $name } blieb ohne Antwort: { $error }.
spf-reason-no-match = Kein Term des Records sagt etwas zu dieser Adresse.

spf-dns-nxdomain = den Namen gibt es nicht
spf-dns-nodata = einen solchen Record gibt es nicht
spf-dns-servfail = der Resolver konnte es nicht herausfinden (SERVFAIL)
spf-dns-timeout = keine Antwort in der vorgegebenen Zeit
spf-dns-offline = niemand wurde gefragt (--offline)
spf-dns-not-recorded = die Aufzeichnung enthält es nicht
spf-dns-cut = nicht gefragt, eine Grenze war erreicht
