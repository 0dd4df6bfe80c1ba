//! People: what befalls them, and who they are afterwards. From what broke others, as far as it
//! touches who somebody is and what they may see.

use serde_json::json;
use thuisloket_mobile_contract::{phone::PhoneError, staff_client::StaffClient};

use crate::world::{World, paper, somebody};

journeys! {
    who_died_or_moved_out_is_signed_out_and_who_moves_back_goes_on,
    a_name_that_changes_changes_nothing_else,
    names_of_every_kind_are_found_at_the_counter,
    a_bis_number_that_becomes_a_real_one_stays_the_same_person,
    two_records_of_one_person_stay_apart_until_the_register_joins_them,
    who_shares_an_e_mail_address_shares_nothing_else,
    each_parent_sees_the_children_they_share_and_no_others,
    at_eighteen_a_child_is_nobodys_to_see,
    the_audit_trail_keeps_the_name_of_whoever_it_was,
}

async fn who_died_or_moved_out_is_signed_out_and_who_moves_back_goes_on(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    let mut hers = world.phone(&anna, true).await;
    let mut his = world.phone(&luc, false).await;
    world.people(&[&anna.clone().state("departed", "2027-02-20"), &luc.clone().state("deceased", "2027-02-27")]).await;
    world.instance.housekeeping().await.unwrap();
    for phone in [&mut hers, &mut his] {
        assert_eq!(phone.inbox().await.unwrap_err().code(), "session_ended");
        assert_eq!(phone.refresh().await.unwrap_err().code(), "refresh_invalid");
    }
    // Nobody signs in as them, whatever key they found in a drawer.
    for who in [&anna, &luc] {
        let Err(PhoneError::Page(_)) = world.new_phone(true, "x").sign_in("deinze", &who.number).await else {
            panic!("{} was let in", who.given)
        };
    }
    // She moves back: the same account, the same inbox.
    world.people(&[&anna.clone().state("active", "")]).await;
    let phone = world.phone(&anna, true).await;
    assert!(phone.inbox().await.is_ok());
    assert_eq!(world.figure("select count(*) from account").await, 2);
    world.instance.housekeeping().await.unwrap();
    assert!(phone.inbox().await.is_ok());
}

async fn a_name_that_changes_changes_nothing_else(world: World) {
    let mut anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    // Another name, another gender, another family: the same person, whose sessions go on.
    (anna.given, anna.family) = (String::new(), "Yıldız-Ångström".to_owned());
    world.people(&[&anna]).await;
    world.instance.housekeeping().await.unwrap();
    assert!(phone.inbox().await.is_ok());
    world.phone(&anna, false).await;
    assert_eq!(world.figure("select count(*) from account").await, 1);
    assert_eq!(world.figure("select count(*) from resident").await, 1);
}

async fn names_of_every_kind_are_found_at_the_counter(world: World) {
    let mut people: Vec<_> = (0..5).map(|_| somebody("X", "1985-05-05")).collect();
    let long = "Wolfeschlegelsteinhausenbergerdorff".repeat(5) + &"ë".repeat(25);
    for (who, (given, family)) in people.iter_mut().zip([
        ("", "Soekarno"),
        ("José María", "Çelik"),
        ("Zoë", "d'Haeseleer"),
        ("Li", "Ø"),
        ("A B C D E F", long.as_str()),
    ]) {
        (who.given, who.family) = (given.to_owned(), family.to_owned());
    }
    // The same birth date gives one number: each their own.
    for (n, who) in people.iter_mut().enumerate() {
        who.number = crate::world::somebody("X", &format!("1985-06-{:02}", n + 1)).number;
    }
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let els = world.staff("Els", &["Loket:0207509031"]).await;
    for (typed, given) in [
        ("soek", ""),
        ("ÇELIK", "José María"),
        ("çel", "José María"),
        ("D'HAES", "Zoë"),
        ("ø", "Li"),
        (long.as_str(), "A B C D E F"),
    ] {
        let question = json!({ "family_name": typed, "birth_date": "1985-05-05", "reason": "visit" });
        let (status, found) = world.json("POST", "/staff/v1/residents/search", Some(&els), &question).await;
        assert_eq!((status, found.as_array().unwrap().len()), (200, 1), "{typed}");
        assert_eq!(found[0]["given_names"], given);
    }
    // And they sign in: who they are is not in their names.
    for who in &people {
        world.phone(who, true).await;
    }
    assert_eq!(world.figure("select count(*) from account").await, 5);
}

