### Regeltexte: SPF und die Domain selbst

domain-missing =
    .title = Die Domain existiert nicht
    .why = Laut DNS gibt es diese Domain nicht. Empfänger lehnen E-Mails von einer Domain ab, die es nicht gibt, und Antworten kommen nirgends an. Meist ist es ein Tippfehler, eine abgelaufene Registrierung oder eine Zone, die nie delegiert wurde.
    .fix = Prüfen Sie die Schreibweise. Stimmt sie, fragen Sie Ihren Registrar, ob die Domain noch registriert ist und welche Nameserver eingetragen sind.

spf-missing =
    .title = Kein SPF-Eintrag
    .why = Empfänger können nicht erkennen, welche Server für Ihre Domain senden dürfen. Ihre eigenen E-Mails wirken weniger vertrauenswürdig, und Fremde können leichter in Ihrem Namen senden. Die großen Postfachanbieter verlangen SPF oder DKIM von allen und beides von Massenversendern.
    .fix = Veröffentlichen Sie an der Domain selbst einen TXT-Eintrag, der Ihren E-Mail-Anbieter und jeden weiteren Dienst nennt, der für Sie sendet, und mit ~all endet. Sendet die Domain gar keine E-Mails, veröffentlichen Sie v=spf1 -all.

spf-multiple-records =
    .title = Mehr als ein SPF-Eintrag
    .why = Eine Domain darf nur einen SPF-Eintrag haben. Bei zweien verwenden Empfänger keinen davon, und SPF scheitert für alle Ihre E-Mails. Das passiert leicht, wenn ein neuer Anbieter eingerichtet wird und der alte Eintrag stehen bleibt.
    .fix = Fassen Sie alle Angaben in einem Eintrag zusammen, mit v=spf1 am Anfang und einem einzigen „all“ am Ende. Löschen Sie die übrigen.

spf-syntax =
    .title = SPF-Eintrag ist nicht lesbar
    .why = Eine einzige falsche Angabe macht den ganzen SPF-Eintrag ungültig, egal wo sie steht. Für Empfänger ist SPF dann bei allen Ihren E-Mails defekt, und manche lehnen sie ab.
    .fix = Berichtigen Sie die markierte Stelle. Zwischen den Angaben stehen Leerzeichen, keine Kommas, Semikolons oder Anführungszeichen.

spf-version-typo =
    .title = TXT-Eintrag sieht aus wie SPF, zählt aber nicht
    .why = Ein SPF-Eintrag muss genau mit v=spf1 und einem Leerzeichen beginnen. Dieser tut es nicht. Empfänger übergehen ihn, und Ihre Domain steht ohne SPF da.
    .fix = Lassen Sie den Eintrag mit v=spf1 und einem Leerzeichen beginnen. Entfernen Sie Anführungszeichen, Leerzeichen und andere Zeichen davor und danach.

spf-string-split =
    .title = Leerzeichen zwischen zwei Teilen des SPF-Eintrags fehlt
    .why = Ein langer TXT-Eintrag wird in mehreren Teilstücken gespeichert, und Empfänger fügen sie ohne Leerzeichen zusammen. Hier laufen zwei Angaben ineinander und ergeben etwas, das niemand versteht. SPF wirkt dann nicht so, wie Sie es geschrieben haben.
    .fix = Setzen Sie ein Leerzeichen an das Ende des ersten oder an den Anfang des nächsten Teilstücks. In einem Webformular geben Sie den ganzen Text in einem Stück ein.

spf-lookup-limit =
    .title = SPF braucht mehr als 10 DNS-Abfragen
    .why = Nach 10 Abfragen bricht der Empfänger ab und wertet den Eintrag als fehlerhaft. E-Mails von Servern am Ende der Liste scheitern dann an SPF, obwohl sie erlaubt sind. Jedes „include“ eines Anbieters bringt eigene Abfragen mit.
    .fix = Entfernen Sie Dienste, die Sie nicht mehr nutzen, und ersetzen Sie „a“ und „mx“ durch ip4- und ip6-Adressen, wo diese fest sind. Lassen Sie Newsletter-Dienste von einer Subdomain mit eigenem SPF-Eintrag senden.

