//! A stand-in for an OpenID provider: discovery, authorization code with PKCE, token, userinfo, JWKS, rotation of keys,
//! and what a broken or hostile one would do.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use bytes::Bytes;
use http::{Response, StatusCode};
use http_body_util::Full;
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use rcgen::{KeyPair, PKCS_RSA_SHA256};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    Now,
    server::{Asked, Weather, serve},
};

/// The client id it knows.
pub const CLIENT_ID: &str = "thuisloket";
/// The secret it knows.
pub const CLIENT_SECRET: &str = "a-secret-of-the-stand-in";
/// The parameter by which a simulated phone says who signs in, as a person would in the provider's page.
pub const AS: &str = "as";

/// What it does wrong, on demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Another nonce than it was given.
    Nonce,
    /// An ID token for another client.
    Audience,
    /// Another issuer.
    Issuer,
    /// An ID token signed with a key it does not publish.
    Signature,
    /// An ID token that expired an hour ago.
    Expired,
    /// Answers 503 to everything.
    Down,
}

struct Grant {
    person: String,
    nonce: String,
    challenge: String,
    redirect: String,
}

struct State {
    /// Who can sign in: the claims by subject.
    people: HashMap<String, Value>,
    codes: HashMap<String, Grant>,
    access: HashMap<String, String>,
    key: EncodingKey,
    kid: String,
    published: Vec<Value>,
    fault: Option<Fault>,
    in_userinfo: bool,
    seen: usize,
}

/// The stand-in.
#[derive(Clone)]
pub struct Oidc {
    /// Where it listens.
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

/// A fault of the stand-in itself.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

fn new_key() -> Result<(EncodingKey, Value, String), Error> {
    let pair = KeyPair::generate_for(&PKCS_RSA_SHA256)?;
    let key = EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes())?;
    let mut jwk = Jwk::from_encoding_key(&key, Algorithm::RS256)?;
    let kid = uuid::Uuid::from_u128(rand::random()).to_string();
    jwk.common.key_id = Some(kid.clone());
    let mut jwk = serde_json::to_value(&jwk)?;
    jwk["use"] = "sig".into();
    Ok((key, jwk, kid))
}

