### Regeltexte: SPF und die Domain selbst

domain-missing =
    .title = Die Domain existiert nicht
    .why = Laut DNS gibt es diese Domain nicht. Empfänger lehnen E-Mails von einer Domain ab, die es nicht gibt, und Antworten kommen nirgends an. Meist ist es ein Tippfehler, eine abgelaufene Registrierung oder eine Zone, die nie delegiert wurde.
    .fix = Prüfen Sie die Schreibweise. Stimmt sie, fragen Sie Ihren Registrar, ob die Domain noch registriert ist und welche Nameserver eingetragen sind.
    .detail = Das DNS antwortet, dass es { $subject } nicht gibt.

spf-missing =
    .title = Kein SPF-Eintrag
    .why = Empfänger können nicht erkennen, welche Server für Ihre Domain senden dürfen. Ihre eigenen E-Mails wirken weniger vertrauenswürdig, und Fremde können leichter in Ihrem Namen senden. Die großen Postfachanbieter verlangen SPF oder DKIM von allen und beides von Massenversendern.
    .fix = Veröffentlichen Sie an der Domain selbst einen TXT-Eintrag, der Ihren E-Mail-Anbieter und jeden weiteren Dienst nennt, der für Sie sendet, und mit ~all endet. Sendet die Domain gar keine E-Mails, veröffentlichen Sie v=spf1 -all.
    .detail = { $subject } empfängt E-Mails und hat keinen SPF-Eintrag.
    .detail-no-mx = { $subject } hat eine Adresse und keinen SPF-Eintrag, sodass jeder in ihrem Namen senden kann.

spf-multiple-records =
    .title = Mehr als ein SPF-Eintrag
    .why = Eine Domain darf nur einen SPF-Eintrag haben. Bei zweien verwenden Empfänger keinen davon, und SPF scheitert für alle Ihre E-Mails. Das passiert leicht, wenn ein neuer Anbieter eingerichtet wird und der alte Eintrag stehen bleibt.
    .fix = Fassen Sie alle Angaben in einem Eintrag zusammen, mit v=spf1 am Anfang und einem einzigen „all“ am Ende. Löschen Sie die übrigen.
    .detail = { $subject } hat { $count } SPF-Einträge, deshalb verwenden Empfänger keinen davon.

spf-syntax =
    .title = SPF-Eintrag ist nicht lesbar
    .why = Eine einzige falsche Angabe macht den ganzen SPF-Eintrag ungültig, egal wo sie steht. Für Empfänger ist SPF dann bei allen Ihren E-Mails defekt, und manche lehnen sie ab.
    .fix = Berichtigen Sie die markierte Stelle. Zwischen den Angaben stehen Leerzeichen, keine Kommas, Semikolons oder Anführungszeichen.
    .detail = Der Teil { $term } im SPF-Eintrag von { $subject } gehört dort nicht hin.
    .detail-second-version = Im SPF-Eintrag von { $subject } steht v=spf1 ein zweites Mal. Es gehört nur an den Anfang.
    .detail-control = Im SPF-Eintrag von { $subject } steckt ein Steuerzeichen in { $token }.
    .detail-separator = Im SPF-Eintrag von { $subject } trennt etwas anderes als ein Leerzeichen die Angaben bei { $token }.
    .detail-quote = Im SPF-Eintrag von { $subject } stehen Anführungszeichen oder Backslashes in { $token }.
    .detail-blank = Im SPF-Eintrag von { $subject } fehlt in { $token } das Leerzeichen zwischen zwei Angaben.
    .detail-qualifier = Im SPF-Eintrag von { $subject } muss das Zeichen von { $token } (eines von + - ~ ?) genau einmal und direkt vor dem Wort stehen.
    .detail-modifier-qualifier = Im SPF-Eintrag von { $subject } darf vor { $token } kein Zeichen stehen.
    .detail-unknown = Eine Angabe wie { $token }, die im SPF-Eintrag von { $subject } steht, gibt es nicht.
    .detail-no-mechanism = { $token } steht im SPF-Eintrag von { $subject } allein. Davor fehlt ein Wort wie ip4:, a: oder include:.
    .detail-delimiter = { $token } im SPF-Eintrag von { $subject } hat das falsche Zeichen zwischen Name und Wert: redirect und exp haben =, alles andere einen Doppelpunkt.
    .detail-argument = Im SPF-Eintrag von { $subject } steht hinter { $token } nichts, wo eine Domain oder Adresse hingehört.
    .detail-address = { $token } im SPF-Eintrag von { $subject } enthält keine gültige IP-Adresse.
    .detail-family = Im SPF-Eintrag von { $subject } passt die Art der Adresse in { $token } nicht: ip4 ist für IPv4, ip6 für IPv6.
    .detail-domain = { $token } im SPF-Eintrag von { $subject } muss eine einfache Domain nennen, keine IP-Adresse, keinen Link und keine E-Mail-Adresse.
    .detail-name = { $token } im SPF-Eintrag von { $subject } nennt keine vollständige Domain.
    .detail-cidr = Die Präfixlänge hinter dem Schrägstrich in { $token } ist im SPF-Eintrag von { $subject } nicht gültig.
    .detail-macro = Der Teil mit % in { $token } im SPF-Eintrag von { $subject } ist kein gültiges Makro.
    .detail-duplicate = { $token } ist im SPF-Eintrag von { $subject } das zweite seiner Art. redirect und exp dürfen dort nur einmal stehen.
    .fix-meant = Meinten Sie { $meant }? Dann schreiben Sie das an die Stelle von { $token }.
    .fix-host = Ist das ein eigener Server, schreiben Sie a:{ $token }. Hat Ihnen ein Anbieter diesen Namen genannt, schreiben Sie include:{ $token }.
    .fix-octets = Eine IPv4-Adresse hat vier Zahlen. Ergänzen Sie die in { $token }, oder nennen Sie ein ganzes Netz mit der Präfixlänge hinter einem Schrägstrich.

