//! `/staff/v1/keys` and `/staff/v1/members`.

use std::collections::BTreeMap;

use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{
    KeyRow,
    model::{KeyId, KeyLimit, Made, OwnRole, Wish},
};
use crate::{
    platform::{
        App,
        access::{Role, Scope},
        http::Body,
        idempotency::IdempotencyKey,
        problem::{Failure, Refused},
        values::Timestamp,
    },
    staff::{
        MemberId,
        access::{Administer, As},
    },
};

/// What a new key shall be.
#[derive(Object, Deserialize)]
pub struct KeyWish {
    /// What it is called, such as "nightly export".
    #[oai(validator(min_length = 1, max_length = 100))]
    name: String,
    /// What it is good for.
    #[oai(validator(min_items = 1, max_items = 20))]
    scopes: Vec<Scope>,
    /// Days until its end.
    #[oai(validator(minimum(value = "1"), maximum(value = "4000")))]
    days: i64,
}

/// A key that was just made.
#[derive(Object)]
pub struct KeyMadeOut {
    /// The id of the key, which is no secret.
    id: KeyId,
    /// The key. It is shown now and never again; send it as `Authorization: Bearer …`.
    key: String,
    /// Until when it is good.
    expires_at: Timestamp,
}

impl From<Made> for KeyMadeOut {
    fn from(m: Made) -> Self {
        Self { id: m.id, key: m.key, expires_at: m.expires_at.into() }
    }
}

/// A key, without itself.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct KeyOut {
    /// The id of the key, which is no secret.
    id: KeyId,
    /// What it is called.
    name: String,
    /// What it is good for.
    scopes: Vec<Scope>,
    /// When it was made.
    made_at: Timestamp,
    /// The name of the member of staff who made the key.
    made_by: String,
    /// Until when it is good.
    expires_at: Timestamp,
    /// When it was revoked.
    revoked_at: Option<Timestamp>,
    /// The key that takes its place.
    rotated_to_id: Option<KeyId>,
    /// When it was last used, to the minute.
    last_used_at: Option<Timestamp>,
}

impl From<KeyRow> for KeyOut {
    fn from(k: KeyRow) -> Self {
        Self {
            id: k.id,
            name: k.name,
            scopes: k.scopes.split(' ').filter_map(Scope::parse).collect(),
            made_at: k.made_at.into(),
            made_by: k.made_by,
            expires_at: k.expires_at.into(),
            revoked_at: k.revoked_at.map(Timestamp::from),
            rotated_to_id: k.rotated_to_id,
            last_used_at: k.last_used_at.map(Timestamp::from),
        }
    }
}

/// A colleague.
#[derive(Object)]
pub struct MemberOut {
    /// The id of the member of staff, a UUID.
    id: MemberId,
    /// The name of the member of staff, as the provider says it.
    name: String,
    /// When they last signed in.
    last_signed_in_at: Timestamp,
    /// What they may do in this municipality.
    roles: Vec<Role>,
    /// What was taken from them here, whatever the provider claims.
    withdrawn: Vec<Role>,
}

/// Operations of the administrator.
#[derive(Default)]
pub struct AdministrationApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl AdministrationApi {
    /// List the keys of machines
    ///
    /// The newest first, with their last use.
    #[oai(path = "/keys", method = "get", operation_id = "list_keys")]
    async fn keys(&self, app: Data<&App>, who: As<Administer>) -> Result<Json<Vec<KeyOut>>, Failure> {
        Ok(Json(super::keys(&app, &who.0).await?.into_iter().map(KeyOut::from).collect()))
    }

    /// Make a key for a machine
    ///
    /// It is shown once.
    #[oai(path = "/keys", method = "post", operation_id = "make_key")]
    async fn make(
        &self,
        app: Data<&App>,
        who: As<Administer>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<KeyWish>,
    ) -> Result<Json<KeyMadeOut>, Refused<KeyLimit>> {
        let KeyWish { name, scopes, days } = body.0;
        let wish = Wish { name, scopes: scopes.into_iter().collect(), days };
        Ok(Json(super::make(&app, &who.0, wish, &key.by(who.0.session)).await?.into()))
    }

    /// Rotate a key
    ///
    /// Makes another with the same name, scopes and life. The old one goes on for three days, or as long as is
    /// configured.
    #[oai(path = "/keys/:key_id/rotate", method = "post", operation_id = "rotate_key")]
    async fn rotate(
        &self,
        app: Data<&App>,
        who: As<Administer>,
        key_id: Path<KeyId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<KeyMadeOut>, Failure> {
        Ok(Json(super::rotate(&app, &who.0, key_id.0, &key.by(who.0.session)).await?.into()))
    }

    /// Revoke a key
    ///
    /// At once.
    #[oai(path = "/keys/:key_id", method = "delete", operation_id = "revoke_key")]
    async fn revoke(
        &self,
        app: Data<&App>,
        who: As<Administer>,
        key_id: Path<KeyId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        super::revoke(&app, &who.0, key_id.0, &key.by(who.0.session)).await
    }

    /// List my colleagues and their roles
    ///
    /// Who signed in and has, or had, a role in this municipality.
    #[oai(path = "/members", method = "get", operation_id = "list_members")]
    async fn members(&self, app: Data<&App>, who: As<Administer>) -> Result<Json<Vec<MemberOut>>, Failure> {
        let mut all = BTreeMap::<MemberId, MemberOut>::new();
        for row in super::members(&app, &who.0).await? {
            let member = all.entry(row.id).or_insert_with(|| MemberOut {
                id: row.id,
                name: row.name,
                last_signed_in_at: row.last_signed_in_at.into(),
                roles: Vec::new(),
                withdrawn: Vec::new(),
            });
            let Some(role) = Role::parse(&row.role) else { continue };
            match row.withdrawn_at {
                Some(_) => member.withdrawn.push(role),
                None => member.roles.push(role),
            }
        }
        Ok(Json(all.into_values().collect()))
    }

    /// Take a role from a colleague
    ///
    /// Gone at their next request, on every session, and until it is given back, whatever the provider claims.
    #[oai(path = "/members/:member_id/roles/:role", method = "delete", operation_id = "withdraw_role")]
    async fn withdraw(
        &self,
        app: Data<&App>,
        who: As<Administer>,
        member_id: Path<MemberId>,
        /// The role, a word such as `counter`.
        role: Path<Role>,
    ) -> Result<(), Refused<OwnRole>> {
        super::withdraw_role(&app, &who.0, member_id.0, role.0).await
    }

    /// Give a role back to a colleague
    ///
    /// As far as the provider claims it.
    #[oai(path = "/members/:member_id/roles/:role", method = "put", operation_id = "give_role_back")]
    async fn give_back(
        &self,
        app: Data<&App>,
        who: As<Administer>,
        member_id: Path<MemberId>,
        /// The role, a word such as `counter`.
        role: Path<Role>,
    ) -> Result<(), Failure> {
        super::give_role_back(&app, &who.0, member_id.0, role.0).await
    }
}