async fn a_bis_number_that_becomes_a_real_one_stays_the_same_person(world: World) {
    let mut amina = somebody("Amina", "1991-03-08");
    // A bis number: the month and twenty or forty.
    "98472899765".clone_into(&mut amina.number);
    world.people(&[&amina]).await;
    let phone = world.phone(&amina, true).await;
    world.papers(&[paper(&amina, "residence_a", "2026-04-01", "2027-04-01")]).await;
    let before = phone.documents().await.unwrap()[0].id;
    let mut real = somebody("Amina", "1991-03-08");
    real.former.clone_from(&amina.number);
    world.people(&[&real]).await;
    assert_eq!(world.figure("select count(*) from resident").await, 1);
    world.instance.housekeeping().await.unwrap();
    assert_eq!(phone.documents().await.unwrap()[0].id, before, "she goes on, signed in");
    // By her new number; and by the old one, as long as her provider has not heard: the login is known.
    world.phone(&real, true).await;
    let mut late = world.new_phone(true, "x");
    late.sign_in("deinze", &amina.number).await.unwrap();
    assert_eq!(late.documents().await.unwrap()[0].id, before);
    assert_eq!(world.figure("select count(*) from account").await, 1);
    // The same again changes nothing, nor does the row without the former number.
    let again = world.people(&[&real]).await;
    assert_eq!((again.unchanged, again.changed), (1, 0));
    real.former.clear();
    assert_eq!(world.people(&[&real]).await.unchanged, 1);
    // A number that is none is told.
    real.former = "98472899766".to_owned();
    assert_eq!(world.people(&[&real]).await.wrong, 1);
}

async fn two_records_of_one_person_stay_apart_until_the_register_joins_them(world: World) {
    let (mut old, new) = (somebody("Amina", "1991-03-08"), somebody("Amina", "1991-03-09"));
    "98472899765".clone_into(&mut old.number);
    world.people(&[&old, &new]).await;
    let phone = world.phone(&new, true).await;
    // Both are there: neither takes the other's place, and no row is lost.
    let mut joined = new.clone();
    joined.former.clone_from(&old.number);
    assert_eq!(world.people(&[&joined]).await.wrong, 1, "and it is said");
    assert_eq!(world.figure("select count(*) from resident where state = 'active'").await, 2);
    assert!(phone.inbox().await.is_ok());
    // The register's next snapshot holds one.
    let csv = crate::world::people_csv(&[&joined]);
    let refused = world.residents_file("deinze", &csv, true).await;
    assert!(refused.is_err(), "half of two is too much for a snapshot: {refused:?}");
}

async fn who_shares_an_e_mail_address_shares_nothing_else(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    for who in [&anna, &luc] {
        let shared = json!({
            "rrn": who.number, "email": "gezin@example.be", "phone_number": "+32470000000",
            "given_name": "Anna", "family_name": "Zonnebloem",
        });
        world.stubs.oidc.person(&who.number, shared);
        world.new_phone(true, "x").sign_in("deinze", &who.number).await.unwrap();
    }
    assert_eq!(world.figure("select count(distinct resident_id) from session").await, 2);
    // Nor does an address that is known let a stranger in.
    world.stubs.oidc.person("stranger", json!({ "email": "gezin@example.be", "given_name": "Anna" }));
    assert!(world.new_phone(true, "x").sign_in("deinze", "stranger").await.is_err());
    assert_eq!(world.figure("select count(*) from account").await, 2);
}

