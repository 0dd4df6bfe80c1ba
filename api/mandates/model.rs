//! Mandates: the types that other files and rooms know, and what may be refused.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    codes,
    identity::MandateId,
    platform::{
        access::{MandateKind, MandateVerb},
        ids::ResidentId,
    },
    words,
};

words! {
    /// By what somebody acts for somebody else.
    MandateBasis {
        /// The register names them as a parent with authority over a minor child.
        Parent = "parent",
        /// They gave it.
        Given = "given",
        /// A court appointed an administrator over the person.
        CourtPerson = "court_person",
        /// A court appointed an administrator over the goods.
        CourtGoods = "court_goods",
        /// They gave it for when they could not decide any more (zorgvolmacht).
        CareProxy = "care_proxy",
        /// They gave it at the counter, for that day.
        CounterOnce = "counter_once",
    }

    /// How far a mandate goes.
    MandateMode {
        /// The holder acts in their place.
        Represent = "represent",
        /// The holder helps: they see and are told, and what one of the two books or moves waits for the other's yes.
        Assist = "assist",
    }

    /// How a mandate stands.
    MandateState {
        /// Somebody asked for it, and the other has not answered.
        Asked = "asked",
        /// One member of staff wrote an order of a court down, and another has not looked at it yet.
        Proposed = "proposed",
        /// It holds, from its first day to its last.
        Active = "active",
        /// The other refused it.
        Refused = "refused",
        /// It is over.
        Ended = "ended",
    }

    /// Why a mandate is over.
    MandateEnd {
        /// It was refused.
        Refused = "refused",
        /// Its holder gave it back, or asked for it no more.
        Withdrawn = "withdrawn",
        /// Whose things it is about ended it.
        Revoked = "revoked",
        /// Staff ended it.
        Staff = "staff",
        /// Its last day is past, or nobody answered in time.
        Date = "date",
        /// One of the two died, moved away, or left the register.
        Gone = "gone",
    }

    /// What staff saw that proves a mandate.
    MandateProof {
        /// The order of a court.
        Order = "order",
        /// The care proxy (zorgvolmacht), as it is registered.
        CareProxy = "care_proxy",
        /// Both were there, with their identity cards.
        BothPresent = "both_present",
    }
}

impl MandateBasis {
    /// Whether it rests on an order of a court: then the two do not end it, and it may have no last day.
    pub fn is_by_court(self) -> bool {
        matches!(self, Self::CourtPerson | Self::CourtGoods)
    }
}

/// What may be done with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// What may be done.
    pub verbs: BTreeSet<MandateVerb>,
    /// With what.
    pub kinds: BTreeSet<MandateKind>,
}

impl Scope {
    /// As it is said.
    pub fn new(verbs: impl IntoIterator<Item = MandateVerb>, kinds: impl IntoIterator<Item = MandateKind>) -> Self {
        Self { verbs: verbs.into_iter().collect(), kinds: kinds.into_iter().collect() }
    }

    /// As it is stored. A word that is not known gives nothing.
    pub fn read(verbs: &str, kinds: &str) -> Self {
        Self::new(verbs.split(',').filter_map(MandateVerb::parse), kinds.split(',').filter_map(MandateKind::parse))
    }

    /// The words of what may be done, as they are stored.
    pub fn verbs(&self) -> String {
        self.verbs.iter().map(|verb| verb.as_str()).collect::<Vec<_>>().join(",")
    }

    /// The words of with what.
    pub fn kinds(&self) -> String {
        self.kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(",")
    }

    /// Whether nothing at all may be done.
    pub fn is_empty(&self) -> bool {
        self.verbs.is_empty() || self.kinds.is_empty()
    }

    /// Whether this may be done with that.
    pub fn has(&self, verb: MandateVerb, kind: MandateKind) -> bool {
        self.verbs.contains(&verb) && self.kinds.contains(&kind)
    }
}

