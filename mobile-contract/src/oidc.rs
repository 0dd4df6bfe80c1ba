//! A stand-in for an OpenID provider: discovery, authorization code with PKCE, token, userinfo, JWKS, rotation of keys,
//! in the shape of each provider that Flanders uses, and what a broken or hostile one would do.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError},
};

use aws_lc_rs::{
    cipher::{AES_128, EncryptionContext, PaddedBlockEncryptingKey, UnboundCipherKey},
    hmac,
    iv::FixedLength,
    rsa::{OAEP_SHA256_MGF1SHA256, OaepPublicEncryptingKey, PublicEncryptingKey},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use bytes::Bytes;
use http::{Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, jwk::Jwk};
use rcgen::{KeyPair, PKCS_RSA_SHA256};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    Now,
    server::{Asked, Faults, serve},
};

/// The client id it knows.
pub const CLIENT_ID: &str = "thuisloket";
/// The secret it knows.
pub const CLIENT_SECRET: &str = "a-secret-of-the-stand-in";
/// The parameter by which a simulated phone says who signs in, as a person would in the provider's page.
pub const AS: &str = "as";

/// How a provider says who somebody is.
#[derive(Clone, Debug, Default)]
pub enum Shape {
    /// ACM/IDM: claims in the ID token, userinfo as plain JSON, a secret; `acr` only where it was asked.
    #[default]
    Acm,
    /// CSAM's FAS: userinfo as a signed JWT, which alone holds the claims; a secret.
    Fas,
    /// itsme: ID token and userinfo signed and then encrypted to the client's key, and no secret but a signed assertion.
    Itsme(ClientKeys),
}

/// What itsme would fetch of a client: the public halves of its keys, in PEM.
#[derive(Clone, Debug)]
pub struct ClientKeys {
    /// Checks its assertions.
    pub signing_pem: String,
    /// Tokens are encrypted to it.
    pub encryption_pem: String,
}

/// What stands among the claims of a person and is none.
const NO_CLAIMS: &[&str] = &["can", ABOUT];
/// What is said of a person on the page where one chooses.
const ABOUT: &str = "about";

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
    /// An ID token without a signature.
    Unsigned,
    /// Says nothing of how sure it is.
    NoLevel,
    /// Userinfo of somebody else.
    UserinfoOfAnother,
    /// Userinfo signed with a key it does not publish, where it signs any.
    UserinfoSignature,
    /// Userinfo as plain JSON, whatever it should be.
    UserinfoPlain,
    /// Tokens encrypted to another's key, where it encrypts any.
    EncryptedToAnother,
    /// Encrypted tokens that were changed on the way.
    EncryptedChanged,
    /// Answers 503 to everything.
    Down,
}

/// Something that it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Its discovery document.
    Discovery,
    /// The answer of its token endpoint.
    Token,
    /// The claims of the ID token.
    IdToken,
    /// The claims of userinfo.
    Userinfo,
}

/// In what it sends the browser back with, stands for its code.
pub const THE_CODE: &str = "{code}";
/// In what it sends the browser back with, stands for the state that it was given.
pub const THE_STATE: &str = "{state}";

struct Grant {
    person: String,
    nonce: String,
    challenge: String,
    redirect: String,
    level: Option<String>,
    /// Whether it was asked when the person was asked last: whoever stands at its page was asked now.
    says_when: bool,
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
    shape: Shape,
    hints: Vec<String>,
    seen: usize,
    /// What it says otherwise than it should, by what it says.
    says: HashMap<Part, Value>,
    /// What it sends the browser back with, instead of code and state.
    back: Option<Vec<(String, String)>>,
    /// What the token endpoint answers instead.
    token_answer: Option<(u16, Value)>,
    /// How it calls itself, if not by its address.
    issuer: Option<String>,
    asked: HashMap<String, usize>,
}

