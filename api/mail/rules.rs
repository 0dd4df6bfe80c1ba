//! What decides about e-mail, with time as a value: what a relay's answer means, when it is tried again, and what came back.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

/// Addresses in a row that a relay may say do not exist before it is not believed: it may take nobody's mail.
pub const BELIEVED_IN_A_ROW: i64 = 5;
/// The first wait of an e-mail that the relay does not take yet: greylisting lets through after a minute or five.
const FIRST_WAIT: Duration = Duration::minutes(1);
/// The longest wait (RFC 5321, 4.5.4.1: after the first tries, every two to three hours at the most).
const LONGEST_WAIT: Duration = Duration::hours(4);
/// The longest that nobody tries a relay which is out of order.
const LONGEST_PAUSE: Duration = Duration::minutes(30);

/// How far an e-mail had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The connection, its TLS, our name, and from whom it comes: nothing of it is about whom it goes to.
    Channel,
    /// To whom it goes.
    Recipient,
    /// That its content comes now.
    Data,
    /// All of it was sent.
    Content,
}

/// What the relay answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Yes.
    Accepted,
    /// No, with a code (RFC 5321, 4.2) and a text, which may begin with another (RFC 3463).
    Refused {
        /// Three digits.
        code: u16,
        /// What it says.
        text: String,
    },
    /// Nothing, or nothing that can be understood.
    Lost,
}

/// What that means for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The relay has it.
    Sent,
    /// It may be taken later.
    Later,
    /// There is no such address.
    Bounced,
    /// It is never taken; the address is not at fault.
    Failed,
    /// All of it was sent, and nobody knows whether it was taken.
    Unanswered,
    /// The relay takes nothing, from nobody: the e-mail is not at fault.
    Channel,
}

/// What an answer means, by how far the e-mail had come.
pub fn verdict(phase: Phase, reply: &Reply) -> Verdict {
    let (code, text) = match reply {
        Reply::Accepted if phase == Phase::Content => return Verdict::Sent,
        // There is more to say: whoever asks has nothing to be judged yet.
        Reply::Accepted => return Verdict::Later,
        Reply::Lost if phase == Phase::Content => return Verdict::Unanswered,
        Reply::Lost => return Verdict::Channel,
        Reply::Refused { code, text } => (*code, text.as_str()),
    };
    match (phase, code) {
        // "Service not available, closing transmission channel": may come at any time (RFC 5321, 3.8).
        (Phase::Channel, _) | (_, 421) => Verdict::Channel,
        (_, 400..500) => Verdict::Later,
        (Phase::Recipient, _) if names_no_address(code, text) => Verdict::Bounced,
        _ => Verdict::Failed,
    }
}

/// The class, subject and detail that a text begins with (RFC 3463), if it does.
pub fn enhanced(text: &str) -> Option<[u16; 3]> {
    let word = text.split_whitespace().next()?;
    let mut parts = word.split('.').map(|part| part.parse::<u16>().ok().filter(|n| *n < 1_000));
    let all = [parts.next()??, parts.next()??, parts.next()??];
    (parts.next().is_none() && (2..=5).contains(&all[0])).then_some(all)
}

/// Whether a status says that an address does not exist, or takes no mail at all: not that of who sends (5.1.7, 5.1.8), not a full mailbox
/// (5.2.2), and nothing of what was said (5.7).
fn is_of_address([class, subject, detail]: [u16; 3]) -> bool {
    class == 5 && (subject == 1 && ![7, 8].contains(&detail) || (subject, detail) == (2, 1))
}

fn names_no_address(code: u16, text: &str) -> bool {
    match enhanced(text) {
        Some(status) => is_of_address(status),
        None => [550, 551, 553].contains(&code),
    }
}

/// When an e-mail is tried again that was tried so often, this time included.
pub fn again(tries: i64, now: DateTime<Utc>) -> DateTime<Utc> {
    now + doubled(FIRST_WAIT, tries).min(LONGEST_WAIT)
}

