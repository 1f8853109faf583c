### Regeltexte: DKIM-Schlüssel

dkim-none-found =
    .title = Kein DKIM-Schlüssel gefunden
    .why = Unter keinem der probierten Selektoren liegt ein Schlüssel. Unter einem anderen Selektor kann es einen geben, denn dessen Name lässt sich aus dem DNS nicht ermitteln. Ohne DKIM tragen Ihre E-Mails keine Signatur: GMX und WEB.DE erwarten eine, und weitergeleitete E-Mails landen leicht im Spam.
    .fix = Schalten Sie DKIM für Ihre eigene Domain beim E-Mail-Anbieter ein und veröffentlichen Sie den Eintrag, den er Ihnen zeigt. Ist DKIM schon eingeschaltet, wiederholen Sie die Prüfung mit dem Namen des Selektors.
    .detail = Für { $subject } fand sich unter den { $count } probierten Selektoren kein Schlüssel; probiert wurden unter anderem { $tried }. Ein anderer Selektor kann einen haben.
    .detail-zone = Die Zonendatei enthält keinen Schlüssel unter _domainkey.{ $subject }.
    .detail-none-at-all = Den Namen _domainkey.{ $subject } gibt es nicht, also auch unter keinem Selektor einen Schlüssel.
    .fix-provider = Schalten Sie DKIM für Ihre eigene Domain im Kundenkonto von { $provider } ein und veröffentlichen Sie den Eintrag, den Sie dort sehen; die Selektoren heißen üblicherweise { $selectors }. Die Seite des Anbieters heißt „{ $page }“. Ist DKIM schon eingeschaltet, wiederholen Sie die Prüfung mit dem Namen des Selektors.
    .fix-provider-selectors = Schalten Sie DKIM für Ihre eigene Domain im Kundenkonto von { $provider } ein und veröffentlichen Sie den Eintrag, den Sie dort sehen; die Selektoren heißen üblicherweise { $selectors }. Ist DKIM schon eingeschaltet, wiederholen Sie die Prüfung mit dem Namen des Selektors.
    .fix-provider-page = Schalten Sie DKIM für Ihre eigene Domain im Kundenkonto von { $provider } ein und veröffentlichen Sie den Eintrag, den Sie dort sehen. Die Seite des Anbieters heißt „{ $page }“. Ist DKIM schon eingeschaltet, wiederholen Sie die Prüfung mit dem Namen des Selektors.

dkim-key-missing =
    .title = Kein Schlüssel unter diesem Selektor
    .why = Ihre E-Mails werden oder sollen mit diesem Selektor signiert werden, aber es ist kein Schlüssel dazu veröffentlicht. Empfänger können die Signatur nicht prüfen und behandeln die E-Mails wie unsignierte.
    .fix = Veröffentlichen Sie den Schlüssel als TXT-Eintrag oder, wenn Ihr Anbieter es so verlangt, als CNAME. Wird der Selektor nicht mehr benutzt, entfernen Sie ihn aus Ihren Einstellungen.
    .detail = Unter { $subject } liegt kein Schlüssel, obwohl der Selektor { $selector } genannt ist.