spf-lookup-near-limit =
    .title = SPF-Abfragen sind fast aufgebraucht
    .why = Heute funktioniert SPF, aber nur 10 DNS-Abfragen sind erlaubt. Nehmen Sie einen Dienst hinzu oder erweitert ein Anbieter seinen Eintrag, ist die Grenze überschritten, und SPF fällt aus, ohne dass Sie etwas geändert haben.
    .fix = Räumen Sie auf, solange es nicht eilt: Entfernen Sie Dienste, die Sie nicht mehr nutzen.

spf-void-lookups =
    .title = SPF fragt zu viele Namen ab, die es nicht gibt
    .why = Laufen mehr als zwei Abfragen eines SPF-Eintrags ins Leere, werten Empfänger den Eintrag als fehlerhaft. Die leeren Namen gehören meist zu aufgegebenen Servern oder Anbietern. SPF kann dann auch für Ihre echten E-Mails scheitern.
    .fix = Entfernen Sie die Angaben, deren Namen es nicht mehr gibt, oder berichtigen Sie die Schreibweise.

spf-mx-limit =
    .title = „mx“ in SPF führt zu mehr als 10 Mailservern
    .why = Eine „mx“-Angabe darf zu höchstens 10 Mailserver-Namen führen. Bei mehr werten Empfänger den ganzen SPF-Eintrag als fehlerhaft.
    .fix = Ersetzen Sie „mx“ durch die Adressen, die wirklich senden, als ip4- und ip6-Angaben oder durch das „include“ Ihres Anbieters.

spf-include-missing =
    .title = SPF verweist auf eine Domain ohne SPF-Eintrag
    .why = Der Eintrag stützt sich auf den SPF-Eintrag einer anderen Domain, und den gibt es nicht. Empfänger werten Ihren Eintrag dann als fehlerhaft, und SPF scheitert für jede E-Mail, die nicht schon eine frühere Angabe erlaubt. Oft hat der Anbieter seinen Eintrag umbenannt, oder der Name ist falsch geschrieben.
    .fix = Suchen Sie den richtigen Namen in der Hilfe Ihres Anbieters und berichtigen Sie die Angabe. Entfernen Sie sie, wenn Sie den Dienst nicht mehr nutzen.

spf-include-unregistered =
    .title = SPF vertraut einer Domain, die jeder registrieren kann
    .why = Der SPF-Eintrag vertraut einem Namen unter einer Domain, die nicht registriert ist. Wer sie registriert, kann eigene Server erlauben und E-Mails in Ihrem Namen senden. Bis dahin ist die Angabe nutzlos oder macht Ihren Eintrag sogar fehlerhaft.
    .fix = Entfernen Sie die Angabe sofort. Ist es ein Tippfehler, berichtigen Sie den Namen.

spf-include-permerror =
    .title = Ein eingebundener SPF-Eintrag ist fehlerhaft
    .why = Ein Eintrag, den Ihrer einbindet, enthält selbst einen Fehler. Der Fehler zählt wie Ihr eigener: Empfänger werten Ihren SPF-Eintrag als fehlerhaft, und SPF scheitert für Ihre E-Mails.
    .fix = Melden Sie den Fehler dem Anbieter des eingebundenen Eintrags. Tragen Sie bis dahin dessen Adressen direkt ein, oder entfernen Sie die Angabe, wenn Sie den Dienst nicht nutzen.

spf-include-loop =
    .title = SPF-Einträge verweisen im Kreis aufeinander
    .why = Der Eintrag führt über „include“ oder „redirect“ zu sich selbst zurück. Empfänger geben auf und werten ihn als fehlerhaft. SPF hilft Ihren E-Mails dann nicht.
    .fix = Entfernen Sie die Angabe, die den Kreis schließt. Eine Domain darf sich nie selbst einbinden.

spf-all-pass =
    .title = SPF erlaubt das ganze Internet
    .why = Der Eintrag lässt jeden oder fast jeden Server im Namen Ihrer Domain senden. Gefälschte E-Mails bestehen dann SPF und, wenn nichts anderes sie aufhält, auch DMARC. Manche Empfänger halten einen solchen Eintrag für verdächtig.
    .fix = Nennen Sie nur die Server und Dienste, die für Sie senden, und beenden Sie den Eintrag mit ~all oder -all.

