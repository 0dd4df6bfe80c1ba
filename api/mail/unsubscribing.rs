//! The link by which announcements by e-mail are ended, without a sign-in: it names a resident of a town and is signed by the town's key, so
//! that nobody can make another's. It says nothing else, and is good as long as the key is.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;

use crate::{
    municipalities::{Municipalities, Municipality},
    platform::ids::{MunicipalityId, ResidentId},
};

/// What is signed begins so: the key signs other things as well.
const LABEL: &[u8] = b"end announcements by e-mail\n";

fn mac(key: &[u8], town: MunicipalityId, resident: ResidentId) -> Option<Hmac<Sha256>> {
    let mac = <Hmac<Sha256> as Mac>::new_from_slice(key).ok()?;
    Some(mac.chain_update(LABEL).chain_update(town.0.as_bytes()).chain_update(resident.0.as_bytes()))
}

/// The token of a resident.
pub fn token(town: &Municipality, resident: ResidentId) -> Option<String> {
    let (_, key) = town.number_keys.last()?;
    let signature = mac(&key.0, town.id, resident)?.finalize().into_bytes();
    Some(URL_SAFE_NO_PAD.encode([town.id.0.as_bytes().as_slice(), resident.0.as_bytes(), &signature[..]].concat()))
}

/// Whose token it is; none for one that we did not give.
pub fn read<'a>(towns: &'a Municipalities, token: &str) -> Option<(&'a Municipality, ResidentId)> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (town, rest) = bytes.split_at_checked(16)?;
    let (resident, signature) = rest.split_at_checked(16)?;
    let town = towns.get(MunicipalityId(Uuid::from_slice(town).ok()?)).ok()?;
    let resident = ResidentId(Uuid::from_slice(resident).ok()?);
    let signed = |key: &[u8]| mac(key, town.id, resident).is_some_and(|mac| mac.verify_slice(signature).is_ok());
    town.number_keys.iter().any(|(_, key)| signed(&key.0)).then_some((&**town, resident))
}