dkim-key-syntax =
    .title = DKIM-Schlüsseleintrag ist nicht lesbar
    .why = Der Eintrag ist kein gültiger Schlüsseleintrag, oder der Schlüssel darin lässt sich nicht dekodieren. Jede Signatur mit diesem Selektor scheitert, und Ihre E-Mails gelten als unsigniert.
    .fix = Kopieren Sie den Eintrag noch einmal von Ihrem Mailserver oder Anbieter, vollständig und unverändert.
    .detail = Das Tag p= unter { $subject } enthält keinen Schlüssel, den DKIM kennt.
    .detail-empty = Der TXT-Eintrag unter { $subject } ist leer.
    .detail-host = Der TXT-Eintrag unter { $subject } enthält den Namen { $target }, der als Ziel eines CNAME gedacht war.
    .detail-no-tag = Der Teil { $token } des Schlüsseleintrags unter { $subject } ist kein Tag: Ein Tag besteht aus Name, Gleichheitszeichen und Wert.
    .detail-empty-tag = Im Schlüsseleintrag unter { $subject } steht ein Semikolon zu viel. Manche Empfänger stört das.
    .detail-twice = Das Tag { $tag }= steht im Schlüsseleintrag unter { $subject } zweimal. Damit ist der ganze Eintrag ungültig.
    .detail-case = Im Schlüsseleintrag unter { $subject } steht { $token }. Gemeint ist wohl { $right } in Kleinbuchstaben.
    .detail-semicolon = Im Schlüsseleintrag unter { $subject } fehlt vor { $tag }= ein Semikolon.
    .detail-character = Der Schlüsseleintrag unter { $subject } enthält das Zeichen { $token }, das dort nicht erlaubt ist.
    .detail-version-first = v=DKIM1 ist nicht das erste Tag des Schlüsseleintrags unter { $subject }. Empfänger verwerfen ihn deshalb.
    .detail-version = Der Schlüsseleintrag unter { $subject } hat die Version { $token }. Gemeint ist wohl v=DKIM1.
    .detail-key-type = Der Schlüsseleintrag unter { $subject } nennt die Schlüsselart { $token }, die DKIM nicht kennt. Gemeint ist wohl k={ $right }.
    .detail-no-key = Der Schlüsseleintrag unter { $subject } hat kein Tag p= und damit keinen Schlüssel.
    .detail-no-p = Der Text unter { $subject } ist ein bloßer Schlüssel. Davor fehlt das Tag p=.
    .detail-base64 = Der Schlüssel unter { $subject } enthält Zeichen, die kein Base64 sind: { $token }
    .detail-padding = Am Ende des Schlüssels unter { $subject } fehlen Gleichheitszeichen oder es sind zu viele. Manche Empfänger stört das.
    .detail-pem = Der Schlüssel unter { $subject } wurde samt den Zeilen BEGIN und END seiner Datei eingefügt.
    .detail-broken = Der Schlüssel unter { $subject } lässt sich dekodieren, kann aber kein brauchbarer RSA-Schlüssel sein.
    .detail-mismatch = Der Schlüssel unter { $subject } ist von anderer Art, als k= sagt. Gemeint ist wohl k={ $right }.
    .detail-wrapped = Der Ed25519-Schlüssel unter { $subject } ist in ASN.1 verpackt. DKIM verlangt die bloßen 32 Byte.
    .detail-empty-value = Das Tag { $tag }= des Schlüsseleintrags unter { $subject } hat keinen Wert.
    .fix-host = Löschen Sie den TXT-Eintrag und veröffentlichen Sie stattdessen einen CNAME-Eintrag mit diesem Ziel.
    .fix-stray = Löschen Sie diesen Eintrag. Der Schlüssel steht im anderen TXT-Eintrag desselben Namens.
    .detail-spf = Unter { $subject } steht ein SPF-Eintrag, wo ein DKIM-Schlüssel hingehört.
    .detail-dmarc = Unter { $subject } steht ein DMARC-Eintrag, wo ein DKIM-Schlüssel hingehört.
    .fix-foreign = Löschen Sie diesen Eintrag hier und veröffentlichen Sie ihn unter seinem richtigen Namen, falls er dort fehlt. Veröffentlichen Sie unter diesem Namen den Schlüssel des Selektors.

dkim-key-quoted =
    .title = Anführungszeichen, \ oder Klammern im DKIM-Schlüssel
    .why = Zeichen, die zur Schreibweise in einer Zonendatei gehören, sind Teil des Wertes geworden. Empfänger können den Schlüssel nicht lesen, und Ihre Signaturen scheitern.
    .fix = Geben Sie im Webformular des Anbieters nur den reinen Text ein, ohne Anführungszeichen, Backslashes und Klammern.
    .detail = Der Wert unter { $subject } enthält Zeichen aus der Schreibweise einer Zonendatei, zuerst: { $token }

dkim-key-split =
    .title = DKIM-Schlüssel ist abgeschnitten oder falsch geteilt
    .why = Die Länge des Schlüssels passt nicht zu seinem Inhalt. Ein Stück fehlt oder steht doppelt da, oft weil ein Formular nach 255 Zeichen aufhört. Signaturen mit diesem Schlüssel lassen sich nicht prüfen.
    .fix = Geben Sie den Schlüssel noch einmal vollständig ein, wo nötig in Teilstücken von höchstens 255 Zeichen, und prüfen Sie danach, ob der ganze Text angekommen ist.
    .detail = Der Schlüssel unter { $subject } müsste nach eigener Angabe { $expected } Byte lang sein, es sind aber nur { $found } da. Ein Stück fehlt.
    .detail-no-length = Vom Schlüssel unter { $subject } sind nur { $found } Byte da, ein Stück fehlt.
    .detail-doubled = Der Schlüssel unter { $subject } müsste nach eigener Angabe { $expected } Byte lang sein, es sind aber { $found }. Ein Stück steht doppelt da.
    .detail-two-records = Der Schlüssel unter { $subject } wurde auf zwei TXT-Einträge verteilt. Empfänger lesen jeden für sich.
    .fix-two-records = Setzen Sie beide Hälften in einen einzigen TXT-Eintrag, bei Bedarf in mehreren Teilstücken, und löschen Sie den anderen.

