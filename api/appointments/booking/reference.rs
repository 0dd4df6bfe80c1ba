//! References of visits, which a person can say aloud.

use rand::{Rng as _, rngs::StdRng};

use crate::platform::App;

/// Letters and digits that nobody mistakes for another when they are said aloud.
const ALPHABET: &[u8] = b"23456789ACDEFGHJKMNPQRTVWXY";

/// A reference that nobody has yet: one in three hundred million is taken.
pub fn fresh_reference(app: &App) -> String {
    app.ids.with(reference)
}

/// A reference that a person can say aloud, such as `K7M-3QX`.
fn reference(rng: &mut StdRng) -> String {
    let mut text: String = (0..6).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())])).collect();
    text.insert(3, '-');
    text
}

/// As it was typed or heard: whatever its case, with or without its dash.
pub fn read_reference(text: &str) -> String {
    let mut plain: String = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    if plain.len() == 6 {
        plain.insert(3, '-');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;

    #[test]
    fn a_reference_is_read_as_people_say_it() {
        let mut rng = StdRng::seed_from_u64(1);
        for _ in 0..100 {
            let reference = reference(&mut rng);
            assert_eq!(reference.len(), 7);
            assert_eq!(read_reference(&reference.to_lowercase().replace('-', " ")), reference);
        }
        assert_eq!(read_reference("zzz"), "ZZZ");
    }
}
