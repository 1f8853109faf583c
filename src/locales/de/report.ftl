### Wörter von report.

report-title = Was Empfänger berichten
report-number = { $count }
report-head = { $dmarc }, { $tls }
report-head-period = { $dmarc }, { $tls }, vom { $begin } bis zum { $end }
report-dmarc-count = { $count ->
    [one] { $count } DMARC-Bericht
   *[other] { $count } DMARC-Berichte
}
report-tls-count = { $count ->
    [one] { $count } TLS-Bericht
   *[other] { $count } TLS-Berichte
}
report-duplicates = { $count ->
    [one] { $count } Bericht kam mehrfach und zählt einmal.
   *[other] { $count } Berichte kamen mehrfach und zählen einmal.
}
report-duplicates-unchecked = Es waren zu viele Berichte, um alle doppelten zu erkennen.
report-filtered = { $count ->
    [one] { $count } Bericht bleibt wegen --domain, --since oder --until außer Acht.
   *[other] { $count } Berichte bleiben wegen --domain, --since oder --until außer Acht.
}
report-none = Kein Bericht war lesbar.
report-nothing-left = Es wurden Berichte gelesen, aber keiner betrifft diese Domains und diese Zeit.
report-tls-not-in-lines = Die Zeilen handeln nur von DMARC; TLS-Berichte stehen in --format json, text und html.

report-messages = { $count ->
    [one] { $count } Nachricht, { $share } passend: { $pass } mit bestandenem DMARC, { $fail } ohne
   *[other] { $count } Nachrichten, { $share } passend: { $pass } mit bestandenem DMARC, { $fail } ohne
}
report-no-messages = Keine Nachrichten.
report-policy = Richtlinie im neuesten Bericht: { $policy }
report-reporters = Berichtet von: { $list }
report-and-more = und { $count } weitere

report-ready-reject = Bereit für p=reject: { $share } passend in { $days } Tagen.
report-ready-quarantine = Bereit für p=quarantine: { $share } passend in { $days } Tagen.
report-ready-quarantine-only = Bereit für p=quarantine, noch nicht für p=reject: { $share } passend in { $days } Tagen.
report-ready-early = { $days ->
    [one] Noch zu früh für ein Urteil: { $share } passend, aber nur { $days } Tag ist berichtet; warten Sie { $least } ab.
   *[other] Noch zu früh für ein Urteil: { $share } passend, aber nur { $days } Tage sind berichtet; warten Sie { $least } ab.
}
report-ready-no = { $days ->
    [one] Nicht bereit für eine strengere Richtlinie: { $share } passend an { $days } Tag.
   *[other] Nicht bereit für eine strengere Richtlinie: { $share } passend in { $days } Tagen.
}
report-ready-in-force = { $days ->
    [one] p={ $policy } gilt und schadet nicht: { $share } passend an { $days } Tag.
   *[other] p={ $policy } gilt und schadet nicht: { $share } passend in { $days } Tagen.
}
report-ready-harm = { $days ->
    [one] p={ $policy } gilt und trifft eigene E-Mails: { $share } passend an { $days } Tag.
   *[other] p={ $policy } gilt und trifft eigene E-Mails: { $share } passend in { $days } Tagen.
}
report-ready-strangers = Keiner der gesehenen Absender gehört zur Domain: Alle E-Mails stammen von Fremden.
report-without-strangers = Der Anteil lässt weg, was Fremde versandt haben.
report-left = Es bleiben: { $list }.
report-left-own = { $count ->
    [one] { $count } Nachricht eigener Absender
   *[other] { $count } Nachrichten eigener Absender
}
report-left-third = { $count ->
    [one] { $count } Nachricht eines anderen Dienstes
   *[other] { $count } Nachrichten anderer Dienste
}
report-left-forwarded = { $count ->
    [one] { $count } weitergeleitete Nachricht
   *[other] { $count } weitergeleitete Nachrichten
}
report-left-stranger = { $count ->
    [one] { $count } Nachricht von Fremden, die die Richtlinie aufhalten soll
   *[other] { $count } Nachrichten von Fremden, die die Richtlinie aufhalten soll
}
report-first = Sehen Sie sich zuerst { $who } an, dort { $count ->
    [one] scheitert { $count } Nachricht
   *[other] scheitern { $count } Nachrichten
}.

report-class-own = Versendet für die Domain, alles passt
report-class-own-failing = Versendet für die Domain, ganz oder zum Teil ohne Erfolg: vor einer strengeren Richtlinie zu reparieren
report-class-third-party = Weist sich als jemand anderes aus: ein Dienst, der für die Domain nicht eingerichtet ist, oder ein Fremder
report-class-forwarder = Leitet weiter, was die Domain versandt hat: SPF bricht unterwegs, DKIM muss halten
report-class-stranger = Weist sich als niemand aus: was die Richtlinie aufhalten soll
report-more-sources = { $count ->
    [one] und { $count } weiterer Absender mit { $messages } Nachrichten
   *[other] und { $count } weitere Absender mit { $messages } Nachrichten
}
report-cut = Es gab mehr Namen, als behalten werden; die Summen stimmen, die Listen sind nicht vollständig.
report-column-messages = Nachrichten
report-column-aligned = Passend
report-column-dkim = DKIM
report-column-spf = SPF
report-column-sender = Absender
report-column-fate = Was daraus wurde
report-fate-none = { $count } zugestellt
report-fate-pass = { $count } bestanden
report-fate-quarantine = { $count } aussortiert
report-fate-reject = { $count } abgewiesen
report-timeline = Nachrichten je Tag: unten bestanden, oben gescheitert
report-timeline-bar = { $day }: { $pass } bestanden, { $fail } gescheitert

report-tls-heading = TLS-Berichte
report-tls-line = { $policy }: { $good } Verbindungen gelangen, { $bad } scheiterten
report-tls-failure = { $count }-mal { $kind }
report-tls-failure-at = { $count }-mal { $kind } bei { $mx }
report-skipped-heading = Nicht gezählt
report-skipped-more = { $count ->
    [one] und { $count } weiterer Eintrag
   *[other] und { $count } weitere Einträge
}
