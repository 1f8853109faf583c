### Der Brief an den Anbieter oder die IT-Betreuung: für alle, die ihr DNS nicht selbst ändern können.

letter-heading = Text an Ihren Anbieter oder Ihre IT-Betreuung
letter-intro = Wenn Sie das DNS nicht selbst ändern können, schicken Sie diesen Text ab:
letter-subject-line = Betreff: { $subject }

letter-subject = E-Mails von { $domain }: Bitte um Änderungen
letter-greeting = Guten Tag,
letter-opening-fail = E-Mails unserer Domain { $domain } werden abgelehnt oder landen im Spam. Eine Prüfung der veröffentlichten Einträge hat die Ursachen gezeigt.
letter-opening-warn = eine Prüfung der veröffentlichten Einträge unserer Domain { $domain } hat Schwächen gezeigt, die unsere E-Mails im Spam landen lassen können.
letter-mailboxes = Unsere Postfächer liegen bei { $providers }.
letter-senders = Für uns sendet außerdem: { $providers }.
letter-records = Bitte ändern Sie im DNS:
letter-tasks = Bitte veranlassen Sie außerdem:
letter-tasks-alone = Wir bitten Sie um Folgendes:
letter-add = neuer Eintrag: { $name }, Typ { $type }, Wert:
letter-replace = Eintrag ändern: { $name }, Typ { $type }, bisher:
letter-new = neu:
letter-delete = Eintrag löschen: { $name }, Typ { $type }, Wert:
letter-already = Derselbe Eintrag ändert sich schon unter Punkt { $number }. Bitte berücksichtigen Sie dort auch dies: { $what }
letter-more = { $count ->
    [one] Ein weiterer Punkt ist weniger dringend; den vollständigen Befund senden wir Ihnen gern.
   *[other] { $count } weitere Punkte sind weniger dringend; den vollständigen Befund senden wir Ihnen gern.
}
letter-shared = Zur Erklärung: Bei { $provider } senden auch andere Kunden von denselben Servern, und deren E-Mails bestehen SPF für unsere Domain ebenso. Deshalb brauchen wir DKIM-Signaturen mit { $domain } und eine DMARC-Richtlinie.
letter-selectors = Bei { $provider } heißen die Selektoren üblicherweise { $selectors }.
letter-page = Die Anleitung von { $provider } heißt „{ $page }“.
letter-closing = Bitte lassen Sie die übrigen Einträge unverändert und geben Sie uns Bescheid, sobald alles erledigt ist. Wir prüfen es dann noch einmal.
letter-thanks = Vielen Dank und freundliche Grüße

### Sätze für einzelne Befunde, die ein Anbieter beheben muss.
letter-task-dkim-none-found = Schalten Sie bitte die DKIM-Signatur mit unserer eigenen Domain { $domain } ein (d={ $domain }) und veröffentlichen Sie den Schlüssel. Wenn wir den Eintrag selbst setzen sollen, nennen Sie uns Namen, Typ und Wert.
letter-task-dkim-key-missing = Unter { $subject } liegt kein DKIM-Schlüssel. Veröffentlichen Sie ihn bitte dort, oder nennen Sie uns den Selektor, mit dem Sie unsere E-Mails signieren.
letter-task-dkim-cname-dangling = { $subject } verweist auf einen Namen, an dem kein DKIM-Schlüssel liegt. Schalten Sie DKIM für { $domain } bitte ein, oder nennen Sie uns das richtige Ziel.
letter-task-dkim-key-weak = Der DKIM-Schlüssel unter { $subject } ist zu kurz. Erzeugen Sie bitte einen mit 2048 Bit unter einem neuen Selektor und stellen Sie die Signatur darauf um.
letter-task-ptr-missing = Die sendende Adresse { $subject } hat keinen Reverse-DNS-Namen. Setzen Sie bitte den vollständigen Namen des Mailservers als PTR-Eintrag; dieser Name muss wieder zu { $subject } führen.
letter-task-ptr-mismatch = Der Reverse-DNS-Name der sendenden Adresse { $subject } führt nicht zu ihr zurück. Stimmen Sie bitte PTR- und A- oder AAAA-Eintrag aufeinander ab.
letter-task-ptr-generic = Der Reverse-DNS-Name der sendenden Adresse { $subject } sieht nach einem Einwahlanschluss aus. Setzen Sie bitte den eigenen Namen des Mailservers als PTR-Eintrag, oder lassen Sie uns über Ihren Mailserver senden.
letter-task-dnsbl-listed = { $subject } steht auf einer Sperrliste. Stellen Sie bitte die Ursache ab und beantragen Sie die Löschung; bis dahin bitten wir um eine andere sendende Adresse.
letter-task-helo-mismatch = Der Mailserver meldet sich mit einem Namen, der nicht zu seiner Adresse führt. Stellen Sie bitte als HELO-Namen den vollständigen öffentlichen Namen ein.
letter-task-starttls-missing = { $subject } bietet keine Verschlüsselung an (STARTTLS). Schalten Sie sie bitte ein.
letter-task-tls-certificate-invalid = Das Zertifikat von { $subject } ist nicht gültig. Tauschen Sie es bitte aus.
letter-task-tls-version-old = { $subject } bietet nur veraltetes TLS an. Schalten Sie bitte TLS 1.2 oder neuer ein.