dkim-wrong-name =
    .title = DKIM-Schlüssel steht unter dem falschen Namen
    .why = Empfänger suchen den Schlüssel unter selektor._domainkey.domain und nirgends sonst. Diesen finden sie nicht, und Ihre Signaturen scheitern. Viele Webformulare hängen die Domain selbst an, sodass sie dann doppelt dasteht.
    .fix = Verschieben Sie den Eintrag an den richtigen Namen. Hängt Ihr Formular die Domain selbst an, geben Sie nur den Selektor und ._domainkey ein.
    .detail = Der Schlüssel unter { $subject } gehört an den Namen { $right }.
    .detail-no-selector = Dem Schlüssel unter { $subject } fehlt der Selektor im Namen. Er gehört an SELEKTOR._domainkey.{ $domain }.
    .detail-copy = Der Schlüssel unter { $subject } steht auch unter { $right }, wo er hingehört. Diese Kopie liest niemand.
    .fix-no-selector = Sehen Sie im Mailserver oder beim Anbieter nach, wie der Selektor heißt, und verschieben Sie den Eintrag an diesen Namen.
    .fix-copy = Löschen Sie diese Kopie.

dkim-private-key-published =
    .title = Privater Schlüssel im DNS
    .why = Der geheime Teil eines DKIM-Schlüssels ist für alle sichtbar veröffentlicht. Jeder kann nun in Ihrem Namen E-Mails signieren, die DKIM und DMARC bestehen. Löschen allein genügt nicht, denn der Schlüssel kann schon kopiert sein.
    .fix = Löschen Sie den Eintrag sofort, erzeugen Sie ein neues Schlüsselpaar unter einem neuen Selektor und veröffentlichen Sie nur dessen öffentlichen Teil. Widerrufen Sie den alten Schlüssel mit einem leeren p=.
    .detail = Der Eintrag unter { $subject } enthält einen privaten Schlüssel.

dkim-key-weak =
    .title = DKIM-Schlüssel ist zu kurz
    .why = RSA-Schlüssel unter 1024 Bit übergehen Empfänger, solche E-Mails gelten als unsigniert. Schlüssel unter 2048 Bit funktionieren noch, sind aber nicht mehr zeitgemäß.
    .fix = Erzeugen Sie einen neuen RSA-Schlüssel mit 2048 Bit unter einem neuen Selektor, stellen Sie das Signieren um und widerrufen Sie den alten Schlüssel einige Tage später.
    .detail = Der RSA-Schlüssel unter { $subject } hat { $bits } Bit. Schlüssel unter 1024 Bit müssen Empfänger übergehen.
    .detail-short = Der RSA-Schlüssel unter { $subject } hat { $bits } Bit, empfohlen sind 2048.
    .fix-delegated = Diesen Schlüssel verwaltet Ihr Anbieter. Verlangen Sie dort einen mit 2048 Bit.

dkim-key-oversized =
    .title = DKIM-Schlüssel ist länger als 4096 Bit
    .why = Empfänger müssen RSA-Schlüssel nur bis 4096 Bit unterstützen. Mit diesem gelten Ihre E-Mails bei manchen als unsigniert. Ein so langer Schlüssel bringt in der Praxis keinen Vorteil.
    .fix = Verwenden Sie einen RSA-Schlüssel mit 2048 Bit.
    .detail = Der RSA-Schlüssel unter { $subject } hat { $bits } Bit.

dkim-key-revoked =
    .title = DKIM-Schlüssel ist widerrufen
    .why = Ein leeres p= sagt, dass dieser Schlüssel nicht mehr gilt. Bei einem alten Schlüssel ist das richtig. Werden Ihre E-Mails noch damit signiert, zählen die Signaturen nicht.
    .fix = Prüfen Sie, mit welchem Selektor Ihr Mailserver signiert. Ist es dieser, erzeugen Sie einen neuen Schlüssel unter einem neuen Selektor. Wird der Selektor nicht mehr benutzt, ist nichts zu tun.
    .detail = Der Schlüssel unter { $subject } ist leer, also widerrufen.
    .detail-named = Der Schlüssel unter { $subject } ist widerrufen, obwohl dieser Selektor als benutzt genannt ist.