spf-version-typo =
    .title = TXT-Eintrag sieht aus wie SPF, zählt aber nicht
    .why = Ein SPF-Eintrag muss genau mit v=spf1 und einem Leerzeichen beginnen. Dieser tut es nicht. Empfänger übergehen ihn, und Ihre Domain steht ohne SPF da.
    .fix = Lassen Sie den Eintrag mit v=spf1 und einem Leerzeichen beginnen. Entfernen Sie Anführungszeichen, Leerzeichen und andere Zeichen davor und danach.
    .detail = Der Eintrag an { $subject } beginnt mit { $found }, nicht mit v=spf1 und einem Leerzeichen. Meinten Sie { $meant }?
    .detail-beside = Ein Eintrag an { $subject } beginnt mit { $found } und wird übergangen. Daneben steht ein SPF-Eintrag, der zählt. Sollte { $meant } dazugehören?
    .detail-sender-id = Der Eintrag an { $subject } beginnt mit { $found }. Das ist Sender ID, das vor Jahren aufgegeben wurde. Meinten Sie { $meant }?
    .fix-beside = Übernehmen Sie in den gültigen SPF-Eintrag, was von diesem Eintrag noch gebraucht wird, und löschen Sie ihn dann. Zwei SPF-Einträge sind nicht erlaubt.

spf-string-split =
    .title = Leerzeichen zwischen zwei Teilen des SPF-Eintrags fehlt
    .why = Ein langer TXT-Eintrag wird in mehreren Teilstücken gespeichert, und Empfänger fügen sie ohne Leerzeichen zusammen. Hier laufen zwei Angaben ineinander und ergeben etwas, das niemand versteht. SPF wirkt dann nicht so, wie Sie es geschrieben haben.
    .fix = Setzen Sie ein Leerzeichen an das Ende des ersten oder an den Anfang des nächsten Teilstücks. In einem Webformular geben Sie den ganzen Text in einem Stück ein.
    .detail = Im SPF-Eintrag von { $subject } fehlt zwischen { $left } und { $right } ein Leerzeichen, weil sie in verschiedenen Teilstücken stehen.

spf-lookup-limit =
    .title = SPF braucht mehr als 10 DNS-Abfragen
    .why = Nach 10 Abfragen bricht der Empfänger ab und wertet den Eintrag als fehlerhaft. E-Mails von Servern am Ende der Liste scheitern dann an SPF, obwohl sie erlaubt sind. Jedes „include“ eines Anbieters bringt eigene Abfragen mit.
    .fix = Entfernen Sie Dienste, die Sie nicht mehr nutzen, und ersetzen Sie „a“ und „mx“ durch ip4- und ip6-Adressen, wo diese fest sind. Lassen Sie Newsletter-Dienste von einer Subdomain mit eigenem SPF-Eintrag senden.
    .detail = SPF braucht für { $subject } { $count } DNS-Abfragen, erlaubt sind 10. Mit { $term } ist die Grenze überschritten. Sie kommen von: { $terms }.
    .detail-least = SPF braucht für { $subject } mindestens { $count } DNS-Abfragen, erlaubt sind 10. Mit { $term } ist die Grenze überschritten. Sie kommen von: { $terms }.

