//! The keys that sign access tokens: PS256 (RFC 7518, 3.5), one PEM file each in `keys/signing` of the data folder.
//!
//! A token is signed once and checked by every process that meets it, and checking RSA takes a third of the time that
//! P-256 takes (13 against 41 µs here). Only what we sign ourselves is ever checked with these keys, so a token's header
//! must be ours to the letter: whatever else a header may ask for, such as no signature or another algorithm, is not read.
//!
//! A new key is published at once and signs only after an overlap, so that every process knows it before it meets a
//! token of it. An old key goes on verifying until it is pruned. A server reads the folder again when it meets a
//! `kid` it does not know.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Instant,
};

use anyhow::Context as _;
use aws_lc_rs::{
    encoding::AsDer as _,
    rand::SystemRandom,
    rsa::KeySize,
    signature::{KeyPair as _, ParsedPublicKey, RSA_PSS_2048_8192_SHA256, RSA_PSS_SHA256, RsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, JwkSet},
};
use quick_cache::sync::Cache;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{oidc::published, store};
use crate::platform::{
    App,
    access::Level,
    db::{Open, Read, private_file, private_folder},
    problem::{Code, Failure},
};

/// Who the tokens are for.
const AUDIENCE: &str = "thuisloket";
/// How a key file is named: when it was made, and its id.
const STAMP: &str = "%Y%m%dT%H%M%SZ";
/// Tokens whose signature was checked are remembered, so that it is checked once.
const TRUSTED_TOKENS: usize = 50_000;
/// How much earlier than it was made a token may be met: hosts that follow a time server differ by less.
const LEEWAY: Duration = Duration::seconds(30);
/// How often the folder is read again for a token whose key is unknown.
const LOOK_AGAIN: std::time::Duration = std::time::Duration::from_secs(1);
/// The longest token that is looked at, in bytes. Ours have some 500.
const MAX_TOKEN: usize = 2_048;

/// What an access token says.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Claims {
    /// Issuer: this installation's public address.
    pub iss: String,
    /// Audience.
    pub aud: String,
    /// The resident.
    pub sub: Uuid,
    /// The municipality.
    pub mun: Uuid,
    /// The session.
    pub sid: Uuid,
    /// How sure the provider was of the citizen (OpenID Connect Core, 2).
    pub acr: Level,
    /// Issued at, in seconds.
    pub iat: i64,
    /// Not valid before, in seconds.
    pub nbf: i64,
    /// Expires at, in seconds.
    pub exp: i64,
}

struct Key {
    made_at: DateTime<Utc>,
    id: String,
    pair: RsaKeyPair,
    public: ParsedPublicKey,
    /// What each token of this key begins with.
    header: String,
    jwk: Jwk,
}

impl Key {
    fn sign(&self, claims: &Claims) -> anyhow::Result<String> {
        let mut token = format!("{}.{}", self.header, URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims)?));
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PSS_SHA256, &SystemRandom::new(), token.as_bytes(), &mut signature)
            .map_err(|_| anyhow::anyhow!("the key cannot sign"))?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }

    /// What a token says, if this key signed it.
    fn open(&self, token: &str) -> Option<Claims> {
        let (signed, signature) = token.rsplit_once('.')?;
        let payload = signed.strip_prefix(&self.header)?.strip_prefix('.')?;
        self.public.verify_sig(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
    }
}

/// The signing keys of this installation. Cheap to clone.
#[derive(Clone)]
pub struct Keys(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    issuer: String,
    overlap: Duration,
    ring: RwLock<Vec<Key>>,
    /// When the folder was last read for a token whose key is unknown.
    looked: Mutex<Option<Instant>>,
    trusted: Cache<[u8; 32], Arc<Claims>>,
}

/// A key as `thuisloket keys list` shows it.
pub struct Listed {
    /// Its id.
    pub id: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Whether it signs now.
    pub signs: bool,
}

