//! Signatures of a provider (RFC 7515), checked with the keys that it publishes (RFC 7517). `jsonwebtoken` does what is
//! cryptography; which keys may have signed stands here: a key need not have an id, and two may share one.

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, crypto, jwk::Jwk};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// The most keys of a provider that are read: they publish two or three, one that is shared by many tenants some dozens, and more
/// than this hardly fit in the largest answer that is read.
const MAX_KEYS: usize = 2_000;
/// The most keys that are tried on one token; those that have the token's own id come first, wherever they stand.
const MAX_TRIES: usize = 100;

struct Key {
    id: Option<Value>,
    /// The one algorithm it is for, if it says so.
    algorithm: Option<Algorithm>,
    key: DecodingKey,
}

/// The keys with which a provider signs.
pub struct Keys(Vec<Key>);

/// Why a signature is not believed.
#[derive(Debug, thiserror::Error)]
pub enum Unsigned {
    /// Of the keys that we know none made it: there may be newer ones.
    #[error("it is signed with none of the keys that the provider publishes")]
    NoKey,
    /// It cannot be read, or is not signed in a way that we check.
    #[error("{0:#}")]
    Unreadable(anyhow::Error),
}

/// What was signed, and how.
pub struct Signed {
    /// What it claims.
    pub claims: Map<String, Value>,
    algorithm: Algorithm,
}

impl Signed {
    /// The left half of a text's hash, as `at_hash` has it (OpenID Connect Core, 3.1.3.6).
    pub fn half_hash(&self, text: &str) -> String {
        let hash = match self.algorithm {
            Algorithm::RS384 | Algorithm::PS384 | Algorithm::ES384 => Sha384::digest(text).to_vec(),
            // Ed25519 hashes with SHA-512.
            Algorithm::RS512 | Algorithm::PS512 | Algorithm::EdDSA => Sha512::digest(text).to_vec(),
            _ => Sha256::digest(text).to_vec(),
        };
        URL_SAFE_NO_PAD.encode(&hash[..hash.len() / 2])
    }
}

impl Keys {
    /// Reads a key set. What it holds beside keys that check signatures is passed over.
    ///
    /// # Errors
    /// Something else than a key set.
    pub fn read(set: &Value) -> anyhow::Result<Self> {
        let keys = set.get("keys").and_then(Value::as_array).context("the key set has no list `keys`")?;
        Ok(Self(keys.iter().filter_map(key).take(MAX_KEYS).collect()))
    }

    /// Checks a signature and gives what was signed.
    ///
    /// # Errors
    /// A token that is not signed by one of these keys.
    pub fn check(&self, token: &str) -> Result<Signed, Unsigned> {
        let (message, signature) = token.rsplit_once('.').context("it is no JWT").map_err(Unsigned::Unreadable)?;
        let (algorithm, id, claims) = read(message).map_err(Unsigned::Unreadable)?;
        let fits = |key: &&Key| {
            key.key.family().algorithms().contains(&algorithm)
                && key.algorithm.is_none_or(|its| its == algorithm)
                && (id.is_none() || key.id.is_none() || key.id == id)
        };
        let made = |key: &Key| crypto::verify(signature, message.as_bytes(), &key.key, algorithm).unwrap_or(false);
        let named = |key: &&Key| id.is_some() && key.id == id;
        let first = self.0.iter().filter(fits).filter(named);
        let others = self.0.iter().filter(fits).filter(|key| !named(key));
        if !first.chain(others).take(MAX_TRIES).any(made) {
            return Err(Unsigned::NoKey);
        }
        Ok(Signed { claims, algorithm })
    }
}

/// Header and claims of what is before a signature. Of the header only what decides the check is read.
fn read(message: &str) -> anyhow::Result<(Algorithm, Option<Value>, Map<String, Value>)> {
    let (header, claims) = message.split_once('.').context("it is no JWT")?;
    let object = |part: &str| -> anyhow::Result<Map<String, Value>> {
        Ok(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part)?)?)
    };
    let header = object(header).context("its header cannot be read")?;
    let claims = object(claims).context("its claims cannot be read")?;
    let algorithm = header.get("alg").and_then(Value::as_str).and_then(asymmetric);
    let algorithm = algorithm.context("its header names no algorithm that we check")?;
    // RFC 7515, 4.1.11: who does not understand what is critical must refuse.
    anyhow::ensure!(!header.contains_key("crit"), "its header asks for an extension");
    Ok((algorithm, header.get("kid").filter(|id| !id.is_null()).cloned(), claims))
}

