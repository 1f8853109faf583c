### Die Kommentare einer neuen mailauth.toml, und was init sagt.

init-head =
    mailauth.toml: was Ihre Domains veröffentlichen sollen und wie Befunde gewichtet werden.
    Alles ist freiwillig. Eine Zeile, die mit # beginnt, ist ein Kommentar und zählt nicht.
    Die Datei wird nur gelesen, wo sie genannt wird:
    mailauth check --config mailauth.toml        vergleicht sie mit dem DNS
    mailauth lint --config mailauth.toml DATEI   vergleicht sie mit einer Zonendatei
    mailauth record all --config mailauth.toml   gibt die Einträge aus, die sie verlangt
init-lang = Die Sprache der Ergebnisse: en oder de. Ohne Angabe die der Umgebung.
init-fail-on = Ab welcher Schwere Befunde den Exit-Code 1 ergeben: error, warning, note oder never.
init-resolvers = Die DNS-Resolver, die gefragt werden. Ohne Angabe die des Systems.
init-rules = Was aus einer Regel wird: ignore, note, warning oder error. „mailauth rules“ listet die Regeln auf.
init-domain = Ein Block je Domain. Was ein Block nicht nennt, wird nicht verglichen.
init-parked = Die Domain sendet und empfängt keine E-Mail.
init-providers = Wer die Postfächer betreibt und wer für die Domain versendet; daraus entsteht SPF.
init-ips = Eigene Adressen, die versenden.
init-mx = Die Mailserver: Präferenz und Host.
init-spf = SPF: was für alle anderen gilt (fail, softfail, neutral), und weitere Terme.
init-dmarc = DMARC: die Richtlinie (none, quarantine, reject), und wohin Berichte gehen.
init-dkim = DKIM: die Selektoren, mit dem privaten Schlüssel, wo diese Seite signiert. Pfade zählen ab dieser Datei.
init-mta-sts = MTA-STS: mode (testing, enforce, none), max-age, id. Der Modus steht in der Policy-Datei, nicht im DNS.
init-tls-rpt = Wohin Berichte über verschlüsselte Zustellung gehen.
init-domain-rules = Gewichte von Regeln nur für diese Domain.

init-found = So steht es jetzt im DNS. Prüfen Sie es, bevor Sie sich darauf verlassen.
init-unseen = Nicht gesehen, weil das DNS nicht antwortete: { $what }
init-provider = { $provider } wurde erkannt, aber sein SPF steht nicht so im DNS, wie er es verlangt: providers = ["{ $id }"] würde es ergänzen.
init-spf-several = Es gibt mehrere SPF-Einträge; Empfänger halten das für einen Fehler. spf bleibt weg.
init-spf-broken = Der SPF-Eintrag ist fehlerhaft, deshalb bleibt spf weg: { $record }
init-spf-redirect = Der SPF-Eintrag führt mit redirect= woandershin, das lässt sich hier nicht sagen; spf bleibt weg: { $record }
init-spf-all-missing = Der SPF-Eintrag sagt nicht, was für alle anderen gilt, oder erlaubt alle; „record all“ würde softfail daraus machen.
init-dmarc-broken = Der DMARC-Eintrag ist so nicht brauchbar, deshalb bleibt dmarc weg.
init-written = { $file } ist geschrieben. Sehen Sie sie durch, dann: mailauth check --config { $file }
