### Wörter der Seiten für den Browser.

page-check-title = E-Mail-Prüfung von { $domain }
page-check-many = E-Mail-Prüfung
page-check-foot = Geprüft am { $day }.{ $month }.{ $year } mit mailauth { $version }.
page-first = Das zuerst
page-first-more = Einzelheiten und Einträge zum Kopieren
page-instead-of = Was dadurch ersetzt wird
page-receiver = Empfänger
page-receiver-outlook = Ihre E-Mails dort
page-receiver-why = Was dort fehlt
page-not-published = Nicht veröffentlicht
page-in-order = in Ordnung
page-null-mx = nimmt keine E-Mails an (Null-MX)

page-card-mx = Mailserver (MX)
page-card-key = DKIM-Schlüssel { $selector }
page-key-kind = Art
page-key-rsa = RSA, { $bits } Bit
page-key-state = Zustand
page-key-published = veröffentlicht
page-key-testing = als Test markiert (t=y)
page-key-revoked = zurückgezogen
page-key-tried = Versucht
page-spf-others = Alle anderen
page-spf-fail = werden abgelehnt
page-spf-softfail = sind verdächtig
page-spf-neutral = bleiben offen
page-spf-pass = dürfen auch senden
page-spf-no-all = nicht geregelt
page-dmarc-domain = Gefälschte E-Mails
page-dmarc-subdomains = Von Subdomains
page-dmarc-nonexistent = Von Namen, die es nicht gibt
page-dmarc-none = werden zugestellt (none)
page-dmarc-quarantine = landen im Spam (quarantine)
page-dmarc-reject = werden abgelehnt (reject)
page-dmarc-from = Eintrag von
page-sts-mode = Modus
page-sts-age = Gültig für
page-days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
page-tls-to = Berichte an
page-bimi-logo = Logo
page-dnssec-secure = signiert
page-dnssec-insecure = nicht signiert
page-dnssec-bogus = falsche Signaturen
page-dnssec-indeterminate = nicht bekannt

page-tree-heading = Der SPF-Eintrag und wohin er führt
page-tree-picture = Der SPF-Eintrag als Baum
page-tree-table = Dasselbe als Tabelle
page-tree-terms = Angabe für Angabe
page-tree-term = Angabe
page-tree-result = Ergebnis
page-tree-cost = Kosten
page-tree-sum = Bisher
page-tree-remarks = Bemerkungen
page-tree-limit = Grenze von { $limit }: Was darunter steht, werten Empfänger nicht aus
