//! What the audit trail is made of: acts, reasons, who did it, and what an entry is about.

use poem_openapi::types::ToJSON as _;
use uuid::Uuid;

use crate::{
    id_type,
    municipalities::Municipality,
    platform::{
        App,
        erased::Erased,
        ids::{MunicipalityId, ResidentId},
        language::Language,
        room::{Names, names_of},
    },
    staff::Staff,
    words,
};

id_type! {
    /// An entry of the audit trail.
    EntryId;
}

words! {
    /// What was done.
    Act {
        /// Somebody was looked up.
        ResidentFound = "resident_found",
        /// Somebody's name, address and birth date were read.
        ResidentRead = "resident_read",
        /// Somebody's documents were read.
        DocumentsRead = "documents_read",
        /// Which reminders somebody had, and which not, was read.
        RemindersRead = "reminders_read",
        /// Somebody's visits were read, all of them.
        VisitsRead = "visits_read",
        /// What somebody was told was read: its titles, and what became of it.
        MessagesRead = "messages_read",
        /// How somebody is reached was read.
        PreferencesRead = "preferences_read",
        /// How somebody wants to be told was read, with their e-mail address.
        ContactSettingsRead = "contact_settings_read",
        /// How somebody wants to be told was changed for them.
        ContactSettingsChanged = "contact_settings_changed",
        /// A code was sent to an e-mail address for somebody.
        EmailStarted = "email_started",
        /// An e-mail address was confirmed for somebody, by the code that they read out.
        EmailConfirmed = "email_confirmed",
        /// Somebody was signed out on all devices.
        SessionsEnded = "sessions_ended",
        /// A key of a machine was made.
        KeyMade = "key_made",
        /// A key of a machine was replaced.
        KeyRotated = "key_rotated",
        /// A key of a machine was revoked.
        KeyRevoked = "key_revoked",
        /// A role was taken from a colleague.
        RoleWithdrawn = "role_withdrawn",
        /// A role was given back to a colleague.
        RoleGivenBack = "role_given_back",
        /// The register was sent in.
        RegisterSent = "register_sent",
        /// An upload was cancelled.
        UploadCancelled = "upload_cancelled",
        /// The report of wrong rows was read.
        ReportRead = "report_read",
        /// The audit trail was read.
        AuditRead = "audit_read",
        /// What can be booked was changed.
        CatalogueChanged = "catalogue_changed",
        /// A location was closed for a sudden reason.
        LocationClosed = "location_closed",
        /// It was opened again.
        LocationReopened = "location_reopened",
        /// Somebody's visit was booked for them.
        VisitBooked = "visit_booked",
        /// Somebody's visit was moved.
        VisitMoved = "visit_moved",
        /// Somebody's visit was cancelled.
        VisitCancelled = "visit_cancelled",
        /// Somebody was rung about what became of their visit.
        VisitRung = "visit_rung",
        /// Somebody was seen on the call list, with what to say to them.
        CallsRead = "calls_read",
        /// A call to somebody was taken by this member of staff.
        CallTaken = "call_taken",
        /// It was given back.
        CallGivenBack = "call_given_back",
        /// A try to call somebody was noted.
        CallNoted = "call_noted",
        /// It was decided what becomes of a call that led to nobody.
        CallClosed = "call_closed",
        /// Somebody's visit was read.
        VisitRead = "visit_read",
        /// Something that was held or offered for somebody was let go for them.
        HoldLetGo = "hold_let_go",
        /// Somebody was put on the waiting list.
        WaitingJoined = "waiting_joined",
        /// Somebody was taken off the waiting list.
        WaitingLeft = "waiting_left",
        /// What is free was looked for, for somebody who waits, and held for them if there was anything.
        WaitingOffered = "waiting_offered",
        /// Who a visitor is, who is not in the register, was put right.
        VisitorEdited = "visitor_edited",
        /// A visit that was booked for a visitor became a citizen's own, in the app.
        VisitClaimed = "visit_claimed",
        /// An announcement was written, or submitted.
        AnnouncementWritten = "announcement_written",
        /// A colleague was asked to approve an announcement.
        AnnouncementSubmitted = "announcement_submitted",
        /// An announcement was approved.
        AnnouncementApproved = "announcement_approved",
        /// An announcement was called off.
        AnnouncementCancelled = "announcement_cancelled",
        /// An announcement was withdrawn.
        AnnouncementWithdrawn = "announcement_withdrawn",
        /// A draft of an announcement was thrown away.
        AnnouncementDiscarded = "announcement_discarded",
        /// An audience was kept under a name.
        AudienceKept = "audience_kept",
        /// An audience that was kept was deleted.
        AudienceDeleted = "audience_deleted",
        /// A template of announcements was kept, or changed.
        TemplateKept = "template_kept",
        /// A template of announcements was deleted.
        TemplateDeleted = "template_deleted",
        /// A list of people was made from a file.
        PeopleListMade = "people_list_made",
        /// A list of people was made anew, from another file.
        PeopleListReplaced = "people_list_replaced",
        /// A list of people was deleted.
        PeopleListDeleted = "people_list_deleted",
        /// Whom an announcement could not reach in the app was read.
        UnreachedRead = "unreached_read",
        /// Somebody was received, and got a number.
        VisitorReceived = "visitor_received",
        /// Somebody was called to a desk.
        VisitorCalled = "visitor_called",
        /// Somebody was served at a desk.
        VisitorServed = "visitor_served",
        /// Somebody was called and did not come.
        VisitorMissed = "visitor_missed",
        /// Somebody with a number went away before they were called.
        VisitorLeft = "visitor_left",
        /// Somebody was sent on to another service.
        VisitorSentOn = "visitor_sent_on",
        /// Somebody at a desk was asked to wait aside.
        VisitorParked = "visitor_parked",
        /// Nobody is called at a location for a moment.
        HallStopped = "hall_stopped",
        /// They are called there again.
        HallResumed = "hall_resumed",
        /// A desk was taken over at which this colleague was signed on.
        ColleagueRelieved = "colleague_relieved",
        /// A citizen added a passkey, in the app.
        PasskeyAdded = "passkey_added",
        /// A citizen removed a passkey, in the app.
        PasskeyRemoved = "passkey_removed",
        /// A passkey seems to have been copied, and was removed.
        PasskeyCopied = "passkey_copied",
        /// Somebody asked, in the app, to act for somebody else.
        MandateAsked = "mandate_asked",
        /// Somebody accepted, in the app, that another acts for them.
        MandateAccepted = "mandate_accepted",
        /// Somebody refused that another acts for them.
        MandateRefused = "mandate_refused",
        /// A mandate was given at the counter.
        MandateGiven = "mandate_given",
        /// An order of a court was written down, and waits for a colleague to look at it once more.
        MandateProposed = "mandate_proposed",
        /// A colleague confirmed it.
        MandateConfirmed = "mandate_confirmed",
        /// A mandate was ended.
        MandateEnded = "mandate_ended",
        /// Who may act for somebody, and for whom they may, was read.
        MandatesRead = "mandates_read",
        /// A parent was blocked from acting for a child.
        ParentBlocked = "parent_blocked",
        /// They are not blocked any more.
        ParentUnblocked = "parent_unblocked",
        /// Something was proposed, in the app, for somebody: a visit, or another time for one.
        DeedProposed = "deed_proposed",
        /// The other of the two said yes to it.
        DeedAccepted = "deed_accepted",
        /// The other said no to it.
        DeedRefused = "deed_refused",
        /// It came to nothing: it was taken back, nobody answered in time, the mandate ended, or the start is none any more.
        DeedOver = "deed_over",
        /// A desk became free at which this colleague was signed on: they may not work there any more, or signed out everywhere.
        DeskFreed = "desk_freed",
        /// A batch of letters was made.
        LettersMade = "letters_made",
        /// Letters were looked at.
        LettersRead = "letters_read",
        /// A letter was taken out of its batch.
        LetterTakenOut = "letter_taken_out",
        /// A letter was put back into its batch.
        LetterPutBack = "letter_put_back",
        /// A batch of letters was printed.
        LettersPrinted = "letters_printed",
        /// It was taken back that a batch of letters was printed.
        PrintingUndone = "printing_undone",
        /// A batch of letters was handed to the post.
        LettersPosted = "letters_posted",
        /// A letter came back.
        LetterReturned = "letter_returned",
        /// The list of addresses to check was read.
        AddressesRead = "addresses_read",
        /// An address from which a letter came back was checked.
        AddressChecked = "address_checked",
        /// What was kept of people who died, left or were retired from the register was erased.
        PeopleErased = "people_erased",
    }
}

