### Words of report.

report-title = What receivers report
report-number = { $count }
report-head = { $dmarc }, { $tls }
report-head-period = { $dmarc }, { $tls }, from { $begin } to { $end }
report-dmarc-count = { $count ->
    [one] { $count } DMARC report
   *[other] { $count } DMARC reports
}
report-tls-count = { $count ->
    [one] { $count } TLS report
   *[other] { $count } TLS reports
}
report-duplicates = { $count ->
    [one] { $count } report came more than once and counts once.
   *[other] { $count } reports came more than once and count once.
}
report-duplicates-unchecked = There were too many reports to know all that came twice.
report-filtered = { $count ->
    [one] { $count } report is left out by --domain, --since or --until.
   *[other] { $count } reports are left out by --domain, --since or --until.
}
report-none = No report could be read.
report-nothing-left = Reports were read, but none is about these domains and this time.
report-tls-not-in-lines = The lines are about DMARC alone; TLS reports are in --format json, text and html.

report-messages = { $count ->
    [one] { $count } message, { $share } aligned: { $pass } passed DMARC, { $fail } failed
   *[other] { $count } messages, { $share } aligned: { $pass } passed DMARC, { $fail } failed
}
report-no-messages = No messages.
report-policy = Policy in the newest report: { $policy }
report-reporters = Reported by: { $list }
report-and-more = and { $count } more

report-ready-reject = Ready for p=reject: { $share } aligned in { $days } days.
report-ready-quarantine = Ready for p=quarantine: { $share } aligned in { $days } days.
report-ready-quarantine-only = Ready for p=quarantine, not yet for p=reject: { $share } aligned in { $days } days.
report-ready-early = { $days ->
    [one] Too early to judge: { $share } aligned, but only { $days } day is reported; wait for { $least }.
   *[other] Too early to judge: { $share } aligned, but only { $days } days are reported; wait for { $least }.
}
report-ready-no = { $days ->
    [one] Not ready for a stricter policy: { $share } aligned on { $days } day.
   *[other] Not ready for a stricter policy: { $share } aligned in { $days } days.
}
report-ready-in-force = { $days ->
    [one] p={ $policy } is in force and does no harm: { $share } aligned on { $days } day.
   *[other] p={ $policy } is in force and does no harm: { $share } aligned in { $days } days.
}
report-ready-harm = { $days ->
    [one] p={ $policy } is in force and hits own mail: { $share } aligned on { $days } day.
   *[other] p={ $policy } is in force and hits own mail: { $share } aligned in { $days } days.
}
report-ready-strangers = None of the senders seen belongs to the domain: all mail is from strangers.
report-without-strangers = The share leaves out what strangers sent.
report-left = What is left: { $list }.
report-left-own = { $count ->
    [one] { $count } message of own senders
   *[other] { $count } messages of own senders
}
report-left-third = { $count ->
    [one] { $count } message of another service
   *[other] { $count } messages of other services
}
report-left-forwarded = { $count ->
    [one] { $count } message that was passed on
   *[other] { $count } messages that were passed on
}
report-left-stranger = { $count ->
    [one] { $count } message of strangers, which the policy is to stop
   *[other] { $count } messages of strangers, which the policy is to stop
}
report-first = Look first at { $who }, of which { $count ->
    [one] { $count } message fails
   *[other] { $count } messages fail
}.

report-class-own = Sends for the domain, and everything is aligned
report-class-own-failing = Sends for the domain, and some or all of it fails: repair this before a stricter policy
report-class-third-party = Authenticates as somebody else: a service that is not set up for the domain, or a stranger
report-class-forwarder = Passes on what the domain sent: SPF breaks on the way, DKIM must hold
report-class-stranger = Authenticates as nobody: what the policy is to stop
report-more-sources = { $count ->
    [one] and { $count } more sender with { $messages } messages
   *[other] and { $count } more senders with { $messages } messages
}
report-cut = There were more names than are kept; the sums are right, the lists are not whole.
report-column-messages = Messages
report-column-aligned = Aligned
report-column-dkim = DKIM
report-column-spf = SPF
report-column-sender = Sender
report-column-fate = What became of it
report-fate-none = { $count } delivered
report-fate-pass = { $count } passed
report-fate-quarantine = { $count } put aside
report-fate-reject = { $count } refused
report-timeline = Messages by day: passed below, failed above
report-timeline-bar = { $day }: { $pass } passed, { $fail } failed

report-tls-heading = TLS reports
report-tls-line = { $policy }: { $good } sessions went well, { $bad } failed
report-tls-failure = { $count } times { $kind }
report-tls-failure-at = { $count } times { $kind } at { $mx }
report-skipped-heading = Not counted
report-skipped-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
