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

# Why a signature does not count.
signature-too-many-signatures = Only the first ten signatures are checked.
signature-signature-syntax = The signature field cannot be read.
signature-unsupported-version = The signature is of an unknown version.
signature-unsupported-algorithm = The signature uses an unknown algorithm.
signature-from-not-signed = From is not signed.
signature-identity-mismatch = The identity (i=) lies outside the signing domain.
signature-expired = The signature has expired.
signature-dns-temperror = The key could not be looked up; DNS did not answer.
signature-key-not-found = There is no key under this selector.
signature-key-syntax = The key record cannot be used.
signature-key-revoked = The key has been withdrawn (empty p=).
signature-key-type-mismatch = The key is of another kind than the signature.
signature-key-hash-not-allowed = The key does not allow this hash.
signature-key-service-not-allowed = The key is not meant for mail.
signature-key-identity-mismatch = The key forbids subdomains in the identity (t=s).
signature-rsa-sha1 = The signature uses SHA-1, which no longer counts.
signature-key-too-short = The key is below 1024 bits, which no longer counts.
signature-body-length-too-long = The signature covers more body than there is.
signature-body-hash-mismatch = The body was changed after signing.
signature-signature-mismatch = Signed header fields were changed after signing, or the key is another one.
