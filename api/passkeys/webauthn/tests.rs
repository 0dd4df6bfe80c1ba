//! The checks of answers, with a key of each kind, and with bytes that were changed.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
};
use minicbor::Encoder;

use super::*;

const RP_ID: &str = "app.example";
const HANDLE: &[u8] = b"anna";
const ID: &[u8] = b"an id of sixteen";

/// An authenticator with one key.
enum Keys {
    Es256(Box<EcdsaKeyPair>),
    Ed25519(Box<Ed25519KeyPair>),
}

impl Keys {
    fn both() -> [Self; 2] {
        let es256 = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        [Self::Es256(Box::new(es256)), Self::Ed25519(Box::new(Ed25519KeyPair::generate().unwrap()))]
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Es256(keys) => keys.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec(),
            Self::Ed25519(keys) => keys.sign(message).as_ref().to_vec(),
        }
    }

    fn public(&self) -> Vec<u8> {
        match self {
            Self::Es256(keys) => keys.public_key().as_ref().to_vec(),
            Self::Ed25519(keys) => keys.public_key().as_ref().to_vec(),
        }
    }

    fn cose(&self) -> Vec<u8> {
        let public = self.public();
        let mut cbor = Encoder::new(Vec::<u8>::new());
        match self {
            Self::Es256(_) => {
                cbor.map(5).unwrap().i64(1).unwrap().i64(2).unwrap().i64(3).unwrap().i64(-7).unwrap();
                cbor.i64(-1).unwrap().i64(1).unwrap().i64(-2).unwrap().bytes(&public[1..33]).unwrap();
                cbor.i64(-3).unwrap().bytes(&public[33..]).unwrap();
            }
            Self::Ed25519(_) => {
                cbor.map(4).unwrap().i64(1).unwrap().i64(1).unwrap().i64(3).unwrap().i64(-8).unwrap();
                cbor.i64(-1).unwrap().i64(6).unwrap().i64(-2).unwrap().bytes(&public).unwrap();
            }
        }
        cbor.into_writer()
    }
}

