//! The inbox.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use crate::world::{World, paper, somebody};

journeys! {
    messages_are_paged_newest_first_read_unread_and_archived,
    an_app_that_keeps_messages_learns_what_changed,
    messages_come_in_the_language_one_chose,
}

async fn messages_are_paged_newest_first_read_unread_and_archived(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let kinds = ["eid", "driving_licence", "resident_parking", "disabled_parking", "residence_f"];
    let papers: Vec<_> = kinds
        .iter()
        .enumerate()
        .map(|(i, k)| paper(&anna, k, "2020-01-01", &format!("2027-05-{:02}", 10 + i)))
        .collect();
    world.papers(&papers).await;
    let mut phone = world.phone(&anna, true).await;
    world.days(60).await;
    phone.refresh().await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    let all = phone.inbox().await.unwrap();
    assert!(all.len() >= 4, "{}", all.len());
    assert!(all.windows(2).all(|w| w[0].created_at >= w[1].created_at));
    // Page by page one meets the same messages, each once.
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let (status, page) = world.get(&format!("/v1/inbox?limit=2{cursor}"), &token).await;
        assert_eq!(status, 200);
        seen.extend(page["messages"].as_array().unwrap().iter().map(|m| m["id"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, all.iter().map(|m| m.id.to_string()).collect::<Vec<_>>());
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), all.len());

    let unread = || async { world.get("/v1/inbox/unread-count", &token).await.1["unread"].as_i64().unwrap() };
    let n = i64::try_from(all.len()).unwrap();
    let path = |what: &str| format!("/v1/inbox/{}/{what}", all[0].id);
    assert_eq!(unread().await, n);
    for (method, what, left) in [
        ("PUT", "read", n - 1),
        ("PUT", "read", n - 1),
        ("DELETE", "read", n),
        ("PUT", "archive", n - 1),
        ("DELETE", "archive", n),
    ] {
        assert_eq!(world.raw(method, &path(what), Some(&token), None).await.0, 200);
        assert_eq!(unread().await, left, "{method} {what}");
        let archive = world.get("/v1/inbox?archived=true", &token).await.1;
        assert_eq!(archive["messages"].as_array().unwrap().len(), usize::from((method, what) == ("PUT", "archive")));
    }
    // A cursor belongs to its list.
    let cursor = world.get("/v1/inbox?limit=1", &token).await.1["next_cursor"].as_str().unwrap().to_owned();
    let (status, problem) = world.get(&format!("/v1/inbox?archived=true&cursor={cursor}"), &token).await;
    assert_eq!((status, problem["code"].as_str()), (400, Some("cursor_invalid")));
}

