//! What an authenticator answered, checked: Web Authentication Level 2 (W3C Recommendation, 8 April 2021), of which this is the part that a
//! second way to step up needs. No attestation but `none`, ES256 and Ed25519, no extension. The numbers are the steps of sections 7.1
//! (registering) and 7.2 (asserting); steps of the client, and of attestations that we do not take, have none here. Pure: what it compares
//! with comes in as values.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ED25519, UnparsedPublicKey, VerificationAlgorithm};
use minicbor::Decoder;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::platform::ids::hashed;

/// The longest id of a credential, in bytes (Level 3, 7.1, 25).
const MAX_ID: usize = 1023;
/// Bits of the authenticator's flags (6.1): somebody was there, it knew them, it may be copied to other devices (Level 3, 6.1.3), a key
/// comes along, extensions do.
const PRESENT: u8 = 1;
const VERIFIED: u8 = 1 << 2;
const SYNCED: u8 = 1 << 3;
const KEY: u8 = 1 << 6;
const EXTENSIONS: u8 = 1 << 7;

/// Why an answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What the client says it was asked cannot be read.
    ClientData,
    /// It answers another question: to add a passkey, or to use one.
    Type,
    /// It answers another challenge.
    Challenge,
    /// It comes from another app or page than ours.
    Origin,
    /// It is bound to a connection that is not ours.
    TokenBinding,
    /// What the authenticator attests cannot be read, or is more than `none`.
    Attestation,
    /// What the authenticator says cannot be read.
    AuthenticatorData,
    /// It is for another service.
    RpId,
    /// Nobody was there.
    UserPresence,
    /// The authenticator did not make sure who was there.
    UserVerification,
    /// The key is of a kind that we did not ask for.
    Algorithm,
    /// The key is none.
    PublicKey,
    /// The id of the credential is none.
    Credential,
    /// It is of somebody else.
    UserHandle,
    /// Whether it may be copied is not as it was.
    Copies,
    /// It is not signed with the key.
    Signature,
}

impl Fault {
    /// In one word, for developers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ClientData => "client data",
            Self::Type => "type",
            Self::Challenge => "challenge",
            Self::Origin => "origin",
            Self::TokenBinding => "token binding",
            Self::Attestation => "attestation",
            Self::AuthenticatorData => "authenticator data",
            Self::RpId => "rp id",
            Self::UserPresence => "user presence",
            Self::UserVerification => "user verification",
            Self::Algorithm => "algorithm",
            Self::PublicKey => "public key",
            Self::Credential => "credential",
            Self::UserHandle => "user handle",
            Self::Copies => "copies",
            Self::Signature => "signature",
        }
    }
}

/// How a credential signs: its number in the registry of COSE (RFC 9053).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA with P-256 and SHA-256.
    Es256,
    /// EdDSA with Ed25519.
    Ed25519,
}

impl Algorithm {
    /// Those that we ask for, the first first.
    pub const ALL: [Self; 2] = [Self::Es256, Self::Ed25519];

    /// Its number.
    pub fn id(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::Ed25519 => -8,
        }
    }

    /// The one with this number.
    pub fn of(id: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.id() == id)
    }

    fn verifier(self) -> &'static dyn VerificationAlgorithm {
        match self {
            Self::Es256 => &ECDSA_P256_SHA256_ASN1,
            Self::Ed25519 => &ED25519,
        }
    }
}

/// The public half of a credential: a point on P-256, not compressed, or a key of Ed25519.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// How it signs.
    pub algorithm: Algorithm,
    /// The key.
    pub bytes: Vec<u8>,
}

/// What an answer must be about.
pub struct Ours<'a> {
    /// The hash of the challenge that was given for this session and purpose, and is used up.
    pub challenge_hash: &'a str,
    /// From where it may come.
    pub origins: &'a [String],
    /// Which service it must be for.
    pub rp_id: &'a str,
}

/// An answer to being asked for a new credential.
pub struct Registration<'a> {
    /// What the client says it was asked, as JSON.
    pub client_data: &'a [u8],
    /// The attestation object, as CBOR.
    pub attestation: &'a [u8],
}

/// A new credential.
#[derive(Debug, PartialEq, Eq)]
pub struct Registered {
    /// Its id.
    pub id: Vec<u8>,
    /// Its key.
    pub key: PublicKey,
    /// How often it signed, as its authenticator counts.
    pub sign_count: u32,
    /// Whether it may be copied to other devices.
    pub synced: bool,
}

/// An answer to being asked to sign.
pub struct Assertion<'a> {
    /// What the client says it was asked, as JSON.
    pub client_data: &'a [u8],
    /// What the authenticator says.
    pub authenticator_data: &'a [u8],
    /// The signature over both.
    pub signature: &'a [u8],
    /// Of whom it is, where the authenticator says so.
    pub user_handle: Option<&'a [u8]>,
}

