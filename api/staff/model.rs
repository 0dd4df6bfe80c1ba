//! A member of staff, and how they signed in.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    id_type,
    municipalities::Municipality,
    platform::{
        access::Role,
        problem::{Code, Failure},
    },
};

id_type! {
    /// A member of staff.
    MemberId;
    /// A session of a member of staff.
    StaffSessionId;
}

/// A member of staff whose session lives.
#[derive(Clone)]
pub struct Member {
    /// The session.
    pub session: StaffSessionId,
    /// The member.
    pub id: MemberId,
    /// Their name, as the provider told it.
    pub name: String,
    /// The towns they work for, with what they may do there.
    pub towns: Vec<(Arc<Municipality>, BTreeSet<Role>)>,
    /// The town they act for.
    pub chosen: Option<Arc<Municipality>>,
}

/// A member of staff who acts for a town, and may do what the handler asks.
#[derive(Clone)]
pub struct Staff {
    /// The member.
    pub id: MemberId,
    /// The session.
    pub session: StaffSessionId,
    /// Their name.
    pub name: String,
    /// The town: the only source of it.
    pub town: Arc<Municipality>,
    /// All they may do there.
    pub roles: BTreeSet<Role>,
}

/// How a sign-in of staff is bound to whoever began it.
pub enum Binding {
    /// To a browser, by a secret in its cookie.
    Browser(String),
    /// To a tool, by its PKCE challenge; the code goes to an address of loopback.
    Tool {
        /// The challenge, S256.
        challenge: String,
        /// Where the code goes.
        redirect: url::Url,
    },
}

/// Where the browser goes after the provider.
pub enum Outcome {
    /// Signed in, with the secret for its cookie.
    Browser(String),
    /// To the tool, with a one-time code.
    Tool(url::Url),
    /// Not: nobody gave this person a role here.
    NoRoles,
    /// Not: stopped, too late, or begun in another browser.
    Stopped,
    /// Not: the provider does not answer, has trouble of its own, or is not believed.
    Failed,
    /// Not: provider and configuration do not fit.
    SetUp,
    /// Not yet: this sign-in was brought back a moment ago, and is under way.
    UnderWay,
    /// It was before: the browser has had its session.
    Done,
}

/// A tool's session.
#[derive(Serialize, Deserialize)]
pub struct ToolSession {
    /// The token.
    pub token: String,
    /// Until when at the longest.
    pub expires_at: DateTime<Utc>,
}

impl Member {
    /// The member as acting for the chosen town, with what they may do there.
    ///
    /// # Errors
    /// `municipality_not_chosen`, `role_missing`.
    pub fn acting(self, needs: Role) -> Result<Staff, Failure> {
        let town = self.chosen.ok_or_else(|| Failure::new(Code::MunicipalityNotChosen))?;
        let roles = self.towns.into_iter().find(|(t, _)| t.id == town.id).map(|(_, roles)| roles).unwrap_or_default();
        if !roles.contains(&needs) {
            return Err(Failure::detail(Code::RoleMissing, format!("this needs the role {}", needs.as_str())));
        }
        Ok(Staff { id: self.id, session: self.session, name: self.name, town, roles })
    }
}