spf-lookup-near-limit =
    .title = SPF-Abfragen sind fast aufgebraucht
    .why = Heute funktioniert SPF, aber nur 10 DNS-Abfragen sind erlaubt. Nehmen Sie einen Dienst hinzu oder erweitert ein Anbieter seinen Eintrag, ist die Grenze überschritten, und SPF fällt aus, ohne dass Sie etwas geändert haben.
    .fix = Räumen Sie auf, solange es nicht eilt: Entfernen Sie Dienste, die Sie nicht mehr nutzen.
    .detail = SPF braucht für { $subject } { $count } der 10 erlaubten DNS-Abfragen: { $terms }.

spf-void-lookups =
    .title = SPF fragt zu viele Namen ab, die es nicht gibt
    .why = Laufen mehr als zwei Abfragen eines SPF-Eintrags ins Leere, werten Empfänger den Eintrag als fehlerhaft. Die leeren Namen gehören meist zu aufgegebenen Servern oder Anbietern. SPF kann dann auch für Ihre echten E-Mails scheitern.
    .fix = Entfernen Sie die Angaben, deren Namen es nicht mehr gibt, oder berichtigen Sie die Schreibweise.
    .detail = { $count } Abfragen des SPF-Eintrags von { $subject } laufen ins Leere, erlaubt sind 2. Nichts gefunden wurde für: { $names }.

spf-mx-limit =
    .title = „mx“ in SPF führt zu mehr als 10 Mailservern
    .why = Eine „mx“-Angabe darf zu höchstens 10 Mailserver-Namen führen. Bei mehr werten Empfänger den ganzen SPF-Eintrag als fehlerhaft.
    .fix = Ersetzen Sie „mx“ durch die Adressen, die wirklich senden, als ip4- und ip6-Angaben oder durch das „include“ Ihres Anbieters.
    .detail = { $term } im SPF-Eintrag von { $subject } führt zu { $count } Mailserver-Namen.

spf-include-missing =
    .title = SPF verweist auf eine Domain ohne SPF-Eintrag
    .why = Der Eintrag stützt sich auf den SPF-Eintrag einer anderen Domain, und den gibt es nicht. Empfänger werten Ihren Eintrag dann als fehlerhaft, und SPF scheitert für jede E-Mail, die nicht schon eine frühere Angabe erlaubt. Oft hat der Anbieter seinen Eintrag umbenannt, oder der Name ist falsch geschrieben.
    .fix = Suchen Sie den richtigen Namen in der Hilfe Ihres Anbieters und berichtigen Sie die Angabe. Entfernen Sie sie, wenn Sie den Dienst nicht mehr nutzen.
    .detail = { $term } im Eintrag von { $subject } führt zu { $target }, und dort gibt es keinen SPF-Eintrag.
    .detail-no-name = { $term } im Eintrag von { $subject } führt zu { $target }, und diesen Namen gibt es nicht.

spf-include-unregistered =
    .title = SPF vertraut einer Domain, die jeder registrieren kann
    .why = Der SPF-Eintrag vertraut einem Namen unter einer Domain, die nicht registriert ist. Wer sie registriert, kann eigene Server erlauben und E-Mails in Ihrem Namen senden. Bis dahin ist die Angabe nutzlos oder macht Ihren Eintrag sogar fehlerhaft.
    .fix = Entfernen Sie die Angabe sofort. Ist es ein Tippfehler, berichtigen Sie den Namen.
    .detail = { $term } im SPF-Eintrag von { $subject } stützt sich auf { $target }, aber die Domain { $registrable } ist nicht registriert.
    .detail-nested = { $term } im SPF-Eintrag von { $subject } führt zum Eintrag von { $holder }. Dort stützt sich { $inner } auf die Domain { $registrable }, die nicht registriert ist.
    .fix-nested = Melden Sie es dem Anbieter von { $holder }, und entfernen Sie { $term }, wenn Sie den Dienst nicht mehr nutzen.

