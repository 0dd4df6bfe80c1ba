//! Reads what a provider encrypted to our key: a compact JWE (RFC 7516) around a signed JWT, as itsme sends.
//!
//! The primitives are aws-lc-rs'. No crate on crates.io reads `RSA-OAEP-256` with `A128CBC-HS256`, which itsme asks for,
//! without OpenSSL as a second cryptographic library beside ours; docs/decisions/sign-in.md says more. What is inside is not
//! believed for having been encrypted, as anybody may encrypt to us: its signature is checked afterwards.

use anyhow::{Context as _, ensure};
use aws_lc_rs::{
    aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    cipher::{AES_128, AES_256, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey},
    constant_time::verify_slices_are_equal,
    hmac,
    iv::FixedLength,
    rsa::{OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, PrivateDecryptingKey},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;

#[derive(Deserialize)]
struct Header {
    alg: String,
    enc: String,
    /// What must be understood and is not: RFC 7516, 4.1.13.
    crit: Option<serde_json::Value>,
    /// Compression, which nobody here sends and which has sunk others.
    zip: Option<String>,
}

/// Our key that providers encrypt to.
pub struct DecryptionKey(OaepPrivateDecryptingKey);

impl DecryptionKey {
    /// Reads a key from PEM: RSA, PKCS#8, 2048 bits or more.
    ///
    /// # Errors
    /// Anything else.
    pub fn from_pem(text: &str) -> anyhow::Result<Self> {
        let pem = pem::parse(text).context("it is not PEM")?;
        let key = PrivateDecryptingKey::from_pkcs8(pem.contents())
            .map_err(|_| anyhow::anyhow!("it is not an RSA key in PKCS#8 (BEGIN PRIVATE KEY)"))?;
        ensure!(key.key_size_bits() >= 2_048, "it is an RSA key of fewer than 2048 bits");
        let key = OaepPrivateDecryptingKey::new(key).map_err(|_| anyhow::anyhow!("the key cannot decrypt"))?;
        Ok(Self(key))
    }

    /// What was encrypted.
    ///
    /// # Errors
    /// A text that is no JWE, or not for this key, or changed on the way.
    pub fn open(&self, jwe: &str) -> anyhow::Result<String> {
        let parts: Vec<&str> = jwe.trim().split('.').collect();
        let [header, key, iv, text, tag] = parts[..] else { anyhow::bail!("a JWE has five parts") };
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).context("a part of the JWE is not base64url");
        let read: Header = serde_json::from_slice(&decode(header)?).context("the JWE's header")?;
        ensure!(read.crit.is_none() && read.zip.is_none(), "the JWE asks for what we do not do");
        let oaep = match read.alg.as_str() {
            "RSA-OAEP-256" => &OAEP_SHA256_MGF1SHA256,
            "RSA-OAEP" => &OAEP_SHA1_MGF1SHA1,
            other => anyhow::bail!("the JWE's key is encrypted by {other:?}"),
        };
        let mut room = vec![0; self.0.key_size_bytes()];
        let cek = self.0.decrypt(oaep, &decode(key)?, &mut room, None).map_err(|_| refused())?;
        let plain = decrypt(&read.enc, cek, &decode(iv)?, (decode(text)?, &decode(tag)?), header.as_bytes())?;
        String::from_utf8(plain).context("what was encrypted is not text")
    }
}

/// One word for every failure, so that nothing is told about which step failed (RFC 7516, 11.5).
fn refused() -> anyhow::Error {
    anyhow::anyhow!("the JWE cannot be decrypted with our key")
}