dkim-testing =
    .title = DKIM-Schlüssel ist als Test gekennzeichnet
    .why = t=y sagt Empfängern, dass Sie DKIM nur ausprobieren. Ihre E-Mails dürfen dort dann wie unsignierte behandelt werden. Oft wurde die Kennzeichnung nach der Einrichtung einfach vergessen.
    .fix = Entfernen Sie t=y aus dem Schlüsseleintrag, sobald Ihre Signaturen gültig sind.
    .detail = Der Schlüsseleintrag unter { $subject } trägt die Kennzeichnung t=y.

dkim-sha1-only =
    .title = DKIM-Schlüssel erlaubt nur SHA-1
    .why = h=sha1 beschränkt den Schlüssel auf ein Verfahren, das Empfänger nicht mehr annehmen. Signaturen mit SHA-256 sind mit diesem Schlüssel ebenfalls nicht erlaubt. Ihre E-Mails gelten deshalb als unsigniert.
    .fix = Entfernen Sie das Tag h= aus dem Schlüsseleintrag und lassen Sie Ihren Server mit rsa-sha256 signieren.
    .detail = Der Schlüsseleintrag unter { $subject } erlaubt als einziges Verfahren SHA-1.
    .detail-other = Der Schlüsseleintrag unter { $subject } erlaubt nur das Verfahren { $hashes }, das Empfänger nicht verwenden.

dkim-service-type =
    .title = DKIM-Schlüssel ist nicht für E-Mail bestimmt
    .why = Das Tag s= beschränkt den Schlüssel auf andere Dienste als E-Mail. Empfänger dürfen ihn für Ihre Nachrichten nicht verwenden, diese gelten also als unsigniert.
    .fix = Entfernen Sie das Tag s=, oder schreiben Sie s=email.
    .detail = Der Schlüsseleintrag unter { $subject } gilt nur für { $services }; email fehlt.

dkim-multiple-keys =
    .title = Zwei DKIM-Schlüssel an einem Namen
    .why = Unter einem Selektor darf es nur einen Schlüsseleintrag geben. Welchen ein Empfänger nimmt, bleibt dem Zufall überlassen. Ihre Signaturen sind dann einmal gültig und einmal nicht.
    .fix = Löschen Sie den Schlüssel, mit dem Ihr Server nicht signiert. Veröffentlichen Sie einen zweiten Schlüssel unter einem eigenen Selektor.
    .detail = Unter { $subject } stehen { $count } Schlüsseleinträge.

dkim-ed25519-only =
    .title = Ed25519-Schlüssel ohne RSA-Schlüssel daneben
    .why = Viele Empfänger können nur RSA-Signaturen prüfen. Bei diesen gelten Ihre E-Mails als unsigniert, wenn sie allein mit Ed25519 signiert sind.
    .fix = Legen Sie unter einem zweiten Selektor einen RSA-Schlüssel mit 2048 Bit an und signieren Sie jede E-Mail mit beiden.
    .detail = Der Schlüssel unter { $subject } ist ein Ed25519-Schlüssel, und für die Domain fand sich kein RSA-Schlüssel.

dkim-rsa-only =
    .title = Kein Ed25519-Schlüssel neben dem RSA-Schlüssel
    .why = Die BSI-Richtlinie TR-03182 verlangt Schlüssel beider Arten und zwei Signaturen an jeder E-Mail. Kein Empfänger lehnt E-Mails ab, weil die zweite fehlt; viele Anbieter bieten nur RSA an.
    .fix = Erzeugen Sie neben dem RSA-Schlüssel einen Ed25519-Schlüssel (mailauth keygen --dual), veröffentlichen Sie ihn unter einem eigenen Selektor und lassen Sie den Server mit beiden signieren. Signiert Ihr Anbieter nur mit RSA, fragen Sie ihn nach Ed25519.
    .detail = Die gefundenen Schlüssel der Domain, darunter { $subject }, sind nur für RSA.

dkim-rsa-beyond-2048 =
    .title = RSA-Schlüssel ist länger, als TR-03182 erlaubt
    .why = Die BSI-Richtlinie TR-03182 verlangt RSA-Schlüssel von 1024 bis 2048 Bit, weil ein längerer nicht in eine kleine DNS-Antwort passt. Empfänger akzeptieren ihn trotzdem.
    .fix = Erzeugen Sie unter einem neuen Selektor einen Schlüssel mit 2048 Bit und entfernen Sie diesen, sobald nichts mehr damit signiert wird.
    .detail = Der Schlüssel unter { $subject } hat { $bits } Bit.

