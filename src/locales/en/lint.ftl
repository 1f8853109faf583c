### What `lint` says of comments in zone files.

lint-remark-place = { $file }:{ $line }: { $what }
lint-remark-not-understood = The comment “{ $text }” is not understood and changes nothing. Write: ; mailauth: ignore RULE
lint-remark-alone = This comment stands beside no record and changes nothing. Put it at the end of the record's line.
lint-remark-no-rule = This comment names no rule and changes nothing. Write: ; mailauth: ignore RULE
lint-remark-unknown-rule = There is no rule “{ $rule }”; nothing is ignored by that name.
lint-remark-unknown-rule-near = There is no rule “{ $rule }”; did you mean { $near }?
lint-remark-bad-date = “{ $date }” is no date, so nothing is ignored here. Write it like 2027-01-31.
lint-remark-ended = This comment held until { $date }; what it left out counts again.
