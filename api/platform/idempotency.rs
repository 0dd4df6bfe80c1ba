//! A request that a phone repeats is done once: `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header).
//!
//! The key is claimed, and the answer kept, in the transaction of the use case itself: either both the deed and its
//! answer are there, or neither. Of two at once one works, and the other waits for its transaction and gets its answer.
//! A refusal is not kept: what comes again may fare better.
//!
//! An answer may hold tokens, which are stored nowhere in the clear; so it is sealed under a key made of the
//! `Idempotency-Key` and the body, of which the database holds hashes only.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use poem::{Body, Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaParamIn, MetaSchema, MetaSchemaRef, Registry},
    types::Type,
};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    access::ACTING_FOR,
    db::Write,
    problem::{Code, Failure},
    room::{App, Progress},
};
use crate::{statements, with_conn};

/// The header.
pub const HEADER: &str = "Idempotency-Key";
/// What the contracts say of it.
pub const ABOUT: &str = "Makes it safe to send a request again: choose a new random value (a UUID, say) for each request, and send the same \
     value with each try of it. The request is done once, and each try gets the same answer for 24 hours.";
/// How long an answer is kept.
const KEPT: Duration = Duration::hours(24);
/// Answers forgotten in one transaction.
const CHUNK: i64 = 1_000;
/// The longest key, in characters.
const MAX_KEY: usize = 100;
/// The shortest key, in characters.
const MIN_KEY: usize = 8;

statements! {
    CLAIM = "
        insert into kept_answer (key_hash, request_hash, answer, kept_at) values ($1, $2, '', $3)
        on conflict (key_hash) do nothing";
    FIND = "select request_hash, answer, kept_at from kept_answer where key_hash = $1";
    CLAIM_AGAIN = "
        update kept_answer set request_hash = $2, answer = '', kept_at = $3 where key_hash = $1 and kept_at = $4";
    NOTE_DELETED = "
        insert into kept_answer (key_hash, request_hash, answer, kept_at) values ($1, '', 'deleted', $2)
        on conflict (key_hash) do update set kept_at = excluded.kept_at";
    KEEP = "update kept_answer set answer = $2, kept_at = $3 where key_hash = $1";
    FORGET = "
        delete from kept_answer where key_hash in
            (select key_hash from kept_answer where kept_at < $1 order by kept_at limit $2)
            and kept_at < $1";
}

/// The header of a request, if it has one, and what the request says.
pub struct IdempotencyKey(Option<Asked>);

struct Asked {
    key: String,
    request: [u8; 32],
    seal: [u8; 32],
}

/// A request that is done once; or any number of times, where it carries no key.
pub struct Idempotency(Option<Claim>);

struct Claim {
    key_hash: String,
    request_hash: String,
    seal: [u8; 32],
}

impl IdempotencyKey {
    /// Binds the key to who calls: the same key of somebody else is another.
    pub fn by(self, caller: impl std::fmt::Display) -> Idempotency {
        Idempotency(self.0.map(|asked| Claim {
            key_hash: URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{caller}\n{}", asked.key))),
            request_hash: URL_SAFE_NO_PAD.encode(asked.request),
            seal: asked.seal,
        }))
    }

    /// For operations that anyone may call.
    pub fn by_anyone(self) -> Idempotency {
        self.by("anyone")
    }
}

impl Idempotency {
    /// A request that carries no key.
    pub const NONE: Self = Self(None);

    /// Does what was asked, in one transaction: once, and answered the same each time. All that `act` writes is kept with the answer, or
    /// none of it. [`super::retry`] does it again where the transaction met another's.
    ///
    /// # Errors
    /// Those of `act`; `idempotency_key_reused`, where the key came with another request before.
    pub async fn act<T: Serialize + DeserializeOwned, E: From<Failure>>(
        &self,
        app: &App,
        act: impl AsyncFnOnce(&mut Write, DateTime<Utc>) -> Result<T, E>,
    ) -> Result<T, E> {
        let now = app.clock.now();
        let mut w = app.db.write().await.map_err(Failure::from)?;
        if let Some(before) = self.replay(&mut w, now).await? {
            return Ok(before);
        }
        let answer = act(&mut w, now).await?;
        self.store_response(&mut w, &answer, now).await?;
        w.commit().await.map_err(Failure::from)?;
        Ok(answer)
    }