words! {
    /// Why a person's data are looked at. One of a list, so that it can be told to the citizen in their language, and so that
    /// nobody writes there what belongs elsewhere.
    Reason {
        /// They are at the counter.
        Visit = "visit",
        /// They are on the telephone.
        Telephone = "telephone",
        /// They wrote.
        Letter = "letter",
        /// To handle a request of theirs.
        Request = "request",
        /// To put a mistake right.
        Correction = "correction",
    }
}

/// What stands in an entry as its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// What whoever did it said.
    Said(Reason),
    /// The list of a day's visits was looked at: nobody asked for it, and all who are on it were seen.
    Agenda,
    /// How much was erased.
    Erased(String),
}

impl From<Reason> for Why {
    fn from(reason: Reason) -> Self {
        Self::Said(reason)
    }
}

impl Why {
    pub(super) const AGENDA: &str = "agenda";

    /// As it is stored.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Said(reason) => reason.as_str(),
            Self::Agenda => Self::AGENDA,
            Self::Erased(counts) => counts,
        }
    }
}

/// Who did it.
pub struct Actor {
    /// The town they acted for.
    pub town: MunicipalityId,
    /// `staff` or `machine`.
    pub kind: &'static str,
    /// Which.
    pub id: Uuid,
    /// Their name, written out: it outlives the account.
    pub name: String,
    /// The town's first language: what things are called in it is kept.
    pub language: Language,
}