/// A mandate, as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Mandate {
    /// Its id.
    pub id: MandateId,
    /// Whose things it is about.
    pub grantor_id: ResidentId,
    /// Who does something with them.
    pub holder_id: ResidentId,
    /// By what.
    pub basis: MandateBasis,
    /// How far it goes.
    pub mode: MandateMode,
    /// What may be done.
    pub verbs: String,
    /// With what.
    pub kinds: String,
    /// Its first day.
    pub from_on: NaiveDate,
    /// Its last one; none for no end.
    pub until_on: Option<NaiveDate>,
    /// How it stands.
    pub state: MandateState,
    /// What staff saw.
    pub proof: Option<MandateProof>,
    /// The day that stands on that.
    pub proof_on: Option<NaiveDate>,
    /// Which member of staff wrote it down.
    pub made_by: Option<String>,
    /// The same, by id.
    pub made_by_id: Option<Uuid>,
    /// Which one confirmed it.
    pub confirmed_by: Option<String>,
    /// When it was asked or written down.
    pub asked_at: DateTime<Utc>,
    /// When it was accepted, given or confirmed.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why.
    pub ended_why: Option<MandateEnd>,
}

impl Mandate {
    /// What it is about. A word that this server does not know gives nothing.
    pub fn scope(&self) -> Scope {
        Scope::read(&self.verbs, &self.kinds)
    }

    /// Whether it is over, or was refused.
    pub fn is_over(&self) -> bool {
        self.ended_at.is_some()
    }
}

#[cfg(test)]
impl Mandate {
    /// One that was given and has no last day: what a unit test begins with.
    pub(crate) fn given(id: u128) -> Self {
        Self {
            id: MandateId(Uuid::from_u128(id)),
            grantor_id: ResidentId(Uuid::from_u128(1)),
            holder_id: ResidentId(Uuid::from_u128(2)),
            basis: MandateBasis::Given,
            mode: MandateMode::Represent,
            verbs: "see".to_owned(),
            kinds: "visits".to_owned(),
            from_on: DateTime::UNIX_EPOCH.date_naive(),
            until_on: None,
            state: MandateState::Active,
            proof: None,
            proof_on: None,
            made_by: None,
            made_by_id: None,
            confirmed_by: None,
            asked_at: DateTime::UNIX_EPOCH,
            accepted_at: None,
            ended_at: None,
            ended_why: None,
        }
    }
}

/// A mandate that is to be written down.
pub struct New<'a> {
    /// Its id.
    pub id: MandateId,
    /// Whose things it is about.
    pub grantor: ResidentId,
    /// Who does something with them.
    pub holder: ResidentId,
    /// By what.
    pub basis: MandateBasis,
    /// How far it goes.
    pub mode: MandateMode,
    /// What it is about.
    pub scope: &'a Scope,
    /// Its first day, and its last.
    pub term: (NaiveDate, Option<NaiveDate>),
    /// How it begins.
    pub state: MandateState,
    /// What staff saw, and the day that stands on it.
    pub proof: Option<(MandateProof, Option<NaiveDate>)>,
    /// Which member of staff writes it down: the name and the id.
    pub made_by: Option<(&'a str, Uuid)>,
}

codes! {
    /// There is one already between the two, on the same basis, or it is asked for.
    MandateExists = "mandate_exists" 409 Reload "There is such a mandate between the two already, or it has been asked for.";
    /// Nobody needs one for themselves.
    MandateToOneself = "mandate_to_oneself" 409 Tell "Nobody needs a mandate for themselves.";
    /// A child gives none and holds none: its parents act.
    MandateOfChild = "mandate_of_child" 409 Tell "A minor can neither give nor hold a mandate.";
    /// Two people of whom one is under an administrator of a court cannot act for each other.
    MandateInCircle = "mandate_in_circle" 409 Tell "Somebody under a court's administrator cannot act for that administrator.";
    /// One of the two has as many as one may have.
    MandateLimit = "mandate_limit" 409 Tell "No more mandates can be added for one of the two; end one first.";
    /// It is not as it was: it was withdrawn, answered, or has ended.
    MandateOver = "mandate_over" 409 Reload "The mandate was withdrawn, answered or ended meanwhile; read it again.";
    /// It rests on an order of a court: staff end it.
    MandateByCourt = "mandate_by_court" 409 Tell "A mandate by an order of a court is ended by staff, at the counter.";
    /// Who wrote it down does not confirm it.
    MandateNeedsColleague = "mandate_needs_colleague" 409 Tell "A colleague must confirm it, not who wrote it down.";
    /// The register names no such parent of this child, or the child is of age.
    ParentUnknown = "parent_unknown" 409 Reload "The register names no such parent of a minor child.";
}