dkim-cname-dangling =
    .title = Delegierter DKIM-Selektor führt ins Leere
    .why = Der Selektor verweist per CNAME auf Ihren Anbieter, aber am Ziel liegt kein Schlüssel. Signaturen mit diesem Selektor scheitern. Oft ist DKIM beim Anbieter ausgeschaltet, der Vertrag beendet oder das Ziel falsch geschrieben.
    .fix = Vergleichen Sie das Ziel mit der Anleitung Ihres Anbieters und schalten Sie DKIM dort ein. Löschen Sie den CNAME, wenn Sie den Dienst nicht mehr nutzen.
    .detail = { $subject } verweist auf { $target }. Dort liegt kein Schlüssel.
    .detail-dot = { $subject } verweist auf { $target }. Dort liegt kein Schlüssel. Gemeint ist wohl { $meant }; weil der Punkt am Ende fehlt, wurde die Domain angehängt.
    .detail-spare = { $subject } verweist auf { $target }. Dort liegt derzeit kein Schlüssel. Ein anderer Selektor desselben Anbieters hat einen, dieser kann also für den nächsten Schlüsselwechsel vorgesehen sein.
    .fix-dot = Schreiben Sie das Ziel mit einem Punkt am Ende, oder geben Sie es so ein, dass Ihr Formular die Domain nicht anhängt.
    .fix-spare = Lassen Sie den Eintrag stehen, solange Ihr Anbieter ihn verlangt.
    .detail-circle = { $subject } zeigt auf { $target }, und von dort geht es im Kreis wieder zurück. Ein Schlüssel steht nirgends.
    .fix-circle = Veröffentlichen Sie den Schlüssel unter einem dieser Namen, oder lassen Sie den CNAME auf den Namen zeigen, den Ihr Anbieter nennt.
    .fix-provider = Schalten Sie DKIM für diese Domain im Kundenkonto von { $provider } ein und vergleichen Sie das Ziel mit der Angabe dort. Löschen Sie den CNAME, wenn Sie { $provider } nicht mehr nutzen.
    .fix-provider-page = Schalten Sie DKIM für diese Domain im Kundenkonto von { $provider } ein und vergleichen Sie das Ziel mit der Angabe dort; die Seite heißt „{ $page }“. Löschen Sie den CNAME, wenn Sie { $provider } nicht mehr nutzen.

dkim-wildcard =
    .title = Jeder DKIM-Selektor erhält eine Antwort
    .why = Ein Wildcard-Eintrag antwortet für jeden Selektor, auch für einen erfundenen. Fehlende Schlüssel sehen dann wie defekte aus, und wer das Ziel der Wildcard beherrscht, könnte Schlüssel für Sie veröffentlichen.
    .fix = Ersetzen Sie die Wildcard durch Einträge für die Namen, die Sie brauchen. Nur bei einer Domain, die keine E-Mails sendet, ist ein leerer Wildcard-Schlüssel richtig.
    .detail = Eine Wildcard unter { $subject } oder darüber liefert für jeden Selektor denselben Schlüsseleintrag.
    .detail-empty = Eine Wildcard unter { $subject } oder darüber antwortet für jeden Selektor mit einem widerrufenen Schlüssel, obwohl die Domain am E-Mail-Verkehr teilnimmt.
    .detail-alias = { $subject } leitet jeden Selektor an { $target } weiter.

dkim-key-mismatch =
    .title = Privater und veröffentlichter Schlüssel passen nicht
    .why = Der Schlüssel, mit dem Ihr Server signiert, ist nicht der im DNS. Jede Signatur mit diesem Selektor scheitert, und Ihre E-Mails können als gefälscht behandelt werden.
    .fix = Veröffentlichen Sie den öffentlichen Teil des verwendeten privaten Schlüssels, oder tragen Sie in der Konfiguration die richtige Schlüsseldatei ein.
    .detail = Der Schlüssel unter { $subject } ist nicht der öffentliche Teil der Schlüsseldatei, die die Konfiguration für den Selektor { $selector } nennt.

dkim-key-reused =
    .title = Ein DKIM-Schlüssel an mehreren Stellen
    .why = Derselbe Schlüssel steht unter mehreren Selektoren oder Domains. Das funktioniert, aber wer den Schlüssel erbeutet, kann für alle signieren, und ein Wechsel betrifft alle auf einmal.
    .fix = Erzeugen Sie beim nächsten Schlüsselwechsel für jede Domain und jeden Selektor einen eigenen Schlüssel.
    .detail = Der Schlüssel unter { $subject } ist derselbe wie der unter { $other }.