impl Keys {
    /// Reads the keys in `folder`; makes the first where there is none and `known`, the ids of the keys that this installation
    /// has signed with, is empty. None is given where it only looks.
    ///
    /// # Errors
    /// A folder that cannot be read or written, a file that is no key, keys that are lost or another installation's.
    pub fn open(
        folder: &Path,
        issuer: &str,
        overlap: Duration,
        known: &[String],
        makes: Option<DateTime<Utc>>,
    ) -> anyhow::Result<Self> {
        let mut ring = if folder.exists() { load(folder)? } else { Vec::new() };
        if let (true, true, Some(now)) = (ring.is_empty(), known.is_empty(), makes) {
            private_folder(folder)?;
            make(folder, now)?;
            ring = load(folder)?;
        }
        anyhow::ensure!(
            known.is_empty() || ring.iter().any(|key| known.contains(&key.id)),
            "{} holds none of the keys that this installation signs with. Put back the folder `keys` of a backup, or let all \
             processes share one; `thuisloket keys rotate --lost` makes a new one, and everybody's app asks for a new token",
            folder.display()
        );
        Ok(Self(Arc::new(Inner {
            folder: folder.to_owned(),
            issuer: issuer.to_owned(),
            overlap,
            ring: RwLock::new(ring),
            looked: Mutex::default(),
            trusted: Cache::new(TRUSTED_TOKENS),
        })))
    }

    /// Makes a new key, which signs after the overlap.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn rotate(&self, now: DateTime<Utc>) -> anyhow::Result<String> {
        let id = make(&self.0.folder, now)?;
        self.reload()?;
        Ok(id)
    }

    /// Removes keys that a newer one has replaced for longer than `keep`: no token of theirs can be valid any more.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn prune(&self, keep: Duration, now: DateTime<Utc>) -> anyhow::Result<usize> {
        let listed = self.list(now);
        let signs_since = listed.iter().find(|k| k.signs).map(|k| k.made_at + self.0.overlap);
        let mut removed = 0;
        for old in listed.iter().filter(|k| !k.signs && k.made_at <= now) {
            if listed.iter().any(|k| k.signs && k.made_at > old.made_at) && signs_since.is_some_and(|t| t + keep < now)
            {
                std::fs::remove_file(path_of(&self.0.folder, old.made_at, &old.id))?;
                removed += 1;
            }
        }
        self.reload()?;
        Ok(removed)
    }

    /// The keys, the oldest first.
    pub fn list(&self, now: DateTime<Utc>) -> Vec<Listed> {
        let ring = self.0.ring.read().unwrap_or_else(PoisonError::into_inner);
        let signing = self.signing(&ring, now).map(|k| k.id.clone());
        ring.iter()
            .map(|k| Listed { id: k.id.clone(), made_at: k.made_at, signs: signing.as_ref() == Some(&k.id) })
            .collect()
    }

    /// The ids of all keys in the folder.
    pub fn ids(&self) -> Vec<String> {
        self.0.ring.read().unwrap_or_else(PoisonError::into_inner).iter().map(|k| k.id.clone()).collect()
    }

    /// Reads the folder again.
    ///
    /// # Errors
    /// A folder that cannot be read, a file that is no key.
    pub fn reload(&self) -> anyhow::Result<()> {
        let ring = load(&self.0.folder)?;
        *self.0.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
        Ok(())
    }

    fn signing<'a>(&self, ring: &'a [Key], now: DateTime<Utc>) -> Option<&'a Key> {
        ring.iter().rev().find(|k| k.made_at + self.0.overlap <= now).or_else(|| ring.first())
    }

    /// The public keys, as other services may fetch them (RFC 7517).
    pub fn jwks(&self) -> JwkSet {
        let ring = self.0.ring.read().unwrap_or_else(PoisonError::into_inner);
        JwkSet { keys: ring.iter().map(|k| k.jwk.clone()).collect() }
    }

    /// An access token for a session, good from `now` for `life`.
    ///
    /// # Errors
    /// No key, or one that cannot sign.
    pub fn sign(
        &self,
        (municipality, resident): (Uuid, Uuid),
        (session, level): (Uuid, Level),
        now: DateTime<Utc>,
        life: Duration,
    ) -> anyhow::Result<String> {
        let ring = self.0.ring.read().unwrap_or_else(PoisonError::into_inner);
        let key = self.signing(&ring, now).context("no signing key")?;
        let claims = Claims {
            iss: self.0.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: resident,
            mun: municipality,
            sid: session,
            acr: level,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + life).timestamp(),
        };
        let token = key.sign(&claims)?;
        // What was made here need not be checked here.
        self.0.trusted.insert(Sha256::digest(token.as_bytes()).into(), Arc::new(claims));
        Ok(token)
    }

    /// What a token says, if it is ours and good at `now`.
    ///
    /// # Errors
    /// `token_invalid` or `token_expired`.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Arc<Claims>, Failure> {
        if token.len() > MAX_TOKEN {
            return Err(Failure::new(Code::TokenInvalid));
        }
        let fingerprint: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let claims = match self.0.trusted.get(&fingerprint) {
            Some(claims) => claims,
            None => {
                let claims = Arc::new(self.checked(token).ok_or_else(|| Failure::new(Code::TokenInvalid))?);
                self.0.trusted.insert(fingerprint, claims.clone());
                claims
            }
        };
        let second = now.timestamp();
        if claims.exp <= second {
            return Err(Failure::new(Code::TokenExpired));
        }
        // Hosts' clocks differ by a little (RFC 7519, 4.1.5).
        if claims.nbf > second + LEEWAY.num_seconds() {
            return Err(Failure::new(Code::TokenInvalid));
        }
        Ok(claims)
    }

    /// Checks all of a token but its times, which the process's clock decides.
    fn checked(&self, token: &str) -> Option<Claims> {
        let header = token.split('.').next()?;
        let open = || {
            let ring = self.0.ring.read().unwrap_or_else(PoisonError::into_inner);
            ring.iter().find(|k| k.header == header).map(|k| k.open(token))
        };
        let claims = match open() {
            Some(opened) => opened,
            // Another process may have made the key.
            None => {
                // Reading them anew takes as long as some requests: whoever sends made-up tokens has it done once a second.
                let again = {
                    let mut looked = self.0.looked.lock().unwrap_or_else(PoisonError::into_inner);
                    let again = looked.is_none_or(|at| at.elapsed() >= LOOK_AGAIN);
                    if again {
                        *looked = Some(Instant::now());
                    }
                    again
                };
                if again && let Err(error) = self.reload() {
                    tracing::error!(%error, "the signing keys cannot be read");
                }
                open().flatten()
            }
        }?;
        (claims.aud == AUDIENCE && claims.iss == self.0.issuer).then_some(claims)
    }
}

