//! The handler's parameter is the access rule: [`Sending`] lets in a machine with its key, and staff who import.

use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaSecurityScheme, Registry},
};

use super::{PREFIX, Sender, machine};
use crate::{
    identity::Identity,
    platform::{access::Role, problem::Failure},
    staff::access,
};

/// The scheme of a machine's key, in the contract.
const KEY_SCHEME: &str = "machine_key";

/// Whoever may send the register in.
pub struct Sending(pub Sender);

impl<'a> ApiExtractor<'a> for Sending {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        let scheme = MetaSecurityScheme {
            ty: "http",
            description: Some("The key of a machine."),
            name: None,
            key_in: None,
            scheme: Some("bearer"),
            bearer_format: None,
            flows: None,
            openid_connect_url: None,
        };
        registry.create_security_scheme(KEY_SCHEME, scheme);
        access::register(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        [vec![KEY_SCHEME], access::schemes()].concat()
    }

    async fn from_request(request: &'a Request, _: &mut RequestBody, _: ExtractParamOptions<()>) -> poem::Result<Self> {
        let identity: &Identity = request.data().ok_or_else(|| Failure::internal("no Identity in the request"))?;
        let limits = &identity.app.limits;
        let sender = match access::bearer(request).filter(|token| token.starts_with(PREFIX)) {
            Some(key) => {
                let machine = machine(identity, key).await?;
                limits.count_key(machine.key.0)?;
                Sender::Machine(machine)
            }
            None => Sender::Staff(access::caller(request).await?.acting(Role::Import)?),
        };
        limits.count_town(sender.town().id)?;
        Ok(Self(sender))
    }
}