spf-include-permerror =
    .title = Ein eingebundener SPF-Eintrag ist fehlerhaft
    .why = Ein Eintrag, den Ihrer einbindet, enthält selbst einen Fehler. Der Fehler zählt wie Ihr eigener: Empfänger werten Ihren SPF-Eintrag als fehlerhaft, und SPF scheitert für Ihre E-Mails.
    .fix = Melden Sie den Fehler dem Anbieter des eingebundenen Eintrags. Tragen Sie bis dahin dessen Adressen direkt ein, oder entfernen Sie die Angabe, wenn Sie den Dienst nicht nutzen.
    .detail = { $term } im SPF-Eintrag von { $subject } führt zum Eintrag von { $target }, der bei { $inner } nicht lesbar ist.
    .detail-multiple = { $term } im SPF-Eintrag von { $subject } führt zu { $target }, und dort gibt es mehr als einen SPF-Eintrag.
    .detail-missing = { $term } im SPF-Eintrag von { $subject } führt zum Eintrag von { $target }. Dort führt { $inner } zu einer Domain ohne SPF-Eintrag.
    .detail-mx = { $term } im SPF-Eintrag von { $subject } führt zum Eintrag von { $target }. Dort führt { $inner } zu mehr als 10 Mailserver-Namen.

spf-include-loop =
    .title = SPF-Einträge verweisen im Kreis aufeinander
    .why = Der Eintrag führt über „include“ oder „redirect“ zu sich selbst zurück. Empfänger geben auf und werten ihn als fehlerhaft. SPF hilft Ihren E-Mails dann nicht.
    .fix = Entfernen Sie die Angabe, die den Kreis schließt. Eine Domain darf sich nie selbst einbinden.
    .detail = Der SPF-Eintrag von { $subject } läuft im Kreis: { $names }. { $inner } im Eintrag von { $holder } schließt ihn.

spf-ip-not-covered =
    .title = SPF erlaubt einen Server nicht, der Ihre E-Mails sendet
    .why = Der SPF-Eintrag ist die Liste der Server, die für Ihre Domain senden dürfen. E-Mails von einem Server, der nicht darauf steht, bestehen SPF bei keinem Empfänger: Sie werden abgelehnt oder landen im Spam, wenn keine DKIM-Signatur sie rettet.
    .fix = Nehmen Sie die Adresse in den SPF-Eintrag auf, vor der Angabe, die die Liste beendet. Betreibt ein Anbieter den Server, verwenden Sie stattdessen das include, das der Anbieter nennt.
    .detail = { $count ->
        [one] { $addresses } sendet E-Mails für { $subject }, aber der SPF-Eintrag nennt diese Adresse nicht. Wegen { $term } bestehen die E-Mails SPF nicht.
       *[other] { $addresses } senden E-Mails für { $subject }, aber der SPF-Eintrag nennt diese Adressen nicht. Wegen { $term } bestehen die E-Mails SPF nicht.
    }
    .detail-softfail = { $count ->
        [one] { $addresses } sendet E-Mails für { $subject }, aber der SPF-Eintrag nennt diese Adresse nicht. Wegen { $term } gelten die E-Mails als verdächtig.
       *[other] { $addresses } senden E-Mails für { $subject }, aber der SPF-Eintrag nennt diese Adressen nicht. Wegen { $term } gelten die E-Mails als verdächtig.
    }
    .detail-neutral = { $count ->
        [one] { $addresses } sendet E-Mails für { $subject }, aber der SPF-Eintrag nennt diese Adresse nicht. SPF spricht dann nicht für die E-Mails.
       *[other] { $addresses } senden E-Mails für { $subject }, aber der SPF-Eintrag nennt diese Adressen nicht. SPF spricht dann nicht für die E-Mails.
    }

spf-all-pass =
    .title = SPF erlaubt das ganze Internet
    .why = Der Eintrag lässt jeden oder fast jeden Server im Namen Ihrer Domain senden. Gefälschte E-Mails bestehen dann SPF und, wenn nichts anderes sie aufhält, auch DMARC. Manche Empfänger halten einen solchen Eintrag für verdächtig.
    .fix = Nennen Sie nur die Server und Dienste, die für Sie senden, und beenden Sie den Eintrag mit ~all oder -all.
    .detail = { $term } im SPF-Eintrag von { $subject } lässt jeden Server der Welt senden.
    .detail-ranges = Mit { $term } ergeben die Adressbereiche im SPF-Eintrag von { $subject } das ganze Internet.
    .detail-exists = { $term } im SPF-Eintrag von { $subject } trifft auf jeden Server zu, denn { $target } hat immer eine Adresse.
    .detail-include = { $term } im SPF-Eintrag von { $subject } führt zu einem Eintrag, der das ganze Internet erlaubt: { $target }.

