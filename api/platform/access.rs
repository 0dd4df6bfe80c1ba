//! The words of who may do what: how sure a provider is of somebody, what a member of staff may do, what a machine may, and what somebody may
//! do for somebody else.

use crate::words;

/// The header by which a citizen says for whom they act.
pub const ACTING_FOR: &str = "Acting-For";
/// What the contracts say of it.
pub const ABOUT_ACTING_FOR: &str = "For whom the citizen acts: the id of a resident who gave them a mandate for this, or of a child of theirs \
     (`list_mandates` has both). Left out, they act for themselves. What they see and do stands in the list of that person's \
     `list_my_audit`, under their name. Where no mandate gives it, the answer is `mandate_missing`, whoever the id names.";

words! {
    /// How sure the identity provider is of who signed in: the levels of assurance of eIDAS (Regulation 910/2014,
    /// article 8). What a provider says is mapped by configuration; what is not mapped is low.
    Level {
        /// Little: a user name and a password.
        Low = "low",
        /// A good deal: two factors.
        Substantial = "substantial",
        /// As good as it gets: eID with PIN, itsme.
        High = "high",
    }

    /// A kind of act that a member of staff may be trusted with.
    Role {
        /// Write announcements.
        Announce = "announce",
        /// Approve what a colleague wrote.
        Approve = "approve",
        /// Write emergency announcements, which nothing holds back.
        Alert = "alert",
        /// Help citizens at the counter and on the telephone, and look at what concerns them.
        Counter = "counter",
        /// Plan services, desks and opening hours.
        Plan = "plan",
        /// Import the register.
        Import = "import",
        /// Manage keys of machines, and roles of colleagues.
        Administer = "administer",
        /// Read who did what.
        Audit = "audit",
    }

    /// What a mandate lets its holder do for somebody else.
    MandateVerb {
        /// See what is there.
        See = "see",
        /// Be told when there is something new.
        BeTold = "be_told",
        /// Book, move and cancel.
        Book = "book",
        /// Ask the town something.
        Ask = "ask",
    }

    /// With what a mandate lets its holder do it.
    MandateKind {
        /// Documents, and when each ends.
        Documents = "documents",
        /// Visits to the town hall.
        Visits = "visits",
        /// Messages in the inbox.
        Messages = "messages",
        /// Cases that the town handles.
        Cases = "cases",
    }

    /// What the key of a machine is good for.
    Scope {
        /// Send in the register's residents.
        ImportResidents = "import_residents",
        /// Send in the register's documents.
        ImportDocuments = "import_documents",
        /// Receive visitors at a kiosk: check in, and give numbers.
        CheckIn = "check_in",
        /// Say which e-mails came back.
        NoteBounces = "note_bounces",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_same_stored_and_sent() {
        for level in Level::ALL {
            assert_eq!(serde_json::to_value(level).unwrap(), level.as_str());
        }
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
            assert_eq!(Role::parse(role.as_str()), Some(*role));
        }
        for scope in Scope::ALL {
            assert_eq!(serde_json::to_value(scope).unwrap(), scope.as_str());
        }
        assert!(Level::Low < Level::Substantial && Level::Substantial < Level::High);
    }
}