/// Until when nobody tries a relay that failed so often in a row, this time included.
pub fn paused_until(fails: i64, now: DateTime<Utc>) -> DateTime<Utc> {
    now + doubled(FIRST_WAIT, fails).min(LONGEST_PAUSE)
}

/// Twice as long each time.
fn doubled(first: Duration, times: i64) -> Duration {
    first * 2_i32.pow(u32::try_from(times.clamp(1, 12) - 1).unwrap_or_default())
}

/// Whether a relay is believed that says of another address that it does not exist, as it said of so many in a row.
pub fn is_believed(refused: i64) -> bool {
    refused < BELIEVED_IN_A_ROW
}

/// What came of an e-mail after the relay took it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// There is no such address.
    NoSuchAddress,
    /// It came back for another reason.
    CameBack,
    /// It is on its way still: nothing is known.
    Delayed,
    /// Who reads it said that it is unwanted.
    Complained,
}

/// The address to which it comes back: `bounce+ID@domain`.
pub fn returns_to(bounces: &str, id: Uuid) -> Option<String> {
    let (name, domain) = bounces.rsplit_once('@')?;
    Some(format!("{name}+{}@{domain}", id.simple()))
}

/// Which e-mail a text names by the address to which it comes back: the first that stands in it.
pub fn named_in(text: &str) -> Option<Uuid> {
    text.match_indices('+').find_map(|(at, _)| {
        let rest = &text[at + 1..];
        let id = rest.get(..32).filter(|id| id.bytes().all(|b| b.is_ascii_hexdigit()))?;
        (rest.as_bytes().get(32) == Some(&b'@')).then(|| Uuid::parse_str(id).ok()).flatten()
    })
}

/// What a status says of what became of an e-mail, such as `5.1.1`; none for what is no status.
pub fn fate(status: &str) -> Option<Fate> {
    match enhanced(status)? {
        status if is_of_address(status) => Some(Fate::NoSuchAddress),
        [5, ..] => Some(Fate::CameBack),
        _ => Some(Fate::Delayed),
    }
}