fn client(kind: &str, more: &str) -> Vec<u8> {
    format!(r#"{{"type":"{kind}","challenge":"asked","origin":"https://app.example"{more}}}"#).into_bytes()
}

fn data(flags: u8, count: u32, behind: &[u8]) -> Vec<u8> {
    [sha256(RP_ID.as_bytes()).as_slice(), &[flags], &count.to_be_bytes(), behind].concat()
}

/// What comes along with a new key.
fn with_key(cose: &[u8]) -> Vec<u8> {
    [[0; 16].as_slice(), &u16::try_from(ID.len()).unwrap().to_be_bytes(), ID, cose].concat()
}

fn attestation(format: &str, statement: u64, data: &[u8]) -> Vec<u8> {
    let mut cbor = Encoder::new(Vec::<u8>::new());
    cbor.map(3).unwrap().str("fmt").unwrap().str(format).unwrap().str("attStmt").unwrap().map(statement).unwrap();
    for n in 0..statement {
        cbor.u64(n).unwrap().u64(n).unwrap();
    }
    cbor.str("authData").unwrap().bytes(data).unwrap();
    cbor.into_writer()
}

fn with_ours<T>(check: impl FnOnce(&Ours<'_>) -> T) -> T {
    let origins = ["https://app.example".to_owned(), "android:apk-key-hash:abc".to_owned()];
    check(&Ours { challenge_hash: &hashed("asked"), origins: &origins, rp_id: RP_ID })
}

fn registered(client_data: &[u8], attestation: &[u8]) -> Result<Registered, Fault> {
    with_ours(|ours| registration(&Registration { client_data, attestation }, ours))
}

fn asserted(keys: &Keys, client_data: &[u8], data: &[u8], signature: &[u8]) -> Result<u32, Fault> {
    let algorithm = if matches!(keys, Keys::Es256(_)) { Algorithm::Es256 } else { Algorithm::Ed25519 };
    let key = PublicKey { algorithm, bytes: keys.public() };
    let answer = Assertion { client_data, authenticator_data: data, signature, user_handle: Some(HANDLE) };
    with_ours(|ours| assertion(&answer, ours, &Known { key: &key, synced: false, user_handle: HANDLE }))
}

#[test]
fn a_new_credential_is_taken_as_it_is_asked_for() {
    for keys in Keys::both() {
        let asked = client("webauthn.create", "");
        let good = |flags, behind: &[u8]| attestation("none", 0, &data(flags, 7, behind));
        let found = registered(&asked, &good(PRESENT | VERIFIED | KEY, &with_key(&keys.cose()))).unwrap();
        assert_eq!((found.id.as_slice(), found.sign_count, found.synced), (ID, 7, false));
        assert_eq!(found.key.bytes, keys.public());
        let copied = good(PRESENT | VERIFIED | KEY | SYNCED, &with_key(&keys.cose()));
        assert!(registered(&asked, &copied).unwrap().synced);
        // An extension that nobody asked for is passed over; what follows it is not.
        let extended = [with_key(&keys.cose()), vec![0xa1, 0x61, b'x', 0xf5]].concat();
        let all = PRESENT | VERIFIED | KEY | EXTENSIONS;
        assert!(registered(&asked, &good(all, &extended)).is_ok());
        let behind = [extended.as_slice(), &[0]].concat();
        assert_eq!(registered(&asked, &good(all, &behind)), Err(Fault::AuthenticatorData));
        let with = |more| registered(&client("webauthn.create", more), &good(all, &extended));
        assert!(with(r#","crossOrigin":false,"tokenBinding":{"status":"supported"},"other":1"#).is_ok());
        for (more, fault) in [
            (r#","crossOrigin":true"#, Fault::Origin),
            (r#","tokenBinding":{"status":"present","id":"x"}"#, Fault::TokenBinding),
            (r#","origin":"https://app.example""#, Fault::ClientData),
            (r#","challenge":"asked""#, Fault::ClientData),
        ] {
            assert_eq!(with(more), Err(fault), "{more}");
        }
        let flags = PRESENT | VERIFIED | KEY;
        for (flags, fault) in [
            (flags & !PRESENT, Fault::UserPresence),
            (flags & !VERIFIED, Fault::UserVerification),
            (flags & !KEY, Fault::AuthenticatorData),
            (flags | EXTENSIONS, Fault::AuthenticatorData),
        ] {
            assert_eq!(registered(&asked, &good(flags, &with_key(&keys.cose()))), Err(fault), "{flags}");
        }
        let data = data(flags, 7, &with_key(&keys.cose()));
        for (format, statement) in [("packed", 0), ("none", 1)] {
            assert_eq!(registered(&asked, &attestation(format, statement, &data)), Err(Fault::Attestation));
        }
        let cut = good(flags, &with_key(&keys.cose()));
        for end in 0..cut.len() {
            assert!(registered(&asked, &cut[..end]).is_err(), "{end}");
        }
        assert_eq!(registered(&asked, &[cut.as_slice(), &[0]].concat()), Err(Fault::Attestation));
        assert_eq!(registered(&client("webauthn.get", ""), &cut), Err(Fault::Type));
    }
}

#[test]
fn a_key_of_another_kind_is_none() {
    let asked = client("webauthn.create", "");
    let [es256, _] = Keys::both();
    let cose = es256.cose();
    let of =
        |cose: &[u8]| registered(&asked, &attestation("none", 0, &data(PRESENT | VERIFIED | KEY, 0, &with_key(cose))));
    assert!(of(&cose).is_ok());
    // RS256 in place of ES256; a point that is not on the curve; a label that does not belong there, or stands twice.
    let mut cbor = Encoder::new(Vec::<u8>::new());
    cbor.map(2).unwrap().i64(1).unwrap().i64(3).unwrap().i64(3).unwrap().i64(-257).unwrap();
    assert_eq!(of(&cbor.into_writer()), Err(Fault::Algorithm));
    let mut off = cose.clone();
    *off.last_mut().unwrap() ^= 1;
    assert_eq!(of(&off), Err(Fault::PublicKey));
    for label in [4, 1] {
        let mut cbor = Encoder::new(Vec::<u8>::new());
        cbor.map(6).unwrap();
        let more = [cbor.into_writer(), cose[1..].to_vec(), vec![label, 2]].concat();
        assert_eq!(of(&more), Err(Fault::PublicKey), "{label}");
    }
    // The curve of the other kind.
    let mut other = cose;
    let at = other.windows(2).position(|pair| pair == [0x20, 1]).unwrap();
    other[at + 1] = 6;
    assert_eq!(of(&other), Err(Fault::PublicKey));
}

#[test]
fn no_byte_of_what_was_signed_can_be_another() {
    for keys in Keys::both() {
        let (asked, said) = (client("webauthn.get", ""), data(PRESENT | VERIFIED, 9, &[]));
        let signature = keys.sign(&[said.as_slice(), sha256(&asked).as_slice()].concat());
        assert_eq!(asserted(&keys, &asked, &said, &signature), Ok(9));
        for bit in 0..8 {
            let changed = |bytes: &[u8], at: usize| {
                let mut bytes = bytes.to_vec();
                bytes[at] ^= 1 << bit;
                bytes
            };
            for at in 0..asked.len() {
                assert!(asserted(&keys, &changed(&asked, at), &said, &signature).is_err(), "{at} {bit}");
            }
            for at in 0..said.len() {
                assert!(asserted(&keys, &asked, &changed(&said, at), &signature).is_err(), "{at} {bit}");
            }
            for at in 0..signature.len() {
                assert_eq!(asserted(&keys, &asked, &said, &changed(&signature, at)), Err(Fault::Signature));
            }
        }
        for end in 0..said.len() {
            assert_eq!(asserted(&keys, &asked, &said[..end], &signature), Err(Fault::AuthenticatorData));
        }
        // Another's key, and a key of the other kind.
        for other in Keys::both() {
            assert_eq!(asserted(&other, &asked, &said, &signature), Err(Fault::Signature));
        }
    }
}

#[test]
fn what_is_signed_must_be_about_us() {
    let [keys, _] = Keys::both();
    let signed = |asked: &[u8], said: &[u8]| {
        let signature = keys.sign(&[said, sha256(asked).as_slice()].concat());
        asserted(&keys, asked, said, &signature)
    };
    let (asked, said) = (client("webauthn.get", ""), data(PRESENT | VERIFIED, 9, &[]));
    let replaced = |from: &str, to: &str| String::from_utf8(asked.clone()).unwrap().replace(from, to).into_bytes();
    assert_eq!(signed(&replaced("https://app.example", "android:apk-key-hash:abc"), &said), Ok(9));
    for (from, to, fault) in [
        ("webauthn.get", "webauthn.create", Fault::Type),
        ("asked", "asked before", Fault::Challenge),
        ("https://app.example", "https://app.example.evil", Fault::Origin),
        ("https://app.example", "https://app.example:8443", Fault::Origin),
        ("https://app.example", "http://app.example", Fault::Origin),
        ("https://app.example", "android:apk-key-hash:abd", Fault::Origin),
    ] {
        assert_eq!(signed(&replaced(from, to), &said), Err(fault), "{to}");
    }
    let mut elsewhere = said.clone();
    elsewhere[..32].copy_from_slice(&sha256(b"evil.example"));
    assert_eq!(signed(&asked, &elsewhere), Err(Fault::RpId));
    for (flags, fault) in [
        (VERIFIED, Fault::UserPresence),
        (PRESENT, Fault::UserVerification),
        (PRESENT | VERIFIED | SYNCED, Fault::Copies),
    ] {
        assert_eq!(signed(&asked, &data(flags, 9, &[])), Err(fault));
    }
    let with_key = data(PRESENT | VERIFIED | KEY, 9, &with_key(&keys.cose()));
    assert_eq!(signed(&asked, &with_key), Err(Fault::AuthenticatorData));
}
