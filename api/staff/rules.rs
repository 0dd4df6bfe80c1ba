//! What a member of staff may do where, from what the provider claims.

use std::collections::{BTreeMap, BTreeSet};

use crate::platform::{access::Role, ids::MunicipalityId};

/// What may be done in each town.
pub type Grants = BTreeMap<MunicipalityId, BTreeSet<Role>>;

/// A town, as the provider names it: only towns whose staff sign in at this very provider, so that one town's provider
/// gives no roles in another's.
pub struct Organisation<'a> {
    /// The town.
    pub town: MunicipalityId,
    /// What the provider calls it, by one name or more.
    pub names: &'a [String],
}

/// Reads claims of the form `Role:Organisation` (ACM/IDM's `…_rol_3d`). What is not mapped gives nothing.
pub fn grants(claims: &[String], map: &BTreeMap<String, Vec<Role>>, towns: &[Organisation<'_>]) -> Grants {
    let mut grants = Grants::new();
    for claim in claims {
        let Some((role, organisation)) = claim.split_once(':') else { continue };
        for town in towns.iter().filter(|t| t.names.iter().any(|n| n == organisation)) {
            for role in map.get(role).into_iter().flatten() {
                grants.entry(town.town).or_default().insert(*role);
            }
        }
    }
    grants
}

/// Whether an address is one that a tool on the same machine listens on, which alone gets a code (RFC 8252, 7.3).
pub fn is_loopback(redirect: &url::Url) -> bool {
    redirect.scheme() == "http"
        && matches!(redirect.host_str(), Some("127.0.0.1" | "[::1]"))
        && redirect.username().is_empty()
        && redirect.password().is_none()
        && redirect.fragment().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn town(n: u128) -> MunicipalityId {
        MunicipalityId(uuid::Uuid::from_u128(n))
    }

    fn map() -> BTreeMap<String, Vec<Role>> {
        BTreeMap::from([
            ("Loket".to_owned(), vec![Role::Counter]),
            ("Beheer".to_owned(), vec![Role::Counter, Role::Administer]),
        ])
    }

    #[test]
    fn roles_count_in_the_town_they_name_only() {
        let (a, b) = (["0207509031".to_owned(), "44083".to_owned()], ["0207500000".to_owned()]);
        let towns = [Organisation { town: town(1), names: &a }, Organisation { town: town(2), names: &b }];
        let claims = ["Loket:0207509031", "Beheer:0207500000", "Loket:44083", "Koning:0207509031", "Loket", "Beheer:"];
        let found = grants(&claims.map(str::to_owned), &map(), &towns);
        assert_eq!(found.len(), 2);
        assert_eq!(found[&town(1)], BTreeSet::from([Role::Counter]));
        assert_eq!(found[&town(2)], BTreeSet::from([Role::Counter, Role::Administer]));
        assert!(grants(&claims.map(str::to_owned), &map(), &towns[..0]).is_empty());
    }

    #[test]
    fn a_code_goes_to_this_machine_only() {
        for (address, yes) in [
            ("http://127.0.0.1:9000/back", true),
            ("http://[::1]:9000/", true),
            ("http://localhost:9000/", false),
            ("https://127.0.0.1/", false),
            ("http://127.0.0.1.evil.example/", false),
            ("http://127.0.0.1@evil.example/", false),
            ("http://evil@127.0.0.1/", false),
            ("http://127.0.0.1/#x", false),
        ] {
            assert_eq!(is_loopback(&address.parse().unwrap()), yes, "{address}");
        }
    }

    proptest! {
        /// Whatever is claimed, nobody gets what no claim maps to, nor in a town that is not among them.
        #[test]
        fn nothing_is_given_that_was_not_claimed(claims in prop::collection::vec("(Loket|Beheer|X)?:?(1|2|3)?:?", 0..8)) {
            let names = ["1".to_owned()];
            let found = grants(&claims, &map(), &[Organisation { town: town(1), names: &names }]);
            let wanted: BTreeSet<Role> = claims
                .iter()
                .flat_map(|c| match c.as_str() {
                    "Loket:1" => vec![Role::Counter],
                    "Beheer:1" => vec![Role::Counter, Role::Administer],
                    _ => vec![],
                })
                .collect();
            prop_assert_eq!(found.get(&town(1)).cloned().unwrap_or_default(), wanted);
            prop_assert!(found.len() <= 1);
        }
    }
}
