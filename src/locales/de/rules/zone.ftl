### Regeltexte: Zonendateien

zone-syntax =
    .title = Eintrag in der Zonendatei ist nicht lesbar
    .why = Ein Nameserver kann diesen Eintrag nicht laden, und viele verweigern deswegen die ganze Zone. Änderungen an Ihren E-Mail-Einträgen werden dann nicht wirksam.
    .fix = Berichtigen Sie die markierte Zeile. Setzen Sie Texte in doppelte Anführungszeichen, in Teilstücken von jeweils höchstens 255 Zeichen.

zone-missing-trailing-dot =
    .title = Punkt am Ende eines Namens fehlt
    .why = In einer Zonendatei wird an einen Namen ohne Punkt am Ende die Domain noch einmal angehängt. Das Ziel wird so zu einem Namen, den es nicht gibt, und E-Mails oder Prüfungen, die darauf beruhen, scheitern.
    .fix = Setzen Sie einen Punkt an das Ende des Namens.

zone-cname-conflict =
    .title = CNAME neben anderen Einträgen
    .why = Ein Name mit einem CNAME darf keine weiteren Einträge haben. Nameserver verweigern die Zone oder antworten unvorhersehbar, und SPF-, DKIM- oder MX-Einträge an diesem Namen gehen verloren.
    .fix = Löschen Sie entweder den CNAME oder die anderen Einträge. An der Domain selbst ist ein CNAME nie möglich.

zone-duplicate-record =
    .title = Derselbe Eintrag steht doppelt da
    .why = Nameserver behalten von zwei gleichen Einträgen nur einen, es ist also nichts defekt. Eine spätere Änderung trifft aber leicht nur eine der beiden Zeilen.
    .fix = Löschen Sie eine der beiden Zeilen.

zone-ttl =
    .title = Ungewöhnliche Lebensdauer (TTL) eines E-Mail-Eintrags
    .why = Bei sehr kurzer Lebensdauer fragen Empfänger ständig neu, und jede DNS-Störung trifft Ihre E-Mails sofort. Bei sehr langer dauert es Tage, bis Korrekturen überall ankommen.
    .fix = Setzen Sie die TTL auf einen Wert zwischen 300 und 86400 Sekunden; 3600 ist gut. Behalten Sie eine kurze nur, solange Sie etwas umstellen.
