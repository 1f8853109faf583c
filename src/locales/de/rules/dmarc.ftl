### Regeltexte: DMARC

dmarc-missing =
    .title = Kein DMARC-Eintrag
    .why = Niemand sagt den Empfängern, was mit E-Mails geschehen soll, die in Ihrem Namen gefälscht sind, und Sie erhalten keine Berichte darüber. Gmail, Yahoo, Microsoft und Apple verlangen von Massenversendern einen DMARC-Eintrag, und Spamfilter achten bei allen darauf.
    .fix = Veröffentlichen Sie unter _dmarc an Ihrer Domain einen TXT-Eintrag, zunächst mit p=none und einer Berichtsadresse. Lesen Sie einige Wochen die Berichte, dann gehen Sie zu quarantine und zu reject über.
    .detail = Weder unter { $subject } noch an einem Namen darüber steht ein DMARC-Eintrag für { $domain }.

dmarc-multiple-records =
    .title = Mehr als ein DMARC-Eintrag
    .why = An einem Namen darf es nur einen DMARC-Eintrag geben. Bei zweien verwenden Empfänger keinen davon, und Ihre Domain hat keinen eigenen Schutz.
    .fix = Behalten Sie den Eintrag mit der gewünschten Richtlinie und löschen Sie die übrigen. Nehmen Sie alle Berichtsadressen in sein Tag rua auf, durch Kommas getrennt.
    .detail = Unter { $subject } stehen { $count } DMARC-Einträge. Neben dem gezeigten gibt es: { $first }

dmarc-syntax =
    .title = DMARC-Eintrag enthält einen Fehler
    .why = Empfänger können den Eintrag oder einen Teil davon nicht lesen. Je nach Stelle übergehen sie den ganzen Eintrag oder nur das betroffene Tag. Dann gilt die Richtlinie oder die Berichtsadresse nicht, die Sie gemeint haben.
    .fix = Berichtigen Sie die markierte Stelle. Der Eintrag beginnt genau mit v=DMARC1, und zwischen den Tags steht ein Semikolon.
    .detail = Empfänger können „{ $token }“ nicht lesen und übergehen es.
    .detail-blank = Vor v=DMARC1 steht noch etwas, deshalb übergehen Empfänger den ganzen Eintrag.
    .detail-quoted = Der Eintrag enthält selbst Anführungszeichen. Er beginnt damit nicht mit v=DMARC1, und Empfänger übergehen ihn.
    .detail-separator = Auf v=DMARC1 folgt kein Semikolon, deshalb übergehen Empfänger den ganzen Eintrag. Schreiben Sie v=DMARC1; mit Semikolon.
    .detail-version = Der Eintrag beginnt nicht genau mit v=DMARC1 (siehe „{ $token }“), deshalb übergehen Empfänger ihn ganz.
    .detail-run-together = In „{ $token }“ fehlt ein Semikolon. Empfänger halten alles für den Wert von { $tag } und finden keine gültige Richtlinie.
    .detail-run-together-tag = In „{ $token }“ fehlt ein Semikolon. Empfänger halten alles für den Wert von { $tag } und übergehen es.
    .detail-policy = „{ $token }“ ergibt keine gültige Richtlinie: { $tag } kennt nur none, quarantine und reject.
    .detail-duplicate = Das Tag { $tag } steht zweimal da. Welches zählt, handhaben Empfänger verschieden.
    .fix-remove = Löschen Sie diesen Eintrag. Am selben Namen steht ein lesbarer DMARC-Eintrag.
    .fix-record = Gemeint war vermutlich: { $meant }
    .fix-suggest = Schreiben Sie an die markierte Stelle: { $suggestion }
    .detail-version-first = v=DMARC1 steht zu weit hinten. Es muss am Anfang stehen, sonst übergehen Empfänger den ganzen Eintrag.
    .detail-version-missing = Der Eintrag beginnt nicht mit v=DMARC1, deshalb übergehen Empfänger ihn ganz.
    .detail-backslash = Im Eintrag selbst stehen umgekehrte Schrägstriche, der erste vor diesem Semikolon. Sie gehören zu manchen Schreibweisen, nicht zum Wert, und Empfänger können ihn nicht lesen.
    .fix-backslash = Tragen Sie den Eintrag ohne die umgekehrten Schrägstriche ein.
    .detail-no-reports = Das Tag rua ist leer, deshalb bekommt niemand die DMARC-Berichte.
    .fix-no-reports = Schreiben Sie rua=mailto: mit einem Postfach oder einem Berichtsdienst, den jemand liest.