impl State {
    /// What it says of something, with what it says otherwise; a null takes a member away.
    fn said(&self, part: Part, mut value: Value) -> Value {
        for (name, other) in self.says.get(&part).and_then(Value::as_object).into_iter().flatten() {
            match other {
                Value::Null => drop(value.as_object_mut().and_then(|all| all.remove(name))),
                other => value[name] = other.clone(),
            }
        }
        value
    }
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
    pub async fn start(shape: Shape, now: Now) -> Result<Self, Error> {
        // Made once for all: a key takes a while, and no test is about whose it is.
        static FIRST: LazyLock<Option<(EncodingKey, Value, String)>> = LazyLock::new(|| new_key().ok());
        let (key, jwk, kid) = FIRST.clone().ok_or("no key")?;
        let state = Arc::new(Mutex::new(State {
            people: HashMap::new(),
            codes: HashMap::new(),
            access: HashMap::new(),
            key,
            kid,
            published: vec![jwk],
            fault: None,
            in_userinfo: matches!(shape, Shape::Fas),
            shape,
            hints: Vec::new(),
            seen: 0,
            says: HashMap::new(),
            back: None,
            token_answer: None,
            issuer: None,
            asked: HashMap::new(),
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
        let address = serve(None, Arc::new(Faults::default()), answer).await?;
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

    /// Lets somebody sign in, with these claims. Two members are no claims: `can` says which levels they can reach (`acr` values; left
    /// out: any), and `about` what stands beside their name on the page where one chooses.
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

    /// Says these members of something otherwise from now on; a null leaves one out, and `{}` says all as it should.
    pub fn says(&self, part: Part, members: Value) {
        self.state().says.insert(part, members);
    }

    /// Sends the browser back with these parameters from now on, in which [`THE_CODE`] and [`THE_STATE`] stand for its own; none:
    /// as it should.
    pub fn sends_back(&self, parameters: Option<&[(&str, &str)]>) {
        let owned = |all: &[(&str, &str)]| all.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        self.state().back = parameters.map(owned);
    }

    /// Answers this at its token endpoint from now on; none: as it should.
    pub fn answers_at_token(&self, answer: Option<(u16, Value)>) {
        self.state().token_answer = answer;
    }

    /// Calls itself so from now on.
    pub fn calls_itself(&self, issuer: &str) {
        self.state().issuer = Some(issuer.to_owned());
    }

    /// Changes the keys that it publishes.
    pub fn publishes(&self, change: impl FnOnce(&mut Vec<Value>)) {
        change(&mut self.state().published);
    }

    /// How often it was asked for a path.
    pub fn asked(&self, path: &str) -> usize {
        self.state().asked.get(path).copied().unwrap_or_default()
    }

    /// The login hints it was given.
    pub fn hints(&self) -> Vec<String> {
        self.state().hints.clone()
    }

    /// What a browser gets that goes to its sign-in page with this query: for whoever shows that page at an address of theirs.
    pub async fn sign_in_page(&self, query: &str) -> Response<Bytes> {
        let answer = match http::Request::get(format!("/authorize?{query}")).body(Bytes::new()) {
            // That page looks at no clock.
            Ok(request) => answer(&Asked { request, connection: 0 }, &mut self.state(), &self.issuer(), 0),
            Err(_) => reply(400, "text/plain", "invalid_request".to_owned()),
        };
        let (parts, body) = answer.into_parts();
        Response::from_parts(parts, body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default())
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
    *s.asked.entry(asked.request.uri().path().to_owned()).or_default() += 1;
    if s.fault == Some(Fault::Down) {
        return reply(503, "text/html", "<h1>Onderhoud</h1>".to_owned());
    }
    let request = &asked.request;
    let query: HashMap<String, String> =
        url::form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes()).into_owned().collect();
    match request.uri().path() {
        "/.well-known/openid-configuration" => json_of(
            200,
            &s.said(
                Part::Discovery,
                json!({
                    "issuer": s.issuer.as_deref().unwrap_or(base),
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
                    if let Some(all) = all.as_object_mut() {
                        NO_CLAIMS.iter().for_each(|name| drop(all.remove(*name)));
                    }
                    all["sub"] = if s.fault == Some(Fault::UserinfoOfAnother) {
                        "another".into()
                    } else {
                        person.as_str().into()
                    };
                    userinfo(&s.said(Part::Userinfo, all), s, base)
                }
                None => json_of(401, &json!({ "error": "invalid_token" })),
            }
        }
        _ => reply(404, "text/plain", String::new()),
    }
}

fn userinfo(claims: &Value, s: &State, base: &str) -> Response<Full<Bytes>> {
    if matches!(s.shape, Shape::Acm) || s.fault == Some(Fault::UserinfoPlain) {
        return json_of(200, claims);
    }
    let mut claims = claims.clone();
    claims["iss"] = s.issuer.as_deref().unwrap_or(base).into();
    claims["aud"] = CLIENT_ID.into();
    let signed = signed(&claims, s, s.fault == Some(Fault::UserinfoSignature));
    match signed.and_then(|jwt| sealed(jwt, s)) {
        Ok(jwt) => reply(200, "application/jwt", jwt),
        Err(_) => reply(500, "text/plain", String::new()),
    }
}

/// A JWT of its own; with `forged`, of a key that nobody published.
fn signed(claims: &Value, s: &State, forged: bool) -> Result<String, Error> {
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some(s.kid.clone());
    let other = if forged { Some(new_key()?.0) } else { None };
    Ok(jsonwebtoken::encode(&header, claims, other.as_ref().unwrap_or(&s.key))?)
}

/// The same, encrypted to the client where this provider does so: RSA-OAEP-256 and A128CBC-HS256 (RFC 7516, 7518).
fn sealed(jwt: String, s: &State) -> Result<String, Error> {
    let Shape::Itsme(client) = &s.shape else { return Ok(jwt) };
    let failed = |_| Error::from("it cannot be encrypted");
    let pem = if s.fault == Some(Fault::EncryptedToAnother) {
        KeyPair::generate_for(&PKCS_RSA_SHA256)?.public_key_pem()
    } else {
        client.encryption_pem.clone()
    };
    let der = der_of(&pem)?;
    let key = PublicEncryptingKey::from_der(&der).map_err(|_| Error::from("no RSA key"))?;
    let key = OaepPublicEncryptingKey::new(key).map_err(failed)?;
    let header =
        URL_SAFE_NO_PAD.encode(json!({ "alg": "RSA-OAEP-256", "enc": "A128CBC-HS256", "cty": "JWT" }).to_string());
    let (cek, iv): ([u8; 32], [u8; 16]) = (rand::random(), rand::random());
    let mut room = vec![0; key.key_size_bytes()];
    let wrapped = key.encrypt(&OAEP_SHA256_MGF1SHA256, &cek, &mut room, None).map_err(failed)?.to_vec();
    let (mac_key, cipher_key) = cek.split_at(16);
    let mut text = jwt.into_bytes();
    let cipher = UnboundCipherKey::new(&AES_128, cipher_key).and_then(PaddedBlockEncryptingKey::cbc_pkcs7);
    cipher
        .and_then(|c| c.less_safe_encrypt(&mut text, EncryptionContext::Iv128(FixedLength::from(iv))))
        .map_err(failed)?;
    let mut mac = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, mac_key));
    for part in [header.as_bytes(), &iv, &text, &(header.len() as u64 * 8).to_be_bytes()] {
        mac.update(part);
    }
    let tag = mac.sign().as_ref()[..16].to_vec();
    if s.fault == Some(Fault::EncryptedChanged)
        && let Some(byte) = text.first_mut()
    {
        *byte ^= 1;
    }
    let parts = [wrapped, iv.to_vec(), text, tag].map(|part| URL_SAFE_NO_PAD.encode(part));
    Ok(format!("{header}.{}", parts.join(".")))
}

/// What a PEM holds.
fn der_of(text: &str) -> Result<Vec<u8>, Error> {
    let inner: String = text.lines().filter(|l| !l.starts_with("-----")).collect();
    Ok(STANDARD.decode(inner)?)
}

/// The page for a browser: who are you?
fn choice(query: &HashMap<String, String>, s: &State) -> String {
    // Whom it says something about first.
    let mut people: Vec<_> = s.people.iter().map(|(name, claims)| (claims[ABOUT].as_str(), name)).collect();
    people.sort_by_key(|(about, name)| (about.is_none(), *name));
    let way = |(about, name): &(Option<&str>, &String)| {
        let query: String = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(query.iter().filter(|(k, _)| *k != AS))
            .append_pair(AS, name)
            .finish();
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let about = about.map(|about| format!("<small>{}</small>", escaped(about))).unwrap_or_default();
        format!(r#"<li><a href="?{}">{}</a>{about}</li>"#, escaped(&query), escaped(name))
    };
    let ways: String = people.iter().map(way).collect();
    format!(
        r#"<!doctype html><html lang="nl"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Aanmelden (nagespeeld)</title><style>body{{font:1.1rem/1.6 system-ui,sans-serif;max-width:30rem;margin:10vh auto;
padding:0 1rem}}a{{display:block;padding:.7rem 1rem;border:1px solid #6b7b8b;border-radius:.5rem;margin:.5rem 0}}
ul{{list-style:none;padding:0}}</style><h1>Wie ben je?</h1><p>Een nagespeelde aanbieder van identiteit: in het echt is dit
ACM/IDM.</p><ul>{ways}</ul></html>"#
    )
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
        if query.contains_key("login_hint") {
            s.hints.push(of("login_hint"));
        }
        let asked: Vec<String> = of("acr_values").split_whitespace().map(str::to_owned).collect();
        let can: Option<Vec<String>> = s.people[&of(AS)]["can"]
            .as_array()
            .map(|l| l.iter().filter_map(Value::as_str).map(str::to_owned).collect());
        let level = match can {
            Some(can) => asked.iter().find(|a| can.contains(a)).or(can.first().filter(|_| !asked.is_empty())).cloned(),
            None => asked.first().cloned(),
        };
        let code = uuid::Uuid::from_u128(rand::random()).to_string();
        let grant = Grant {
            person: of(AS),
            nonce: of("nonce"),
            challenge: of("code_challenge"),
            redirect: of("redirect_uri"),
            level,
            says_when: query.contains_key("max_age"),
        };
        s.codes.insert(code.clone(), grant);
        match &s.back {
            None => {
                back.query_pairs_mut().append_pair("code", &code).append_pair("state", &of("state"));
            }
            Some(parameters) => {
                for (name, value) in parameters {
                    let value = value.replace(THE_CODE, &code).replace(THE_STATE, &of("state"));
                    back.query_pairs_mut().append_pair(name, &value);
                }
            }
        }
    } else if of(AS).is_empty() {
        return reply(200, "text/html; charset=utf-8", choice(query, s));
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
    if let Some((status, answer)) = &s.token_answer {
        return json_of(*status, answer);
    }
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
    let known = match &s.shape {
        Shape::Itsme(client) => {
            is_assertion(&of("client_assertion"), client, base, now) && of("client_secret").is_empty()
        }
        _ => {
            basic.as_deref() == Some(&format!("{CLIENT_ID}:{CLIENT_SECRET}"))
                || (of("client_id") == CLIENT_ID && of("client_secret") == CLIENT_SECRET)
        }
    };
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
    claims["iss"] = if fault == Some(Fault::Issuer) {
        "https://elsewhere.example".into()
    } else {
        s.issuer.as_deref().unwrap_or(base).into()
    };
    claims["aud"] = if fault == Some(Fault::Audience) { "another-client".into() } else { CLIENT_ID.into() };
    claims["nonce"] = if fault == Some(Fault::Nonce) { "another".into() } else { grant.nonce.into() };
    claims["iat"] = now.into();
    claims["exp"] = if fault == Some(Fault::Expired) { (now - 3_600).into() } else { (now + 300).into() };
    if let Some(claims) = claims.as_object_mut() {
        NO_CLAIMS.iter().for_each(|name| drop(claims.remove(*name)));
        if let Some(level) = grant.level.filter(|_| fault != Some(Fault::NoLevel)) {
            claims.insert("acr".to_owned(), level.into());
        }
        if grant.says_when {
            claims.insert("auth_time".to_owned(), now.into());
        }
    }
    let claims = s.said(Part::IdToken, claims);
    let jwt = if fault == Some(Fault::Unsigned) {
        let parts = [json!({ "alg": "none" }).to_string(), claims.to_string()].map(|p| URL_SAFE_NO_PAD.encode(p));
        Ok(format!("{}.{}.", parts[0], parts[1]))
    } else {
        signed(&claims, s, fault == Some(Fault::Signature))
    };
    let Ok(id_token) = jwt.and_then(|jwt| sealed(jwt, s)) else {
        return reply(500, "text/plain", String::new());
    };
    let access = uuid::Uuid::from_u128(rand::random()).to_string();
    s.access.insert(access.clone(), grant.person);
    let answer = json!({ "access_token": access, "token_type": "Bearer", "expires_in": 3_600, "id_token": id_token });
    json_of(200, &s.said(Part::Token, answer))
}

/// Whether the client proves itself (RFC 7523, 3): by its key, for this provider, for a short while.
fn is_assertion(jwt: &str, client: &ClientKeys, base: &str, now: i64) -> bool {
    let Ok(key) = DecodingKey::from_rsa_pem(client.signing_pem.as_bytes()) else { return false };
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[format!("{base}/token")]);
    validation.set_issuer(&[CLIENT_ID]);
    validation.validate_exp = false;
    validation.sub = Some(CLIENT_ID.to_owned());
    let claims = jsonwebtoken::decode::<Value>(jwt, &key, &validation).map(|t| t.claims).unwrap_or_default();
    claims["jti"].is_string() && claims["exp"].as_i64().is_some_and(|exp| exp > now && exp <= now + 300)
}
