### Words of verify.

verify-no-from = no usable From field
verify-unsigned = no signature
verify-aligned = aligned
verify-not-aligned = not aligned
verify-more-signatures = { $count ->
    [one] … and { $count } more
   *[other] … and { $count } more
}
verify-spf-unchecked = not checked (needs --ip or --trust-received)
verify-arc-sets = { $count ->
    [one] { $count } set
   *[other] { $count } sets
}
verify-authenticates = The message authenticates.
verify-does-not = The message does not authenticate.
verify-undecided = Not known: DNS did not answer.
verify-bits = { $bits } bit