    /// Claims the key. Some: it was done before, and this was the answer.
    ///
    /// # Errors
    /// `idempotency_key_reused`, where the key came with another request before.
    pub async fn replay<T: DeserializeOwned>(&self, w: &mut Write, now: DateTime<Utc>) -> Result<Option<T>, Failure> {
        let Some(claim) = &self.0 else { return Ok(None) };
        loop {
            let new = with_conn!(w, c => sqlx::query(CLAIM)
                .bind(&claim.key_hash).bind(&claim.request_hash).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
            if new == 1 {
                return Ok(None);
            }
            let found: Option<(String, String, DateTime<Utc>)> =
                with_conn!(w, c => sqlx::query_as(FIND).bind(&claim.key_hash).fetch_optional(c).await)?;
            let Some((request_hash, answer, kept_at)) = found else { continue };
            if kept_at + KEPT < now {
                let again = with_conn!(w, c => sqlx::query(CLAIM_AGAIN)
                    .bind(&claim.key_hash).bind(&claim.request_hash).bind(now).bind(kept_at)
                    .execute(c).await.map(|d| d.rows_affected()))?;
                if again == 1 {
                    return Ok(None);
                }
                continue;
            }
            if request_hash != claim.request_hash {
                return Err(Failure::field(Code::IdempotencyKeyReused, HEADER, "came with another request before"));
            }
            // Claimed by one that was refused in the end.
            if answer.is_empty() {
                return Ok(None);
            }
            let open = claim.open(&answer).ok_or_else(|| Failure::internal("a kept answer cannot be opened"))?;
            return Ok(Some(serde_json::from_slice(&open).map_err(Failure::internal)?));
        }
    }

    /// Keeps the answer, in the transaction that did what was asked.
    ///
    /// # Errors
    /// The database.
    pub async fn store_response<T: Serialize>(
        &self,
        w: &mut Write,
        answer: &T,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let Some(claim) = &self.0 else { return Ok(()) };
        let sealed = serde_json::to_vec(answer)
            .ok()
            .and_then(|bytes| claim.seal(bytes))
            .ok_or_else(|| Failure::internal("an answer cannot be kept"))?;
        with_conn!(w, c => sqlx::query(KEEP).bind(&claim.key_hash).bind(sealed).bind(now).execute(c).await.map(|_| ()))?;
        Ok(())
    }
}

impl Claim {
    fn seal(&self, mut bytes: Vec<u8>) -> Option<String> {
        let key = RandomizedNonceKey::new(&AES_256_GCM, &self.seal).ok()?;
        let nonce = key.seal_in_place_append_tag(Aad::from(self.key_hash.as_bytes()), &mut bytes).ok()?;
        Some(URL_SAFE_NO_PAD.encode([nonce.as_ref().as_slice(), &bytes].concat()))
    }

    fn open(&self, answer: &str) -> Option<Vec<u8>> {
        let sealed = URL_SAFE_NO_PAD.decode(answer).ok()?;
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
        let key = RandomizedNonceKey::new(&AES_256_GCM, &self.seal).ok()?;
        let mut text = text.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        Some(key.open_in_place(nonce, Aad::from(self.key_hash.as_bytes()), &mut text).ok()?.to_vec())
    }
}

/// Under what it is kept that somebody deleted something.
fn deleted_hash(owner: Uuid, id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!("deleted\n{owner}\n{id}")))
}