/// A credential that we know.
pub struct Known<'a> {
    /// Its key.
    pub key: &'a PublicKey,
    /// Whether it may be copied to other devices.
    pub synced: bool,
    /// Of whom it is.
    pub user_handle: &'a [u8],
}

#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin")]
    cross_origin: Option<bool>,
    #[serde(rename = "tokenBinding")]
    token_binding: Option<TokenBinding>,
}

#[derive(Deserialize)]
struct TokenBinding {
    status: String,
}

impl ClientData {
    /// 7.1: 5, 6; 7.2: 9, 10. A field that stands twice is refused.
    fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let text = std::str::from_utf8(bytes).map_err(|_| Fault::ClientData)?;
        serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|_| Fault::ClientData)
    }

    /// 7.1: 7 to 10; 7.2: 11 to 14.
    fn check(&self, kind: &str, ours: &Ours<'_>) -> Result<(), Fault> {
        if self.kind != kind {
            return Err(Fault::Type);
        }
        if hashed(&self.challenge) != ours.challenge_hash {
            return Err(Fault::Challenge);
        }
        // A page in a frame of another's is none of our apps.
        if !ours.origins.contains(&self.origin) || self.cross_origin == Some(true) {
            return Err(Fault::Origin);
        }
        // Ours is bound to no token: whoever says that it is speaks of another connection.
        if self.token_binding.as_ref().is_some_and(|binding| binding.status == "present") {
            return Err(Fault::TokenBinding);
        }
        Ok(())
    }
}

/// The challenge that an answer says it answers, so that it can be used up before anything else is looked at.
///
/// # Errors
/// `ClientData`.
pub fn challenge(client_data: &[u8]) -> Result<String, Fault> {
    ClientData::read(client_data).map(|client| client.challenge)
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// What an authenticator says (6.1).
struct AuthenticatorData<'a> {
    rp_id_hash: &'a [u8],
    flags: u8,
    sign_count: u32,
    /// The id of the credential, and what follows it.
    attested: Option<(&'a [u8], PublicKey)>,
}

impl<'a> AuthenticatorData<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        let short = Fault::AuthenticatorData;
        let (rp_id_hash, rest) = bytes.split_at_checked(32).ok_or(short)?;
        let (flags, rest) = rest.split_first().ok_or(short)?;
        let (count, mut rest) = rest.split_first_chunk::<4>().ok_or(short)?;
        let mut attested = None;
        if flags & KEY != 0 {
            // The model of the authenticator (16 bytes): without an attestation nobody vouches for it.
            let (_, behind) = rest.split_at_checked(16).ok_or(short)?;
            let (length, behind) = behind.split_first_chunk::<2>().ok_or(short)?;
            let (id, behind) = behind.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or(short)?;
            let mut cbor = Decoder::new(behind);
            let key = cose_key(&mut cbor)?;
            rest = behind.get(cbor.position()..).ok_or(short)?;
            attested = Some((id, key));
        }
        // 7.1: 17; 7.2: 18. We ask for no extension, and pass over what comes all the same.
        if flags & EXTENSIONS != 0 {
            let mut cbor = Decoder::new(rest);
            cbor.skip().map_err(|_| short)?;
            rest = rest.get(cbor.position()..).ok_or(short)?;
        }
        if !rest.is_empty() {
            return Err(short);
        }
        Ok(Self { rp_id_hash, flags: *flags, sign_count: u32::from_be_bytes(*count), attested })
    }

    /// 7.1: 13 to 15; 7.2: 15 to 17.
    fn check(&self, ours: &Ours<'_>) -> Result<(), Fault> {
        if self.rp_id_hash != sha256(ours.rp_id.as_bytes()) {
            return Err(Fault::RpId);
        }
        if self.flags & PRESENT == 0 {
            return Err(Fault::UserPresence);
        }
        // A passkey stands for two factors only where its authenticator asked for the second.
        if self.flags & VERIFIED == 0 {
            return Err(Fault::UserVerification);
        }
        Ok(())
    }

    fn synced(&self) -> bool {
        self.flags & SYNCED != 0
    }
}