spf-all-neutral =
    .title = SPF sagt nichts über fremde Server
    .why = Mit ?all erfahren Empfänger nichts über Server, die nicht auf Ihrer Liste stehen. Gefälschte E-Mails werden dann behandelt, als gäbe es keinen SPF-Eintrag.
    .fix = Stellen Sie sicher, dass alle Ihre Dienste im Eintrag stehen, und beenden Sie ihn dann mit ~all.
    .detail = Der SPF-Eintrag von { $subject } endet mit { $term }.

spf-all-softfail =
    .title = SPF endet mit ~all
    .why = ~all sagt, dass andere Server wahrscheinlich nicht zu Ihnen gehören. Mit der DMARC-Richtlinie quarantine oder reject ist das die richtige Wahl: DMARC entscheidet, und weitergeleitete E-Mails mit gültiger DKIM-Signatur werden nicht vorschnell abgelehnt. Ohne eine solche Richtlinie sind gefälschte E-Mails nur ein wenig verdächtig.
    .fix = Lassen Sie es so, wenn Ihre DMARC-Richtlinie quarantine oder reject ist. Verschärfen Sie sonst zuerst die DMARC-Richtlinie. Eine Domain, die gar keine E-Mails sendet, beendet ihren Eintrag mit -all.
    .detail = Der SPF-Eintrag von { $subject } endet mit { $term }, und keine DMARC-Richtlinie quarantine oder reject steht dahinter.
    .detail-unknown = Der SPF-Eintrag von { $subject } endet mit { $term }. Welche DMARC-Richtlinie gilt, ist hier nicht bekannt.
    .detail-enforced = Der SPF-Eintrag von { $subject } endet mit { $term }, und die DMARC-Richtlinie ist { $policy }. Das passt zusammen.
    .fix-enforced = Lassen Sie es so: DMARC entscheidet, was mit gefälschten E-Mails geschieht.
    .fix-weak = Verschärfen Sie die DMARC-Richtlinie auf quarantine und dann reject, sobald alle Ihre Dienste bestehen. ~all kann bleiben.

spf-all-missing =
    .title = SPF-Eintrag hat keinen Abschluss
    .why = Der Eintrag enthält weder „all“ noch „redirect“. Server, die nicht auf der Liste stehen, gelten dann weder als gut noch als schlecht, und der Eintrag schützt Sie nicht vor gefälschten E-Mails.
    .fix = Fügen Sie am Ende des Eintrags ~all an.
    .detail = Der SPF-Eintrag von { $subject } sagt nichts über Server, die nicht auf seiner Liste stehen.
    .detail-redirect = { $term } im SPF-Eintrag von { $subject } führt zum Eintrag von { $target }, und der sagt nichts über Server, die nicht auf seiner Liste stehen.
    .fix-redirect = Fügen Sie am Ende des Eintrags von { $target } ~all an.

spf-terms-after-all =
    .title = Angaben hinter „all“ wirken nicht
    .why = Empfänger lesen den Eintrag von links nach rechts, und „all“ trifft auf alles zu. Was dahinter steht, hat keine Wirkung. Steht dort einer Ihrer Dienste, scheitern seine E-Mails an SPF.
    .fix = Setzen Sie „all“ an das Ende des Eintrags.
    .detail = { $term } steht im SPF-Eintrag von { $subject } hinter { $all } und wird nie beachtet.

spf-redirect-ignored =
    .title = „redirect“ wirkt neben „all“ nicht
    .why = „redirect“ zählt nur in einem Eintrag ohne „all“. Hier wird es übergangen, und die Server, die es erlauben soll, sind nicht erlaubt.
    .fix = Entscheiden Sie sich für eines von beiden. Sollen die Server der anderen Domain ebenfalls senden dürfen, schreiben Sie „include“ statt „redirect“ und setzen es vor „all“.
    .detail = { $term } im SPF-Eintrag von { $subject } wird wegen { $all } übergangen. Die Server von { $target } sind damit nicht erlaubt.

