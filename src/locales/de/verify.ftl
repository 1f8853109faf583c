### Wörter von verify.

verify-no-from = kein brauchbares From-Feld
verify-unsigned = keine Signatur
verify-aligned = passt zum Absender
verify-not-aligned = passt nicht zum Absender
verify-more-signatures = { $count ->
    [one] … und { $count } weitere
   *[other] … und { $count } weitere
}
verify-spf-unchecked = nicht geprüft (dazu --ip oder --trust-received angeben)
verify-arc-sets = { $count ->
    [one] { $count } Satz
   *[other] { $count } Sätze
}
verify-authenticates = Die Nachricht ist authentisch.
verify-does-not = Die Nachricht ist nicht authentisch.
verify-undecided = Nicht bekannt: Das DNS hat nicht geantwortet.

# Warum eine Signatur nicht zählt.
signature-too-many-signatures = Geprüft werden nur die ersten zehn Signaturen.
signature-signature-syntax = Das Signaturfeld lässt sich nicht lesen.
signature-unsupported-version = Die Signatur hat eine unbekannte Version.
signature-unsupported-algorithm = Die Signatur verwendet ein unbekanntes Verfahren.
signature-from-not-signed = Das From ist nicht signiert.
signature-identity-mismatch = Die Identität (i=) liegt außerhalb der signierenden Domain.
signature-expired = Die Signatur ist abgelaufen.
signature-dns-temperror = Der Schlüssel ließ sich nicht abfragen; das DNS hat nicht geantwortet.
signature-key-not-found = Unter diesem Selektor liegt kein Schlüssel.
signature-key-syntax = Der Schlüsseleintrag ist unbrauchbar.
signature-key-revoked = Der Schlüssel wurde widerrufen (leeres p=).
signature-key-type-mismatch = Der Schlüssel ist von anderer Art als die Signatur.
signature-key-hash-not-allowed = Der Schlüssel erlaubt dieses Hash-Verfahren nicht.
signature-key-service-not-allowed = Der Schlüssel ist nicht für E-Mail bestimmt.
signature-key-identity-mismatch = Der Schlüssel verbietet Subdomains in der Identität (t=s).
signature-rsa-sha1 = Die Signatur verwendet SHA-1, das nicht mehr zählt.
signature-key-too-short = Der Schlüssel hat weniger als 1024 Bit; das zählt nicht mehr.
signature-body-length-too-long = Die Signatur umfasst mehr Text, als die Nachricht hat.
signature-body-hash-mismatch = Der Text wurde nach dem Signieren verändert.
signature-signature-mismatch = Signierte Kopfzeilenfelder wurden nach dem Signieren verändert, oder der Schlüssel ist ein anderer.