dmarc-wrong-location =
    .title = DMARC-Eintrag steht unter dem falschen Namen
    .why = Empfänger suchen DMARC nur unter _dmarc an der Domain. Diesen Eintrag finden sie nicht, er hat also keine Wirkung. Viele Webformulare hängen die Domain selbst an, sodass sie dann doppelt dasteht.
    .fix = Verschieben Sie den Eintrag nach _dmarc an Ihrer Domain. Hängt Ihr Formular die Domain selbst an, geben Sie als Namen nur _dmarc ein.
    .detail = Ein DMARC-Eintrag steht unter { $subject }, Empfänger suchen ihn aber unter { $right }.
    .fix-remove = Löschen Sie diesen Eintrag. Unter { $right } steht bereits ein DMARC-Eintrag.

dmarc-policy-missing =
    .title = DMARC-Eintrag ohne Richtlinie
    .why = Der Eintrag sagt nicht, was mit gefälschten E-Mails geschehen soll. Mit einer gültigen Berichtsadresse behandeln Empfänger ihn wie p=none: Es kommen Berichte, aber sonst geschieht nichts. Ohne eine solche wenden sie DMARC bei Ihrer Domain gar nicht an.
    .fix = Fügen Sie direkt hinter v=DMARC1 die Angabe p=none, p=quarantine oder p=reject ein.
    .detail = Im Eintrag unter { $subject } fehlt das Tag p. Empfänger handeln wie bei p=none.
    .detail-ignored = Im Eintrag unter { $subject } fehlen das Tag p und eine gültige Berichtsadresse. Empfänger wenden DMARC gar nicht an.

dmarc-policy-none =
    .title = DMARC fordert keine Maßnahme
    .why = p=none ist ein guter Anfang, denn Sie erhalten Berichte ohne Risiko für Ihre E-Mails. Gefälschte E-Mails in Ihrem Namen werden aber weiterhin zugestellt.
    .fix = Prüfen Sie in den Berichten, ob alle Ihre Absender DMARC bestehen. Setzen Sie dann p=quarantine und, wenn das gut geht, p=reject.
    .detail = Mit { $token } stellen Empfänger gefälschte E-Mails zu, als gäbe es kein DMARC.

dmarc-testing =
    .title = DMARC-Richtlinie ist im Testmodus
    .why = Mit t=y wenden Empfänger die Richtlinie eine Stufe milder an: Aus reject wird quarantine, aus quarantine wird none. Die Berichte bleiben gleich. Ihre Domain ist weniger geschützt, als die Richtlinie vermuten lässt.
    .fix = Entfernen Sie t=y, sobald die Berichte zeigen, dass alle Ihre Absender bestehen.
    .detail = Wegen { $token } wenden Empfänger { $applied } an statt { $policy }.

dmarc-subdomain-weaker =
    .title = Subdomains sind schwächer geschützt als die Domain
    .why = Die Richtlinie für Subdomains (sp) oder für nicht vorhandene Namen (np) ist schwächer als die für die Domain. Fälscher nehmen dann einfach eine erfundene Subdomain von Ihnen.
    .fix = Entfernen Sie sp und np, oder setzen Sie sie so streng wie p. Braucht eine einzelne Subdomain eine mildere Richtlinie, geben Sie ihr einen eigenen DMARC-Eintrag.
    .detail = { $tag }={ $value } verlangt für Subdomains weniger als p={ $policy } für die Domain.
    .detail-np = { $tag }={ $value } verlangt für nicht vorhandene Namen weniger als p={ $policy } für die Domain.

dmarc-rua-missing =
    .title = Niemand erhält die DMARC-Berichte
    .why = Ohne Berichtsadresse erfahren Sie nicht, wer in Ihrem Namen sendet und ob Ihre eigenen E-Mails bestehen. Sie merken nicht, wenn einer Ihrer Dienste scheitert, und können die Richtlinie nicht gefahrlos verschärfen.
    .fix = Ergänzen Sie rua=mailto: mit einem Postfach oder Berichtsdienst, den jemand liest.
    .detail = Im Eintrag unter { $subject } fehlt das Tag rua.