spf-ptr =
    .title = SPF verwendet die unerwünschte Angabe „ptr“
    .why = „ptr“ stützt sich auf Reverse-DNS-Namen, ist langsam und unzuverlässig, und der Standard rät davon ab. Manche Empfänger übergehen es. E-Mails, die darauf angewiesen sind, können dann an SPF scheitern.
    .fix = Ersetzen Sie „ptr“ durch die Adressen der Server, als ip4- und ip6-Angaben, oder durch das „include“ Ihres Anbieters.
    .detail = Der SPF-Eintrag von { $subject } verwendet { $term }.

spf-broad-range =
    .title = SPF erlaubt einen sehr großen Adressbereich
    .why = Der Bereich umfasst weit mehr Adressen, als Sie nutzen können. Fremde mit einem Server in diesem Bereich können in Ihrem Namen E-Mails senden, die SPF bestehen. Gmail und andere können einen solchen Eintrag als verdächtig werten.
    .fix = Verkleinern Sie den Bereich auf die Adressen, die wirklich für Sie senden, oder verwenden Sie das „include“ Ihres Anbieters.
    .detail = { $term } im SPF-Eintrag von { $subject } erlaubt { $count } Adressen auf einmal.
    .detail-ipv6 = { $term } im SPF-Eintrag von { $subject } erlaubt ein IPv6-Netz der Größe /{ $length }, mehr als meist ein ganzer Anbieter hat.

spf-private-address =
    .title = SPF nennt eine Adresse, die es im Internet nicht gibt
    .why = Private, interne oder Beispieladressen sieht ein Empfänger nie als Absender. Die Angabe hat keine Wirkung, und vielleicht fehlt die öffentliche Adresse, die dort stehen sollte.
    .fix = Ersetzen Sie die Adresse durch die öffentliche, von der Ihre E-Mails ausgehen, oder entfernen Sie die Angabe.
    .detail = { $term } im SPF-Eintrag von { $subject } ist eine Adresse, die kein Empfänger je sieht.

spf-redundant-term =
    .title = SPF-Angabe ist überflüssig
    .why = Eine frühere Angabe deckt diese schon ab, oder sie steht doppelt da. Das schadet nicht, macht den Eintrag aber länger und kostet womöglich eine DNS-Abfrage.
    .fix = Entfernen Sie die Angabe bei der nächsten Änderung.
    .detail = { $term } im SPF-Eintrag von { $subject } ist schon durch { $earlier } abgedeckt.
    .detail-twice = { $term } steht mehr als einmal im SPF-Eintrag von { $subject }; { $earlier } gibt es dort schon.

spf-record-too-long =
    .title = TXT-Einträge an diesem Namen sind zusammen zu lang
    .why = Der SPF-Eintrag und die übrigen TXT-Einträge an diesem Namen passen nicht mehr in eine kleine DNS-Antwort von 512 Byte. Manche Nameserver und Firewalls haben mit größeren Antworten Mühe. SPF scheitert dann gelegentlich, ohne dass ein Grund zu sehen ist.
    .fix = Löschen Sie TXT-Einträge, die nicht mehr gebraucht werden, etwa alte Inhabernachweise. Kürzen Sie danach den SPF-Eintrag.
    .detail = Die Antwort mit allen { $count } TXT-Einträgen an { $subject } ist { $size } Byte groß.
    .detail-alone = Die Antwort mit dem SPF-Eintrag von { $subject } ist { $size } Byte groß.
    .fix-alone = Entfernen Sie aus dem SPF-Eintrag, was nicht mehr gebraucht wird, oder verlegen Sie einen Teil in einen eigenen Eintrag, etwa _spf.{ $subject }, und binden Sie diesen mit include ein.

spf-non-ascii =
    .title = SPF-Eintrag enthält unzulässige Zeichen
    .why = Ein SPF-Eintrag darf nur einfache ASCII-Zeichen enthalten. Umlaute, typografische Anführungszeichen, lange Striche oder unsichtbare Leerzeichen, oft aus einer Webseite oder einem Dokument kopiert, machen den ganzen Eintrag ungültig.
    .fix = Tippen Sie den Eintrag von Hand neu. Schreiben Sie Domains mit Umlauten in ihrer Punycode-Form (xn--…).
    .detail = { $found } im SPF-Eintrag von { $subject } besteht nicht aus ASCII-Zeichen.
    .detail-meant = { $found } im SPF-Eintrag von { $subject } besteht nicht aus ASCII-Zeichen. Meinten Sie { $meant }?
    .detail-blank = Im SPF-Eintrag von { $subject } steht ein besonderes Leerzeichen, wie Textprogramme es erzeugen.

