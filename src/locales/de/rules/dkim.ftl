### Regeltexte: DKIM-Schlüssel

dkim-none-found =
    .title = Kein DKIM-Schlüssel gefunden
    .why = Unter keinem der probierten Selektoren liegt ein Schlüssel. Unter einem anderen Selektor kann es einen geben, denn dessen Name lässt sich aus dem DNS nicht ermitteln. Ohne DKIM tragen Ihre E-Mails keine Signatur: GMX und WEB.DE erwarten eine, und weitergeleitete E-Mails landen leicht im Spam.
    .fix = Schalten Sie DKIM für Ihre eigene Domain beim E-Mail-Anbieter ein und veröffentlichen Sie den Eintrag, den er Ihnen zeigt. Ist DKIM schon eingeschaltet, wiederholen Sie die Prüfung mit dem Namen des Selektors.

dkim-key-missing =
    .title = Kein Schlüssel unter diesem Selektor
    .why = Ihre E-Mails werden oder sollen mit diesem Selektor signiert werden, aber es ist kein Schlüssel dazu veröffentlicht. Empfänger können die Signatur nicht prüfen und behandeln die E-Mails wie unsignierte.
    .fix = Veröffentlichen Sie den Schlüssel als TXT-Eintrag oder, wenn Ihr Anbieter es so verlangt, als CNAME. Wird der Selektor nicht mehr benutzt, entfernen Sie ihn aus Ihren Einstellungen.

dkim-key-syntax =
    .title = DKIM-Schlüsseleintrag ist nicht lesbar
    .why = Der Eintrag ist kein gültiger Schlüsseleintrag, oder der Schlüssel darin lässt sich nicht dekodieren. Jede Signatur mit diesem Selektor scheitert, und Ihre E-Mails gelten als unsigniert.
    .fix = Kopieren Sie den Eintrag noch einmal von Ihrem Mailserver oder Anbieter, vollständig und unverändert.

dkim-key-quoted =
    .title = Anführungszeichen, \ oder Klammern im DKIM-Schlüssel
    .why = Zeichen, die zur Schreibweise in einer Zonendatei gehören, sind Teil des Wertes geworden. Empfänger können den Schlüssel nicht lesen, und Ihre Signaturen scheitern.
    .fix = Geben Sie im Webformular des Anbieters nur den reinen Text ein, ohne Anführungszeichen, Backslashes und Klammern.

dkim-key-split =
    .title = DKIM-Schlüssel ist abgeschnitten oder falsch geteilt
    .why = Die Länge des Schlüssels passt nicht zu seinem Inhalt. Ein Stück fehlt oder steht doppelt da, oft weil ein Formular nach 255 Zeichen aufhört. Signaturen mit diesem Schlüssel lassen sich nicht prüfen.
    .fix = Geben Sie den Schlüssel noch einmal vollständig ein, wo nötig in Teilstücken von höchstens 255 Zeichen, und prüfen Sie danach, ob der ganze Text angekommen ist.

dkim-wrong-name =
    .title = DKIM-Schlüssel steht unter dem falschen Namen
    .why = Empfänger suchen den Schlüssel unter selektor._domainkey.domain und nirgends sonst. Diesen finden sie nicht, und Ihre Signaturen scheitern. Viele Webformulare hängen die Domain selbst an, sodass sie dann doppelt dasteht.
    .fix = Verschieben Sie den Eintrag an den richtigen Namen. Hängt Ihr Formular die Domain selbst an, geben Sie nur den Selektor und ._domainkey ein.

dkim-private-key-published =
    .title = Privater Schlüssel im DNS
    .why = Der geheime Teil eines DKIM-Schlüssels ist für alle sichtbar veröffentlicht. Jeder kann nun in Ihrem Namen E-Mails signieren, die DKIM und DMARC bestehen. Löschen allein genügt nicht, denn der Schlüssel kann schon kopiert sein.
    .fix = Löschen Sie den Eintrag sofort, erzeugen Sie ein neues Schlüsselpaar unter einem neuen Selektor und veröffentlichen Sie nur dessen öffentlichen Teil. Widerrufen Sie den alten Schlüssel mit einem leeren p=.

dkim-key-weak =
    .title = DKIM-Schlüssel ist zu kurz
    .why = RSA-Schlüssel unter 1024 Bit übergehen Empfänger, solche E-Mails gelten als unsigniert. Schlüssel unter 2048 Bit funktionieren noch, sind aber nicht mehr zeitgemäß.
    .fix = Erzeugen Sie einen neuen RSA-Schlüssel mit 2048 Bit unter einem neuen Selektor, stellen Sie das Signieren um und widerrufen Sie den alten Schlüssel einige Tage später.

dkim-key-oversized =
    .title = DKIM-Schlüssel ist länger als 4096 Bit
    .why = Empfänger müssen RSA-Schlüssel nur bis 4096 Bit unterstützen. Mit diesem gelten Ihre E-Mails bei manchen als unsigniert. Ein so langer Schlüssel bringt in der Praxis keinen Vorteil.
    .fix = Verwenden Sie einen RSA-Schlüssel mit 2048 Bit.