dmarc-rua-invalid =
    .title = DMARC-Berichtsadresse ist nicht nutzbar
    .why = Berichte an diese Adresse lassen sich nicht senden oder nicht zustellen. Sie sehen nicht, was mit Ihren E-Mails geschieht, und bemerken Störungen womöglich lange nicht.
    .fix = Schreiben Sie die Adresse als mailto:name@domain, ohne Leerzeichen und mit Kommas zwischen mehreren. Verwenden Sie eine Domain, die E-Mails empfängt.
    .detail = „{ $token }“ in { $tag } ist keine gültige Adresse der Form mailto:name@domain.
    .detail-scheme-missing = Vor „{ $token }“ in { $tag } fehlt mailto:.
    .detail-blank = In „{ $token }“ in { $tag } steht ein Leerzeichen. Adressen werden durch Kommas getrennt.
    .detail-semicolon = „{ $token }“ steht hinter einem Semikolon und gehört damit nicht mehr zu { $tag }. Adressen werden durch Kommas getrennt.
    .detail-ascii = „{ $token }“ in { $tag } enthält Zeichen außerhalb von ASCII, die dort nicht erlaubt sind.
    .detail-scheme = „{ $token }“ in { $tag } ist keine mailto:-Adresse, und Empfänger senden Berichte nur per E-Mail.
    .detail-no-mail = „{ $token }“ in { $tag } kann nichts empfangen: { $host } nimmt keine E-Mails an.
    .fix-suggest = Gemeint war vermutlich: { $suggestion }

dmarc-rua-unauthorized =
    .title = Fremde Domain nimmt Ihre DMARC-Berichte nicht an
    .why = Die Berichte gehen an eine andere Domain, und diese muss dem mit einem eigenen DNS-Eintrag zustimmen. Der fehlt hier, deshalb senden Empfänger keine Berichte dorthin.
    .fix = Bitten Sie den Berichtsdienst, den Eintrag _report._dmarc für Ihre Domain zu veröffentlichen, oder verwenden Sie ein Postfach in Ihrer eigenen Domain.
    .detail = { $host } stimmt den Berichten an „{ $token }“ nicht zu: Unter { $name } fehlt der TXT-Eintrag v=DMARC1.
    .detail-elsewhere = { $host } möchte die Berichte an „{ $token }“ an eine fremde Adresse umleiten ({ $other }). Empfänger senden dann gar keine.
    .detail-too-long = { $host } kann den Berichten an „{ $token }“ nicht zustimmen: Der Name des Eintrags wäre zu lang.
    .fix-publish = Lassen Sie den Inhaber jener Domain unter { $name } einen TXT-Eintrag v=DMARC1 veröffentlichen, oder verwenden Sie ein Postfach in Ihrer eigenen Domain.

dmarc-ruf-privacy =
    .title = Fehlerberichte können Patientendaten enthalten
    .why = Mit ruf fordern Sie Kopien einzelner Nachrichten an. Diese können Adressen und Betreffzeilen Ihrer Patienten enthalten und gelangen zu allen, die das Berichtspostfach lesen. Das BSI rät davon ab, und nur wenige Empfänger senden solche Berichte.
    .fix = Entfernen Sie das Tag ruf und mit ihm fo. Die Sammelberichte von rua genügen.
    .detail = Der Eintrag fordert Kopien von Nachrichten an: { $token }

dmarc-removed-tag =
    .title = DMARC-Tag ist nicht mehr im Standard
    .why = Die Tags pct, rf und ri sind aus dem Standard gestrichen. Neuere Empfänger übergehen sie, ältere befolgen sie noch. Bei pct unter 100 heißt das: Manche wenden Ihre Richtlinie auf alle E-Mails an, andere nur auf einen Teil.
    .fix = Entfernen Sie das Tag. Um eine Richtlinie zu erproben, verwenden Sie t=y.
    .detail = Das Tag { $tag } gibt es im Standard nicht mehr.
    .detail-pct = Ältere Empfänger wenden die Richtlinie auf { $percent } Prozent der E-Mails an, neuere übergehen { $tag } und wenden sie auf alle an.

dmarc-unknown-tag =
    .title = Unbekanntes Tag im DMARC-Eintrag
    .why = Kein Standard kennt dieses Tag, deshalb übergehen Empfänger es. Das schadet nicht, es sei denn, es ist ein Tippfehler und ein wichtiges Tag fehlt.
    .fix = Prüfen Sie die Schreibweise, oder entfernen Sie das Tag.
    .detail = Empfänger kennen das Tag { $tag } nicht.
    .detail-typo = Empfänger kennen das Tag { $tag } nicht. Meinten Sie { $suggestion }?

dmarc-size-suffix =
    .title = Veraltete Größengrenze an einer Berichtsadresse
    .why = Ein Zusatz wie !10m begrenzte früher die Größe der Berichte. Der heutige Standard übergeht ihn. Die Berichte kommen trotzdem.
    .fix = Entfernen Sie das Ausrufezeichen und die Größe dahinter.
    .detail = Der Zusatz { $token } hat keine Wirkung mehr.

dmarc-psd-misuse =
    .title = psd=y ist nicht für Ihre Domain gedacht
    .why = psd=y ist für die Betreiber von Endungen wie .de bestimmt, unter denen Fremde Domains registrieren. An Ihrer Domain führt es dazu, dass Empfänger Ihre Subdomains als eigene Organisationen behandeln. Deren E-Mails passen dann nicht mehr zu Ihrer Domain, und DMARC kann scheitern.
    .fix = Entfernen Sie psd=y aus dem Eintrag.
    .detail = { $domain } ist keine öffentliche Endung, aber im Eintrag steht { $token }.

