//! What is said to somebody about their turn, in their language.

use super::model::{Ticket, TicketId};
use crate::{
    appointments::{Catalogue, notices::text},
    inbox::{Notice, Plan, Worth},
    municipalities::Municipality,
    platform::language::{Language, say},
    push::Category,
};

/// How long a call is worth being shown.
const CALL_LASTS: chrono::Duration = chrono::Duration::minutes(30);

/// What became of their turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnNotice {
    /// They are called.
    Called,
    /// They were called and not there.
    Missed,
    /// They were not there any more, and were not called.
    Left,
    /// They go on to another service.
    SentOn,
    /// It is over: what did they think of it?
    Done,
    /// The location closed while they waited.
    Closed,
    /// No desk there serves it any more.
    Unserved,
}

impl TurnNotice {
    fn as_str(self) -> &'static str {
        match self {
            Self::Called => "called",
            Self::Missed => "missed",
            Self::Left => "left",
            Self::SentOn => "sent-on",
            Self::Done => "done",
            Self::Closed => "closed",
            Self::Unserved => "unserved",
        }
    }
}

/// How the keys of all messages about a ticket begin.
pub fn about(ticket: TicketId) -> String {
    format!("ticket {ticket} ")
}

/// A message about a ticket; none where what it speaks of is not in the catalogue. Its key lets each be said once, and each
/// call.
pub fn notice(
    language: Language,
    town: &Municipality,
    catalogue: &Catalogue,
    ticket: &Ticket,
    word: TurnNotice,
) -> Option<Notice> {
    let (service, location) =
        catalogue.services.get(&ticket.service_id).zip(catalogue.locations.get(&ticket.location_id))?;
    let desk = location.desks.iter().find(|d| Some(d.id) == ticket.desk_id).map_or("", |d| d.name.as_str());
    let args = [
        ("number", ticket.number.as_str()),
        ("desk", desk),
        ("service", text(&service.names, language, town)),
        ("place", text(&location.names, language, town)),
        ("municipality", town.name(language)),
    ];
    Some(Notice {
        plan: Plan::None,
        about: Vec::new(),
        kind: "ticket",
        // Worth nothing later.
        category: if matches!(word, TurnNotice::Called | TurnNotice::Closed) {
            Category::Queue
        } else {
            Category::Appointments
        },
        dedupe_key: format!("{}{} {}", about(ticket.id), word.as_str(), ticket.calls),
        title: say(language, &format!("ticket-{}-title", word.as_str()), &args),
        body: say(language, &format!("ticket-{}-body", word.as_str()), &args),
        deep_link: format!("/tickets/{}", ticket.id),
        action: None,
        open_in: None,
        worth: Worth {
            // Who did not come in this time is called again, or was missed.
            until: ticket.called_at.filter(|_| word == TurnNotice::Called).map(|at| at + CALL_LASTS),
            by: None,
            // Where they are now is all that counts.
            replaces: Some(about(ticket.id)),
            makes_up_for: None,
            done_in: None,
            for_them_alone: false,
            of_child: false,
        },
    })
}