spf-type99 =
    .title = Veralteter Eintrag vom Typ SPF
    .why = Für SPF gab es einmal einen eigenen DNS-Eintragstyp. Kein Empfänger liest ihn noch, es zählt nur der TXT-Eintrag. Der alte Eintrag schadet nicht, kann Sie aber bei der nächsten Änderung in die Irre führen.
    .fix = Prüfen Sie, ob der TXT-Eintrag vollständig ist, und löschen Sie dann den Eintrag vom Typ SPF.
    .detail = An { $subject } steht neben dem TXT-Eintrag ein Eintrag vom veralteten Typ SPF.
    .detail-alone = An { $subject } steht ein Eintrag vom veralteten Typ SPF, aber kein TXT-Eintrag, den Empfänger verwenden könnten.
    .fix-alone = Veröffentlichen Sie denselben Text als TXT-Eintrag und löschen Sie dann den Eintrag vom Typ SPF.

spf-host-unresolvable =
    .title = SPF nennt einen Server ohne Adresse
    .why = Die Angabe führt zu einem Namen ohne Adresse und erlaubt deshalb nichts. Außerdem kann Ihr Eintrag ungültig werden, denn nur zwei solche leeren Abfragen sind zulässig.
    .fix = Berichtigen Sie den Servernamen, oder entfernen Sie die Angabe, wenn es den Server nicht mehr gibt.
    .detail = { $term } im SPF-Eintrag von { $subject } führt zu { $target }, und dieser Name hat keine Adresse.
    .detail-mx = { $term } im SPF-Eintrag von { $subject } erlaubt niemanden: { $target } hat keinen Mailserver mit einer Adresse.

spf-shared-provider =
    .title = SPF erlaubt Server, die auch andere nutzen
    .why = Die Server Ihres Anbieters senden für viele Kunden. SPF allein kann Ihre E-Mails nicht von deren E-Mails unterscheiden. Das ist üblich und kein Fehler; was Sie schützt, ist eine DKIM-Signatur mit Ihrer eigenen Domain zusammen mit DMARC.
    .fix = Behalten Sie die Angabe. Schalten Sie beim Anbieter DKIM für Ihre eigene Domain ein und bringen Sie die DMARC-Richtlinie auf quarantine oder reject.
    .detail = { $term } im SPF-Eintrag von { $subject } steht für { $provider }. Andere Kunden senden von denselben Servern.

spf-helo-missing =
    .title = Name des sendenden Servers hat keinen SPF-Eintrag
    .why = Unzustellbarkeitsmeldungen und automatische Antworten haben einen leeren Absender. Empfänger prüfen dann den Namen, mit dem sich der Server meldet. Ohne SPF-Eintrag an diesem Namen sagt ihnen diese Prüfung nichts.
    .fix = Veröffentlichen Sie am Namen des Servers v=spf1 a -all, wenn es Ihr eigener ist. Betreibt ihn ein Anbieter, ist nichts zu tun.
    .detail = E-Mails von { $address } kommen von einem Server namens { $subject }, und dieser Name hat keinen SPF-Eintrag.
    .fix-foreign = Betreibt ein Anbieter { $subject }, ist nichts zu tun. Ist es Ihr eigener Server, veröffentlichen Sie v=spf1 a -all an seinem Namen.

spf-temperror =
    .title = SPF ließ sich nicht vollständig lesen
    .why = Ein DNS-Server hat vorübergehend nicht geantwortet, deshalb ist diese Prüfung unvollständig. Ein Fehler in Ihrem Eintrag ist damit nicht festgestellt. Kommt es oft vor, haben Empfänger dieselbe Mühe und stellen Ihre E-Mails verspätet zu.
    .fix = Versuchen Sie es später noch einmal. Bleibt es dabei, wenden Sie sich an den Betreiber der betroffenen Nameserver.
    .detail = Beim Lesen von SPF für { $subject } gab es keine Antwort für { $name } ({ $error }).
    .detail-cut = SPF von { $subject } führt zu so vielen Einträgen, dass nicht alle gelesen wurden, ab { $name }.
