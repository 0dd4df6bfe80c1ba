//! The types of deeds.

use chrono::{DateTime, Utc};

use crate::{appointments::model::AppointmentId, id_type, identity::MandateId, platform::ids::ResidentId, words};

id_type! {
    /// Something that waits for the other's yes.
    DeedId;
}

words! {
    /// What waits for the other's yes.
    DeedKind {
        /// A visit is to be booked.
        Book = "book",
        /// A visit is to be moved.
        Move = "move",
    }

    /// How it ended.
    DeedEnd {
        /// The other said yes, and it was done.
        Accepted = "accepted",
        /// The other said no.
        Refused = "refused",
        /// Who asked took it back.
        Withdrawn = "withdrawn",
        /// Nobody answered in time.
        Late = "late",
        /// The mandate ended.
        Mandate = "mandate",
        /// The start is none any more, or the visit is another than it was.
        Taken = "taken",
    }
}

/// A deed, as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Deed {
    /// Its id.
    pub id: DeedId,
    /// What was asked: to book a visit, or to move one.
    pub kind: DeedKind,
    /// The mandate to assist by which it waits.
    pub mandate_id: MandateId,
    /// Whose visit it is.
    pub grantor_id: ResidentId,
    /// Who asked.
    pub proposer_id: ResidentId,
    /// Whose yes it waits for.
    pub answerer_id: ResidentId,
    /// The visit that holds the start.
    pub hold_id: AppointmentId,
    /// The visit that is to move there; none where one is to be booked.
    pub visit_id: Option<AppointmentId>,
    /// How often that had changed.
    pub sequence: Option<i64>,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// Until when it waits.
    pub expires_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// How.
    pub ended_why: Option<DeedEnd>,
}

impl Deed {
    /// The visit that it is about: the one that moves, or the one that is to be booked.
    pub fn visit(&self) -> AppointmentId {
        self.visit_id.unwrap_or(self.hold_id)
    }

    /// Who helps by the mandate: the one of the two whose visit it is not.
    pub fn holder(&self) -> ResidentId {
        if self.proposer_id == self.grantor_id { self.answerer_id } else { self.proposer_id }
    }
}
