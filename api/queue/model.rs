//! A ticket, and how its turn stands.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    appointments::{
        AppointmentId, DeskId, LocationId, ServiceId, VisitBegun,
        catalogue::{Location, Service},
        model::Span,
    },
    codes, id_type,
    platform::ids::ResidentId,
    refusals, words,
};

id_type! {
    /// Somebody's turn in the queue of a day.
    TicketId;
}

words! {
    /// How somebody came.
    Came {
        /// With the app, near the location.
        App = "app",
        /// At a kiosk.
        Kiosk = "kiosk",
        /// To a member of staff.
        Staff = "staff",
    }

    /// How a turn stands.
    TicketState {
        /// They wait.
        Waiting = "waiting",
        /// They are called to a desk.
        Called = "called",
        /// They are at the desk.
        Serving = "serving",
        /// It is over.
        Done = "done",
        /// They were called, and nobody came.
        Missed = "missed",
        /// They were sent on, and wait under another ticket.
        SentOn = "sent_on",
        /// They went away, or the day ended.
        Left = "left",
    }
}

impl TicketState {
    /// Whether its turn is still to come, or is now.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Called | Self::Serving)
    }
}

/// A ticket, as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Ticket {
    /// Its id.
    pub id: TicketId,
    /// Where.
    pub location_id: LocationId,
    /// On which day of the town's calendar.
    pub day: NaiveDate,
    /// What is called.
    pub number: String,
    /// For what.
    pub service_id: ServiceId,
    /// Their appointment, if they have one.
    pub appointment_id: Option<AppointmentId>,
    /// How often that had changed when they came: one that moved since is not what they came for.
    pub appointment_sequence: Option<i64>,
    /// Whose it is; none where nobody knows.
    pub resident_id: Option<ResidentId>,
    /// What to call them, where that is nobody of the register.
    pub name: String,
    /// How many came.
    pub persons: i64,
    /// How they came.
    pub came_by: Came,
    /// How it stands.
    pub state: TicketState,
    /// By when they are called, if they are due: when their appointment begins, or when they were sent on.
    pub due_at: Option<DateTime<Utc>>,
    /// When their appointment begins; none without one.
    pub visit_at: Option<DateTime<Utc>>,
    /// When they came.
    pub arrived_at: DateTime<Utc>,
    /// At which desk.
    pub desk_id: Option<DeskId>,
    /// When they were last called.
    pub called_at: Option<DateTime<Utc>>,
    /// How often.
    pub calls: i64,
    /// When they sat down.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
    /// Since when they wait aside, and are called by nobody who does not take them back; none while they do not.
    pub parked_at: Option<DateTime<Utc>>,
    /// Whether they answered what they thought of it.
    pub asked: bool,
}

impl Ticket {
    /// The visit that they came for, and how often it had changed then.
    pub fn visit(&self) -> Option<(AppointmentId, Option<i64>)> {
        self.appointment_id.map(|id| (id, self.appointment_sequence))
    }

    /// When they are due as people say it: when their appointment begins, whatever they were sent on for since; without one when they were
    /// sent on.
    pub fn due(&self) -> Option<DateTime<Utc>> {
        self.visit_at.or(self.due_at)
    }

    /// Whether they wait to be called, and not aside.
    pub fn waits(&self) -> bool {
        self.state == TicketState::Waiting && self.parked_at.is_none()
    }
}

/// Of a ticket of today whose visit was served: what waits are calculated from.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Served {
    /// For what.
    pub service_id: ServiceId,
    /// At which desk.
    pub desk_id: Option<DeskId>,
    /// When they were due; none without an appointment.
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

/// A ticket with how its turn stands.
pub struct Turn {
    /// The ticket.
    pub ticket: Ticket,
    /// How many are called before, of those who wait for the same desks.
    pub ahead: i64,
    /// How long it will be, in minutes; none while nobody is there to serve it.
    pub wait_minutes: Option<i64>,
}

/// A service at a location.
pub struct Here {
    /// The service.
    pub service: Service,
    /// When somebody is there who serves it, on the days that are told.
    pub open: Vec<Span>,
    /// How many wait for the desks that serve it.
    pub waiting: i64,
    /// How many minutes one waits who takes a number now; none while nobody is there to serve it.
    pub wait_minutes: Option<i64>,
}

