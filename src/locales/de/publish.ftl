### Wörter von keygen und record.

keygen-next =
    Der private Schlüssel liegt in { $file }; halten Sie ihn geheim.
    Veröffentlichen Sie erst den Eintrag, dann signieren Sie: mailauth sign --key { $file } --domain { $domain } --selector { $selector }

record-label-name = Name
record-label-type = Typ
record-label-value = Wert

record-policy-file = Diese Richtliniendatei gehört dazu, unter { $url }

record-said-dkim =
    Empfänger finden den öffentlichen Schlüssel unter { $name } und prüfen damit Signaturen von { $domain } mit dem Selektor { $selector }.
record-said-dkim-testing = Mit t=y sagt er, dass { $domain } nur testet; entfernen Sie es, sobald die Signaturen gültig sind.
record-said-dkim-strict = Mit t=s erlaubt er keine Signaturen für Adressen in Subdomains.
record-said-dkim-weak = Ein Schlüssel mit { $bits } Bit ist schwach, und manche Empfänger nehmen ihn nicht an; erzeugen Sie einen mit 2048 Bit.
record-said-dkim-next = Signieren Sie erst, wenn der Eintrag im DNS zu sehen ist, und lassen Sie ihn nach der letzten Signatur noch eine Woche stehen.

record-said-spf = Empfänger erkennen die Server in diesem Eintrag als Absender von E-Mails mit { $domain } als Umschlagabsender an.
record-said-spf-nobody = Kein Server darf E-Mails mit { $domain } als Umschlagabsender senden.
record-said-spf-fail = E-Mails von jedem anderen Server scheitern an SPF, und viele Empfänger lehnen sie ab.
record-said-spf-softfail = E-Mails von jedem anderen Server gelten als verdächtig, werden aber nicht allein deshalb abgelehnt.
record-said-spf-neutral = Über andere Server sagt er nichts und schützt daher kaum vor gefälschten E-Mails.
record-said-spf-lookups = { $count ->
    [one] Er braucht { $count } DNS-Abfrage, ohne die innerhalb von „include“; SPF erlaubt insgesamt 10.
   *[other] Er braucht { $count } DNS-Abfragen, ohne die innerhalb von „include“; SPF erlaubt insgesamt 10.
}

record-said-dmarc-none = Empfänger stellen E-Mails von { $domain } zu wie bisher, ob sie sich authentifizieren oder nicht.
record-said-dmarc-quarantine = Empfänger legen E-Mails von { $domain }, die sich nicht authentifizieren, in den Spam.
record-said-dmarc-reject = Empfänger lehnen E-Mails von { $domain } ab, die sich nicht authentifizieren.
record-said-dmarc-reports = Sammelberichte sagen, wer im Namen der Domain sendet; lesen Sie sie, bevor Sie die Richtlinie verschärfen.
record-said-dmarc-no-reports = Niemand erhält Berichte; mit --rua sähen Sie, wer im Namen der Domain sendet.
record-said-dmarc-test = Mit t=y wenden Empfänger vorerst die nächstschwächere Richtlinie an.
record-said-dmarc-strict = Bei strenger Ausrichtung zählen Signatur oder Umschlagabsender einer Subdomain nicht für die Domain.

record-said-mta-sts = Server, die an { $domain } senden, sehen, dass es eine Richtliniendatei gibt, und holen sie über HTTPS.
record-said-mta-sts-testing = Sie stellen auf jeden Fall zu und berichten nur, wo TLS nicht hält (mode testing).
record-said-mta-sts-enforce = Sie stellen nur an diese Mailserver zu, über TLS mit gültigem Zertifikat (mode enforce).
record-said-mta-sts-none = Sie behandeln die Domain, als hätte sie keine Richtlinie (mode none).

record-said-tls-rpt = Server, die an { $domain } senden, berichten einmal am Tag, wie oft TLS gelang und warum es scheiterte.
record-said-tls-rpt-use = Lesen Sie diese Berichte, bevor MTA-STS auf enforce gestellt wird.

record-said-parked = Diese Einträge sagen, dass { $domain } E-Mails weder sendet noch empfängt und dass alle E-Mails von dort gefälscht sind.
record-said-parked-subdomains = DMARC gilt auch für die Subdomains; eine Subdomain mit eigenen E-Mails braucht eigene Einträge.

record-said-all = { $count ->
    [one] { $domain }: { $count } Eintrag.
   *[other] { $domain }: { $count } Einträge.
}
record-said-foreign-key = Zum Selektor { $selector } gibt es hier keine Schlüsseldatei, daher fehlt sein Eintrag; ihn liefert, wer den Schlüssel hat.
record-said-unknown-terms = Was { $provider } in SPF braucht, ist verschieden oder nicht bekannt, daher steht dafür nichts im Eintrag; tragen Sie die Angaben in spf.terms ein.

man-written = { $count ->
    [one] { $count } Seite in { $folder }
   *[other] { $count } Seiten in { $folder }
}
