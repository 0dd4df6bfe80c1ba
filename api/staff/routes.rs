//! `/staff/sign-in` for a browser, `/staff/v1/sign-in` for a tool, and the member's own sessions.

use poem::{
    IntoResponse as _, Request, Response, handler,
    web::{
        Data, Query, Redirect,
        cookie::{Cookie, CookieJar, SameSite},
    },
};
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{
    Binding, Outcome, ToolSession,
    access::{COOKIE, SignedIn},
    model::{MemberId, StaffSessionId},
    pages, rules,
};
use crate::{
    identity::{CannotSignIn, CannotTrade, Identity, rules::Back},
    municipalities::{Municipality, MunicipalityUnknown},
    platform::{
        App,
        access::Role,
        http::Body,
        idempotency::IdempotencyKey,
        language::Language,
        problem::{Code, Failure, Refused},
        values::Timestamp,
    },
};

/// The cookie that binds a sign-in to the browser in which it began.
const SIGN_IN_COOKIE: &str = "__Host-staff-sign-in";

/// The paths that take a secret from anyone, or begin something for anyone.
pub const ANYONE: &[&str] = &["/staff/v1/sign-in", "/staff/v1/sessions"];

/// What a tool says to start a sign-in.
#[derive(Object, Deserialize)]
pub struct StaffSignInStart {
    /// The key of a municipality one works for; left out where all have the same provider.
    #[oai(validator(min_length = 1, max_length = 100))]
    municipality: Option<String>,
    /// The tool's own PKCE challenge: BASE64URL(SHA-256(verifier)), RFC 7636.
    #[oai(validator(min_length = 43, max_length = 43, pattern = "^[A-Za-z0-9_-]+$"))]
    code_challenge: String,
    /// Where the tool listens for the code: `http://127.0.0.1:PORT/…` or `http://[::1]:PORT/…` (RFC 8252, 7.3).
    #[oai(validator(min_length = 1, max_length = 300))]
    redirect_uri: String,
}

/// A sign-in that has begun.
#[derive(Object)]
pub struct StaffSignInBegun {
    /// Open this in the browser. It comes back on the tool's address with `code`.
    authorization_url: String,
}

/// A one-time code and what proves that it is yours.
#[derive(Object, Deserialize)]
pub struct StaffCodeTrade {
    /// The code that came on the tool's address.
    #[oai(validator(min_length = 1, max_length = 200))]
    code: String,
    /// The verifier of the challenge the sign-in began with.
    #[oai(validator(min_length = 43, max_length = 128))]
    code_verifier: String,
}

/// A tool's session.
#[derive(Object)]
pub struct StaffToken {
    /// Send it as `Authorization: Bearer …`.
    token: String,
    /// Until when at the longest; unused for an hour, it ends before.
    expires_at: Timestamp,
}

impl From<ToolSession> for StaffToken {
    fn from(s: ToolSession) -> Self {
        Self { token: s.token, expires_at: s.expires_at.into() }
    }
}

/// A town one works for.
#[derive(Object)]
pub struct WorkplaceOut {
    /// The key of the municipality, which choosing it takes; for example `deinze`.
    municipality: String,
    /// Its name, in its own first language.
    name: String,
    /// What one may do there.
    roles: Vec<Role>,
}

/// Who is signed in.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MeOut {
    /// Who it is: the same at each sign-in.
    id: MemberId,
    /// The name, as the provider told it.
    name: String,
    /// The key of the municipality one acts for; absent until it is chosen.
    municipality: Option<String>,
    /// All one works for.
    workplaces: Vec<WorkplaceOut>,
    /// What a console needs to know of the one that one acts for.
    town: Option<TownOut>,
}

/// What a console needs to know of a town.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct TownOut {
    /// Its languages, its first first.
    languages: Vec<Language>,
    /// The languages in which it must give notices to all; empty where it is free to choose.
    notice_languages: Vec<Language>,
    /// The zone of its clocks, such as `Europe/Brussels`.
    time_zone: String,
    /// What time it is here: a browser's clock may be wrong.
    now: Timestamp,
    /// Whether one may approve what one wrote.
    approve_own: bool,
    /// Where its map begins, in degrees (WGS84); absent where that was not set.
    latitude: Option<f64>,
    /// Where its map begins, in degrees (WGS84); absent where that was not set.
    longitude: Option<f64>,
    /// Where tiles of a map are, with `{z}`, `{x}` and `{y}` for what is wanted; absent where there are none.
    tiles_url: Option<String>,
    /// The text that names whose the map tiles are, to show on the map; absent where there is none.
    tiles_attribution: Option<String>,
}