dmarc-inherited =
    .title = DMARC-Richtlinie kommt von der übergeordneten Domain
    .why = Dieser Name hat keinen eigenen DMARC-Eintrag, es gilt der Eintrag der Organisationsdomain. So ist es vorgesehen, und er schützt auch diesen Namen.
    .fix = Es ist nichts zu tun. Veröffentlichen Sie nur dann einen eigenen Eintrag, wenn für diesen Namen eine andere Richtlinie gelten soll.
    .detail = Hier gilt der Eintrag von { $from } mit der Richtlinie { $policy }.

dmarc-inherited-none =
    .title = DMARC-Richtlinie von oben fordert keine Maßnahme
    .why = Dieser Name hat keinen eigenen DMARC-Eintrag, und der Eintrag der übergeordneten Domain, der hier gilt, verlangt für ihn nichts von den Empfängern. Die BSI-Richtlinie TR-03182 verlangt quarantine oder reject für jeden Namen, der sendet.
    .fix = Lassen Sie den Eintrag der übergeordneten Domain ändern (p, oder sp für ihre Subdomains), oder veröffentlichen Sie unter diesem Namen einen eigenen mit p=quarantine und, wenn das gut geht, p=reject.
    .detail = Hier gilt der Eintrag von { $from } mit der Richtlinie { $policy }.

dmarc-alignment =
    .title = E-Mails dieser Domain können DMARC nicht bestehen
    .why = DMARC verlangt, dass SPF oder DKIM für die Domain im From besteht oder für eine, die zu ihr gehört. Ihr Versandweg erfüllt weder das eine noch das andere: Umschlagabsender und Signatur gehören zu anderen Domains. Auch echte E-Mails gelten dann als gefälscht.
    .fix = Lassen Sie Ihren E-Mail-Anbieter mit DKIM unter Ihrer eigenen Domain signieren. Geht das nicht, lassen Sie ihn einen Umschlagabsender in Ihrer Domain verwenden und erlauben Sie ihn in SPF.
    .detail = SPF von { $subject } erlaubt keine der sendenden Adressen ({ $addresses }), und es gibt keinen nutzbaren DKIM-Schlüssel der Domain.

dmarc-alignment-relaxed =
    .title = DMARC-Ausrichtung ist nicht strikt
    .why = Ohne strikte Ausrichtung zählt eine E-Mail, die für eine Subdomain besteht, auch für die Domain. Das ist die Voreinstellung und für die meisten richtig. Die BSI-Richtlinie TR-03182 empfiehlt die strikte Ausrichtung, damit eine Subdomain in fremder Hand nicht für die Domain sprechen kann.
    .fix = Stellen Sie sicher, dass alles, was sendet, genau mit der Domain im From signiert, und veröffentlichen Sie dann den Eintrag mit adkim=s und aspf=s. Dienste, die das nicht können, gehören auf eine Subdomain mit eigener Richtlinie.
    .detail = Der DMARC-Eintrag unter { $subject } verlangt keine strikte Ausrichtung ({ $tags }).
    .detail-inherited = Der DMARC-Eintrag von { $from }, der hier gilt, verlangt keine strikte Ausrichtung ({ $tags }).

dmarc-receivers-differ =
    .title = Empfänger finden verschiedene DMARC-Richtlinien
    .why = Empfänger nach dem alten Standard schlagen Ihre Domain in einer Liste nach, neuere gehen im DNS Stufe für Stufe nach oben. Für diesen Namen kommen sie zu verschiedenen Richtlinien. Dieselbe E-Mail kann also je nach Empfänger anders behandelt werden.
    .fix = Veröffentlichen Sie einen DMARC-Eintrag an der registrierten Domain und an jedem Namen, den Sie im From verwenden.
    .detail = Neuere Empfänger finden die Richtlinie { $new } (Organisationsdomain { $new-domain }), ältere { $old } ({ $old-domain }). Ein Strich steht für keine.
    .detail-organization = Für neuere Empfänger ist { $new-domain } die Organisationsdomain, für ältere { $old-domain }. Was für die einen zusammengehört, gehört für die anderen nicht zusammen.
    .detail-new = Neuere Empfänger finden die Richtlinie { $new } (Organisationsdomain { $new-domain }), ältere finden keine ({ $old-domain }).
    .detail-old = Ältere Empfänger finden die Richtlinie { $old } (Organisationsdomain { $old-domain }), neuere finden keine ({ $new-domain }).
