### Rule texts: zone files

zone-syntax =
    .title = Zone file entry cannot be read
    .why = A name server cannot load this entry, and many refuse the whole zone because of it. Changes to your mail records then do not take effect.
    .fix = Correct the marked line. Put texts into double quotes, in strings of at most 255 characters each.

zone-missing-trailing-dot =
    .title = Dot missing at the end of a name
    .why = In a zone file a name without a dot at its end gets the domain appended once more. The target then becomes a name that does not exist, and mail or checks that rely on it fail.
    .fix = Put a dot at the end of the name.

zone-cname-conflict =
    .title = CNAME beside other records
    .why = A name with a CNAME must not have any other records. Name servers refuse the zone or answer unpredictably, and SPF, DKIM or MX records at this name get lost.
    .fix = Delete either the CNAME or the other records. At the domain itself a CNAME is never possible.

zone-duplicate-record =
    .title = The same record twice
    .why = Name servers keep only one of two equal records, so nothing is broken. But a later change is easily made to one of the two lines only.
    .fix = Delete one of the two lines.

zone-ttl =
    .title = Unusual lifetime (TTL) of a mail record
    .why = A very short lifetime makes receivers ask again and again, and any DNS trouble hits your mail at once. With a very long one, corrections take days to reach everyone.
    .fix = Set the TTL between 300 and 86400 seconds; 3600 is a good value. Keep a short one only while you are changing something.