spf-all-neutral =
    .title = SPF sagt nichts über fremde Server
    .why = Mit ?all erfahren Empfänger nichts über Server, die nicht auf Ihrer Liste stehen. Gefälschte E-Mails werden dann behandelt, als gäbe es keinen SPF-Eintrag.
    .fix = Stellen Sie sicher, dass alle Ihre Dienste im Eintrag stehen, und beenden Sie ihn dann mit ~all.

spf-all-softfail =
    .title = SPF endet mit ~all
    .why = ~all sagt, dass andere Server wahrscheinlich nicht zu Ihnen gehören. Mit der DMARC-Richtlinie quarantine oder reject ist das die richtige Wahl: DMARC entscheidet, und weitergeleitete E-Mails mit gültiger DKIM-Signatur werden nicht vorschnell abgelehnt. Ohne eine solche Richtlinie sind gefälschte E-Mails nur ein wenig verdächtig.
    .fix = Lassen Sie es so, wenn Ihre DMARC-Richtlinie quarantine oder reject ist. Verschärfen Sie sonst zuerst die DMARC-Richtlinie. Eine Domain, die gar keine E-Mails sendet, beendet ihren Eintrag mit -all.

spf-all-missing =
    .title = SPF-Eintrag hat keinen Abschluss
    .why = Der Eintrag enthält weder „all“ noch „redirect“. Server, die nicht auf der Liste stehen, gelten dann weder als gut noch als schlecht, und der Eintrag schützt Sie nicht vor gefälschten E-Mails.
    .fix = Fügen Sie am Ende des Eintrags ~all an.

spf-terms-after-all =
    .title = Angaben hinter „all“ wirken nicht
    .why = Empfänger lesen den Eintrag von links nach rechts, und „all“ trifft auf alles zu. Was dahinter steht, hat keine Wirkung. Steht dort einer Ihrer Dienste, scheitern seine E-Mails an SPF.
    .fix = Setzen Sie „all“ an das Ende des Eintrags.

spf-redirect-ignored =
    .title = „redirect“ wirkt neben „all“ nicht
    .why = „redirect“ zählt nur in einem Eintrag ohne „all“. Hier wird es übergangen, und die Server, die es erlauben soll, sind nicht erlaubt.
    .fix = Entscheiden Sie sich für eines von beiden. Sollen die Server der anderen Domain ebenfalls senden dürfen, schreiben Sie „include“ statt „redirect“ und setzen es vor „all“.

spf-ptr =
    .title = SPF verwendet die unerwünschte Angabe „ptr“
    .why = „ptr“ stützt sich auf Reverse-DNS-Namen, ist langsam und unzuverlässig, und der Standard rät davon ab. Manche Empfänger übergehen es. E-Mails, die darauf angewiesen sind, können dann an SPF scheitern.
    .fix = Ersetzen Sie „ptr“ durch die Adressen der Server, als ip4- und ip6-Angaben, oder durch das „include“ Ihres Anbieters.

spf-broad-range =
    .title = SPF erlaubt einen sehr großen Adressbereich
    .why = Der Bereich umfasst weit mehr Adressen, als Sie nutzen können. Fremde mit einem Server in diesem Bereich können in Ihrem Namen E-Mails senden, die SPF bestehen. Gmail und andere können einen solchen Eintrag als verdächtig werten.
    .fix = Verkleinern Sie den Bereich auf die Adressen, die wirklich für Sie senden, oder verwenden Sie das „include“ Ihres Anbieters.

spf-private-address =
    .title = SPF nennt eine Adresse, die es im Internet nicht gibt
    .why = Private, interne oder Beispieladressen sieht ein Empfänger nie als Absender. Die Angabe hat keine Wirkung, und vielleicht fehlt die öffentliche Adresse, die dort stehen sollte.
    .fix = Ersetzen Sie die Adresse durch die öffentliche, von der Ihre E-Mails ausgehen, oder entfernen Sie die Angabe.

