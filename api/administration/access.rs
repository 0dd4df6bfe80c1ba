//! The handler's parameter is the access rule: [`Sending`] lets in a machine with its key, and staff who import; [`Door`] a
//! kiosk with its key, and staff of the counter; [`Postmaster`] a mailbox with its key, and who administers. The use case asks the key's scope.

use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaSecurityScheme, Registry},
};

use super::{PREFIX, Sender, machine};
use crate::{
    identity::Identity,
    platform::{
        access::{Role, Scope},
        openapi::asking,
        problem::Failure,
    },
    staff::access,
};

/// The scheme of a machine's key, in the contract.
const KEY_SCHEME: &str = "machine_key";

/// Whoever may send the register in.
pub struct Sending(pub Sender);

/// Whoever receives visitors.
pub struct Door(pub Sender);

/// Whoever reads what comes back of e-mail.
pub struct Postmaster(pub Sender);

/// Who is calling: a machine with its key, or staff with a role.
async fn sender(request: &Request, role: Role) -> Result<Sender, Failure> {
    let identity: &Identity = request.data().ok_or_else(|| Failure::internal("no Identity in the request"))?;
    let limits = &identity.app.limits;
    let sender = match access::bearer(request).filter(|token| token.starts_with(PREFIX)) {
        Some(key) => {
            let machine = machine(identity, key).await?;
            limits.count_key(machine.key.0)?;
            Sender::Machine(machine)
        }
        None => Sender::Staff(access::caller(request).await?.acting(role)?),
    };
    limits.count_town(sender.town().id)?;
    Ok(sender)
}

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

macro_rules! lets_in {
    ($name:ident, $role:expr, $scopes:expr) => {
        impl<'a> ApiExtractor<'a> for $name {
            const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];
            type ParamType = ();
            type ParamRawType = ();

            fn register(registry: &mut Registry) {
                register(registry);
            }

            fn security_schemes() -> Vec<&'static str> {
                let keys = $scopes.into_iter().map(|scope: Scope| asking(KEY_SCHEME, scope.as_str()));
                keys.chain(access::schemes_as($role)).collect()
            }

            async fn from_request(
                request: &'a Request,
                _: &mut RequestBody,
                _: ExtractParamOptions<()>,
            ) -> poem::Result<Self> {
                Ok(Self(sender(request, $role).await?))
            }
        }
    };
}

// The use case asks for the scope of the file's subject.
lets_in!(Sending, Role::Import, [Scope::ImportResidents, Scope::ImportDocuments]);
lets_in!(Door, Role::Counter, [Scope::CheckIn]);
lets_in!(Postmaster, Role::Administer, [Scope::NoteBounces]);