/// Ends a deletion by `owner`, a citizen, a member of staff or a town: `did` says whether there was something to delete. Where
/// there was not, because they deleted it within a day, it is done and not an error: an answer may be lost, and a client
/// without keys tries again. False: it had been done before.
///
/// # Errors
/// `not_found`, where they did not.
pub async fn deleted(w: &mut Write, did: bool, owner: Uuid, id: Uuid, now: DateTime<Utc>) -> Result<bool, Failure> {
    let hash = deleted_hash(owner, id);
    if did {
        with_conn!(w, c => sqlx::query(NOTE_DELETED).bind(&hash).bind(now).execute(c).await.map(|_| ()))?;
        return Ok(true);
    }
    let found: Option<(String, String, DateTime<Utc>)> =
        with_conn!(w, c => sqlx::query_as(FIND).bind(&hash).fetch_optional(c).await)?;
    match found {
        Some((.., at)) if at + KEPT >= now => Ok(false),
        _ => Err(Failure::new(Code::NotFound)),
    }
}

/// Forgets answers past their keeping.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let before = app.clock.now() - KEPT;
    let mut w = app.db.write().await?;
    let gone =
        with_conn!(w, c => sqlx::query(FORGET).bind(before).bind(CHUNK).execute(c).await.map(|d| d.rows_affected()))?;
    w.commit().await?;
    Ok(Progress::from(usize::try_from(gone).unwrap_or(usize::MAX)))
}

impl<'a> ApiExtractor<'a> for IdempotencyKey {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];
    type ParamType = Option<String>;
    type ParamRawType = String;

    fn register(registry: &mut Registry) {
        <Option<String> as Type>::register(registry);
    }

    fn param_in() -> Option<MetaParamIn> {
        Some(MetaParamIn::Header)
    }

    fn param_schema_ref() -> Option<MetaSchemaRef> {
        Some(MetaSchemaRef::Inline(Box::new(MetaSchema {
            min_length: Some(MIN_KEY),
            max_length: Some(MAX_KEY),
            // Characters of ASCII that can be seen, spaces and tabs: what `to_str` of a header takes.
            pattern: Some("^[\\t -~]*$".to_owned()),
            ..MetaSchema::new("string")
        })))
    }

    fn param_raw_type(&self) -> Option<&String> {
        self.0.as_ref().map(|asked| &asked.key)
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<Option<String>>,
    ) -> poem::Result<Self> {
        let Some(given) = request.headers().get(HEADER) else { return Ok(Self(None)) };
        let wrong = || Failure::field(Code::ParameterInvalid, HEADER, "is not 8 to 100 visible characters");
        let key = given.to_str().ok().filter(|k| (MIN_KEY..=MAX_KEY).contains(&k.len())).ok_or_else(wrong)?;
        let app: &App = request.data().ok_or_else(|| Failure::internal("no App in the request"))?;
        // Read here, and put back for whoever reads it as what it is.
        let bytes = match body.take() {
            Ok(found) => found.into_bytes_limit(app.config.server.most_body_bytes()).await?,
            Err(_) => bytes::Bytes::new(),
        };
        let mut request_hash = Sha256::new();
        request_hash.update(format!("{} {}\n", request.method(), request.uri()));
        // The same for somebody else is another request.
        if let Some(whom) = request.headers().get(ACTING_FOR) {
            request_hash.update(b"for ");
            request_hash.update(whom.as_bytes());
            request_hash.update(b"\n");
        }
        request_hash.update(&bytes);
        let mut seal = Sha256::new();
        seal.update(b"thuisloket kept answer\n");
        seal.update(key);
        seal.update(b"\n");
        seal.update(&bytes);
        *body = RequestBody::new(Body::from(bytes));
        Ok(Self(Some(Asked {
            key: key.to_owned(),
            request: request_hash.finalize().into(),
            seal: seal.finalize().into(),
        })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_answer_opens_for_the_same_request_only() {
        let claim = |seal| Claim { key_hash: "k".to_owned(), request_hash: String::new(), seal };
        let sealed = claim([1; 32]).seal(b"{\"refresh\":\"secret\"}".to_vec()).unwrap();
        assert!(!sealed.contains("secret"));
        assert_eq!(claim([1; 32]).open(&sealed).unwrap(), b"{\"refresh\":\"secret\"}");
        assert!(claim([2; 32]).open(&sealed).is_none());
        assert!(claim([1; 32]).open("").is_none() && claim([1; 32]).open("AAAA").is_none());
    }
}
