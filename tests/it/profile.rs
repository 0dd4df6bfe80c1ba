//! Who a citizen is, as the town knows them.

use serde_json::json;

use crate::world::{Somebody, World, somebody};

journeys! {
    a_citizen_reads_who_they_are_and_whose_parent,
}

async fn me(world: &World, who: &Somebody) -> serde_json::Value {
    let phone = world.phone(who, true).await;
    let (status, me) = world.get("/v1/me", &phone.tokens.clone().unwrap().access).await;
    assert_eq!(status, 200, "{me}");
    me
}

async fn a_citizen_reads_who_they_are_and_whose_parent(world: World) {
    let anna = somebody("Anna", "1985-05-05").speaks("fr");
    let emma = somebody("Emma", "2019-04-04").child_of(&[&anna]);
    let kobe = somebody("Kobe", "2012-04-04").child_of(&[&anna]);
    // Of age, and no child of hers: what they have is not hers to see.
    let grown = somebody("Lies", "2005-04-04").child_of(&[&anna]);
    let other = somebody("Piet", "2019-04-05");
    world.people(&[&anna, &emma, &kobe, &grown, &other]).await;
    let me_ = me(&world, &anna).await;
    assert_eq!(
        (&me_["given_names"], &me_["call_name"], &me_["family_name"], &me_["birth_date"]),
        (&json!("Anna"), &json!("Anna"), &json!("Zonnebloem"), &json!("1985-05-05")),
        "{me_}"
    );
    let names: Vec<_> =
        me_["children"].as_array().unwrap().iter().map(|c| c["given_names"].as_str().unwrap()).collect();
    assert_eq!(names, ["Kobe", "Emma"], "{me_}");
    assert_eq!(me_["municipality"]["key"], "deinze");
    assert!(me_["address"]["postcode"].is_string(), "{me_}");
    // Nobody reads a parent, or a child of somebody else.
    let lies = me(&world, &grown).await;
    assert_eq!(lies["children"], json!([]), "{lies}");
    assert!(!lies.to_string().contains("Anna"), "{lies}");
}
