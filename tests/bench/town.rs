//! A town of as many people as one wishes, with what they have, written by the database itself: for the guard over plans and the
//! bench of growth.

use uuid::Uuid;

/// A town of some people, with what they have: `{n}` counts them.
pub const FILL: &[&str] = &[
    "insert into resident (municipality_id, id, number_hash, key_version, family_name, given_names, birth_date, language, street,
        house_number, box, postcode, town, household, state, left_at, emptied_at, fingerprint, updated_at, street_key, house_first, house_last,
        latitude, longitude)
     select {town}, {id n}, 'h' || n, 1, 'F' || (n % 700), 'G', {born}, 'nl', 'Straat ' || (n / 200), '1', '', '9800', 'Deinze',
        'hh' || (n / 3), case when n % 20 = 0 then 'departed' else 'active' end, case when n % 20 = 0 then {at} end,
        case when n % 100 = 0 then {at} end, 'f' || n, {at}, 'straat ' || (n / 200), 1, 1,
        50.9 + (n % 1000) / 10000.0, 3.5 + (n / 1000) / 10000.0 from {numbers} s",
    "insert into parent_link (municipality_id, child_hash, parent_hash)
     select {town}, 'h' || n, 'h' || (n + 1) from {numbers} s where n % 5 = 0",
    "insert into account (municipality_id, resident_id, first_signed_in_at, greeted_at)
     select {town}, {id n}, {at}, {at} from {numbers} s where n % 2 = 0",
    "insert into login (municipality_id, issuer, subject, resident_id, created_at)
     select {town}, 'i', 's' || n, {id n}, {at} from {numbers} s where n % 2 = 0",
    "insert into session (municipality_id, id, resident_id, device_name, created_at, last_used_at, expires_at, ended_at)
     select {town}, {id n}, {id n}, 'x', {at}, {at}, {at}, case when n % 20 = 0 then {at} end from {numbers} s where n % 2 = 0",
    "insert into refresh_token (token_hash, municipality_id, session_id, created_at)
     select 't' || n, {town}, {id n}, {at} from {numbers} s where n % 2 = 0",
    "insert into proof (municipality_id, resident_id, level, proved_at)
     select {town}, {id n}, 'high', {at} from {numbers} s where n % 2 = 0",
    "insert into passkey (municipality_id, id, resident_id, credential_id, public_key, algorithm, sign_count, name, level, synced,
        created_at)
     select {town}, {id n}, {id n}, 'c' || n, 'k', -7, 0, 'x', 'high', false, {at} from {numbers} s where n % 4 = 0",
    "insert into passkey_challenge (municipality_id, session_id, purpose, challenge_hash, expires_at)
     select {town}, {id n}, 'add', 'h' || n, {at} from {numbers} s where n % 4 = 0",
    "insert into contact_settings (municipality_id, resident_id, steps, never_digital, email, email_confirmed_at, open_email,
        announcements_by_email, large_print, changed_at)
     select {town}, {id n}, 'push,mail,letter', false, 'a' || n || '@x.example', {at}, false, true, false, {at}
     from {numbers} s where n % 2 = 0",
    "insert into email_code (municipality_id, resident_id, email, code_hash, tries, expires_at, sent, sent_since, bounced)
     select {town}, {id n}, 'a' || n || '@x.example', 'h' || n, 0, {at}, 1, {at}, false from {numbers} s where n % 4 = 0",
    "insert into mail_delivery (municipality_id, id, resident_id, kind, reach_id, address, language, subject, body,
        may_unsubscribe, state, tries, unanswered, next_at, expires_at, sent_at, settled_at, created_at)
     select {town}, {id n}, {id n}, 'message', {id n}, 'a' || n || '@x.example', 'nl', '', '', false, 'sent', 1, 0, {at}, {at},
        {at}, {at}, {at} from {numbers} s where n % 2 = 0",
    "insert into device (municipality_id, id, installation_id, resident_id, session_id, channel_id, platform, target_kind, target,
        locale, app_version, preview, state, registered_at, seen_at)
     select {town}, {id n}, {id n}, {id n}, {id n}, {id 1}, 'ios', 'apns_token', 'd' || n, 'nl', '1', 'neutral', 'active', {at},
        {at} from {numbers} s where n % 2 = 0",
    "insert into badge (municipality_id, resident_id, unread) select {town}, {id n}, 1 from {numbers} s where n % 2 = 0",
    "insert into document (municipality_id, id, resident_id, kind, number_end, expires_on, source, fingerprint, row_key,
        updated_at, next_due_at)
     select {town}, {id n}, {id n}, 'eid', '12', {born}, 'x', 'f', 'r' || n, {at}, {at} from {numbers} s",
    "insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, created_at)
     select {town}, {id n}, {id n}, 'announcement', 'k', 't', 'b', '/', {at} from {numbers} s",
    "insert into reach (municipality_id, id, resident_id, source, source_id, plan, about, language, postcode, state, outcome, next_at,
        created_at)
     select {town}, {id n}, {id n}, 'message', {id n}, 'reminder', '', 'nl', '9800',
        case when n % 20 = 0 then 'open' else 'done' end, case when n % 20 <> 0 then 'read' end, case when n % 20 = 0 then {at} end,
        {at} from {numbers} s where n % 2 = 0",
    "insert into reach_step (municipality_id, reach_id, step, state, at)
     select {town}, {id n}, 'mail', 'taken', {at} from {numbers} s where n % 4 = 0",
    "insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id, category, lane, state,
        attempts, not_before, expires_at, created_at)
     select {town}, {id n}, {id n}, 'show', {id n}, {id 1}, 'announcements', 1, 'settled', 1, {at}, {at}, {at}
     from {numbers} s where n % 2 = 0",
    "insert into appointment (municipality_id, id, reference, service_id, location_id, desk_id, resident_id, visitor, persons,
        state, starts_at, ends_at, claimed_until, extended, sequence, made_by, waiting_id, created_at, updated_at)
     select {town}, {id n}, 'r' || n, {service}, {location}, {id n % 20}, {id n}, '', 1,
        case when n % 4 = 0 then 'lapsed' else 'booked' end, {at}, {at}, {at}, false, 0, 'citizen',
        case when n % 4 = 0 then {id n} end, {at}, {at}
     from {numbers} s where n % 2 = 0",
    "insert into desk_tick (municipality_id, desk_id, tick, appointment_id)
     select {town}, {id n % 20}, {at}, {id n} from {numbers} s where n % 2 = 0",
    "insert into audit_entry (municipality_id, id, at, actor_kind, actor_id, actor_name, act, resident_id)
     select {town}, {id n}, {at}, 'staff', {id 1}, 'x', 'x', {id n} from {numbers} s",
    "insert into announcement_recipient (municipality_id, announcement_id, resident_id, message_id, how, at)
     select {town}, {id 1}, {id n}, {id n}, 'phone', {at} from {numbers} s",
];