impl Actor {
    /// The trail knows staff and machines; what a citizen did in the app is the server's.
    pub fn app(app: &App, town: &Municipality) -> Self {
        Self {
            town: town.id,
            kind: "machine",
            id: app.process,
            name: "Thuisloket".to_owned(),
            language: town.language_for(None),
        }
    }
}

impl From<&Staff> for Actor {
    fn from(staff: &Staff) -> Self {
        Self {
            town: staff.town.id,
            kind: "staff",
            id: staff.id.0,
            name: staff.name.clone(),
            language: staff.town.language_for(None),
        }
    }
}

/// What is written down.
pub struct Entry {
    /// What was done.
    pub act: Act,
    /// To what: a key, an upload, a colleague.
    pub subject: Option<Uuid>,
    /// To whose data.
    pub resident: Option<ResidentId>,
    /// Why.
    pub reason: Option<Why>,
    /// At which desk, by its name, where that is not what the act is about.
    pub desk: Option<String>,
}

impl Entry {
    /// An act on something that is no person's.
    pub fn on(act: Act, subject: Uuid) -> Self {
        Self { act, subject: Some(subject), resident: None, reason: None, desk: None }
    }

    /// An act on a colleague at a desk.
    pub fn at_desk(act: Act, colleague: Uuid, desk: &str) -> Self {
        Self { desk: Some(desk.to_owned()), ..Self::on(act, colleague) }
    }

    /// An act on a person's data.
    pub fn about(act: Act, resident: ResidentId, reason: Reason) -> Self {
        Self { act, subject: None, resident: Some(resident), reason: Some(Why::Said(reason)), desk: None }
    }

    /// Somebody was on the list of whom an announcement could not reach in the app. That they were on it is the reason.
    pub fn unreached(announcement: Uuid, resident: ResidentId) -> Self {
        Self {
            act: Act::UnreachedRead,
            subject: Some(announcement),
            resident: Some(resident),
            reason: None,
            desk: None,
        }
    }

    /// The agenda of a location was looked at.
    pub fn agenda(location: Uuid) -> Self {
        Self { act: Act::VisitRead, subject: Some(location), resident: None, reason: Some(Why::Agenda), desk: None }
    }

    /// A visit of somebody was seen in the agenda.
    pub fn in_agenda(visit: Uuid, resident: ResidentId) -> Self {
        Self {
            act: Act::VisitRead,
            subject: Some(visit),
            resident: Some(resident),
            reason: Some(Why::Agenda),
            desk: None,
        }
    }

    /// So much was erased; of whom is what nobody knows any more.
    pub fn erased(counts: &Erased) -> Self {
        let reason = Some(Why::Erased(counts.to_string()));
        Self { act: Act::PeopleErased, subject: None, resident: None, reason, desk: None }
    }
}