/// A public key as COSE has it (RFC 9052, 7; RFC 9053, 7), with what its kind asks for and nothing else (6.5.1).
fn cose_key(cbor: &mut Decoder<'_>) -> Result<PublicKey, Fault> {
    let none = |_| Fault::PublicKey;
    let (mut kind, mut algorithm, mut curve, mut x, mut y) = (None, None, None, None, None);
    for _ in 0..cbor.map().map_err(none)?.ok_or(Fault::PublicKey)? {
        let wrong = match cbor.i64().map_err(none)? {
            1 => kind.replace(cbor.i64().map_err(none)?).is_some(),
            3 => algorithm.replace(cbor.i64().map_err(none)?).is_some(),
            -1 => curve.replace(cbor.i64().map_err(none)?).is_some(),
            -2 => x.replace(cbor.bytes().map_err(none)?).is_some(),
            -3 => y.replace(cbor.bytes().map_err(none)?).is_some(),
            _ => true,
        };
        if wrong {
            return Err(Fault::PublicKey);
        }
    }
    // 7.1: 16.
    let algorithm = algorithm.and_then(Algorithm::of).ok_or(Fault::Algorithm)?;
    let bytes = match (algorithm, kind, curve, x, y) {
        (Algorithm::Es256, Some(2), Some(1), Some(x), Some(y)) if x.len() == 32 && y.len() == 32 => {
            [[4].as_slice(), x, y].concat()
        }
        (Algorithm::Ed25519, Some(1), Some(6), Some(x), None) if x.len() == 32 => x.to_vec(),
        _ => return Err(Fault::PublicKey),
    };
    // A point that is not on the curve is no key.
    UnparsedPublicKey::new(algorithm.verifier(), &bytes).parse().map_err(|_| Fault::PublicKey)?;
    Ok(PublicKey { algorithm, bytes })
}

/// What is in an attestation object of the format `none` (7.1: 12, 18, 19; 8.7): what the authenticator says.
fn attested(bytes: &[u8]) -> Result<&[u8], Fault> {
    let none = |_| Fault::Attestation;
    let mut cbor = Decoder::new(bytes);
    let (mut format, mut statement, mut data) = (None, None, None);
    for _ in 0..cbor.map().map_err(none)?.ok_or(Fault::Attestation)? {
        let wrong = match cbor.str().map_err(none)? {
            "fmt" => format.replace(cbor.str().map_err(none)?).is_some(),
            // 7.1, 19: the statement of `none` is an empty map. One that says more ends the reading here.
            "attStmt" => statement.replace(cbor.map().map_err(none)?).is_some() || statement != Some(Some(0)),
            "authData" => data.replace(cbor.bytes().map_err(none)?).is_some(),
            _ => true,
        };
        if wrong {
            return Err(Fault::Attestation);
        }
    }
    if format != Some("none") || statement.is_none() || cbor.position() != bytes.len() {
        return Err(Fault::Attestation);
    }
    data.ok_or(Fault::Attestation)
}

/// Checks a new credential (7.1). That its id is nobody's yet (22) and that it is kept (23) is the caller's.
///
/// # Errors
/// The first check that fails.
pub fn registration(answer: &Registration<'_>, ours: &Ours<'_>) -> Result<Registered, Fault> {
    ClientData::read(answer.client_data)?.check("webauthn.create", ours)?;
    // 11, the hash of the client's data, is what an attestation would sign: `none` has none.
    let data = AuthenticatorData::read(attested(answer.attestation)?)?;
    data.check(ours)?;
    let (synced, sign_count) = (data.synced(), data.sign_count);
    let (id, key) = data.attested.ok_or(Fault::AuthenticatorData)?;
    if id.is_empty() || id.len() > MAX_ID {
        return Err(Fault::Credential);
    }
    // 20, 21, 24: `none` is what we take, so that nobody is told which phone somebody has.
    Ok(Registered { id: id.to_vec(), key, sign_count, synced })
}

/// Checks what was signed with a credential that we know (7.2), which the caller found among the citizen's own (5 to 7). Gives how often
/// it signed, of which the caller makes what it means (21).
///
/// # Errors
/// The first check that fails.
pub fn assertion(answer: &Assertion<'_>, ours: &Ours<'_>, known: &Known<'_>) -> Result<u32, Fault> {
    // 6: the citizen was known before; where the authenticator says whose it is, it is theirs.
    if answer.user_handle.is_some_and(|handle| handle != known.user_handle) {
        return Err(Fault::UserHandle);
    }
    ClientData::read(answer.client_data)?.check("webauthn.get", ours)?;
    let data = AuthenticatorData::read(answer.authenticator_data)?;
    data.check(ours)?;
    if data.attested.is_some() {
        return Err(Fault::AuthenticatorData);
    }
    // Level 3, 7.2, 18: whether it may be copied stays as it was.
    if data.synced() != known.synced {
        return Err(Fault::Copies);
    }
    // 19, 20.
    let signed = [answer.authenticator_data, &sha256(answer.client_data)].concat();
    UnparsedPublicKey::new(known.key.algorithm.verifier(), &known.key.bytes)
        .verify(&signed, answer.signature)
        .map_err(|_| Fault::Signature)?;
    Ok(data.sign_count)
}

#[cfg(test)]
mod tests;
