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

/// Which browser on which system, in one word each: enough to know one's own sessions apart, and no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// `firefox`, `chrome`, `edge`, `safari`, `opera` or `other`.
    pub browser: &'static str,
    /// `windows`, `macos`, `linux`, `android`, `ios`, `chromeos` or `other`.
    pub system: &'static str,
}

impl Client {
    /// What a browser says of itself. Each says that it is the ones before it too, so the order counts.
    pub fn of(user_agent: &str) -> Self {
        let first = |words: &[(&str, &'static str)]| {
            words.iter().find(|(word, _)| user_agent.contains(word)).map_or("other", |(_, name)| *name)
        };
        Self {
            browser: first(&[
                ("Edg", "edge"),
                ("OPR/", "opera"),
                ("Firefox/", "firefox"),
                ("FxiOS/", "firefox"),
                ("CriOS/", "chrome"),
                ("Chrome/", "chrome"),
                ("Chromium/", "chrome"),
                ("Safari/", "safari"),
            ]),
            system: first(&[
                ("Windows", "windows"),
                ("iPhone", "ios"),
                ("iPad", "ios"),
                ("Android", "android"),
                ("CrOS", "chromeos"),
                ("Mac OS X", "macos"),
                ("Linux", "linux"),
            ]),
        }
    }
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

    #[test]
    fn a_browser_is_known_by_the_name_that_people_call_it() {
        for (says, browser, system) in [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "firefox", "windows"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
                "edge",
                "windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
                "safari",
                "macos",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36",
                "chrome",
                "android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0 Mobile/15E148 Safari/604.1",
                "chrome",
                "ios",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "firefox", "linux"),
            ("curl/8.5.0", "other", "other"),
            ("", "other", "other"),
        ] {
            assert_eq!(Client::of(says), Client { browser, system }, "{says}");
        }
    }
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
