//! The handler's parameter is the access rule: whoever takes a [`Session`] is called by a citizen whose session lives.

use poem::Request;
use poem_openapi::{SecurityScheme, auth::Bearer};

use super::{Citizen, Identity};
use crate::platform::problem::Failure;

/// The access token of a citizen's session.
#[derive(SecurityScheme)]
#[oai(rename = "session", ty = "bearer", bearer_format = "JWT", checker = "check")]
pub struct Session(pub Citizen);

async fn check(request: &Request, bearer: Bearer) -> poem::Result<Citizen> {
    let identity: &Identity = request.data().ok_or_else(|| Failure::internal("no Identity in the request"))?;
    Ok(identity.citizen(&bearer.token).await?)
}