/// What stands before them.
pub const BEFORE: &[&str] = &[
    "insert into municipality (id, key, created_at) select {town}, 'deinze', {at} from {numbers} s",
    "insert into channel (id, app, provider, environment, state, pauses, changed_at)
     select {id 1}, 'x', 'apns', 'production', 'open', 0, {at} from {numbers} s",
    "insert into announcement (municipality_id, id, version, state, importance, topic, texts, link, audience, decision, over_cap,
        valid_until, author_id, author, told, by_phone, without_app, held_back, created_at, updated_at, written_at)
     select {town}, {id 1}, 1, 'sent', 'ordinary', 'works', '{\"nl\": {\"title\": \"x\", \"text\": \"x\"}}', '',
        '[[{\"kind\": \"everyone\"}]]', '', false, {at}, {id 1}, 'x', 0, 0, 0, 0, {at}, {at}, {at}
     from {numbers} s",
];

/// Where they live, and where they go, by id.
pub struct Place {
    pub town: Uuid,
    pub service: Uuid,
    pub location: Uuid,
}

/// The id that `{id N}` stands for.
pub const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0000 | number)
}

/// A statement of [`FILL`] for the people of these numbers, as an engine writes it.
pub fn written(sql: &str, place: &Place, from: u32, until: u32, sqlite: bool) -> String {
    let mut sql = if sqlite {
        sql.replace(
            "{numbers}",
            &format!(
                "(with recursive s(n) as (select {from} union all select n + 1 from s where n < {until}) select n from s)"
            ),
        )
        .replace("{at}", "strftime('%Y-%m-%dT%H:%M:%S+00:00', 1767225600 + n * 300, 'unixepoch')")
        .replace("{born}", "date(n % 25000 * 86400, 'unixepoch')")
    } else {
        sql.replace("{numbers}", &format!("(select generate_series({from}, {until}) as n)"))
            .replace("{at}", "to_timestamp(1767225600 + n * 300)")
            .replace("{born}", "(date '1970-01-01' + n % 25000)")
    };
    for (name, id) in [("{town}", place.town), ("{service}", place.service), ("{location}", place.location)] {
        let id = if sqlite { format!("x'{}'", id.simple()) } else { format!("'{id}'::uuid") };
        sql = sql.replace(name, &id);
    }
    while let Some((before, rest)) = sql.split_once("{id ") {
        let (number, after) = rest.split_once('}').unwrap();
        let id = if sqlite {
            format!("unhex(printf('01935c3e0000700080%014x', {number}))")
        } else {
            format!("('01935c3e0000700080' || lpad(to_hex({number}), 14, '0'))::uuid")
        };
        sql = format!("{before}{id}{after}");
    }
    sql
}
