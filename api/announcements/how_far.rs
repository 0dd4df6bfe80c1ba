//! How far an announcement goes to who does not read it, or has no app: a word of its author's.

use crate::{inbox::Plan, words};

words! {
    /// How far an announcement goes to who does not read it, or has no app.
    #[derive(Default)]
    HowFar {
        /// The inbox and the push, and nothing more.
        #[default]
        App = "app",
        /// An e-mail as well, to who wishes announcements so.
        Mail = "mail",
        /// A letter after that, also to who has no app and no address for e-mail.
        Paper = "paper",
    }
}

impl HowFar {
    /// Which plan it follows where it goes further than the app.
    pub(super) fn plan(self) -> Option<Plan> {
        match self {
            Self::App => None,
            Self::Mail => Some(Plan::AnnouncementMail),
            Self::Paper => Some(Plan::AnnouncementPaper),
        }
    }
}