dkim-key-revoked =
    .title = DKIM-Schlüssel ist widerrufen
    .why = Ein leeres p= sagt, dass dieser Schlüssel nicht mehr gilt. Bei einem alten Schlüssel ist das richtig. Werden Ihre E-Mails noch damit signiert, zählen die Signaturen nicht.
    .fix = Prüfen Sie, mit welchem Selektor Ihr Mailserver signiert. Ist es dieser, erzeugen Sie einen neuen Schlüssel unter einem neuen Selektor. Wird der Selektor nicht mehr benutzt, ist nichts zu tun.

dkim-testing =
    .title = DKIM-Schlüssel ist als Test gekennzeichnet
    .why = t=y sagt Empfängern, dass Sie DKIM nur ausprobieren. Ihre E-Mails dürfen dort dann wie unsignierte behandelt werden. Oft wurde die Kennzeichnung nach der Einrichtung einfach vergessen.
    .fix = Entfernen Sie t=y aus dem Schlüsseleintrag, sobald Ihre Signaturen gültig sind.

dkim-sha1-only =
    .title = DKIM-Schlüssel erlaubt nur SHA-1
    .why = h=sha1 beschränkt den Schlüssel auf ein Verfahren, das Empfänger nicht mehr annehmen. Signaturen mit SHA-256 sind mit diesem Schlüssel ebenfalls nicht erlaubt. Ihre E-Mails gelten deshalb als unsigniert.
    .fix = Entfernen Sie das Tag h= aus dem Schlüsseleintrag und lassen Sie Ihren Server mit rsa-sha256 signieren.

dkim-service-type =
    .title = DKIM-Schlüssel ist nicht für E-Mail bestimmt
    .why = Das Tag s= beschränkt den Schlüssel auf andere Dienste als E-Mail. Empfänger dürfen ihn für Ihre Nachrichten nicht verwenden, diese gelten also als unsigniert.
    .fix = Entfernen Sie das Tag s=, oder schreiben Sie s=email.

dkim-multiple-keys =
    .title = Zwei DKIM-Schlüssel an einem Namen
    .why = Unter einem Selektor darf es nur einen Schlüsseleintrag geben. Welchen ein Empfänger nimmt, bleibt dem Zufall überlassen. Ihre Signaturen sind dann einmal gültig und einmal nicht.
    .fix = Löschen Sie den Schlüssel, mit dem Ihr Server nicht signiert. Veröffentlichen Sie einen zweiten Schlüssel unter einem eigenen Selektor.

dkim-ed25519-only =
    .title = Ed25519-Schlüssel ohne RSA-Schlüssel daneben
    .why = Viele Empfänger können nur RSA-Signaturen prüfen. Bei diesen gelten Ihre E-Mails als unsigniert, wenn sie allein mit Ed25519 signiert sind.
    .fix = Legen Sie unter einem zweiten Selektor einen RSA-Schlüssel mit 2048 Bit an und signieren Sie jede E-Mail mit beiden.

dkim-cname-dangling =
    .title = Delegierter DKIM-Selektor führt ins Leere
    .why = Der Selektor verweist per CNAME auf Ihren Anbieter, aber am Ziel liegt kein Schlüssel. Signaturen mit diesem Selektor scheitern. Oft ist DKIM beim Anbieter ausgeschaltet, der Vertrag beendet oder das Ziel falsch geschrieben.
    .fix = Vergleichen Sie das Ziel mit der Anleitung Ihres Anbieters und schalten Sie DKIM dort ein. Löschen Sie den CNAME, wenn Sie den Dienst nicht mehr nutzen.

dkim-wildcard =
    .title = Jeder DKIM-Selektor erhält eine Antwort
    .why = Ein Wildcard-Eintrag antwortet für jeden Selektor, auch für einen erfundenen. Fehlende Schlüssel sehen dann wie defekte aus, und wer das Ziel der Wildcard beherrscht, könnte Schlüssel für Sie veröffentlichen.
    .fix = Ersetzen Sie die Wildcard durch Einträge für die Namen, die Sie brauchen. Nur bei einer Domain, die keine E-Mails sendet, ist ein leerer Wildcard-Schlüssel richtig.

dkim-key-mismatch =
    .title = Privater und veröffentlichter Schlüssel passen nicht
    .why = Der Schlüssel, mit dem Ihr Server signiert, ist nicht der im DNS. Jede Signatur mit diesem Selektor scheitert, und Ihre E-Mails können als gefälscht behandelt werden.
    .fix = Veröffentlichen Sie den öffentlichen Teil des verwendeten privaten Schlüssels, oder tragen Sie in der Konfiguration die richtige Schlüsseldatei ein.

dkim-key-reused =
    .title = Ein DKIM-Schlüssel an mehreren Stellen
    .why = Derselbe Schlüssel steht unter mehreren Selektoren oder Domains. Das funktioniert, aber wer den Schlüssel erbeutet, kann für alle signieren, und ein Wechsel betrifft alle auf einmal.
    .fix = Erzeugen Sie beim nächsten Schlüsselwechsel für jede Domain und jeden Selektor einen eigenen Schlüssel.
