### Was `lint` zu Kommentaren in Zonendateien sagt.

lint-remark-place = { $file }:{ $line }: { $what }
lint-remark-not-understood = Der Kommentar „{ $text }“ ist unverständlich und bewirkt nichts. Schreiben Sie: ; mailauth: ignore REGEL
lint-remark-alone = Dieser Kommentar steht neben keinem Eintrag und bewirkt nichts. Setzen Sie ihn an das Ende der Zeile des Eintrags.
lint-remark-no-rule = Dieser Kommentar nennt keine Regel und bewirkt nichts. Schreiben Sie: ; mailauth: ignore REGEL
lint-remark-unknown-rule = Eine Regel „{ $rule }“ gibt es nicht; unter diesem Namen wird nichts ausgeblendet.
lint-remark-unknown-rule-near = Eine Regel „{ $rule }“ gibt es nicht; meinten Sie { $near }?
lint-remark-bad-date = „{ $date }“ ist kein Datum, deshalb wird hier nichts ausgeblendet. Schreiben Sie es wie 2027-01-31.
lint-remark-ended = Dieser Kommentar galt bis zum { $date }; was er ausgeblendet hat, zählt wieder.