spf-redundant-term =
    .title = SPF-Angabe ist überflüssig
    .why = Eine frühere Angabe deckt diese schon ab, oder sie steht doppelt da. Das schadet nicht, macht den Eintrag aber länger und kostet womöglich eine DNS-Abfrage.
    .fix = Entfernen Sie die Angabe bei der nächsten Änderung.

spf-record-too-long =
    .title = TXT-Einträge an diesem Namen sind zusammen zu lang
    .why = Der SPF-Eintrag und die übrigen TXT-Einträge an diesem Namen passen nicht mehr in eine kleine DNS-Antwort von 512 Byte. Manche Nameserver und Firewalls haben mit größeren Antworten Mühe. SPF scheitert dann gelegentlich, ohne dass ein Grund zu sehen ist.
    .fix = Löschen Sie TXT-Einträge, die nicht mehr gebraucht werden, etwa alte Inhabernachweise. Kürzen Sie danach den SPF-Eintrag.

spf-non-ascii =
    .title = SPF-Eintrag enthält unzulässige Zeichen
    .why = Ein SPF-Eintrag darf nur einfache ASCII-Zeichen enthalten. Umlaute, typografische Anführungszeichen, lange Striche oder unsichtbare Leerzeichen, oft aus einer Webseite oder einem Dokument kopiert, machen den ganzen Eintrag ungültig.
    .fix = Tippen Sie den Eintrag von Hand neu. Schreiben Sie Domains mit Umlauten in ihrer Punycode-Form (xn--…).

spf-type99 =
    .title = Veralteter Eintrag vom Typ SPF
    .why = Für SPF gab es einmal einen eigenen DNS-Eintragstyp. Kein Empfänger liest ihn noch, es zählt nur der TXT-Eintrag. Der alte Eintrag schadet nicht, kann Sie aber bei der nächsten Änderung in die Irre führen.
    .fix = Prüfen Sie, ob der TXT-Eintrag vollständig ist, und löschen Sie dann den Eintrag vom Typ SPF.

spf-host-unresolvable =
    .title = SPF nennt einen Server ohne Adresse
    .why = Die Angabe führt zu einem Namen ohne Adresse und erlaubt deshalb nichts. Außerdem kann Ihr Eintrag ungültig werden, denn nur zwei solche leeren Abfragen sind zulässig.
    .fix = Berichtigen Sie den Servernamen, oder entfernen Sie die Angabe, wenn es den Server nicht mehr gibt.

spf-shared-provider =
    .title = SPF erlaubt Server, die auch andere nutzen
    .why = Die Server Ihres Anbieters senden für viele Kunden. SPF allein kann Ihre E-Mails nicht von deren E-Mails unterscheiden. Das ist üblich und kein Fehler; was Sie schützt, ist eine DKIM-Signatur mit Ihrer eigenen Domain zusammen mit DMARC.
    .fix = Behalten Sie die Angabe. Schalten Sie beim Anbieter DKIM für Ihre eigene Domain ein und bringen Sie die DMARC-Richtlinie auf quarantine oder reject.

spf-helo-missing =
    .title = Name des sendenden Servers hat keinen SPF-Eintrag
    .why = Unzustellbarkeitsmeldungen und automatische Antworten haben einen leeren Absender. Empfänger prüfen dann den Namen, mit dem sich der Server meldet. Ohne SPF-Eintrag an diesem Namen sagt ihnen diese Prüfung nichts.
    .fix = Veröffentlichen Sie am Namen des Servers v=spf1 a -all, wenn es Ihr eigener ist. Betreibt ihn ein Anbieter, ist nichts zu tun.

spf-temperror =
    .title = SPF ließ sich nicht vollständig lesen
    .why = Ein DNS-Server hat vorübergehend nicht geantwortet, deshalb ist diese Prüfung unvollständig. Ein Fehler in Ihrem Eintrag ist damit nicht festgestellt. Kommt es oft vor, haben Empfänger dieselbe Mühe und stellen Ihre E-Mails verspätet zu.
    .fix = Versuchen Sie es später noch einmal. Bleibt es dabei, wenden Sie sich an den Betreiber der betroffenen Nameserver.