impl TownOut {
    fn of(app: &App, town: &Municipality) -> Self {
        let map = &app.config.map;
        let some = |text: &String| Some(text.clone()).filter(|t| !t.is_empty());
        Self {
            languages: town.languages.clone(),
            notice_languages: town.notice_languages().to_vec(),
            time_zone: town.zone.to_string(),
            now: app.clock.now().into(),
            approve_own: town.approve_own,
            latitude: town.centre.map(|(latitude, _)| latitude),
            longitude: town.centre.map(|(_, longitude)| longitude),
            tiles_url: some(&map.tiles_url),
            tiles_attribution: some(&map.tiles_attribution),
        }
    }
}

/// Which town to act for.
#[derive(Object, Deserialize)]
pub struct Choice {
    /// The key of one of the `workplaces`.
    #[oai(validator(min_length = 1, max_length = 100))]
    municipality: String,
}

/// A session of the member.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct StaffSessionOut {
    /// The id of the session, a UUID.
    id: StaffSessionId,
    /// Who holds the session, a browser or a tool: `browser` or `tool`.
    kind: String,
    /// Which browser, by what it said at sign-in: `firefox`, `chrome`, `edge`, `safari`, `opera` or `other`; absent for a tool.
    browser: Option<String>,
    /// On which system: `windows`, `macos`, `linux`, `android`, `ios`, `chromeos` or `other`; absent for a tool.
    system: Option<String>,
    /// When the session began, an instant in UTC.
    created_at: Timestamp,
    /// When it was last used, to the minute.
    last_used_at: Timestamp,
    /// When it ends at the latest.
    expires_at: Timestamp,
    /// Whether it is the one that asks.
    current: bool,
}

/// Operations of sign-in and sessions of staff.
#[derive(Default)]
pub struct StaffApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl StaffApi {
    /// Start a sign-in of a tool
    ///
    /// Gives the address to open in the browser. A browser signs in at `/staff/sign-in` instead.
    #[oai(path = "/sign-in", method = "post", operation_id = "start_staff_sign_in")]
    async fn start(
        &self,
        identity: Data<&Identity>,
        body: Body<StaffSignInStart>,
    ) -> Result<Json<StaffSignInBegun>, Refused<CannotSignIn>> {
        let StaffSignInStart { municipality, code_challenge, redirect_uri } = body.0;
        let redirect = redirect_uri
            .parse()
            .ok()
            .filter(rules::is_loopback)
            .ok_or_else(|| Failure::field(Code::BodyInvalid, "redirect_uri", "not an address of this machine"))?;
        let binding = Binding::Tool { challenge: code_challenge, redirect };
        let url = super::start(&identity, municipality.as_deref(), &binding).await?;
        Ok(Json(StaffSignInBegun { authorization_url: url.to_string() }))
    }

    /// Trade the one-time code for a session
    ///
    /// Good once, and for two minutes.
    #[oai(path = "/sessions", method = "post", operation_id = "trade_staff_code")]
    async fn trade(
        &self,
        identity: Data<&Identity>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<StaffCodeTrade>,
    ) -> Result<Json<StaffToken>, Refused<CannotTrade>> {
        let StaffCodeTrade { code, code_verifier } = body.0;
        Ok(Json(super::trade(&identity, &code, &code_verifier, &key.by_anyone()).await?.into()))
    }

    /// Ask who I am
    ///
    /// The municipalities one works for, and what one may do in each.
    #[oai(path = "/me", method = "get", operation_id = "get_me")]
    async fn me(&self, app: Data<&App>, who: SignedIn) -> Result<Json<MeOut>, Failure> {
        let member = who.0;
        let workplaces = member.towns.iter().map(|(town, roles)| WorkplaceOut {
            municipality: town.key.clone(),
            name: town.name(town.language_for(None)).to_owned(),
            roles: roles.iter().copied().collect(),
        });
        Ok(Json(MeOut {
            id: member.id,
            workplaces: workplaces.collect(),
            town: member.chosen.as_ref().map(|t| TownOut::of(&app, t)),
            municipality: member.chosen.map(|t| t.key.clone()),
            name: member.name,
        }))
    }

