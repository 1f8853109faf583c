### Rule texts: zone files

zone-syntax =
    .title = Zone file entry cannot be read
    .why = A name server cannot load this entry, and many refuse the whole zone because of it. Changes to your mail records then do not take effect.
    .fix = Correct the marked line. Put texts into double quotes, in strings of at most 255 characters each.
    .detail = { $token } cannot be read.
    .detail-bad-address = { $token } is no IP address. Write all its parts, such as 192.0.2.1 or 2001:db8::1.
    .detail-string-too-long = A string of { $octets } octets is too long; a name server takes at most 255. Split the text into several quoted strings, one after the other, in the same record.
    .detail-unknown-type = { $token } is neither a record type nor a TTL. Check the spelling and the order: name, TTL, IN, type, data.
    .detail-missing-type = The entry ends before it names a record type. Write name, TTL, IN, type and data on one line.
    .detail-missing-data = The entry ends before its data is complete, after { $token }. Add what is missing.
    .detail-trailing-data = { $token } is more than this record type takes. Remove it, or put the whole text into quotation marks.
    .detail-bad-ttl = { $token } is no TTL. Write seconds such as 3600, or units such as 1h30m.
    .detail-bad-escape = { $token } holds a backslash that means nothing. Write \\ for a backslash, or \DDD with three digits up to 255.
    .detail-bad-name = { $token } stands where a name belongs. Names are written without quotation marks.
    .detail-empty-label = { $token } has a dot too many. Remove the dot at the start, or one of two in a row.
    .detail-label-too-long = In { $token } a part between two dots is longer than 63 characters. Shorten it.
    .detail-name-too-long = { $token } is too long: with the domain appended, the name has more than 255 octets. Shorten it, or add the final dot if it is missing.
    .detail-bad-idn = { $token } holds letters that no domain name can have. Correct them, or write the name in its xn-- form.
    .detail-bad-number = { $token } is no number in the range that belongs here. Write digits alone.
    .detail-bad-hex = { $token } is not made of pairs of hexadecimal digits. Copy the value again.
    .detail-bad-base64 = { $token } is no base64. Copy the value again.
    .detail-bad-generic-data = { $token } does not fit: data of this type has the form \# length hexadecimal. Copy the record again, or check the spelling of its type.
    .detail-record-too-long = The record is longer than 65,535 octets. Remove part of its data.
    .detail-wrong-class = { $token } is another class than IN. Write IN.
    .detail-unknown-directive = { $token } is no directive. There are $ORIGIN, $TTL, $INCLUDE and $GENERATE.
    .detail-bad-directive = The directive at { $token } has no usable argument. Add it.
    .detail-unterminated-string = A quotation mark is opened and not closed on its line. Add the closing quotation mark.
    .detail-unclosed-parenthesis = A parenthesis is opened and never closed. Add the closing one behind the record.
    .detail-stray-parenthesis = There is a closing parenthesis without an opening one. Remove it.
    .detail-no-owner = The line begins with a blank, so it has no name of its own, and there is no readable name above it. Write the name at the start of the line.
    .detail-too-many-words = The entry has more words than any record can hold. Remove what does not belong to it.
    .detail-include-missing = The file { $token } does not exist. Check its path; it counts from the folder of the zone file.
    .detail-include-unreadable = The file { $token } cannot be read. Check its permissions.
    .detail-include-outside = The file { $token } lies outside the folder of the zone file, and is not read from there. Put it below that folder.
    .detail-include-not-a-file = { $token } is no regular file. Name a file.
    .detail-include-no-folder = { $token } cannot be included: text from standard input has no folder. Give the zone file by its name.
    .detail-include-loop = The file { $token } includes itself. Remove one of the directives.
    .detail-include-too-deep = { $token } is not read: files are included more than 8 deep. Include it from a file further up.
    .detail-include-too-many = { $token } is not read: there are more than 100 included files. Lint the files in parts.
    .detail-include-too-large = { $token } is not read: the included files are larger than 256 MiB together. Lint the files in parts.
    .detail-bad-generate = { $token } does not fit: the form is $GENERATE start-stop name type data. Correct the directive.
    .detail-generate-limit = { $token } makes more records than are looked at (65,536), or longer ones. Check the range.
    .detail-more = { $count ->
        [one] { $count } further entry cannot be read
       *[other] { $count } further entries cannot be read
    }. Correct the first ones and lint again: one slip often brings many.
    .fix-include = Correct the $INCLUDE directive, or put the file where it points. Until then, what the file holds is unknown here.
    .detail-preference = No number stands before { $token }. An MX record needs a preference first, such as 10 { $token }.
    .detail-comment = The text { $token } ends at a semicolon. Without quotation marks a semicolon begins a comment, so that the rest of the record is lost.
    .fix-entry = Correct the marked spot.
    .fix-comment = Put the whole text into quotation marks: { $meant }

zone-missing-trailing-dot =
    .title = Dot missing at the end of a name
    .why = In a zone file a name without a dot at its end gets the domain appended once more. The target then becomes a name that does not exist, and mail or checks that rely on it fail.
    .fix = Put a dot at the end of the name.
    .detail = The { $type } record points to { $written } without a final dot, and so to { $becomes }. { $target } is what was meant.
    .detail-owner = The name of the { $type } record is written { $written } without a final dot, and so becomes { $becomes }. { $target } is what was meant.

zone-cname-conflict =
    .title = CNAME beside other records
    .why = A name with a CNAME must not have any other records. Name servers refuse the zone or answer unpredictably, and SPF, DKIM or MX records at this name get lost.
    .fix = Delete either the CNAME or the other records. At the domain itself a CNAME is never possible.
    .detail = { $subject } has a CNAME to { $target } and, beside it, records of these types: { $types }.
    .detail-apex = { $subject } is the domain itself and has a CNAME to { $target }. The other records there ({ $types }) are then lost or the zone is refused.
    .detail-two = { $subject } has two different CNAMEs, to { $target } and to { $other }. Only one is allowed.
    .fix-apex = Delete the CNAME and enter the addresses of its target as A and AAAA records. Some DNS providers have a type for this, called ALIAS or ANAME.
    .fix-two = Delete the CNAME that is out of date.

zone-duplicate-record =
    .title = The same record twice
    .why = Name servers keep only one of two equal records, so nothing is broken. But a later change is easily made to one of the two lines only.
    .fix = Delete one of the two lines.
    .detail = { $subject } has the same { $type } record twice.

zone-ttl =
    .title = Unusual lifetime (TTL) of a mail record
    .why = A very short lifetime makes receivers ask again and again, and any DNS trouble hits your mail at once. With a very long one, corrections take days to reach everyone.
    .fix = Set the TTL between 300 and 86400 seconds; 3600 is a good value. Keep a short one only while you are changing something.
    .detail = The { $type } record at { $subject } lives { $ttl ->
        [one] { $ttl } second
       *[other] { $ttl } seconds
    }; less than 300 is unusually short.
    .detail-long = The { $type } record at { $subject } lives { $ttl } seconds; more than 86400, a day, is unusually long.