fn path_of(folder: &Path, made_at: DateTime<Utc>, id: &str) -> PathBuf {
    folder.join(format!("{}-{id}.pem", made_at.format(STAMP)))
}

/// A key from its file.
fn read(made_at: DateTime<Utc>, text: &[u8]) -> anyhow::Result<Key> {
    let pair = RsaKeyPair::from_pkcs8(pem::parse(text)?.contents()).map_err(|_| anyhow::anyhow!("no RSA key"))?;
    let jwk = published(&EncodingKey::from_rsa_pem(text)?, Algorithm::PS256)?;
    let id = jwk.common.key_id.clone().context("a key without an id")?;
    let header = Header { kid: Some(id.clone()), ..Header::new(Algorithm::PS256) };
    let public = ParsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, pair.public_key().as_ref())
        .map_err(|_| anyhow::anyhow!("a key that cannot check"))?;
    Ok(Key { made_at, id, pair, public, header: URL_SAFE_NO_PAD.encode(serde_json::to_vec(&header)?), jwk })
}

fn make(folder: &Path, now: DateTime<Utc>) -> anyhow::Result<String> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| anyhow::anyhow!("no key could be made"))?;
    let der = pair.as_der().map_err(|_| anyhow::anyhow!("a key that cannot be written"))?;
    let text = pem::encode(&pem::Pem::new("PRIVATE KEY", der.as_ref()));
    let id = read(now, text.as_bytes())?.id;
    let mut file = private_file(&path_of(folder, now, &id))?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    file.sync_all()?;
    Ok(id)
}

fn load(folder: &Path) -> anyhow::Result<Vec<Key>> {
    let mut ring = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let Some((stamp, _)) = name.strip_suffix(".pem").and_then(|n| n.split_once('-')) else { continue };
        let made_at = NaiveDateTime::parse_from_str(stamp, STAMP)
            .with_context(|| format!("{} is not named as a key is", path.display()))?
            .and_utc();
        let text = std::fs::read(&path)?;
        ring.push(read(made_at, &text).with_context(|| format!("{} is not a key of ours", path.display()))?);
    }
    ring.sort_by(|a, b| (a.made_at, &a.id).cmp(&(b.made_at, &b.id)));
    Ok(ring)
}

