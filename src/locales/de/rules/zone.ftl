### Regeltexte: Zonendateien

zone-syntax =
    .title = Eintrag in der Zonendatei ist nicht lesbar
    .why = Ein Nameserver kann diesen Eintrag nicht laden, und viele verweigern deswegen die ganze Zone. Änderungen an Ihren E-Mail-Einträgen werden dann nicht wirksam.
    .fix = Berichtigen Sie die markierte Zeile. Setzen Sie Texte in doppelte Anführungszeichen, in Teilstücken von jeweils höchstens 255 Zeichen.
    .detail = { $token } ist nicht lesbar.
    .detail-bad-address = { $token } ist keine IP-Adresse. Schreiben Sie alle ihre Teile, etwa 192.0.2.1 oder 2001:db8::1.
    .detail-string-too-long = Ein Text aus { $octets } Oktetten ist zu lang; ein Nameserver nimmt höchstens 255. Teilen Sie ihn im selben Eintrag in mehrere Stücke in Anführungszeichen, eines nach dem anderen.
    .detail-unknown-type = { $token } ist weder ein Eintragstyp noch eine TTL. Prüfen Sie die Schreibweise und die Reihenfolge: Name, TTL, IN, Typ, Daten.
    .detail-missing-type = Der Eintrag endet, bevor er einen Typ nennt. Schreiben Sie Name, TTL, IN, Typ und Daten in eine Zeile.
    .detail-missing-data = Der Eintrag endet hinter { $token }, bevor seine Daten vollständig sind. Ergänzen Sie, was fehlt.
    .detail-trailing-data = { $token } ist mehr, als dieser Typ aufnimmt. Entfernen Sie es, oder setzen Sie den ganzen Text in Anführungszeichen.
    .detail-bad-ttl = { $token } ist keine TTL. Schreiben Sie Sekunden wie 3600 oder Einheiten wie 1h30m.
    .detail-bad-escape = { $token } enthält einen umgekehrten Schrägstrich ohne Bedeutung. Schreiben Sie \\ für einen solchen Strich oder \DDD mit drei Ziffern bis 255.
    .detail-bad-name = { $token } steht dort, wo ein Name hingehört. Namen stehen ohne Anführungszeichen.
    .detail-empty-label = { $token } hat einen Punkt zu viel. Entfernen Sie den Punkt am Anfang oder einen von zweien hintereinander.
    .detail-label-too-long = In { $token } ist ein Teil zwischen zwei Punkten länger als 63 Zeichen. Kürzen Sie ihn.
    .detail-name-too-long = { $token } ist zu lang: Mit der angehängten Domain hat der Name mehr als 255 Oktette. Kürzen Sie ihn, oder ergänzen Sie den Punkt am Ende, falls er fehlt.
    .detail-bad-idn = { $token } enthält Buchstaben, die kein Domainname haben kann. Berichtigen Sie sie, oder schreiben Sie den Namen in seiner Form mit xn--.
    .detail-bad-number = { $token } ist keine Zahl in dem Bereich, der hierher gehört. Schreiben Sie nur Ziffern.
    .detail-bad-hex = { $token } besteht nicht aus Paaren hexadezimaler Ziffern. Kopieren Sie den Wert noch einmal.
    .detail-bad-base64 = { $token } ist kein Base64. Kopieren Sie den Wert noch einmal.
    .detail-bad-generic-data = { $token } passt nicht: Daten dieses Typs haben die Form \# Länge Hexadezimalziffern. Kopieren Sie den Eintrag noch einmal, oder prüfen Sie die Schreibweise seines Typs.
    .detail-record-too-long = Der Eintrag ist länger als 65.535 Oktette. Entfernen Sie einen Teil seiner Daten.
    .detail-wrong-class = { $token } ist eine andere Klasse als IN. Schreiben Sie IN.
    .detail-unknown-directive = { $token } ist keine Anweisung. Es gibt $ORIGIN, $TTL, $INCLUDE und $GENERATE.
    .detail-bad-directive = Die Anweisung bei { $token } hat keine brauchbare Angabe. Ergänzen Sie sie.
    .detail-unterminated-string = Ein Anführungszeichen wird geöffnet und in seiner Zeile nicht geschlossen. Ergänzen Sie das schließende Anführungszeichen.
    .detail-unclosed-parenthesis = Eine Klammer wird geöffnet und nie geschlossen. Ergänzen Sie die schließende hinter dem Eintrag.
    .detail-stray-parenthesis = Hier steht eine schließende Klammer ohne öffnende. Entfernen Sie sie.
    .detail-no-owner = Die Zeile beginnt mit einem Leerzeichen und hat so keinen eigenen Namen, und darüber steht kein lesbarer. Schreiben Sie den Namen an den Anfang der Zeile.
    .detail-too-many-words = Der Eintrag hat mehr Wörter, als irgendein Eintrag aufnehmen kann. Entfernen Sie, was nicht dazu gehört.
    .detail-include-missing = Die Datei { $token } gibt es nicht. Prüfen Sie den Pfad; er zählt ab dem Ordner der Zonendatei.
    .detail-include-unreadable = Die Datei { $token } kann nicht gelesen werden. Prüfen Sie ihre Rechte.
    .detail-include-outside = Die Datei { $token } liegt außerhalb des Ordners der Zonendatei und wird von dort nicht gelesen. Legen Sie sie unter diesen Ordner.
    .detail-include-not-a-file = { $token } ist keine gewöhnliche Datei. Nennen Sie eine Datei.
    .detail-include-no-folder = { $token } kann nicht eingebunden werden: Text aus der Standardeingabe hat keinen Ordner. Nennen Sie die Zonendatei mit ihrem Namen.
    .detail-include-loop = Die Datei { $token } bindet sich selbst ein. Entfernen Sie eine der Anweisungen.
    .detail-include-too-deep = { $token } wird nicht gelesen: Dateien sind mehr als 8 tief eingebunden. Binden Sie sie weiter oben ein.
    .detail-include-too-many = { $token } wird nicht gelesen: Es sind mehr als 100 Dateien eingebunden. Prüfen Sie die Dateien in Teilen.
    .detail-include-too-large = { $token } wird nicht gelesen: Die eingebundenen Dateien sind zusammen größer als 256 MiB. Prüfen Sie die Dateien in Teilen.
    .detail-bad-generate = { $token } passt nicht: Die Form ist $GENERATE Anfang-Ende Name Typ Daten. Berichtigen Sie die Anweisung.
    .detail-generate-limit = { $token } erzeugt mehr Einträge, als betrachtet werden (65.536), oder längere. Prüfen Sie den Bereich.
    .detail-more = { $count ->
        [one] { $count } weiterer Eintrag ist nicht lesbar
       *[other] { $count } weitere Einträge sind nicht lesbar
    }. Berichtigen Sie die ersten und prüfen Sie erneut: Ein Versehen zieht oft viele nach sich.
    .fix-include = Berichtigen Sie die Anweisung $INCLUDE, oder legen Sie die Datei dorthin, wohin sie zeigt. Was darin steht, ist hier bis dahin unbekannt.
    .detail-preference = Vor { $token } steht keine Zahl. Ein MX-Eintrag braucht zuerst eine Präferenz, etwa 10 { $token }.
    .detail-comment = Der Text { $token } endet an einem Semikolon. Ohne Anführungszeichen beginnt dort ein Kommentar, und der Rest des Eintrags geht verloren.
    .fix-entry = Berichtigen Sie die markierte Stelle.
    .fix-comment = Setzen Sie den ganzen Text in Anführungszeichen: { $meant }