/// An algorithm by name, if the key that checks it is public: what is signed with a secret of ours, we could have signed.
fn asymmetric(name: &str) -> Option<Algorithm> {
    name.parse().ok().filter(|a| !AlgorithmFamily::Hmac.algorithms().contains(a))
}

/// A key of a set, if it checks signatures and we know its kind.
fn key(jwk: &Value) -> Option<Key> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    if jwk.get("use").is_some_and(|u| !u.is_null() && u != "sig") {
        return None;
    }
    if jwk.get("key_ops").and_then(Value::as_array).is_some_and(|ops| !ops.iter().any(|op| op == "verify")) {
        return None;
    }
    let algorithm = match text("alg") {
        Some(name) => Some(asymmetric(name)?),
        None => None,
    };
    // Only what makes the key: what else is said of it may have any shape.
    let parts: &[&str] = match text("kty")? {
        "RSA" => &["kty", "n", "e"],
        "EC" => &["kty", "crv", "x", "y"],
        "OKP" => &["kty", "crv", "x"],
        _ => return None,
    };
    let parts: Map<_, _> =
        parts.iter().filter_map(|name| Some(((*name).to_owned(), jwk.get(*name)?.clone()))).collect();
    let key = DecodingKey::from_jwk(&serde_json::from_value::<Jwk>(parts.into()).ok()?).ok()?;
    Some(Key { id: jwk.get("kid").filter(|id| !id.is_null()).cloned(), algorithm, key })
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::{
        encoding::{AsDer as _, Pkcs8V1Der},
        rsa::KeySize,
        signature::{
            ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RsaKeyPair,
        },
    };
    use jsonwebtoken::{EncodingKey, Header};
    use serde_json::json;

    fn pair(algorithm: Algorithm) -> (EncodingKey, Value) {
        let ec = |kind| EcdsaKeyPair::generate(kind).unwrap().to_pkcs8v1().unwrap().as_ref().to_vec();
        let pem = |der: Vec<u8>| pem::encode(&pem::Pem::new("PRIVATE KEY", der));
        let key = match algorithm {
            Algorithm::ES256 => EncodingKey::from_ec_pem(pem(ec(&ECDSA_P256_SHA256_FIXED_SIGNING)).as_bytes()),
            Algorithm::ES384 => EncodingKey::from_ec_pem(pem(ec(&ECDSA_P384_SHA384_FIXED_SIGNING)).as_bytes()),
            Algorithm::EdDSA => {
                let der = Ed25519KeyPair::generate().unwrap().to_pkcs8v1().unwrap().as_ref().to_vec();
                EncodingKey::from_ed_pem(pem(der).as_bytes())
            }
            _ => {
                let made = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
                let der: Pkcs8V1Der<'_> = made.as_der().unwrap();
                EncodingKey::from_rsa_pem(pem(der.as_ref().to_vec()).as_bytes())
            }
        };
        let key = key.unwrap();
        let jwk = serde_json::to_value(Jwk::from_encoding_key(&key, algorithm).unwrap()).unwrap();
        (key, jwk)
    }

    fn token(key: &EncodingKey, algorithm: Algorithm, kid: Option<&str>) -> String {
        let header = Header { kid: kid.map(str::to_owned), ..Header::new(algorithm) };
        jsonwebtoken::encode(&header, &json!({ "sub": "a" }), key).unwrap()
    }

    fn with(jwk: &Value, more: Value) -> Value {
        let mut jwk = jwk.clone();
        jwk.as_object_mut().unwrap().retain(|name, _| name != "alg");
        jwk.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        jwk
    }

    #[test]
    fn every_key_that_may_have_signed_is_tried() {
        for algorithm in [Algorithm::RS256, Algorithm::PS512, Algorithm::ES256, Algorithm::ES384, Algorithm::EdDSA] {
            let ((ours, mine), (_, other)) = (pair(algorithm), pair(algorithm));
            let believed = |keys: Vec<Value>, kid: Option<&str>| {
                Keys::read(&json!({ "keys": keys })).unwrap().check(&token(&ours, algorithm, kid)).is_ok()
            };
            let id = |id: &str| json!({ "kid": id });
            // Two of one id, none with an id, an id on one side only, and odd members that nobody needs.
            assert!(believed(vec![with(&other, id("1")), with(&mine, id("1"))], Some("1")), "{algorithm:?}");
            assert!(believed(vec![with(&other, json!({})), with(&mine, json!({}))], Some("1")));
            assert!(believed(vec![with(&other, id("1")), with(&mine, id("2"))], None));
            assert!(believed(
                vec![with(&mine, json!({ "x5c": "no list", "use": null, "exp": [], "kid": null }))],
                None
            ));
            assert!(believed(
                vec![json!(7), json!({ "kty": "AKP" }), json!({ "kty": 3 }), with(&mine, json!({}))],
                None
            ));
            // Not: another's, of another id, for another purpose or algorithm.
            assert!(!believed(vec![with(&other, id("1"))], Some("1")));
            assert!(!believed(vec![with(&mine, id("2"))], Some("1")));
            assert!(!believed(vec![with(&mine, json!({ "use": "enc" }))], None));
            assert!(!believed(vec![with(&mine, json!({ "key_ops": ["encrypt"] }))], None));
            assert!(!believed(vec![with(&mine, json!({ "alg": "RSA-OAEP" }))], None));
            assert!(!believed(vec![with(&mine, json!({ "alg": "HS256" }))], None));
        }
        assert!(Keys::read(&json!([])).is_err() && Keys::read(&json!({ "keys": "x" })).is_err());
    }

    #[test]
    fn the_key_that_a_token_names_is_found_among_many_wherever_it_stands() {
        let ((ours, mine), (_, other)) = (pair(Algorithm::ES256), pair(Algorithm::ES256));
        for before in [99, 100, 500, 1_999] {
            let mut keys: Vec<Value> = (0..before).map(|n| with(&other, json!({ "kid": n.to_string() }))).collect();
            keys.push(with(&mine, json!({ "kid": "ours" })));
            let keys = Keys::read(&json!({ "keys": keys })).unwrap();
            assert!(keys.check(&token(&ours, Algorithm::ES256, Some("ours"))).is_ok(), "{before}");
        }
        // Nor do as many without an id stand in its way.
        let mut keys = vec![with(&other, json!({})); 500];
        keys.push(with(&mine, json!({ "kid": "ours" })));
        let keys = Keys::read(&json!({ "keys": keys })).unwrap();
        assert!(keys.check(&token(&ours, Algorithm::ES256, Some("ours"))).is_ok());
    }

    #[test]
    fn what_is_not_signed_is_not_believed() {
        let (key, jwk) = pair(Algorithm::ES256);
        let keys = Keys::read(&json!({ "keys": [jwk] })).unwrap();
        let good = token(&key, Algorithm::ES256, None);
        assert!(keys.check(&good).is_ok());
        let secret = EncodingKey::from_secret(b"thuisloket");
        let header = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let (_, rest) = good.split_once('.').unwrap();
        for (what, bad) in [
            ("symmetric", token(&secret, Algorithm::HS256, None)),
            ("alg none", format!("{}.{}.", header(json!({ "alg": "none" })), header(json!({ "sub": "a" })))),
            ("a critical extension", format!("{}.{rest}", header(json!({ "alg": "ES256", "crit": ["exp"] })))),
            ("another header", format!("{}.{rest}", header(json!({ "alg": "ES256", "kid": "x" })))),
            ("no header", format!("x.{rest}")),
            ("a list for claims", format!("{}.{}.x", header(json!({ "alg": "ES256" })), header(json!([])))),
            ("cut", good[..good.len() - 2].to_owned()),
            ("one part", "x".to_owned()),
            ("four parts", format!("{good}.x")),
            ("nothing", String::new()),
        ] {
            assert!(keys.check(&bad).is_err(), "{what}");
        }
    }
}