/// The signing keys in the data folder, held against those that the database knows.
///
/// # Errors
/// A folder that cannot be read, keys that are lost or another installation's.
pub async fn signing_keys(app: &App, open: Open) -> anyhow::Result<Keys> {
    let known = known_signing_keys(&mut app.db.read().await?).await?;
    let keys = open_keys(app, &known, open)?;
    if open == Open::Make {
        note_signing_keys(app, &keys, false).await?;
    }
    Ok(keys)
}

/// Makes a new signing key where those of before are lost.
///
/// # Errors
/// A folder that cannot be written; keys that are not lost.
pub async fn replace_lost_keys(app: &App) -> anyhow::Result<Keys> {
    anyhow::ensure!(
        signing_keys(app, Open::Existing).await.is_err(),
        "the signing keys are not lost; `keys rotate` makes a new one beside them"
    );
    let keys = open_keys(app, &[], Open::Make)?;
    note_signing_keys(app, &keys, true).await?;
    Ok(keys)
}

fn open_keys(app: &App, known: &[String], open: Open) -> anyhow::Result<Keys> {
    Keys::open(
        &app.config.data_folder.join("keys").join("signing"),
        app.config.server.public_url.as_str().trim_end_matches('/'),
        chrono::Duration::minutes(app.config.sessions.key_overlap_minutes),
        known,
        (open == Open::Make).then(|| app.clock.now()),
    )
    .context("the signing keys cannot be used")
}

/// The ids of the keys that this installation has signed with.
///
/// # Errors
/// The database.
async fn known_signing_keys(r: &mut Read) -> sqlx::Result<Vec<String>> {
    store::signing_keys(r).await
}

/// Notes which keys this installation signs with; in place of those before, where they are `lost`.
///
/// # Errors
/// The database; another process that began at the same moment with keys of its own.
pub async fn note_signing_keys(app: &App, keys: &Keys, lost: bool) -> anyhow::Result<()> {
    let mut w = app.db.write().await?;
    // Read again: with a folder that is shared, the other's key lies in it by now.
    keys.reload()?;
    let noted = store::note_signing_keys(&mut w, &keys.ids(), lost, app.clock.now()).await?;
    anyhow::ensure!(
        noted,
        "another process has begun with signing keys of its own: let all processes share one folder `keys`"
    );
    Ok(w.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + 60 * minutes, 0).unwrap()
    }

    #[test]
    fn a_new_key_signs_after_the_overlap_and_the_old_one_goes_on_verifying() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Keys::open(folder.path(), "https://x", Duration::minutes(10), &[], Some(at(0))).unwrap();
        let (one, other) = (open(), open());
        let (town, resident, session) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let old = one.sign((town, resident), (session, Level::High), at(1), Duration::minutes(60)).unwrap();
        one.rotate(at(2)).unwrap();
        let kid = |t: &str| jsonwebtoken::decode_header(t).unwrap().kid;
        let still_old = one.sign((town, resident), (session, Level::High), at(11), Duration::minutes(60)).unwrap();
        assert_eq!(kid(&old), kid(&still_old));
        let new = one.sign((town, resident), (session, Level::High), at(12), Duration::minutes(60)).unwrap();
        assert_ne!(kid(&old), kid(&new));
        // A process that never heard of the rotation learns the key from the folder.
        for token in [&old, &new] {
            assert_eq!(other.verify(token, at(20)).unwrap().sid, session);
        }
        assert_eq!(one.prune(Duration::minutes(60), at(30)).unwrap(), 0);
        assert_eq!(one.prune(Duration::minutes(60), at(100)).unwrap(), 1);
        assert_eq!(one.jwks().keys.len(), 1);
    }

    #[test]
    fn a_token_has_its_hours() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(folder.path(), "https://x", Duration::minutes(10), &[], Some(at(0))).unwrap();
        let id = Uuid::from_u128(1);
        let token = keys.sign((id, id), (id, Level::Low), at(5), Duration::minutes(10)).unwrap();
        let code = |t| match keys.verify(&token, t) {
            Ok(_) => "ok",
            Err(mut f) => {
                if f.problem_mut().code == "token_expired" {
                    "expired"
                } else {
                    "invalid"
                }
            }
        };
        assert_eq!([code(at(4)), code(at(5)), code(at(14)), code(at(15))], ["invalid", "ok", "ok", "expired"]);
        // A host whose clock is a little behind takes it.
        assert_eq!([code(at(5) - Duration::seconds(31)), code(at(5) - Duration::seconds(30))], ["invalid", "ok"]);
    }
}