zone-missing-trailing-dot =
    .title = Punkt am Ende eines Namens fehlt
    .why = In einer Zonendatei wird an einen Namen ohne Punkt am Ende die Domain noch einmal angehängt. Das Ziel wird so zu einem Namen, den es nicht gibt, und E-Mails oder Prüfungen, die darauf beruhen, scheitern.
    .fix = Setzen Sie einen Punkt an das Ende des Namens.
    .detail = Der { $type }-Eintrag zeigt auf { $written } ohne Punkt am Ende und damit auf { $becomes }. Gemeint ist { $target }
    .detail-owner = Der Name des { $type }-Eintrags ist { $written } ohne Punkt am Ende geschrieben und wird so zu { $becomes }. Gemeint ist { $target }

zone-cname-conflict =
    .title = CNAME neben anderen Einträgen
    .why = Ein Name mit einem CNAME darf keine weiteren Einträge haben. Nameserver verweigern die Zone oder antworten unvorhersehbar, und SPF-, DKIM- oder MX-Einträge an diesem Namen gehen verloren.
    .fix = Löschen Sie entweder den CNAME oder die anderen Einträge. An der Domain selbst ist ein CNAME nie möglich.
    .detail = { $subject } hat einen CNAME auf { $target } und daneben Einträge dieser Typen: { $types }.
    .detail-apex = { $subject } ist die Domain selbst und hat einen CNAME auf { $target }. Die anderen Einträge dort ({ $types }) gehen dann verloren, oder die Zone wird abgelehnt.
    .detail-two = { $subject } hat zwei verschiedene CNAMEs, auf { $target } und auf { $other }. Nur einer ist erlaubt.
    .fix-apex = Löschen Sie den CNAME und tragen Sie die Adressen seines Ziels als A- und AAAA-Einträge ein. Manche DNS-Anbieter haben dafür einen Typ namens ALIAS oder ANAME.
    .fix-two = Löschen Sie den veralteten CNAME.

zone-duplicate-record =
    .title = Derselbe Eintrag steht doppelt da
    .why = Nameserver behalten von zwei gleichen Einträgen nur einen, es ist also nichts defekt. Eine spätere Änderung trifft aber leicht nur eine der beiden Zeilen.
    .fix = Löschen Sie eine der beiden Zeilen.
    .detail = { $subject } hat denselben { $type }-Eintrag zweimal.

zone-ttl =
    .title = Ungewöhnliche Lebensdauer (TTL) eines E-Mail-Eintrags
    .why = Bei sehr kurzer Lebensdauer fragen Empfänger ständig neu, und jede DNS-Störung trifft Ihre E-Mails sofort. Bei sehr langer dauert es Tage, bis Korrekturen überall ankommen.
    .fix = Setzen Sie die TTL auf einen Wert zwischen 300 und 86400 Sekunden; 3600 ist gut. Behalten Sie eine kurze nur, solange Sie etwas umstellen.
    .detail = Der { $type }-Eintrag bei { $subject } lebt { $ttl ->
        [one] { $ttl } Sekunde
       *[other] { $ttl } Sekunden
    }; weniger als 300 ist ungewöhnlich kurz.
    .detail-long = Der { $type }-Eintrag bei { $subject } lebt { $ttl } Sekunden; mehr als 86400, ein Tag, ist ungewöhnlich lang.