/// What kind of thing an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, poem_openapi::Enum)]
#[oai(rename_all = "snake_case")]
pub enum SubjectKind {
    /// An announcement, by its title.
    Announcement,
    /// A location, by its name.
    Location,
    /// A service, by its name.
    Service,
    /// A visit, by its service.
    Visit,
    /// A turn in the queue, by its number.
    Ticket,
    /// A key of a machine, by its name.
    Key,
    /// A member of staff, by their name.
    Member,
    /// A file of the register, by what it holds: `residents` or `documents`.
    Upload,
    /// An audience that is kept, by its name.
    Audience,
    /// A template of announcements, by its name.
    Template,
    /// A list of people, by its name.
    PeopleList,
    /// A batch of letters, by its number.
    LetterBatch,
    /// A person of the register, whose name the trail does not tell.
    Person,
}

impl SubjectKind {
    /// How the room that has such things calls them. It comes after this one, and says so in its value.
    pub(super) fn names(self, app: &App) -> Option<&'static Names> {
        let word = self.to_json()?;
        names_of(app.rooms, word.as_str()?)
    }
}

impl Act {
    /// Whether data were only looked at.
    pub(super) fn is_look(self) -> bool {
        self == Self::ResidentFound || self.as_str().ends_with("_read")
    }

    /// What its subject can be; of a plan, a service or a location.
    pub(super) fn subjects(self) -> &'static [SubjectKind] {
        use SubjectKind::{
            Announcement, Audience, Key, LetterBatch, Location, Member, PeopleList, Person, Service, Template, Ticket,
            Upload, Visit,
        };
        match self {
            Self::AnnouncementWritten
            | Self::AnnouncementSubmitted
            | Self::AnnouncementApproved
            | Self::AnnouncementCancelled
            | Self::AnnouncementWithdrawn
            | Self::AnnouncementDiscarded
            | Self::UnreachedRead => &[Announcement],
            Self::LocationClosed | Self::LocationReopened | Self::HallStopped | Self::HallResumed => &[Location],
            Self::CatalogueChanged => &[Service, Location],
            Self::VisitRead => &[Visit, Location],
            Self::VisitBooked
            | Self::VisitMoved
            | Self::VisitCancelled
            | Self::HoldLetGo
            | Self::VisitorEdited
            | Self::VisitClaimed
            | Self::VisitRung
            | Self::DeedProposed
            | Self::DeedAccepted
            | Self::DeedRefused
            | Self::DeedOver => &[Visit],
            Self::VisitorReceived
            | Self::VisitorCalled
            | Self::VisitorServed
            | Self::VisitorMissed
            | Self::VisitorLeft
            | Self::VisitorSentOn
            | Self::VisitorParked => &[Ticket],
            Self::KeyMade | Self::KeyRotated | Self::KeyRevoked => &[Key],
            Self::RoleWithdrawn | Self::RoleGivenBack | Self::ColleagueRelieved | Self::DeskFreed => &[Member],
            Self::RegisterSent | Self::UploadCancelled | Self::ReportRead => &[Upload],
            Self::AudienceKept | Self::AudienceDeleted => &[Audience],
            Self::TemplateKept | Self::TemplateDeleted => &[Template],
            Self::PeopleListMade | Self::PeopleListReplaced | Self::PeopleListDeleted => &[PeopleList],
            Self::LettersMade
            | Self::LettersRead
            | Self::LetterTakenOut
            | Self::LetterPutBack
            | Self::LettersPrinted
            | Self::PrintingUndone
            | Self::LettersPosted
            | Self::LetterReturned => &[LetterBatch],
            Self::AuditRead => &[Person],
            Self::ResidentFound
            | Self::ResidentRead
            | Self::DocumentsRead
            | Self::RemindersRead
            | Self::VisitsRead
            | Self::MessagesRead
            | Self::PreferencesRead
            | Self::ContactSettingsRead
            | Self::ContactSettingsChanged
            | Self::EmailStarted
            | Self::EmailConfirmed
            | Self::SessionsEnded
            | Self::WaitingJoined
            | Self::WaitingLeft
            | Self::WaitingOffered
            | Self::PasskeyAdded
            | Self::PasskeyRemoved
            | Self::PasskeyCopied
            | Self::CallsRead
            | Self::CallTaken
            | Self::CallGivenBack
            | Self::CallNoted
            | Self::CallClosed
            | Self::AddressesRead
            | Self::AddressChecked
            | Self::MandateAsked
            | Self::MandateAccepted
            | Self::MandateRefused
            | Self::MandateGiven
            | Self::MandateProposed
            | Self::MandateConfirmed
            | Self::MandateEnded
            | Self::MandatesRead
            | Self::ParentBlocked
            | Self::ParentUnblocked
            | Self::PeopleErased => &[],
        }
    }
}
