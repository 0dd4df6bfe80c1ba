//! The handler's parameter is the access rule: whoever takes an [`As<Counter>`] is called by a member of staff who acts
//! for a town and may do what the counter does there; [`SignedIn`] wants a session only.

use std::marker::PhantomData;

use poem::{Request, RequestBody, http::Method};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaSecurityScheme, Registry},
};

use super::{By, Staff, member, model::Member};
use crate::{
    identity::Identity,
    platform::{
        App,
        access::Role,
        openapi::asking,
        problem::{Code, Failure},
    },
};

/// The cookie of a browser's session. Browsers take a name that begins so from this host alone, over TLS (or from this
/// machine), for every path (draft-ietf-httpbis-rfc6265bis, 4.1.3.2).
pub const COOKIE: &str = "__Host-staff";
/// What a page says of a request that it makes by itself, while nobody may be sitting there: it keeps no session alive.
pub const UNATTENDED: &str = "x-unattended";
/// The scheme of a bearer token, in the contract.
const TOKEN_SCHEME: &str = "staff_token";
/// The scheme of a cookie, in the contract.
const COOKIE_SCHEME: &str = "staff_cookie";

/// A member of staff, whatever they may do.
pub struct SignedIn(pub Member);

/// A member of staff who acts for a town and has the role that `R` names.
pub struct As<R>(pub Staff, PhantomData<R>);

/// A member of staff who acts for a town and has one of the roles that `A` and `B` name.
pub struct Either<A, B>(pub Staff, PhantomData<(A, B)>);

/// A role, as a type.
pub trait Needs: Send + Sync + 'static {
    /// The role.
    const ROLE: Role;
}

macro_rules! needs {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub struct $name;
        impl Needs for $name {
            const ROLE: Role = Role::$name;
        }
    )*};
}

needs! {
    /// Helps citizens.
    Counter;
    /// Plans services, desks and hours.
    Plan;
    /// Imports the register.
    Import;
    /// Manages keys and roles.
    Administer;
    /// Reads who did what.
    Audit;
    /// Writes announcements.
    Announce;
    /// Approves them.
    Approve;
}

/// Writes both schemes into the contract.
pub fn register(registry: &mut Registry) {
    let scheme = |ty, description, name, key_in, scheme| MetaSecurityScheme {
        ty,
        description: Some(description),
        name,
        key_in,
        scheme,
        bearer_format: None,
        flows: None,
        openid_connect_url: None,
    };
    let token = "The token of a member of staff's session, of a tool.";
    registry.create_security_scheme(TOKEN_SCHEME, scheme("http", token, None, None, Some("bearer")));
    let cookie = "The session of a member of staff, in a browser. Anything but GET must come from a page of this server. What a page \
         asks by itself, while nobody may be sitting there, it sends with `X-Unattended: 1`: that keeps no session alive.";
    registry.create_security_scheme(COOKIE_SCHEME, scheme("apiKey", cookie, Some(COOKIE), Some("cookie"), None));
}

/// The names of both schemes, for who is signed in as staff, whatever they may do.
fn schemes() -> Vec<&'static str> {
    vec![TOKEN_SCHEME, COOKIE_SCHEME]
}

/// The names of both schemes, with the role that is asked for: the published contract takes the two apart.
pub fn schemes_as(role: Role) -> Vec<&'static str> {
    schemes().into_iter().map(|scheme| asking(scheme, role.as_str())).collect()
}

/// The bearer token of a request, if it carries one.
pub fn bearer(request: &Request) -> Option<&str> {
    // The name of a scheme knows no case (RFC 9110, 11.1).
    let (scheme, token) = request.header("authorization")?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim_start_matches(' '))
}

/// Who of the staff is calling.
///
/// # Errors
/// `token_missing`, `token_invalid`, `session_ended`, `cross_site`.
pub async fn caller(request: &Request) -> Result<Member, Failure> {
    let identity: &Identity = request.data().ok_or_else(|| Failure::internal("no Identity in the request"))?;
    let by = if request.headers().contains_key(UNATTENDED) { By::Itself } else { By::Somebody };
    if let Some(token) = bearer(request) {
        return member(identity, token, by).await;
    }
    let cookie = request.cookie().get(COOKIE).ok_or_else(|| Failure::new(Code::TokenMissing))?;
    if !same_site(request, &identity.app) {
        return Err(Failure::new(Code::CrossSite));
    }
    member(identity, cookie.value_str(), by).await
}

/// Whether a request that a cookie vouches for was made by a page of ours. The cookie is `SameSite=Lax` beside this (OWASP,
/// "Cross-Site Request Forgery Prevention": Fetch Metadata, with Origin for browsers that do not send it). Reads too: some of
/// them note in somebody's audit trail that they were looked at, and a link on another page must not do that. The pages
/// themselves may be reached from anywhere.
pub fn same_site(request: &Request, app: &App) -> bool {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let page = reads && !request.uri().path().starts_with("/staff/v1/");
    let ours = app.config.server.public_url.origin().ascii_serialization();
    let all = |name| request.headers().get_all(name).iter().map(|v| v.to_str().unwrap_or_default()).collect::<Vec<_>>();
    let (sites, origins) = (all("sec-fetch-site"), all("origin"));
    match (&sites[..], &origins[..]) {
        (["same-origin"], _) => true,
        // Typed by whoever sits there.
        (["none"], _) => reads,
        // An older browser says it of what a page asks for and not of where one goes.
        ([], []) => reads,
        ([], [origin]) => *origin == ours || page,
        _ => page,
    }
}

impl<'a> ApiExtractor<'a> for SignedIn {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        schemes()
    }

    async fn from_request(request: &'a Request, _: &mut RequestBody, _: ExtractParamOptions<()>) -> poem::Result<Self> {
        Ok(Self(caller(request).await?))
    }
}

impl<'a, R: Needs> ApiExtractor<'a> for As<R> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        schemes_as(R::ROLE)
    }

    async fn from_request(request: &'a Request, _: &mut RequestBody, _: ExtractParamOptions<()>) -> poem::Result<Self> {
        let staff = caller(request).await?.acting(R::ROLE)?;
        let app: &App = request.data().ok_or_else(|| Failure::internal("no App in the request"))?;
        app.limits.count_town(staff.town.id)?;
        Ok(Self(staff, PhantomData))
    }
}

impl<'a, A: Needs, B: Needs> ApiExtractor<'a> for Either<A, B> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        [schemes_as(A::ROLE), schemes_as(B::ROLE)].concat()
    }

    async fn from_request(request: &'a Request, _: &mut RequestBody, _: ExtractParamOptions<()>) -> poem::Result<Self> {
        let member = caller(request).await?;
        let staff = member.clone().acting(A::ROLE).or_else(|_| member.acting(B::ROLE))?;
        let app: &App = request.data().ok_or_else(|| Failure::internal("no App in the request"))?;
        app.limits.count_town(staff.town.id)?;
        Ok(Self(staff, PhantomData))
    }
}
