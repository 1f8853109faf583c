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
verify-bits = { $bits } Bit