impl Oidc {
    /// Starts it on a free port.
    ///
    /// # Errors
    /// No port, no key.
    pub async fn start(now: Now) -> Result<Self, Error> {
        let (key, jwk, kid) = new_key()?;
        let state = Arc::new(Mutex::new(State {
            people: HashMap::new(),
            codes: HashMap::new(),
            access: HashMap::new(),
            key,
            kid,
            published: vec![jwk],
            fault: None,
            in_userinfo: false,
            seen: 0,
        }));
        let s = state.clone();
        let base = Arc::new(std::sync::OnceLock::new());
        let b: Arc<std::sync::OnceLock<String>> = base.clone();
        let answer = Arc::new(move |asked: Asked| -> futures_util::future::BoxFuture<'static, Response<Full<Bytes>>> {
            let (state, now, base) = (s.clone(), now.clone(), b.clone());
            Box::pin(async move {
                let base = base.get().cloned().unwrap_or_default();
                answer(&asked, &mut state.lock().unwrap_or_else(PoisonError::into_inner), &base, now().timestamp())
            })
        });
        let address = serve(None, Arc::new(Weather::default()), answer).await?;
        drop(base.set(format!("http://{address}")));
        Ok(Self { address, state })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The issuer.
    pub fn issuer(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets somebody sign in, with these claims.
    pub fn person(&self, subject: &str, claims: Value) {
        self.state().people.insert(subject.to_owned(), claims);
    }

    /// Does this wrong from now on.
    pub fn fault(&self, fault: Option<Fault>) {
        self.state().fault = fault;
    }

    /// Puts the claims in userinfo only, and not in the ID token.
    pub fn claims_in_userinfo(&self, only: bool) {
        self.state().in_userinfo = only;
    }

    /// Signs with a new key from now on; the old one is withdrawn.
    ///
    /// # Errors
    /// No key.
    pub fn rotate(&self) -> Result<(), Error> {
        let (key, jwk, kid) = new_key()?;
        let mut s = self.state();
        (s.key, s.kid, s.published) = (key, kid, vec![jwk]);
        Ok(())
    }

    /// How many requests it has answered.
    pub fn seen(&self) -> usize {
        self.state().seen
    }
}

fn reply(status: u16, kind: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert("content-type", http::HeaderValue::from_static(kind));
    response
}

fn json_of(status: u16, body: &Value) -> Response<Full<Bytes>> {
    reply(status, "application/json", body.to_string())
}

fn answer(asked: &Asked, s: &mut State, base: &str, now: i64) -> Response<Full<Bytes>> {
    s.seen += 1;
    if s.fault == Some(Fault::Down) {
        return reply(503, "text/html", "<h1>Onderhoud</h1>".to_owned());
    }
    let request = &asked.request;
    let query: HashMap<String, String> =
        url::form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes()).into_owned().collect();
    match request.uri().path() {
        "/.well-known/openid-configuration" => json_of(
            200,
            &json!({
                "issuer": base,
                "authorization_endpoint": format!("{base}/authorize"),
                "token_endpoint": format!("{base}/token"),
                "userinfo_endpoint": format!("{base}/userinfo"),
                "jwks_uri": format!("{base}/jwks"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }),
        ),
        "/jwks" => json_of(200, &json!({ "keys": s.published })),
        "/authorize" => authorize(&query, s),
        "/token" => token(asked, s, base, now),
        "/userinfo" => {
            let bearer = request
                .headers()
                .get("authorization")
                .and_then(|v| v.to_str().ok())
                .and_then(|v| v.strip_prefix("Bearer "));
            match bearer.and_then(|t| s.access.get(t)).and_then(|p| Some((p, s.people.get(p)?))) {
                Some((person, claims)) => {
                    let mut all = claims.clone();
                    all["sub"] = person.as_str().into();
                    json_of(200, &all)
                }
                None => json_of(401, &json!({ "error": "invalid_token" })),
            }
        }
        _ => reply(404, "text/plain", String::new()),
    }
}

/// The page on which a person signs in. A simulated phone says who by a parameter; a browser gets a list to choose.
fn authorize(query: &HashMap<String, String>, s: &mut State) -> Response<Full<Bytes>> {
    let of = |name: &str| query.get(name).cloned().unwrap_or_default();
    let sound = of("client_id") == CLIENT_ID
        && of("response_type") == "code"
        && of("scope").split(' ').any(|x| x == "openid")
        && of("code_challenge_method") == "S256"
        && of("code_challenge").len() == 43
        && !of("state").is_empty()
        && !of("nonce").is_empty();
    let Some(mut back) = url::Url::parse(&of("redirect_uri")).ok().filter(|_| sound) else {
        return reply(400, "text/plain", "invalid_request".to_owned());
    };
    if of(AS) == "stop" {
        back.query_pairs_mut().append_pair("error", "access_denied").append_pair("state", &of("state"));
    } else if s.people.contains_key(&of(AS)) {
        let code = uuid::Uuid::from_u128(rand::random()).to_string();
        let grant =
            Grant { person: of(AS), nonce: of("nonce"), challenge: of("code_challenge"), redirect: of("redirect_uri") };
        s.codes.insert(code.clone(), grant);
        back.query_pairs_mut().append_pair("code", &code).append_pair("state", &of("state"));
    } else {
        return reply(404, "text/plain", "nobody of that name".to_owned());
    }
    let mut response = reply(302, "text/plain", String::new());
    if let Ok(value) = back.as_str().parse() {
        response.headers_mut().insert("location", value);
    }
    response
}

fn token(asked: &Asked, s: &mut State, base: &str, now: i64) -> Response<Full<Bytes>> {
    let refused = |why: &str| json_of(400, &json!({ "error": why }));
    let form: HashMap<String, String> = url::form_urlencoded::parse(asked.request.body()).into_owned().collect();
    let of = |name: &str| form.get(name).cloned().unwrap_or_default();
    let basic = asked
        .request
        .headers()
        .get("authorization")
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("Basic "))
        .and_then(|v| STANDARD.decode(v).ok())
        .and_then(|v| String::from_utf8(v).ok());
    let known = basic.as_deref() == Some(&format!("{CLIENT_ID}:{CLIENT_SECRET}"))
        || (of("client_id") == CLIENT_ID && of("client_secret") == CLIENT_SECRET);
    if !known {
        return json_of(401, &json!({ "error": "invalid_client" }));
    }
    // A code is good once.
    let Some(grant) = s.codes.remove(&of("code")) else { return refused("invalid_grant") };
    let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(of("code_verifier").as_bytes()));
    if of("grant_type") != "authorization_code" || proof != grant.challenge || of("redirect_uri") != grant.redirect {
        return refused("invalid_grant");
    }
    let fault = s.fault;
    let mut claims = if s.in_userinfo { json!({}) } else { s.people.get(&grant.person).cloned().unwrap_or_default() };
    claims["sub"] = grant.person.as_str().into();
    claims["iss"] = if fault == Some(Fault::Issuer) { "https://elsewhere.example".into() } else { base.into() };
    claims["aud"] = if fault == Some(Fault::Audience) { "another-client".into() } else { CLIENT_ID.into() };
    claims["nonce"] = if fault == Some(Fault::Nonce) { "another".into() } else { grant.nonce.into() };
    claims["iat"] = now.into();
    claims["exp"] = if fault == Some(Fault::Expired) { (now - 3_600).into() } else { (now + 300).into() };
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some(s.kid.clone());
    let forged = if fault == Some(Fault::Signature) { new_key().ok().map(|(k, ..)| k) } else { None };
    let Ok(id_token) = jsonwebtoken::encode(&header, &claims, forged.as_ref().unwrap_or(&s.key)) else {
        return reply(500, "text/plain", String::new());
    };
    let access = uuid::Uuid::from_u128(rand::random()).to_string();
    s.access.insert(access.clone(), grant.person);
    json_of(200, &json!({ "access_token": access, "token_type": "Bearer", "expires_in": 3_600, "id_token": id_token }))
}