async fn each_parent_sees_the_children_they_share_and_no_others(world: World) {
    let (mother, father) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1984-04-04"));
    let theirs = somebody("Noor", "2019-09-09").child_of(&[&mother, &father]);
    // Of her new family: not his to see.
    let hers = somebody("Mila", "2022-02-02").child_of(&[&mother]);
    world.people(&[&mother, &father, &theirs, &hers]).await;
    world.papers(&[&theirs, &hers].map(|c| paper(c, "kids_id", "2025-01-01", "2028-01-01"))).await;
    let (anna, luc) = (world.phone(&mother, true).await, world.phone(&father, false).await);
    let of = |docs: Vec<thuisloket_mobile_contract::client::types::DocumentOut>| {
        let mut names: Vec<_> = docs.into_iter().filter_map(|d| d.child).collect();
        names.sort();
        names
    };
    assert_eq!(of(anna.documents().await.unwrap()), ["Mila", "Noor"]);
    assert_eq!(of(luc.documents().await.unwrap()), ["Noor"]);
    // He loses authority: from then on nothing.
    let alone = somebody("Noor", "2019-09-09").child_of(&[&mother]);
    world.people(&[&alone]).await;
    assert_eq!(of(luc.documents().await.unwrap()), Vec::<String>::new());
    assert_eq!(of(anna.documents().await.unwrap()), ["Mila", "Noor"]);
    // And what was the child's for him to read by its id is not there any more.
    let id = anna.documents().await.unwrap().into_iter().find(|d| d.child.as_deref() == Some("Noor")).unwrap().id;
    let access = luc.tokens.clone().unwrap().access;
    assert_eq!(world.get(&format!("/v1/documents/{id}"), &access).await.0, 404);
}

async fn at_eighteen_a_child_is_nobodys_to_see(world: World) {
    let mother = somebody("Anna", "1985-05-05");
    let child = somebody("Noor", "2009-03-03").child_of(&[&mother]);
    world.people(&[&mother, &child]).await;
    world.papers(&[paper(&child, "eid", "2024-01-01", "2030-01-01")]).await;
    let mut anna = world.phone(&mother, true).await;
    // At seventeen she has itsme and an account of her own, and her mother still sees.
    let noor = world.phone(&child, true).await;
    assert_eq!((noor.documents().await.unwrap().len(), anna.documents().await.unwrap().len()), (1, 1));
    world.at("2027-03-02 23:59");
    anna.refresh().await.unwrap();
    assert_eq!(anna.documents().await.unwrap().len(), 1);
    world.at("2027-03-03 00:00");
    assert_eq!(anna.documents().await.unwrap().len(), 0, "of age, as of midnight in the town");
}

async fn the_audit_trail_keeps_the_name_of_whoever_it_was(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let els = world.staff("Els Peeters", &["Loket:0207509031"]).await;
    let question = json!({ "national_number": anna.number, "reason": "visit" });
    world.json("POST", "/staff/v1/residents/search", Some(&els), &question).await;
    // She marries, and leaves: at her next sign-in she has another name and no role.
    world.stubs.staff.person(
        "Els Peeters",
        json!({ "vo_doelgroepcode": "LB", "given_name": "Els", "family_name": "Janssens", "thuisloket_rol_3d": [] }),
    );
    assert!(StaffClient::code(&world.server, "Els Peeters").await.unwrap().is_none());
    assert_eq!(world.json("POST", "/staff/v1/residents/search", Some(&els), &question).await.0, 409, "no role is left");
    assert_eq!(world.texts("select actor_name from audit_entry").await, ["Els Peeters"]);
    // Staff who look at themselves are written down as at anybody.
    let own = world.staff("Anna", &["Loket:0207509031"]).await;
    world.json("POST", "/staff/v1/residents/search", Some(&own), &question).await;
    assert_eq!(world.figure("select count(*) from audit_entry").await, 2);
}