/// What a report says that came back: a delivery status (RFC 3464), or a complaint (RFC 5965).
pub fn report(text: &str) -> Option<(Uuid, Fate)> {
    let id = named_in(text)?;
    let field = |line: &str, name: &str| {
        let (known, value) = line.split_once(':')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    };
    if text.lines().any(|line| field(line, "feedback-type").is_some_and(|kind| kind.eq_ignore_ascii_case("abuse"))) {
        return Some((id, Fate::Complained));
    }
    let said = text.lines().filter_map(|line| field(line, "status")).filter_map(|status| fate(&status));
    // Of several recipients of ours there is one; of several statuses the worst is told.
    let worst = said.max_by_key(|fate| match fate {
        Fate::Delayed => 0,
        Fate::CameBack => 1,
        Fate::NoSuchAddress | Fate::Complained => 2,
    });
    worst.map(|fate| (id, fate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(code: u16, text: &str) -> Reply {
        Reply::Refused { code, text: text.to_owned() }
    }

    #[test]
    fn each_answer_means_what_it_says() {
        use Phase::{Channel, Content, Data, Recipient};
        for (phase, reply, expected) in [
            (Content, Reply::Accepted, Verdict::Sent),
            (Content, Reply::Lost, Verdict::Unanswered),
            (Recipient, Reply::Lost, Verdict::Channel),
            (Data, Reply::Lost, Verdict::Channel),
            (Channel, Reply::Lost, Verdict::Channel),
            (Channel, refused(535, "5.7.8 no"), Verdict::Channel),
            (Channel, refused(550, "5.1.8 no such sender"), Verdict::Channel),
            (Channel, refused(451, "4.3.0 busy"), Verdict::Channel),
            (Recipient, refused(421, "4.3.2 closing"), Verdict::Channel),
            (Recipient, refused(450, "4.2.0 greylisted"), Verdict::Later),
            (Recipient, refused(452, "4.2.2 mailbox full"), Verdict::Later),
            (Recipient, refused(550, "5.1.1 no such user"), Verdict::Bounced),
            (Recipient, refused(550, "no such user"), Verdict::Bounced),
            (Recipient, refused(551, "user not local"), Verdict::Bounced),
            (Recipient, refused(553, "mailbox name not allowed"), Verdict::Bounced),
            (Recipient, refused(554, "5.1.10 null MX"), Verdict::Bounced),
            (Recipient, refused(550, "5.2.1 mailbox disabled"), Verdict::Bounced),
            (Recipient, refused(550, "5.7.1 blocked"), Verdict::Failed),
            (Recipient, refused(552, "5.2.2 mailbox full"), Verdict::Failed),
            (Recipient, refused(550, "5.1.8 sender's address"), Verdict::Failed),
            (Recipient, refused(554, "no"), Verdict::Failed),
            (Data, refused(554, "no valid recipients"), Verdict::Failed),
            (Content, refused(554, "5.7.1 spam"), Verdict::Failed),
            (Content, refused(550, "spam"), Verdict::Failed),
            (Content, refused(451, "4.7.1 later"), Verdict::Later),
        ] {
            assert_eq!(verdict(phase, &reply), expected, "{phase:?} {reply:?}");
        }
    }

    #[test]
    fn what_came_back_is_read() {
        let id = Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0001);
        let to = returns_to("bounce@town.example", id).unwrap();
        assert_eq!(to, format!("bounce+{}@town.example", id.simple()));
        assert_eq!(named_in(&format!("To: <{to}>")), Some(id));
        assert_eq!(named_in("anna+gemeente@x.example"), None);
        let dsn = |status: &str| {
            format!("To: <{to}>\n\nFinal-Recipient: rfc822; a@x.example\nAction: failed\nStatus: {status}\n")
        };
        for (status, expected) in [
            ("5.1.1", Some(Fate::NoSuchAddress)),
            ("5.0.0 (undefined)", Some(Fate::CameBack)),
            ("5.2.2", Some(Fate::CameBack)),
            ("4.4.7", Some(Fate::Delayed)),
            ("unknown", None),
        ] {
            assert_eq!(report(&dsn(status)), expected.map(|fate| (id, fate)), "{status}");
        }
        let complaint = format!("Feedback-Type: abuse\nOriginal-Mail-From: <{to}>\n");
        assert_eq!(report(&complaint), Some((id, Fate::Complained)));
        assert_eq!(report("Status: 5.1.1"), None);
    }

    proptest! {
        #[test]
        fn whatever_comes_back_is_read_without_a_fault(text in "\\PC{0,200}", status in "[0-9.]{0,9}") {
            let _ = (report(&text), fate(&status), enhanced(&text));
            let id = Uuid::from_u128(7);
            let to = returns_to("b@x.example", id);
            // What stands before it cannot hide it, unless it names another.
            if named_in(&text).is_none() {
                prop_assert_eq!(named_in(&format!("{text} {}", to.unwrap_or_default())), Some(id));
            }
        }

        #[test]
        fn each_wait_is_as_long_as_the_one_before_or_longer(tries in 1..200_i64) {
            let now = DateTime::UNIX_EPOCH;
            let (this, next) = (again(tries, now), again(tries + 1, now));
            prop_assert!(now < this && this <= next && next <= now + LONGEST_WAIT);
            let (this, next) = (paused_until(tries, now), paused_until(tries + 1, now));
            prop_assert!(now < this && this <= next && next <= now + LONGEST_PAUSE);
        }

        #[test]
        fn only_an_address_that_does_not_exist_costs_somebody_theirs(code in 400..600_u16, text in "\\PC{0,20}") {
            for phase in [Phase::Channel, Phase::Data, Phase::Content] {
                prop_assert_ne!(verdict(phase, &refused(code, &text)), Verdict::Bounced);
            }
            if code < 500 {
                prop_assert_ne!(verdict(Phase::Recipient, &refused(code, &text)), Verdict::Bounced);
            }
        }
    }
}