    /// Choose the municipality to act for
    ///
    /// For this session, until another is chosen. Who works for one only need not.
    #[oai(path = "/me/municipality", method = "put", operation_id = "choose_municipality")]
    async fn choose(
        &self,
        app: Data<&App>,
        who: SignedIn,
        body: Body<Choice>,
    ) -> Result<(), Refused<MunicipalityUnknown>> {
        super::choose(&app, &who.0, &body.0.municipality).await
    }

    /// List my sessions
    ///
    /// The last used first.
    #[oai(path = "/sessions", method = "get", operation_id = "list_staff_sessions")]
    async fn sessions(&self, app: Data<&App>, who: SignedIn) -> Result<Json<Vec<StaffSessionOut>>, Failure> {
        let rows = super::sessions(&app, &who.0).await?;
        let out = rows.into_iter().map(|s| StaffSessionOut {
            current: s.id == who.0.session,
            id: s.id,
            kind: s.kind,
            browser: s.browser,
            system: s.system,
            created_at: s.created_at.into(),
            last_used_at: s.last_used_at.into(),
            expires_at: s.expires_at.into(),
        });
        Ok(Json(out.collect()))
    }

    /// End one of my sessions
    ///
    /// To sign out, end the one whose `current` is true.
    #[oai(path = "/sessions/:session_id", method = "delete", operation_id = "end_staff_session")]
    async fn end(
        &self,
        app: Data<&App>,
        who: SignedIn,
        session_id: Path<StaffSessionId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let idempotency = key.by(who.0.session);
        super::end(&app, &who.0, session_id.0, &idempotency).await
    }

    /// End all my other sessions
    ///
    /// All but the one that asks, wherever they are.
    #[oai(path = "/sessions", method = "delete", operation_id = "end_other_staff_sessions")]
    async fn end_others(
        &self,
        app: Data<&App>,
        who: SignedIn,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let idempotency = key.by(who.0.session);
        super::end_others(&app, &who.0, &idempotency).await
    }
}

fn cookie(name: &str, value: &str) -> Cookie {
    let mut cookie = Cookie::new_with_str(name, value);
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_secure(true);
    // Lax: the provider sends the browser back from another site, by a link.
    cookie.set_same_site(SameSite::Lax);
    cookie
}

#[derive(Deserialize)]
struct Begin {
    municipality: Option<String>,
}

/// Where a browser of staff begins.
#[handler]
pub async fn begin(
    request: &Request,
    identity: Data<&Identity>,
    jar: &CookieJar,
    Query(query): Query<Begin>,
) -> Response {
    let language = pages::language(request);
    let secret = identity.app.ids.secret();
    let binding = Binding::Browser(secret.clone());
    match super::start(&identity, query.municipality.as_deref(), &binding).await {
        Ok(url) => {
            let mut cookie = cookie(SIGN_IN_COOKIE, &secret);
            let minutes = u64::try_from(identity.app.config.sessions.sign_in_minutes).unwrap_or_default();
            cookie.set_max_age(std::time::Duration::from_secs(60 * minutes));
            jar.add(cookie);
            Redirect::see_other(url).into_response()
        }
        Err(refused) if refused.is::<MunicipalityUnknown>() => pages::unknown_town(language),
        Err(_) => pages::failed(language),
    }
}

/// Where the provider sends the browser back to.
#[handler]
pub async fn callback(request: &Request, identity: Data<&Identity>, jar: &CookieJar) -> Result<Response, Failure> {
    let language = pages::language(request);
    let back = Back::read(request.uri().query().unwrap_or_default());
    let client = rules::Client::of(request.header("user-agent").unwrap_or_default());
    let began = jar.get(SIGN_IN_COOKIE).map(|c| c.value_str().to_owned());
    Ok(match super::callback(&identity, back, began.as_deref(), client).await? {
        Outcome::Browser(secret) => {
            jar.add(removed(SIGN_IN_COOKIE));
            jar.add(cookie(COOKIE, &secret));
            Redirect::see_other("/staff").into_response()
        }
        Outcome::Tool(url) => Redirect::see_other(url).into_response(),
        Outcome::NoRoles => pages::no_roles(language),
        Outcome::Stopped => pages::stopped(language),
        Outcome::Failed => pages::failed(language),
        Outcome::SetUp => pages::set_up(language),
        Outcome::UnderWay => pages::under_way(language),
        // Signed in, one sees the console; else the way to sign in.
        Outcome::Done => Redirect::see_other("/staff").into_response(),
    })
}

/// A cookie that takes one away.
pub fn removed(name: &str) -> Cookie {
    let mut gone = cookie(name, "");
    gone.make_removal();
    gone
}