async fn an_app_that_keeps_messages_learns_what_changed(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let kinds = ["eid", "driving_licence", "resident_parking", "disabled_parking"];
    let ends = |n: usize| format!("2027-05-{:02}", 10 + n);
    let papers: Vec<_> = (0..).zip(kinds).map(|(n, kind)| paper(&anna, kind, "2020-01-01", &ends(n))).collect();
    world.papers(&papers).await;
    let mut phone = world.phone(&anna, true).await;
    world.days(60).await;
    world.clock.advance(chrono::Duration::minutes(10));
    phone.refresh().await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    let all = phone.inbox().await.unwrap();
    assert!(all.len() >= 3, "{}", all.len());
    // What an app keeps: page by page, each message as it is, and what is not kept any more is removed.
    let mut kept: BTreeMap<String, Value> = BTreeMap::new();
    let mut cursor = String::new();
    let look = async |cursor: &mut String, kept: &mut BTreeMap<String, Value>| {
        let mut met = Vec::new();
        loop {
            let after = if cursor.is_empty() { String::new() } else { format!("&cursor={cursor}") };
            let (status, page) = world.get(&format!("/v1/inbox/changes?limit=2{after}"), &token).await;
            assert_eq!(status, 200, "{page}");
            for message in page["messages"].as_array().unwrap() {
                let id = message["id"].as_str().unwrap().to_owned();
                met.push(id.clone());
                kept.insert(id, message.clone());
            }
            let since = page["kept_since"].as_str().unwrap();
            kept.retain(|_, message| message["created_at"].as_str().unwrap() >= since);
            *cursor = page["cursor"].as_str().unwrap().to_owned();
            if page["more"] == false {
                return met;
            }
        }
    };
    let met = look(&mut cursor, &mut kept).await;
    assert_eq!(met.iter().collect::<HashSet<_>>().len(), all.len());
    assert_eq!(met.len(), all.len(), "each once");
    let is_whole = async |kept: &BTreeMap<String, Value>| {
        let mut here = Vec::new();
        for list in ["/v1/inbox?limit=100", "/v1/inbox?limit=100&archived=true"] {
            here.extend(world.get(list, &token).await.1["messages"].as_array().unwrap().clone());
        }
        here.sort_by_key(|m| m["id"].as_str().unwrap().to_owned());
        assert_eq!(kept.values().cloned().collect::<Vec<_>>(), here);
    };
    is_whole(&kept).await;
    // Nothing new: the same cursor, and an answer that need not be sent again.
    let same = cursor.clone();
    assert_eq!((look(&mut cursor, &mut kept).await, &cursor), (Vec::new(), &same));
    let ask = async |tag: Option<&str>| {
        let mut request =
            world.http.get(format!("{}/v1/inbox/changes?cursor={same}", world.server)).bearer_auth(&token);
        if let Some(tag) = tag {
            request = request.header("if-none-match", tag);
        }
        let answer = request.send().await.unwrap();
        let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
        (answer.status().as_u16(), tag, answer.bytes().await.unwrap().len())
    };
    let (status, tag, length) = ask(None).await;
    assert!(status == 200 && length > 0, "{status}");
    world.clock.advance(chrono::Duration::minutes(2));
    assert_eq!(ask(Some(&tag)).await, (304, tag, 0), "minutes later");
    // Read, archived and read again, here or elsewhere: as it is now, once the minutes are over in which it may come late.
    for (method, n, what) in [("PUT", 0, "read"), ("PUT", 1, "archive"), ("DELETE", 0, "read")] {
        let path = format!("/v1/inbox/{}/{what}", all[n].id);
        assert_eq!(world.raw(method, &path, Some(&token), None).await.0, 200);
    }
    let changed = HashSet::from([all[0].id.to_string(), all[1].id.to_string()]);
    for _ in 0..2 {
        assert_eq!(look(&mut cursor, &mut kept).await.into_iter().collect::<HashSet<_>>(), changed, "met again");
        is_whole(&kept).await;
    }
    // An app that sleeps between two pages: what was written in the last minutes before it began is met again, however late it goes on.
    let (_, first) = world.get(&format!("/v1/inbox/changes?limit=1&cursor={cursor}"), &token).await;
    assert_eq!(first["more"], true, "{first}");
    world.clock.advance(chrono::Duration::minutes(7));
    cursor = first["cursor"].as_str().unwrap().to_owned();
    look(&mut cursor, &mut kept).await;
    assert_eq!(look(&mut cursor, &mut kept).await.into_iter().collect::<HashSet<_>>(), changed, "met again");
    look(&mut cursor, &mut kept).await;
    assert_eq!(look(&mut cursor, &mut kept).await, Vec::<String>::new());
    // A cursor of another list is none of this one.
    let other = world.get("/v1/inbox?limit=1", &token).await.1["next_cursor"].as_str().unwrap().to_owned();
    let (status, problem) = world.get(&format!("/v1/inbox/changes?cursor={other}"), &token).await;
    assert_eq!((status, &problem["code"]), (400, &json!("cursor_invalid")));
    // What is past its keeping is gone here as there.
    world.clock.advance(chrono::Duration::days(365 * 3));
    phone.refresh().await.unwrap_err();
    let mut phone = world.phone(&anna, true).await;
    world.instance.housekeeping().await.unwrap();
    phone.refresh().await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    let (_, page) = world.get(&format!("/v1/inbox/changes?cursor={cursor}"), &token).await;
    let since = page["kept_since"].as_str().unwrap();
    let left = kept.values().filter(|message| message["created_at"].as_str().unwrap() >= since).count();
    assert_eq!((left, page["messages"].as_array().unwrap().len()), (0, 0), "{page}");
}

async fn messages_come_in_the_language_one_chose(world: World) {
    let people = [
        ("de", "Personalausweis läuft am 1. Juni 2027 ab"),
        ("en", "Identity card expires on 1 June 2027"),
        ("fr", "Expire le 1er juin 2027\u{a0}: Carte d’identité"),
    ];
    for (i, (language, title)) in people.into_iter().enumerate() {
        let who = somebody("Iemand", &format!("1985-05-{:02}", i + 1)).speaks(language);
        world.people(&[&who]).await;
        world.papers(&[paper(&who, "eid", "2017-06-01", "2027-06-01")]).await;
        let mut phone = world.phone(&who, true).await;
        world.at("2027-03-03 10:00");
        world.drain().await;
        assert_eq!(world.titles(&mut phone).await, [title]);
        world.at("2027-03-01 10:00");
    }
}
