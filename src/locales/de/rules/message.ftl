### Regeltexte: einzelne Nachrichten

msg-from-multiple =
    .title = Mehr als ein From-Feld
    .why = Eine Nachricht muss genau ein From-Feld haben. Bei mehreren ist nicht zu erkennen, von wem sie stammt, und viele Empfänger lehnen sie ab, weil Fälscher diesen Trick nutzen.
    .fix = Lassen Sie das erzeugende Programm ein einziges From-Feld mit einer Adresse schreiben.
    .detail = Die Nachricht hat { $count } From-Felder.
    .detail-domains = Das From-Feld nennt Adressen mehrerer Domains ({ $domains }). DMARC besteht dann nie.

msg-from-missing =
    .title = Kein Absender im From
    .why = Die Nachricht hat kein brauchbares From-Feld. Empfänger können DMARC nicht anwenden, und die meisten lehnen sie ab.
    .fix = Lassen Sie das erzeugende Programm ein From-Feld mit einer Adresse Ihrer Domain schreiben.
    .detail = Die Nachricht hat kein From-Feld.
    .detail-unusable = Das From-Feld nennt keine brauchbare Adresse ({ $problem }).

msg-date-missing =
    .title = Datum fehlt
    .why = Jede Nachricht braucht ein Date-Feld. Ohne dieses werden Spamfilter misstrauisch, und E-Mail-Programme zeigen eine falsche Zeit an.
    .fix = Lassen Sie das Programm oder Gerät, das die Nachricht erzeugt, das Datum setzen. Oft ist ein Scanner, eine Telefonanlage oder ein Webformular die Ursache.
    .detail = Im Kopf der Nachricht steht kein Date-Feld.

msg-message-id-missing =
    .title = Message-ID fehlt
    .why = Jede Nachricht sollte eine eindeutige Kennung tragen. Gmail und andere lehnen Nachrichten ohne gültige Kennung ab oder halten sie für Spam.
    .fix = Lassen Sie das sendende Programm eine Message-ID setzen, oder senden Sie über einen Mailserver, der sie vor dem Signieren ergänzt.
    .detail = Im Kopf der Nachricht steht keine Message-ID.
    .detail-invalid = Die Message-ID „{ $id }“ steht nicht in spitzen Klammern und ist daher ungültig.

msg-line-too-long =
    .title = Eine Zeile ist zu lang
    .why = Eine Zeile darf höchstens 998 Byte haben. Längere können Server unterwegs umbrechen. Das beschädigt den Text, und die DKIM-Signatur passt nicht mehr.
    .fix = Lassen Sie das sendende Programm den Text als quoted-printable oder base64 kodieren.
    .detail = Die längste Zeile hat { $length } Byte.

msg-bare-line-ending =
    .title = Falsche Zeilenenden
    .why = Zeilen einer Nachricht müssen mit CR und LF zusammen enden. Einzelne werden unterwegs repariert oder abgelehnt, und eine Reparatur macht die DKIM-Signatur ungültig.
    .fix = Lassen Sie das sendende Programm überall CR LF schreiben. Wandeln Sie die Zeilenenden um, bevor die Nachricht signiert wird.
    .detail = Manche Zeilen enden mit CR LF, andere nur mit LF.
    .detail-cr = Die Nachricht enthält CR ohne folgendes LF.

msg-dkim-unsigned =
    .title = Nachricht trägt keine DKIM-Signatur
    .why = Ohne Signatur können Empfänger Ihre Nachricht nur an SPF erkennen, und das scheitert, sobald sie weitergeleitet wird. GMX und WEB.DE verlangen DKIM.
    .fix = Schalten Sie DKIM für Ihre Domain auf dem System ein, das diese Nachricht gesendet hat.
    .detail = Die Nachricht hat kein DKIM-Signature-Feld.

msg-dkim-partial-body =
    .title = DKIM-Signatur deckt nur einen Teil des Textes ab
    .why = Das Tag l= lässt das Ende der Nachricht unsigniert. Jeder kann dort Text oder Anhänge anfügen, und die Signatur bleibt gültig. Empfänger können eine solche Signatur unbeachtet lassen.
    .fix = Schalten Sie die Längenangabe (l=) in der Signatursoftware aus.
    .detail = Die Signatur deckt { $signed } von { $all } Byte des Textes ab.
    .detail-whole = Die Signatur deckt alle { $all } Byte des Textes ab (l={ $signed }), aber es lässt sich Text anfügen, ohne sie ungültig zu machen.

msg-dkim-header-unsigned =
    .title = Ein sichtbares Kopfzeilenfeld ist nicht geschützt
    .why = Die Signatur lässt ein Feld aus, das Leser sehen, oder erlaubt, ein zweites hinzuzufügen. Andere können dann etwa den Betreff oder das Datum ändern, und die Signatur bleibt gültig.
    .fix = Lassen Sie die Signatursoftware From, To, Cc, Subject, Date und Reply-To signieren und jedes einmal mehr aufführen, als es vorkommt.
    .detail = Nicht signiert: { $unsigned }.
    .detail-addable = Ein weiteres Feld lässt sich hinzufügen: { $addable }.
    .detail-both = Nicht signiert: { $unsigned }. Ein weiteres Feld lässt sich hinzufügen: { $addable }.

