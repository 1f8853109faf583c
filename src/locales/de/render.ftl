### Wörter der Ausgabe, die zu keiner Regel gehören.

severity-error = Fehler
severity-warning = Warnung
severity-note = Hinweis

change-add = veröffentlichen
change-replace = ersetzen
change-delete = entfernen

count-errors = { $count } Fehler
count-warnings = { $count ->
    [one] { $count } Warnung
   *[other] { $count } Warnungen
}
count-notes = { $count ->
    [one] { $count } Hinweis
   *[other] { $count } Hinweise
}

lint-clean = Nichts zu beanstanden.
lint-summary = { $errors }, { $warnings }, { $notes }
lint-suppressed = { $count ->
    [one] { $count } Befund ist durch Zonendatei, Konfiguration oder Baseline unterdrückt.
   *[other] { $count } Befunde sind durch Zonendatei, Konfiguration oder Baseline unterdrückt.
}

check-verdict-pass = In Ordnung: Nichts hier bringt E-Mails in den Spam-Ordner.
check-verdict-pass-rest = Nichts außer dem, was ausgeblendet ist.
check-verdict-warn = Es funktioniert, ist aber schwächer als nötig.
check-verdict-fail = E-Mails dieser Domain sind gefährdet.
check-verdict-unknown = Nicht bekannt: Einige Antworten fehlen.
check-progress-left = noch
check-first = Zuerst: { $title }
check-causes = Warum, das Wichtigste zuerst:
check-class-refused = E-Mails werden abgewiesen oder fallen durch die Prüfung
check-class-spam = E-Mails landen im Spam-Ordner
check-class-weak = Geschwächt
check-class-tidy = Bei Gelegenheit aufräumen
check-unseen = Nicht gesehen: { $what }. Das ist kein Fehler der Domain.
check-selectors-tried = Versuchte DKIM-Selektoren: { $list }
check-queries = { $queries ->
    [one] { $queries } DNS-Frage, { $elapsed } ms
   *[other] { $queries } DNS-Fragen, { $elapsed } ms
}
check-cut = Die Prüfung endete an einer Grenze; es kann mehr zu finden sein.
check-findings = Befunde
check-receivers = Was Empfänger daraus machen
outlook-ok = nichts spricht dagegen
outlook-spam-risk = kann im Spam-Ordner landen
outlook-reject-risk = kann abgewiesen werden
outlook-unknown = nicht bekannt
check-profile = Gemessen an { $profile }
check-reply = Antwort beim Ablehnen: „{ $reply }“.
check-mailboxes = Ihre Postfächer liegen bei { $providers }.
check-senders = Für Sie senden dürfen außerdem: { $providers }.
check-facts = Was veröffentlicht ist
check-not-known = nicht bekannt
dns-no-name = den Namen gibt es nicht
dns-no-data = keinen solchen Eintrag gibt es
dns-servfail = Serverfehler
dns-refused = Auskunft verweigert
dns-rcode = der Server meldet einen Fehler
dns-timeout = keine Antwort in der gesetzten Zeit
dns-malformed = unlesbare Antwort
dns-network = Netzwerkfehler
dns-nobody = unter { $server } antwortet niemand
dns-tcp-refused = die Antwort ist zu groß für UDP, und { $server } lehnt TCP ab
dns-tcp-closed = die Antwort ist zu groß für UDP, und { $server } beendet die TCP-Verbindung
dns-tcp-silent = die Antwort ist zu groß für UDP, und { $server } antwortet über TCP nicht
dns-certificate = das Zertifikat von { $server } gilt nicht. { $reason }
dns-tls = keine TLS-Verbindung zu { $server }
dns-offline = nicht gefragt: offline
dns-not-recorded = nicht in der Aufzeichnung
dns-cut = nicht gefragt: Grenze erreicht
dns-private = nicht gefragt: private Adresse
check-none = nichts
check-dnssec-secure = signiert, { $by }
check-dnssec-insecure = nicht signiert, { $by }
check-dnssec-bogus = falsch signiert, { $by }
check-dnssec-by-signatures = Signaturen hier geprüft
check-dnssec-by-ad-bit = sagt der Resolver
check-dnssec-by-checking-disabled = der Resolver verweigert die Antwort
check-telematik = Namen unterhalb von kim.telematik gehören zu einem geschlossenen Netz, das weder SPF noch DKIM oder DMARC verwendet; sie werden nicht bewertet.

rules-heading = Die Regeln
rule-severity = Schweregrad: { $severity }
rule-found-by = Gefunden von: { $commands }
rule-why = Warum es wichtig ist
rule-fix = Was zu tun ist
rule-references = Standards
rule-ignore = Zum Ausblenden: { $how }
