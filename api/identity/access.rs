//! The handler's parameter is the access rule: whoever takes a [`Session`] is called by a citizen whose session lives, for themselves. An
//! operation that may be called for somebody else says so by another parameter (`mandates::access`).

use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions, SecurityScheme, auth::Bearer, registry::Registry,
};

use super::{Citizen, Identity};
use crate::platform::{
    access::ACTING_FOR,
    openapi::asking,
    problem::{Code, Failure},
};

/// The access token of a citizen's session.
// Whoever takes this one finds out for whom the citizen acts (`mandates::access`). All others take [`Session`] or [`Private`].
#[derive(SecurityScheme)]
#[oai(rename = "session", ty = "bearer", bearer_format = "JWT", checker = "check")]
pub struct Caller(pub Citizen);

async fn check(request: &Request, bearer: Bearer) -> poem::Result<Citizen> {
    let identity: &Identity = request.data().ok_or_else(|| Failure::internal("no Identity in the request"))?;
    Ok(identity.citizen(&bearer.token).await?)
}

/// A citizen's session, for themselves: who says that they act for somebody else is refused.
pub struct Session(pub Citizen);

impl<'a> ApiExtractor<'a> for Session {
    const TYPES: &'static [ApiExtractorType] = Caller::TYPES;
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        Caller::register(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        Caller::security_schemes()
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let Caller(citizen) = Caller::from_request(request, body, options).await?;
        if request.headers().contains_key(ACTING_FOR) {
            return Err(Failure::field(Code::ActingForRefused, ACTING_FOR, "is not taken here").into());
        }
        Ok(Self(citizen))
    }
}

/// A session at the level that the town asks for what is most private.
pub struct Private(pub Citizen);

impl<'a> ApiExtractor<'a> for Private {
    const TYPES: &'static [ApiExtractorType] = Session::TYPES;
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        Session::register(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        Session::security_schemes().into_iter().map(|scheme| asking(scheme, "private")).collect()
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let Session(citizen) = Session::from_request(request, body, options).await?;
        citizen.at_least(citizen.town.private_level)?;
        Ok(Self(citizen))
    }
}