msg-dkim-broken-footer =
    .title = Signatur durch angehängten Fußtext ungültig
    .why = Nach dem Signieren wurde am Ende der Nachricht Text angefügt, etwa ein Haftungsausschluss, der Hinweis eines Virenscanners oder der Fußtext einer Mailingliste. Deshalb passt die DKIM-Signatur nicht mehr.
    .fix = Fügen Sie solchen Text vor dem Signieren an, oder schalten Sie ihn auf dem Server ab, der ihn anfügt. Kommt er von einer Mailingliste, kann nur diese helfen.
    .detail = { $lines ->
        [one] Ohne die letzte Zeile passt die Signatur von { $domain }. Sie beginnt mit „{ $text }“.
       *[other] Ohne die letzten { $lines } Zeilen passt die Signatur von { $domain }. Sie beginnen mit „{ $text }“.
    }
    .detail-banner = { $lines ->
        [one] Ohne die erste Zeile passt die Signatur von { $domain }.
       *[other] Ohne die ersten { $lines } Zeilen passt die Signatur von { $domain }.
    }
    .detail-part = { $lines ->
        [one] Der Nachricht wurde ein Teil von einer Zeile hinzugefügt. Ohne ihn passt die Signatur von { $domain }.
       *[other] Der Nachricht wurde ein Teil von { $lines } Zeilen hinzugefügt. Ohne ihn passt die Signatur von { $domain }.
    }

msg-dkim-broken-subject =
    .title = Signatur durch geänderten Betreff ungültig
    .why = Nach dem Signieren wurde etwas in den Betreff gesetzt, etwa eine Spam-Kennzeichnung, [EXTERN] oder der Name einer Liste. Deshalb passt die DKIM-Signatur nicht mehr.
    .fix = Schalten Sie den Zusatz auf dem Server ab, der ihn einfügt, oder lassen Sie die Signatur prüfen, bevor der Betreff geändert wird.
    .detail = Ohne „{ $tag }“ im Betreff passt die Signatur von { $domain }.
    .detail-value = Mit dem Betreff, der signiert wurde, passt die Signatur von { $domain }.

msg-dkim-broken-encoding =
    .title = Signatur durch neue Kodierung ungültig
    .why = Ein Server unterwegs hat den Text neu kodiert, meist weil er Umlaute so nicht weitergeben konnte. Der Inhalt sieht gleich aus, aber die DKIM-Signatur passt nicht mehr.
    .fix = Lassen Sie das sendende Programm quoted-printable oder base64 verwenden, bevor die Nachricht signiert wird. Prüfen Sie Gateways, die Nachrichten umschreiben.
    .detail = In der ursprünglichen Kodierung ({ $original }) passt die Signatur von { $domain }.

msg-dkim-broken-linewrap =
    .title = Signatur durch geänderte Zeilenumbrüche ungültig
    .why = Ein Server unterwegs hat Zeilen umbrochen oder Leerzeichen und Zeilenenden geändert. Deshalb passt die DKIM-Signatur nicht mehr.
    .fix = Signieren Sie mit relaxed/relaxed und lassen Sie das sendende Programm Zeilen unter 998 Byte halten. Prüfen Sie Gateways, die Nachrichten umschreiben.
    .detail = Werden die umbrochenen Zeilen wieder verbunden, passt die Signatur von { $domain }.
    .detail-mbox = Vor Zeilen, die mit „From “ beginnen, wurde „>“ gesetzt. Ohne dieses passt die Signatur von { $domain }.
    .detail-dots = Punkte am Zeilenanfang wurden verdoppelt. Macht man das rückgängig, passt die Signatur von { $domain }.
    .detail-refolded = Kopfzeilenfelder wurden neu umbrochen. Macht man das rückgängig, passt die Signatur von { $domain }.

msg-dkim-broken-unknown =
    .title = Signatur passt nicht zur Nachricht
    .why = Die Nachricht wurde nach dem Signieren verändert oder mit einem anderen Schlüssel signiert. Was geändert wurde, lässt sich an dieser Kopie nicht erkennen.
    .fix = Vergleichen Sie die gesendete mit der angekommenen Nachricht, jeweils im Quelltext. Prüfen Sie, ob der Schlüssel im DNS zum signierenden Server gehört.
    .detail = Die Signatur von { $domain } passt weder zum Kopf noch zum Text.
    .detail-body = Die Signatur von { $domain } passt zum Kopf, aber der Text wurde geändert.
    .detail-header = Der Text ist unverändert, aber ein signiertes Kopfzeilenfeld wurde geändert, oder der Schlüssel von { $domain } ist ein anderer.
    .detail-canonicalization = Die Signatur von { $domain } wurde mit einer anderen Kanonisierung gemacht, als sie angibt (c=). Der Fehler liegt in der Signatursoftware.
    .detail-line-feeds = Die Signatur von { $domain } wurde über Zeilen gemacht, die mit LF statt CR LF enden. Der Fehler liegt in der Signatursoftware.
    .detail-value = Das Feld { $name } hat einen anderen Wert als den, den { $domain } signiert hat.
    .detail-added = Ein Feld { $name } wurde hinzugefügt, was die Signatur von { $domain } nicht zulässt.