/// RFC 7518, section 5.
fn decrypt(enc: &str, cek: &[u8], iv: &[u8], (mut text, tag): (Vec<u8>, &[u8]), aad: &[u8]) -> anyhow::Result<Vec<u8>> {
    let cbc = match enc {
        "A128CBC-HS256" => Some((&AES_128, hmac::HMAC_SHA256, 16)),
        "A256CBC-HS512" => Some((&AES_256, hmac::HMAC_SHA512, 32)),
        _ => None,
    };
    if let Some((cipher, digest, half)) = cbc {
        ensure!(cek.len() == 2 * half && tag.len() == half, refused());
        let (mac_key, cipher_key) = cek.split_at(half);
        let mut mac = hmac::Context::with_key(&hmac::Key::new(digest, mac_key));
        for part in [aad, iv, &text, &(aad.len() as u64 * 8).to_be_bytes()] {
            mac.update(part);
        }
        verify_slices_are_equal(&mac.sign().as_ref()[..half], tag).map_err(|_| refused())?;
        let iv: [u8; 16] = iv.try_into().map_err(|_| refused())?;
        let key = UnboundCipherKey::new(cipher, cipher_key)
            .and_then(PaddedBlockDecryptingKey::cbc_pkcs7)
            .map_err(|_| refused())?;
        let context = DecryptionContext::Iv128(FixedLength::from(iv));
        return Ok(key.decrypt(&mut text, context).map_err(|_| refused())?.to_vec());
    }
    let cipher = match enc {
        "A128GCM" => &AES_128_GCM,
        "A256GCM" => &AES_256_GCM,
        other => anyhow::bail!("the JWE is encrypted by {other:?}"),
    };
    let key = UnboundKey::new(cipher, cek).map(LessSafeKey::new).map_err(|_| refused())?;
    let nonce = Nonce::try_assume_unique_for_key(iv).map_err(|_| refused())?;
    text.extend_from_slice(tag);
    Ok(key.open_in_place(nonce, Aad::from(aad), &mut text).map_err(|_| refused())?.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        let digits: Vec<_> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
        digits.chunks(2).map(|d| u8::from_str_radix(std::str::from_utf8(d).unwrap(), 16).unwrap()).collect()
    }

    /// RFC 7518, appendix B.1.
    #[test]
    fn the_test_case_of_the_rfc_is_decrypted() {
        let cek = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        let iv = hex("1af38c2dc2b96ffdd86694092341bc04");
        let aad = hex("546865207365636f6e64207072696e6369706c65206f662041756775737465204b6572636b686f666673");
        let text =
            hex("c80edfa32ddf39d5ef00c0b468834279a2e46a1b8049f792f76bfe54b903a9c9a94ac9b47ad2655c5f10f9aef71427e2
             fc6f9b3f399a221489f16362c703233609d45ac69864e3321cf82935ac4096c86e133314c54019e8ca7980dfa4b9cf1b
             384c486f3a54c51078158ee5d79de59fbd34d848b3d69550a67646344427ade54b8851ffb598f7f80074b9473c82e2db");
        let tag = hex("652c3fa36b0a7c5b3219fab3a30bc1c4");
        let plain = decrypt("A128CBC-HS256", &cek, &iv, (text.clone(), &tag), &aad).unwrap();
        assert!(plain.starts_with(b"A cipher system must not be required to be secret"));
        let mut changed = tag.clone();
        changed[0] ^= 1;
        assert!(decrypt("A128CBC-HS256", &cek, &iv, (text.clone(), &changed), &aad).is_err());
        assert!(decrypt("A128CBC-HS256", &cek, &iv, (text.clone(), &tag[..15]), &aad).is_err());
        assert!(decrypt("none", &cek, &iv, (text, &tag), &aad).is_err());
    }

    /// Made by another implementation (see `tests/data/jwe/README.md`).
    #[test]
    fn what_another_implementation_encrypted_is_read() {
        let key = DecryptionKey::from_pem(include_str!("../../tests/data/jwe/key.pem")).unwrap();
        let all = include_str!("../../tests/data/jwe/tokens.txt");
        let mut n = 0;
        for token in all.lines() {
            assert_eq!(key.open(token).unwrap(), "eyJhbGciOiJub25lIn0.e30.", "{token}");
            // Each part counts.
            for at in 0..5 {
                let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
                parts[at] = parts[at].chars().rev().collect();
                assert!(key.open(&parts.join(".")).is_err());
            }
            n += 1;
        }
        assert_eq!(n, 5);
        for wrong in ["", "a.b.c", "a.b.c.d.e", "....", &"x.".repeat(100)] {
            assert!(key.open(wrong).is_err());
        }
    }
}