/// How long something took for several, such as the wait of those who were called today without an appointment, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    /// Half of them waited no longer.
    pub half: i64,
    /// Nine in ten of them waited no longer.
    pub nine_in_ten: i64,
}

impl Waits {
    /// Of some minutes; none where they are not enough to tell.
    pub fn of(mut minutes: Vec<i64>, enough: usize) -> Option<Self> {
        if minutes.len() < enough {
            return None;
        }
        minutes.sort_unstable();
        let at = |tenths: usize| minutes.get((minutes.len() * tenths).div_ceil(10).saturating_sub(1)).copied();
        Some(Self { half: at(5)?, nine_in_ten: at(9)? })
    }
}

/// A location as everybody may know it.
pub struct Place {
    /// The day of the town's calendar on which it was read.
    pub day: NaiveDate,
    /// The location as it is planned.
    pub location: Location,
    /// When it is open on the days that are told; what closes for a sudden reason is taken out.
    pub open: Vec<Span>,
    /// Whether it is open now.
    pub is_open: bool,
    /// Whether it would be open now, and staff stopped it for a moment.
    pub is_stopped: bool,
    /// When it opens next, where its hours are not now; none where nobody knows.
    pub opens_at: Option<DateTime<Utc>>,
    /// What is served there.
    pub services: Vec<Here>,
    /// How many wait there.
    pub waiting: i64,
    /// How long one waited today; none while too few were called.
    pub waits: Option<Waits>,
    /// The hours of today in which one usually waits little.
    pub quiet_hours: Vec<u32>,
}

/// A turn that ended, and whose it was.
pub(super) type Ended = (TicketId, Option<ResidentId>);

codes! {
    /// It is not the day of the visit, or too early on it, or the visit is cancelled or over.
    CheckInClosed = "check_in_closed" 409 Tell "You cannot check in to that visit now. Check-in is open on the day of the visit, shortly before it begins, and only while the visit is booked.";
    /// The phone is not near the location.
    NotThere = "not_there" 409 Tell "The phone is not near that location.";
    /// It is not open, or does not serve that.
    LocationClosed = "location_closed" 409 Tell "That location is closed now, or does not serve that.";
    /// As many wait as are allowed.
    QueueFull = "queue_full" 409 Tell "As many wait there as are allowed.";
    /// Somebody was called to the desk and has not come.
    DeskBusy = "desk_busy" 409 Reload "Somebody was called to this desk: start, or note that they were missed.";
    /// A colleague is signed on there.
    DeskTaken = "desk_taken" 409 Tell "A colleague is signed on at that desk.";
    /// Staff stopped it for a moment: it is open, and nobody is called or given a number until they resume it.
    HallStopped = "hall_stopped" 409 Tell "For the moment nobody is called or given a number there: a member of staff stopped it.";
    /// The citizen's number was called: a desk waits for them, and notes it where they do not come.
    AlreadyCalled = "already_called" 409 Reload "The number was called to a desk: who does not go there has nothing to do.";
    /// Nobody waits with it any more.
    TicketOver = "ticket_over" 409 Ignore "That number is over: take it off the lock screen.";
    /// The ticket is further, or was called elsewhere.
    TicketElsewhere = "ticket_elsewhere" 409 Reload "The ticket is not in a state for that.";
}

refusals! {
    /// Who is not checked in for a visit.
    pub CannotCheckIn = CheckInClosed, VisitBegun, LocationClosed, NotThere, QueueFull;
    /// The same at a desk or a kiosk, where one is near.
    pub CannotReceive = CheckInClosed, VisitBegun, LocationClosed, QueueFull;
    /// Who is given no number by the app.
    pub CannotTakeNumber = LocationClosed, HallStopped, NotThere, QueueFull;
    /// Who is given no number at a desk or a kiosk.
    pub CannotGiveNumber = LocationClosed, HallStopped, QueueFull;
    /// A desk that calls nobody.
    pub CannotCall = DeskBusy, TicketElsewhere, DeskTaken, HallStopped;
    /// Who is not sent on.
    pub CannotSendOn = TicketElsewhere, LocationClosed, QueueFull;
}
