//! What figures of a counter are counted from.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    appointments::{AppointmentId, DeskId, ServiceId, VisitState},
    queue::model::TicketState,
    words,
};

words! {
    /// By what figures are told.
    By {
        /// By the service that one came for.
        Service = "service",
        /// By the desk of a visit, and the desk that called.
        Desk = "desk",
        /// By the hour of the town's clock in which a visit begins, or somebody came.
        Hour = "hour",
        /// By the day of the week.
        Weekday = "weekday",
        /// By the day.
        Day = "day",
    }
}

/// A visit that was booked, as far as it is counted.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Visited {
    /// Which.
    pub id: AppointmentId,
    /// For what.
    pub service_id: ServiceId,
    /// At which desk.
    pub desk_id: DeskId,
    /// Booked or cancelled.
    pub state: VisitState,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Until when its desk serves nobody else.
    pub claimed_until: DateTime<Utc>,
    /// How often it changed.
    pub sequence: i64,
}

/// A turn in the queue, as far as it is counted.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Turned {
    /// On which day of the town's calendar.
    pub day: NaiveDate,
    /// For what.
    pub service_id: ServiceId,
    /// Which desk called them; none where none did.
    pub desk_id: Option<DeskId>,
    /// Their visit, if they had one.
    pub appointment_id: Option<AppointmentId>,
    /// How often that had changed when they came.
    pub appointment_sequence: Option<i64>,
    /// How it stands, or ended.
    pub state: TicketState,
    /// When they were due.
    pub due_at: Option<DateTime<Utc>>,
    /// When they came.
    pub arrived_at: DateTime<Utc>,
    /// When they were last called.
    pub called_at: Option<DateTime<Utc>>,
    /// How often.
    pub calls: i64,
    /// When they sat down.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
}