msg-alignment =
    .title = Nachricht ist für eine andere Domain signiert
    .why = Die Signatur ist gültig, gehört aber zu einer anderen Domain als die Adresse im From. Für DMARC zählt sie nicht. Das ist üblich, solange DKIM für Ihre eigene Domain beim sendenden Dienst nicht eingerichtet ist.
    .fix = Richten Sie beim sendenden Dienst DKIM für Ihre eigene Domain ein, sodass d= in der Signatur Ihre Domain nennt.
    .detail = Signiert hat { $domain }, im From steht aber { $from }.

msg-unsubscribe-missing =
    .title = Massen-E-Mail ohne Abmeldung mit einem Klick
    .why = Gmail und Yahoo erwarten, dass sich Newsletter mit einem Klick abbestellen lassen. Fehlt das, drücken mehr Leser auf den Spam-Knopf. Terminbestätigungen und andere einzelne Nachrichten sind ausgenommen.
    .fix = Lassen Sie den Newsletter-Dienst List-Unsubscribe mit einer https:-Adresse und List-Unsubscribe-Post setzen.
    .detail = Die Nachricht sieht nach Massen-E-Mail aus, hat aber kein Feld List-Unsubscribe.
    .detail-no-click = Es gibt ein Feld List-Unsubscribe, aber List-Unsubscribe-Post oder eine https:-Adresse fehlt.

msg-unsubscribe-unsigned =
    .title = Abmeldefelder sind nicht signiert
    .why = Die Felder für die Abmeldung mit einem Klick sind da, aber die DKIM-Signatur deckt sie nicht ab. Empfänger bieten den Knopf dann nicht an.
    .fix = Lassen Sie die Signatursoftware List-Unsubscribe und List-Unsubscribe-Post mitsignieren.
    .detail = Keine gültige Signatur deckt List-Unsubscribe und List-Unsubscribe-Post zugleich ab.

msg-receiver-verdict =
    .title = Was der Empfänger über die Nachricht vermerkt hat
    .why = Der empfangende Server hat sein eigenes Urteil in die Nachricht geschrieben. Es zeigt, wie sie dort eingestuft wurde und oft auch warum.
    .fix = Nehmen Sie es als Hinweis und beheben Sie zuerst die anderen Befunde.
    .detail = { $by } hat vermerkt: { $words }

msg-hop-delay =
    .title = Nachricht lag länger auf einem Server
    .why = Zwischen zwei Stationen war die Nachricht ungewöhnlich lange unterwegs. Grund können Greylisting, ein überlasteter Server oder eine falsch gehende Uhr sein. Die Authentifizierung ist davon nicht betroffen.
    .fix = Kommt es oft vor, fragen Sie den Betreiber des Servers an dieser Station.
    .detail = { $by } hat die Nachricht { $minutes } Minuten nach der vorigen Station übernommen.
    .detail-hours = { $by } hat die Nachricht { $hours } Stunden nach der vorigen Station übernommen.

msg-hop-plaintext =
    .title = Eine Station gab die Nachricht unverschlüsselt weiter
    .why = Soweit die Received-Zeilen es zeigen, war ein Stück des Weges nicht verschlüsselt. Innerhalb eines Gebäudes oder Rechenzentrums kann das harmlos sein; im Internet hätten andere mitlesen können.
    .fix = Führt das Stück durch das Internet, lassen Sie die Betreiber der beiden Server TLS einschalten.
    .detail = { $by } hat die Nachricht ohne TLS von { $from } übernommen.

msg-display-name-spoof =
    .title = Anzeigename enthält eine fremde Adresse
    .why = Im angezeigten Namen steht eine Adresse aus einer anderen Domain als der des wirklichen Absenders. Leser halten sie leicht für den Absender, deshalb werten Filter das als Täuschungsversuch.
    .fix = Schreiben Sie in den Anzeigenamen nur einen Namen, keine Adresse. Haben Sie diese Nachricht erhalten, vertrauen Sie dem angezeigten Namen nicht.
    .detail = Der Name zeigt eine Adresse bei { $shown }, die Nachricht kommt aber von { $domain }.

from-no-address = keine Adresse
from-syntax = die Adressliste ist fehlerhaft
from-unclosed-comment = ein Kommentar endet nicht
from-unclosed-quote = ein Anführungszeichen fehlt
from-group = statt einer Adresse steht dort eine Gruppe
from-route = die Adresse enthält eine Route
from-unseparated = mehrere Adressen ohne Komma dazwischen
from-domain-literal = eine IP-Adresse statt einer Domain
from-bad-domain = ungültige Domain
from-control = ein Steuerzeichen
from-trailing-dot = ein Punkt hinter der Domain
from-unquoted-at = ein @ im Anzeigenamen ohne Anführungszeichen
