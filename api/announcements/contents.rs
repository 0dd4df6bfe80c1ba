//! What an announcement may say, whatever becomes of it: of a draft as of a template.

use super::{
    audience::{self, Audience},
    markdown,
    model::{Importance, Texts},
    rules::TOPICS,
};
use crate::{
    platform::{
        access::Role,
        problem::{Code, Failure},
    },
    staff::Staff,
};

/// Refuses an emergency to who may write none: to make one, and to change or throw away one that a colleague made.
///
/// # Errors
/// `role_missing`.
pub(super) fn may_write(who: &Staff, importance: Importance) -> Result<(), Failure> {
    let refused = importance == Importance::Emergency && !who.roles.contains(&Role::Alert);
    if refused { Err(Failure::new(Code::RoleMissing)) } else { Ok(()) }
}

/// What a draft and a template both say.
pub(super) struct Contents<'a> {
    /// How much it matters.
    pub importance: Importance,
    /// What it is about.
    pub topic: &'a str,
    /// What it says.
    pub texts: &'a Texts,
    /// Where to read more; empty for nowhere.
    pub link: &'a str,
    /// Whom it concerns, of no group while that is not said; none where that is not its own.
    pub audience: Option<&'a Audience>,
}

impl Contents<'_> {
    /// Refuses what no announcement may say. It may be half written.
    ///
    /// # Errors
    /// `body_invalid`; `role_missing` for an emergency of who may not write any.
    pub(super) fn check(&self, who: &Staff) -> Result<(), Failure> {
        let wrong = |field: &str, reason: &'static str, why: &str| Err(Failure::fault(field, reason, why));
        may_write(who, self.importance)?;
        // While it is being written, whom it is for may not be said yet.
        if let Some(audience) = self.audience.filter(|a| !a.is_empty()) {
            audience::check(audience)?;
        }
        for (language, said) in self.texts {
            if let Err(why) = markdown::check(&said.text) {
                return wrong(&format!("texts.{}.text", language.code()), why.reason(), why.why());
            }
        }
        if !TOPICS.contains(&self.topic) {
            return wrong("topic", "unknown", &format!("is none of {}", TOPICS.join(", ")));
        }
        let leads = self.link.starts_with("https://") && markdown::leads(self.link);
        if !self.link.is_empty() && !leads {
            return wrong("link", "link", "must begin with https:// and name a host");
        }
        Ok(())
    }
}
