//! Bounces: the answer of a receiver as a delivery status notification holds it (RFC 3464), or as somebody pasted it.

/// Octets of a bounce that are read.
pub const MOST_OCTETS: usize = 1024 * 1024;
/// More recipients than this are not looked at.
const MOST_GROUPS: usize = 1000;

/// What a bounce says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bounce {
    /// The receiver's reply, or all of a text that is no notification.
    pub reply: String,
    /// The host that gave it (`Remote-MTA`).
    pub host: Option<String>,
    /// What became of the mail (`Action`).
    pub action: Option<Action>,
    /// The status (`Status`), `5.7.26`.
    pub status: Option<String>,
    /// Whether it was a notification.
    pub is_notification: bool,
}

/// What became of the mail (RFC 3464 §2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It arrived, or was passed on.
    Delivered,
    /// It waits.
    Delayed,
    /// It did not arrive.
    Failed,
}

impl Bounce {
    /// Reads a notification, or a text around a reply. Of several recipients the worst counts, of equals the first.
    pub fn parse(text: &str) -> Self {
        Self::notification(text).unwrap_or_else(|| Self { reply: body(text).to_owned(), ..Self::default() })
    }

    /// Reads a notification (RFC 3464 §2); `None` where the text is none.
    pub fn notification(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let start = match lower.find("content-type: message/delivery-status") {
            Some(at) => at,
            None if lower.contains("message/global-delivery-status") => lower.find("message/global-delivery-status")?,
            // The fields alone, as they are cut out of a bounce.
            None if field_at_start(&lower, "diagnostic-code:") || field_at_start(&lower, "final-recipient:") => 0,
            None => return None,
        };
        let mut best: Option<Self> = None;
        let mut group = Self { is_notification: true, ..Self::default() };
        let mut groups = 0;
        let mut take = |group: &mut Self| {
            let done = std::mem::replace(group, Self { is_notification: true, ..Self::default() });
            let told = done.action.is_some() || done.status.is_some() || !done.reply.is_empty();
            if told && best.as_ref().is_none_or(|best| done.action > best.action) {
                best = Some(done);
            }
        };
        for line in unfolded(&text[start..]) {
            // The next part of the message, or the message that did not arrive.
            if line.starts_with("--") && start > 0 || groups > MOST_GROUPS {
                break;
            }
            if line.trim().is_empty() {
                groups += 1;
                take(&mut group);
                continue;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "action" => group.action = action(value),
                "status" => group.status = value.split_ascii_whitespace().next().map(str::to_owned),
                "remote-mta" => group.host = Some(behind_type(value).to_owned()),
                "diagnostic-code" => group.reply = behind_type(value).to_owned(),
                _ => {}
            }
        }
        take(&mut group);
        best
    }

    /// The text that is looked up: the reply, else the status alone.
    pub fn words(&self) -> String {
        match (&self.reply, &self.status) {
            (reply, Some(status)) if reply.is_empty() => status.clone(),
            (reply, _) => reply.clone(),
        }
    }
}

fn action(text: &str) -> Option<Action> {
    match text.split([' ', ';', '(']).next()?.to_ascii_lowercase().as_str() {
        "failed" => Some(Action::Failed),
        "delayed" => Some(Action::Delayed),
        "delivered" | "relayed" | "expanded" => Some(Action::Delivered),
        _ => None,
    }
}

/// `smtp; 550 …` without the type.
fn behind_type(value: &str) -> &str {
    match value.split_once(';') {
        Some((kind, rest)) if kind.trim().chars().all(|c| c.is_ascii_alphanumeric() || c == '-') => rest.trim(),
        _ => value,
    }
}

fn field_at_start(text: &str, name: &str) -> bool {
    text.starts_with(name) || text.contains(&format!("\n{name}"))
}

/// The body of a text that begins with header fields; else all of it. Codes are not to be looked for among dates.
fn body(text: &str) -> &str {
    let first = text.lines().next().unwrap_or_default();
    let name = first.split(':').next().unwrap_or_default();
    let known = ["return-path", "received", "from", "to", "date", "subject", "delivered-to", "x-original-to"];
    if !known.contains(&name.to_ascii_lowercase().as_str()) || !first.contains(':') {
        return text;
    }
    let end = text.find("\r\n\r\n").map(|at| at + 4).into_iter().chain(text.find("\n\n").map(|at| at + 2)).min();
    end.map_or(text, |end| &text[end..])
}

/// Lines with those that continue them.
fn unfolded(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut lines = text.lines().peekable();
    std::iter::from_fn(move || {
        let mut line = lines.next()?.to_owned();
        while let Some(more) = lines.next_if(|l| l.starts_with([' ', '\t']) && !l.trim().is_empty()) {
            line.push(' ');
            line.push_str(more.trim());
        }
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTIFICATION: &str = "From: MAILER-DAEMON@example.de\r\nContent-Type: multipart/report; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
        Reporting-MTA: dns; mail.example.de\r\n\r\nFinal-Recipient: rfc822; a@example.org\r\nAction: delayed\r\n\
        Status: 4.4.1\r\n\r\nFinal-Recipient: rfc822; b@gmail.com\r\nAction: failed\r\nStatus: 5.7.26\r\n\
        Remote-MTA: dns; gmail-smtp-in.l.google.com\r\nDiagnostic-Code: smtp; 550-5.7.26 Your email has been blocked\r\n \
        because the sender is unauthenticated.\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nAction: expanded\r\n";

    #[test]
    fn notifications_are_read() {
        for text in [NOTIFICATION.to_owned(), NOTIFICATION.replace("\r\n", "\n")] {
            let bounce = Bounce::parse(&text);
            assert_eq!(bounce.host.as_deref(), Some("gmail-smtp-in.l.google.com"));
            assert_eq!((bounce.action, bounce.status.as_deref()), (Some(Action::Failed), Some("5.7.26")));
            assert_eq!(bounce.reply, "550-5.7.26 Your email has been blocked because the sender is unauthenticated.");
        }
        let cut = "Final-Recipient: rfc822; b@x.de\nAction: failed\nStatus: 5.1.1\n";
        assert_eq!(Bounce::parse(cut).words(), "5.1.1");
    }

    #[test]
    fn other_text_is_the_reply() {
        assert_eq!(Bounce::parse("550 5.7.1 no").reply, "550 5.7.1 no");
        let mail = "From: a@b.de\r\nDate: Mon, 5 Jan 2026 10:00:00 +0450\r\n\r\nhost mx said: 554 no\r\n";
        assert_eq!(Bounce::parse(mail).reply, "host mx said: 554 no\r\n");
        assert_eq!(Bounce::parse("").words(), "");
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "(content-type: message/delivery-status\n)?(\\PC|[\n:; -]){0,200}") {
            let _ = Bounce::parse(&text);
        }
    }
}
