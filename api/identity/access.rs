//! The handler's parameter is the access rule: whoever takes a [`Session`] is called by a citizen whose session lives.

use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions, SecurityScheme, auth::Bearer, registry::Registry,
};

use super::{Citizen, Identity};
use crate::platform::{openapi::asking, problem::Failure};

/// The access token of a citizen's session.
#[derive(SecurityScheme)]
#[oai(rename = "session", ty = "bearer", bearer_format = "JWT", checker = "check")]
pub struct Session(pub Citizen);

async fn check(request: &Request, bearer: Bearer) -> poem::Result<Citizen> {
    let identity: &Identity = request.data().ok_or_else(|| Failure::internal("no Identity in the request"))?;
    Ok(identity.citizen(&bearer.token).await?)
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
