-- What the migrations make together, on either database. Written by a test (BLESS=1); see migrations/README.md.

-- platform

create table kept_answer (
    key_hash text not null primary key,
    request_hash text not null,
    answer text not null,
    kept_at timestamptz not null
);
create index kept_answer_oldest on kept_answer (kept_at);

create table last_work (
    id bigint not null primary key check (id = 1),
    worked_at timestamptz not null
);

create table process (
    id uuid not null primary key,
    seen_at timestamptz not null
);

create table set_aside (
    worker text not null,
    item uuid not null,
    municipality_id uuid not null,
    reason text not null,
    tries bigint not null,
    since timestamptz not null,
    again_at timestamptz not null,
    primary key (worker, item)
);

-- municipalities

create table municipality (
    id uuid not null primary key,
    key text not null unique,
    created_at timestamptz not null
);

create table municipality_nis (
    municipality_id uuid not null references municipality (id),
    nis_code text not null,
    valid_from date not null,
    primary key (municipality_id, nis_code)
);

create table number_key (
    municipality_id uuid not null references municipality (id),
    version bigint not null,
    fingerprint text not null,
    noted_at timestamptz not null,
    primary key (municipality_id, version)
);

-- residents

create table import_run (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    subject text not null check (subject in ('residents', 'documents')),
    started_at timestamptz not null,
    finished_at timestamptz,
    primary key (municipality_id, id)
);
create unique index import_run_under_way on import_run (municipality_id, subject) where finished_at is null;

create table import_seen (
    municipality_id uuid not null references municipality (id),
    run_id uuid not null,
    row_key text not null,
    primary key (municipality_id, run_id, row_key)
);

create table parent_block (
    municipality_id uuid not null references municipality (id),
    child_id uuid not null,
    parent_id uuid not null,
    reason text not null check (reason in ('court', 'safety', 'mistake')),
    until_on date,
    blocked_at timestamptz not null,
    blocked_by text not null,
    blocked_by_id uuid not null,
    primary key (municipality_id, child_id, parent_id)
);
create index parent_block_of_parent on parent_block (municipality_id, parent_id, child_id);
create index parent_block_due on parent_block (until_on) where until_on is not null;

create table parent_link (
    municipality_id uuid not null references municipality (id),
    child_hash text not null,
    parent_hash text not null,
    ended_at timestamptz,
    primary key (municipality_id, child_hash, parent_hash)
);
create index parent_link_by_parent on parent_link (municipality_id, parent_hash, child_hash);
create index parent_link_ended on parent_link (ended_at) where ended_at is not null;

create table resident (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    number_hash text not null,
    key_version bigint not null,
    family_name text not null,
    given_names text not null,
    birth_date date,
    language text not null,
    street text not null,
    house_number text not null,
    box text not null,
    postcode text not null,
    town text not null,
    latitude double precision,
    longitude double precision,
    household text not null,
    state text not null check (state in ('active', 'deceased', 'departed', 'retired')),
    state_on date,
    fingerprint text not null,
    updated_at timestamptz not null,
    -- What of an address is compared, however a register writes it: the street without case and accents, the first and the last
    -- house number. Empty until it was reckoned, once, when the server starts.
    street_key text,
    house_first bigint,
    house_last bigint,
    -- How somebody's state will be, and from when: who leaves next month lives here today.
    coming_state text check (coming_state in ('deceased', 'departed')),
    coming_on date,
    -- Who died, left or was retired from the register: since when, and when what was theirs was erased. Both are null for who
    -- lives here.
    left_at timestamptz,
    emptied_at timestamptz, hidden boolean not null default false, country text not null default '', register_key text not null default '',
    primary key (municipality_id, id)
);
create unique index resident_by_number on resident (municipality_id, number_hash);
create index resident_by_postcode on resident (municipality_id, postcode);
create index resident_by_place on resident (municipality_id, latitude);
create index resident_by_household on resident (municipality_id, household);
create index resident_by_street_compared on resident (municipality_id, street_key, house_first);
create index resident_not_compared on resident (id) where street_key is null;
create index resident_coming on resident (municipality_id, coming_on) where coming_on is not null;
create index resident_by_birth on resident (municipality_id, birth_date, id);
create index resident_active on resident (municipality_id, id, state) where state = 'active';
create index resident_gone on resident (updated_at) where state <> 'active';
create index resident_to_note on resident (id) where state <> 'active' and left_at is null;
create index resident_to_empty on resident (left_at, id) where left_at is not null and emptied_at is null;
create index resident_to_erase on resident (left_at, id) where emptied_at is not null;
create index resident_emptied on resident (emptied_at, id) where emptied_at is not null;
create index resident_hidden on resident (municipality_id, number_hash) where hidden = true;
create index resident_abroad on resident (municipality_id, country) where country > '';
create index resident_known_as on resident (municipality_id, register_key) where register_key > '';

-- identity

create table account (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    language text,
    first_signed_in_at timestamptz not null,
    greeted_at timestamptz,
    primary key (municipality_id, resident_id)
);
create index account_newcomers on account (first_signed_in_at) where greeted_at is null;

create table login (
    municipality_id uuid not null references municipality (id),
    issuer text not null,
    subject text not null,
    resident_id uuid not null,
    created_at timestamptz not null,
    primary key (municipality_id, issuer, subject)
);
create index login_by_resident on login (municipality_id, resident_id);

create table proof (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    level text not null check (level in ('low', 'substantial', 'high')),
    proved_at timestamptz not null,
    primary key (municipality_id, resident_id, level)
);

create table refresh_token (
    token_hash text not null primary key,
    municipality_id uuid not null,
    session_id uuid not null,
    created_at timestamptz not null,
    spent_at timestamptz,
    -- Another token took its place: a sibling of the one that was used, or what a step-up replaced.
    superseded boolean not null default false,
    foreign key (municipality_id, session_id) references session (municipality_id, id) on delete cascade
);
create index refresh_token_unspent on refresh_token (municipality_id, session_id) where spent_at is null;
create index refresh_token_in_order on refresh_token (municipality_id, session_id, created_at);

create table session (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    resident_id uuid not null,
    device_name text not null,
    installation_id uuid,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    end_reason text,
    told_at timestamptz,
    level text not null default 'low' check (level in ('low', 'substantial', 'high')), proved_at timestamptz, raised_from text check (raised_from in ('low', 'substantial', 'high')), raised_until timestamptz,
    primary key (municipality_id, id)
);
create index session_to_tell on session (ended_at)
    where told_at is null and end_reason in ('refresh_reused', 'code_replayed');
create index session_by_resident on session (municipality_id, resident_id);
create index session_by_installation on session (installation_id) where ended_at is null;
create index session_by_expiry on session (expires_at);
create index session_ended on session (ended_at) where ended_at is not null;

create table sign_in (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    state_hash text not null unique,
    nonce text not null,
    provider_verifier text not null,
    app_challenge text not null,
    device_name text not null,
    installation_id uuid,
    language text not null,
    expires_at timestamptz not null,
    resident_id uuid,
    code_hash text unique,
    code_expires_at timestamptz,
    traded_session_id uuid,
    -- Which provider a sign-in goes through, how sure it must be, and what the app goes on with afterwards. With
    -- `raises_session_id` it proves more about a session that is there.
    provider text not null default '',
    least_level text not null default 'low',
    level text not null default 'low',
    go_on text,
    raises_session_id uuid, asked_at timestamptz,
    primary key (municipality_id, id)
);
create index sign_in_by_expiry on sign_in (expires_at);

create table signing_key (
    id text not null primary key,
    noted_at timestamptz not null,
    is_first boolean not null default false
);
create unique index signing_key_first on signing_key (is_first) where is_first;

-- staff

create table staff_member (
    id uuid not null primary key,
    issuer text not null,
    subject text not null,
    name text not null,
    first_signed_in_at timestamptz not null,
    last_signed_in_at timestamptz not null,
    unique (issuer, subject)
);

create table staff_role (
    municipality_id uuid not null references municipality (id),
    member_id uuid not null references staff_member (id),
    role text not null,
    claimed boolean not null,
    withdrawn_at timestamptz,
    primary key (municipality_id, member_id, role)
);
create index staff_role_by_member on staff_role (member_id);

create table staff_session (
    id uuid not null primary key,
    token_hash text not null unique,
    member_id uuid not null references staff_member (id),
    municipality_id uuid references municipality (id),
    kind text not null check (kind in ('browser', 'tool')),
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    -- What a member of staff knows a session by: which browser, on which system, in one word each. Empty for a tool.
    browser text,
    system text
);
create index staff_session_by_member on staff_session (member_id);
create index staff_session_by_expiry on staff_session (expires_at);

create table staff_sign_in (
    id uuid not null primary key,
    state_hash text not null unique,
    provider text not null,
    nonce text not null,
    provider_verifier text not null,
    browser_hash text,
    challenge text,
    redirect text,
    expires_at timestamptz not null,
    member_id uuid references staff_member (id),
    code_hash text unique,
    code_expires_at timestamptz,
    traded_session_id uuid
);
create index staff_sign_in_by_expiry on staff_sign_in (expires_at);

-- audit

create table audit_entry (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    at timestamptz not null,
    actor_kind text not null check (actor_kind in ('staff', 'machine')),
    actor_id uuid not null,
    actor_name text not null,
    act text not null,
    subject_id uuid,
    resident_id uuid,
    reason text,
    request_id text,
    -- What was read of many people at once is one entry for whoever watches over the staff (`people`: of how many), and one for each of
    -- them beside it, which they read in their own trail (`part_of_id`: of which entry it is a part).
    people bigint,
    part_of_id uuid,
    -- What an entry's subject was called when it was done, in the town's first language: an announcement that was approved under one title
    -- and written anew under another. None for what tells of a person.
    subject_name text, desk text, holder_id uuid,
    primary key (municipality_id, id)
);
create index audit_entry_newest on audit_entry (municipality_id, at, id);
create index audit_entry_by_resident on audit_entry (municipality_id, resident_id, at, id) where resident_id is not null;
create index audit_entry_by_actor on audit_entry (municipality_id, actor_id, at, id);
create index audit_entry_whole on audit_entry (municipality_id, at, id) where part_of_id is null;
create index audit_entry_whole_by_actor on audit_entry (municipality_id, actor_id, at, id) where part_of_id is null;
create index audit_entry_whole_by_act on audit_entry (municipality_id, act, at, id) where part_of_id is null;
create index audit_entry_whole_by_both on audit_entry (municipality_id, actor_id, act, at, id) where part_of_id is null;

-- administration

create table machine_key (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    name text not null,
    scopes text not null,
    key_hash text not null unique,
    made_at timestamptz not null,
    made_by text not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    rotated_to_id uuid,
    last_used_at timestamptz,
    primary key (municipality_id, id)
);

-- mandates

create table mandate (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    -- Whose things it is about, and who does something with them.
    grantor_id uuid not null,
    holder_id uuid not null,
    basis text not null check (basis in ('given', 'court_person', 'court_goods', 'care_proxy', 'counter_once')),
    mode text not null check (mode in ('represent', 'assist')),
    -- What may be done, and with what: words with commas between them, in the order of their lists.
    verbs text not null,
    kinds text not null,
    -- The first day and the last one; no last day is only by an order of a court.
    from_on date not null,
    until_on date,
    state text not null check (state in ('asked', 'proposed', 'active', 'refused', 'ended')),
    -- What staff saw that proves it, and the day that stands on it.
    proof text check (proof in ('order', 'care_proxy', 'both_present')),
    proof_on date,
    -- Which member of staff wrote it down, and which one looked at it once more.
    made_by text,
    made_by_id uuid,
    confirmed_by text,
    confirmed_by_id uuid,
    asked_at timestamptz not null,
    accepted_at timestamptz,
    ended_at timestamptz,
    ended_why text check (ended_why in ('refused', 'withdrawn', 'revoked', 'staff', 'date', 'gone')),
    primary key (municipality_id, id)
);
create unique index mandate_open on mandate (municipality_id, holder_id, grantor_id, basis) where ended_at is null;
create index mandate_of_grantor on mandate (municipality_id, grantor_id, asked_at, id);
create index mandate_of_holder on mandate (municipality_id, holder_id, asked_at, id);
create index mandate_due on mandate (until_on) where ended_at is null and until_on is not null;
create index mandate_asked on mandate (asked_at) where state in ('asked', 'proposed');
create index mandate_over on mandate (ended_at) where ended_at is not null;

create table mandate_code (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    code_hash text not null,
    expires_at timestamptz not null,
    primary key (municipality_id, resident_id)
);
create unique index mandate_code_by_hash on mandate_code (municipality_id, code_hash);

create table mandate_look (
    municipality_id uuid not null references municipality (id),
    holder_id uuid not null,
    grantor_id uuid not null,
    kind text not null check (kind in ('documents', 'visits', 'messages', 'cases')),
    looked_on date not null,
    primary key (municipality_id, holder_id, grantor_id, kind)
);
create index mandate_look_of_grantor on mandate_look (municipality_id, grantor_id);

create table of_age_told (
    municipality_id uuid not null primary key references municipality (id),
    told_on date not null
);

-- contacts

create table contact_settings (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    -- In their order, as "push,mail,letter": what is not named is not wanted.
    steps text not null,
    -- No push and no e-mail, whatever else stands here.
    never_digital boolean not null,
    -- An address that its owner confirmed; kept where it was dropped, so that they see which.
    email text,
    email_confirmed_at timestamptz,
    -- Since when nothing is sent to it any more, and why.
    email_dropped_at timestamptz,
    email_dropped_why text check (email_dropped_why in ('bounced', 'complained')),
    -- Whether an e-mail may say what a message says.
    open_email boolean not null,
    announcements_by_email boolean not null,
    large_print boolean not null,
    changed_at timestamptz not null, language text, read_aloud boolean not null default false,
    primary key (municipality_id, resident_id)
);

create table email_code (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    email text not null,
    code_hash text not null,
    tries bigint not null,
    expires_at timestamptz not null,
    -- How many were sent since an hour began, and when that was.
    sent bigint not null,
    sent_since timestamptz not null,
    -- The address does not exist.
    bounced boolean not null,
    primary key (municipality_id, resident_id)
);
create index email_code_by_end on email_code (expires_at);

-- push

create table badge (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    unread bigint not null,
    primary key (municipality_id, resident_id)
);

create table channel (
    id uuid not null primary key,
    app text not null,
    provider text not null check (provider in ('apns', 'fcm')),
    environment text not null check (environment in ('production', 'sandbox')),
    state text not null check (state in ('open', 'paused', 'probing')),
    reason text,
    paused_until timestamptz,
    pauses bigint not null,
    changed_at timestamptz not null,
    holder_id uuid,
    held_until timestamptz,
    -- Why it is paused, and since when whoever runs the server has been told of it.
    pause_kind text,
    told_at timestamptz,
    unique (app, provider, environment)
);

create table device (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    installation_id uuid not null,
    resident_id uuid not null,
    session_id uuid not null,
    channel_id uuid not null references channel (id),
    platform text not null check (platform in ('ios', 'android')),
    target_kind text not null check (target_kind in ('apns_token', 'fcm_token', 'fcm_fid')),
    target text not null,
    locale text not null,
    app_version text not null,
    preview text not null check (preview in ('neutral', 'full')),
    state text not null check (state in ('active', 'quarantined')),
    state_reason text,
    registered_at timestamptz not null,
    seen_at timestamptz not null, live_start_token text, shows_live boolean not null default false,
    primary key (municipality_id, id)
);
create unique index device_by_installation on device (installation_id);
create unique index device_by_target on device (channel_id, target);
create index device_by_resident on device (municipality_id, resident_id);
create index device_by_session on device (municipality_id, session_id);
create index device_by_seen on device (seen_at);

create table live_activity (
    municipality_id uuid not null references municipality (id),
    ticket_id uuid not null,
    device_id uuid not null,
    resident_id uuid not null,
    channel_id uuid not null references channel (id),
    location_id uuid not null,
    -- By which iOS lets it be updated, and since when; none until the app told it, and on Android.
    token text,
    token_at timestamptz,
    -- When iOS was asked to start it; none where the app did.
    started_at timestamptz,
    -- The state: what a screen in the hall shows, and nothing else.
    number text not null,
    ahead bigint,
    minutes bigint,
    desk_called text,
    ended boolean not null,
    as_of timestamptz not null,
    -- Whether there is a state that whoever holds the token was told, or is about to be.
    told boolean not null,
    -- Counts the states: what was sent of one settles no other.
    version bigint not null,
    -- Since when it is to be sent; none while there is nothing to say.
    due_at timestamptz,
    urgent boolean not null,
    attempts bigint not null,
    code text,
    created_at timestamptz not null,
    primary key (municipality_id, ticket_id, device_id)
);
create index live_activity_due on live_activity (channel_id, due_at, ticket_id, device_id) where due_at is not null;
create index live_activity_old on live_activity (created_at);

create table push_delivery (
    municipality_id uuid not null references municipality (id),
    message_id uuid not null,
    device_id uuid not null,
    purpose text not null check (purpose in ('show', 'clear')),
    resident_id uuid not null,
    channel_id uuid not null references channel (id),
    category text not null,
    lane bigint not null check (lane in (0, 1)),
    state text not null check (state in ('ready', 'settled')),
    outcome text,
    code text,
    attempts bigint not null,
    not_before timestamptz not null,
    expires_at timestamptz not null,
    request_id text,
    created_at timestamptz not null,
    settled_at timestamptz,
    -- What a push says beside the neutral sentence, and in which language: only what anybody may read, of an announcement.
    title text check (title is null or category in ('announcements', 'emergency')),
    language text, useful_until timestamptz,
    primary key (municipality_id, message_id, device_id, purpose)
);
create index push_delivery_ready on push_delivery (channel_id, lane, not_before, message_id, device_id) where state = 'ready';

create table push_mute (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    category text not null,
    primary key (municipality_id, resident_id, category)
);

create table push_preference (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    quiet_from bigint not null check (quiet_from between 0 and 1439),
    quiet_until bigint not null check (quiet_until between 0 and 1439),
    primary key (municipality_id, resident_id)
);

-- mail

create table mail_delivery (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    resident_id uuid not null,
    kind text not null check (kind in ('message', 'code')),
    -- What it is a step of; absent where it stands alone.
    reach_id uuid,
    address text not null,
    language text not null,
    -- Both are emptied when it is no longer to be sent.
    subject text not null,
    body text not null,
    -- Whether it leads to where announcements by e-mail are ended.
    may_unsubscribe boolean not null,
    state text not null check (state in ('queued', 'sent', 'bounced', 'failed', 'cancelled', 'expired')),
    tries bigint not null,
    -- How often the relay had all of it, and no answer came.
    unanswered bigint not null,
    next_at timestamptz not null,
    expires_at timestamptz not null,
    sent_at timestamptz,
    why text,
    -- When it was settled, and when whose step it is heard that it failed.
    settled_at timestamptz,
    told_at timestamptz,
    created_at timestamptz not null,
    primary key (municipality_id, id)
);
create index mail_due on mail_delivery (next_at) where state = 'queued';
create index mail_ends on mail_delivery (expires_at) where state = 'queued';
create index mail_untold on mail_delivery (settled_at)
    where reach_id is not null and told_at is null and state in ('bounced', 'failed', 'expired');
create index mail_by_resident on mail_delivery (municipality_id, resident_id);
create index mail_by_reach on mail_delivery (municipality_id, reach_id) where reach_id is not null;
create index mail_due_codes on mail_delivery (next_at) where state = 'queued' and kind = 'code';

create table mail_channel (
    id bigint not null primary key check (id = 1),
    holder_id uuid,
    held_until timestamptz,
    paused_until timestamptz,
    why text,
    -- Faults in a row; and addresses in a row that the relay says do not exist.
    fails bigint not null,
    refused bigint not null,
    changed_at timestamptz not null
);

-- inbox

create table message (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    resident_id uuid not null,
    kind text not null,
    dedupe_key text not null,
    title text not null,
    body text not null,
    deep_link text not null,
    action_label text,
    action_link text,
    created_at timestamptz not null,
    read_at timestamptz,
    archived_at timestamptz,
    -- What was taken back stays readable, as what it is.
    withdrawn_at timestamptz, changed_at timestamptz, of_child boolean not null default false,
    primary key (municipality_id, id)
);
create unique index message_once on message (municipality_id, resident_id, dedupe_key);
create index message_newest on message (municipality_id, resident_id, created_at, id);
create index message_unread on message (municipality_id, resident_id) where read_at is null and archived_at is null;
create index message_changed on message (municipality_id, resident_id, changed_at, id) where changed_at is not null;

create table reach (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    resident_id uuid not null,
    -- Where what was said stands: in the inbox (`message`), or with what somebody without the app was to be told (`unreached`).
    source text not null check (source in ('message', 'unreached')),
    source_id uuid not null,
    -- Which of the configured plans it follows.
    plan text not null,
    -- The documents that it asks something about, with spaces between; empty for anything else.
    about text not null,
    language text not null,
    -- Where they lived when it began, for figures by district.
    postcode text not null,
    -- Whether phones were told; none where there was an inbox and nothing was against it.
    no_push text check (no_push in ('no_app', 'not_wanted')),
    -- Until when it is worth something; none where it does not pass.
    worth_until timestamptz,
    state text not null check (state in ('open', 'done')),
    outcome text,
    outcome_at timestamptz,
    -- The last step that was taken.
    step text,
    -- What it waits for that people do, and since when: to be printed, or to be called.
    waits_for text check (waits_for in ('letter', 'call')),
    waits_since timestamptz,
    -- When the worker looks at it again; none where it is done.
    next_at timestamptz,
    created_at timestamptz not null, broadcast_id uuid,
    primary key (municipality_id, id)
);
create unique index reach_by_source on reach (municipality_id, source_id);
create index reach_due on reach (next_at, id) where next_at is not null;
create index reach_of on reach (municipality_id, resident_id);
create index reach_waits on reach (municipality_id, waits_for, waits_since, id) where waits_for is not null;
create index reach_by_month on reach (municipality_id, created_at, id);
create index reach_by_broadcast on reach (municipality_id, broadcast_id, resident_id) where broadcast_id is not null;

create table reach_step (
    municipality_id uuid not null,
    reach_id uuid not null,
    step text not null check (step in ('mail', 'letter', 'call')),
    state text not null check (state in ('due', 'taken', 'skipped', 'failed', 'returned', 'reached')),
    reason text,
    at timestamptz not null,
    primary key (municipality_id, reach_id, step),
    foreign key (municipality_id, reach_id) references reach (municipality_id, id) on delete cascade
);

create table unreached (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    resident_id uuid not null,
    -- Why: `no_app`, or `not_here` for who has died, moved away or left the register.
    reason text not null,
    kind text not null,
    category text not null,
    dedupe_key text not null,
    language text not null,
    title text not null,
    body text not null,
    -- Until when it was worth telling; none where it does not pass.
    worth_until timestamptz,
    created_at timestamptz not null, withdrawn_at timestamptz, deep_link text, of_child boolean not null default false,
    primary key (municipality_id, id)
);
create unique index unreached_once on unreached (municipality_id, resident_id, dedupe_key);

-- letters

create table letter (
    municipality_id uuid not null,
    id uuid not null,
    batch_id uuid not null,
    -- What asked for it: a letter for each at the most.
    reach_id uuid not null,
    resident_id uuid not null,
    -- Eight letters, by which it is known when it comes back.
    reference text not null,
    -- The order of a postman: postcode, street, number, box.
    sort_key text not null,
    -- Its place in the batch and the part that it is in; none until it has one.
    sequence bigint,
    part bigint,
    state text not null check (state in ('batched', 'taken_out', 'posted', 'returned')),
    -- Why it was taken out.
    why text,
    language text not null,
    large_print boolean not null,
    name text not null,
    street text not null,
    house_number text not null,
    box text not null,
    postcode text not null,
    town text not null,
    address_hash text not null,
    subject text not null,
    body text not null,
    pages bigint,
    created_at timestamptz not null,
    -- Whether what asked for it was told what became of it.
    settled boolean not null,
    posted_at timestamptz,
    returned_at timestamptz,
    returned_by text,
    returned_why text, country text not null default '',
    primary key (municipality_id, id),
    foreign key (municipality_id, batch_id) references letter_batch (municipality_id, id) on delete cascade
);
create unique index letter_by_reference on letter (municipality_id, reference);
create unique index letter_by_reach on letter (municipality_id, reach_id);
create index letter_by_resident on letter (municipality_id, resident_id);
create index letter_of_part on letter (municipality_id, batch_id, part, sequence);
create index letter_in_order on letter (municipality_id, batch_id, sequence);
create index letter_to_number on letter (municipality_id, batch_id, sort_key, id) where sequence is null;
create index letter_to_settle on letter (municipality_id, batch_id, id) where settled = false;

create table letter_address (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    address_hash text not null,
    letter_id uuid not null,
    why text not null,
    noted_by text not null,
    noted_at timestamptz not null,
    primary key (municipality_id, resident_id)
);
create index letter_address_noted on letter_address (municipality_id, noted_at, resident_id);

create table letter_batch (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    -- Counted up in each town: what staff call it.
    number bigint not null,
    made_at timestamptz not null,
    -- Who had it made; none for the batch of the day.
    made_by text,
    state text not null check (state in ('making', 'ready', 'printed', 'posted')),
    -- Whether all letters that were due are in it, and whether all of them have their place.
    gathered boolean not null,
    numbered boolean not null,
    letters bigint not null,
    parts bigint not null,
    printed_times bigint not null,
    printed_by text,
    printed_at timestamptz,
    posted_by text,
    posted_at timestamptz,
    -- Whether each of its letters knows what became of it.
    settled boolean not null, printed_before_by text, printed_before_at timestamptz,
    primary key (municipality_id, id)
);
create unique index letter_batch_by_number on letter_batch (municipality_id, number);
create index letter_batch_making on letter_batch (made_at, id) where state = 'making';
create index letter_batch_settling on letter_batch (posted_at, id) where state = 'posted' and settled = false;
create index letter_batch_old on letter_batch (made_at, id);

create table letter_day (
    municipality_id uuid not null references municipality (id),
    day date not null,
    primary key (municipality_id)
);

create table letter_part (
    municipality_id uuid not null,
    batch_id uuid not null,
    part bigint not null,
    -- Counted up each time that its PDF is to be made anew: what was drawn of another version is thrown away.
    version bigint not null,
    stale boolean not null,
    held_until timestamptz,
    letters bigint not null,
    pages bigint not null,
    size bigint not null,
    sha256 text, abroad bigint not null default 0,
    primary key (municipality_id, batch_id, part),
    foreign key (municipality_id, batch_id) references letter_batch (municipality_id, id) on delete cascade
);

create table letter_piece (
    municipality_id uuid not null,
    batch_id uuid not null,
    part bigint not null,
    number bigint not null,
    bytes bytea not null,
    primary key (municipality_id, batch_id, part, number),
    foreign key (municipality_id, batch_id, part) references letter_part (municipality_id, batch_id, part) on delete cascade
);

-- calls

create table call (
    municipality_id uuid not null references municipality (id),
    reach_id uuid not null,
    resident_id uuid not null,
    version bigint not null,
    taken_by text,
    taken_by_id uuid,
    taken_at timestamptz,
    closed_by text,
    closed_by_id uuid,
    closed_at timestamptz,
    -- What the colleague who closed it does about it now.
    closed_note text,
    created_at timestamptz not null,
    primary key (municipality_id, reach_id)
);
create index call_of on call (municipality_id, resident_id);
create index call_by_age on call (municipality_id, created_at);
create index call_closed on call (municipality_id, closed_at, reach_id) where closed_at is not null;

create table call_try (
    municipality_id uuid not null,
    reach_id uuid not null,
    id uuid not null,
    at timestamptz not null,
    result text not null check (result in ('reached', 'no_answer', 'wrong_number', 'told_relative')),
    by_name text not null,
    by_id uuid not null,
    primary key (municipality_id, reach_id, id),
    foreign key (municipality_id, reach_id) references call (municipality_id, reach_id) on delete cascade
);

-- passkeys

create table passkey (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    resident_id uuid not null,
    credential_id text not null,
    public_key text not null,
    algorithm bigint not null check (algorithm in (-7, -8)),
    sign_count bigint not null,
    name text not null,
    -- What the provider had proved of the citizen when it was added: it gives no more.
    level text not null check (level in ('low', 'substantial', 'high')),
    -- Whether a manager of passkeys may copy it to other devices.
    synced boolean not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    primary key (municipality_id, id)
);
create unique index passkey_by_credential on passkey (municipality_id, credential_id);
create index passkey_by_resident on passkey (municipality_id, resident_id);

create table passkey_challenge (
    municipality_id uuid not null,
    session_id uuid not null,
    purpose text not null check (purpose in ('add', 'step_up')),
    challenge_hash text not null,
    -- The level that is asked, of a step up.
    level text check (level in ('low', 'substantial', 'high')),
    expires_at timestamptz not null,
    primary key (municipality_id, session_id, purpose),
    foreign key (municipality_id, session_id) references session (municipality_id, id) on delete cascade
);

-- appointments

create table appointment (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    reference text not null,
    service_id uuid not null,
    location_id uuid not null,
    desk_id uuid not null,
    resident_id uuid,
    visitor text not null,
    persons bigint not null,
    state text not null check (state in ('held', 'booked', 'cancelled', 'lapsed')),
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    claimed_until timestamptz not null,
    held_until timestamptz,
    extended boolean not null,
    sequence bigint not null,
    made_by text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    next_reminder text,
    next_reminder_at timestamptz,
    -- Names of those who come along, as JSON; where to go or whom to ring, where it is not at a town hall; and the entry of the
    -- waiting list that this hold is offered to.
    companions jsonb not null default '[]',
    contact text not null default '',
    waiting_id uuid,
    -- When a desk called who came for it: from then on a visit is neither moved nor cancelled. Empty before, and again when they were
    -- not there.
    begun_at timestamptz,
    -- The version of the location's plan whose address they were told.
    told_version bigint, subjects jsonb not null default '[]', visitor_phone text not null default '', visitor_email text not null default '', visitor_birth_date date, visitor_version bigint not null default 0, turned_away boolean not null default false, turned_away_at timestamptz,
    primary key (municipality_id, id)
);
create unique index appointment_by_reference on appointment (municipality_id, reference);
create index appointment_claims on appointment (municipality_id, location_id, starts_at) where state in ('held', 'booked');
create index appointment_by_resident on appointment (municipality_id, resident_id, starts_at);
create index appointment_holds on appointment (held_until) where state = 'held';
create index appointment_reminders on appointment (next_reminder_at) where next_reminder_at is not null;
create index appointment_offered on appointment (municipality_id, waiting_id) where waiting_id is not null;
create unique index appointment_offer on appointment (municipality_id, waiting_id)
    where state = 'held' and waiting_id is not null;
create index appointment_held on appointment (municipality_id, desk_id) where state = 'held';
create index appointment_cancelled on appointment (municipality_id, location_id, starts_at) where state = 'cancelled';
create index appointment_turned_away on appointment (municipality_id, location_id, starts_at, id)
    where state = 'booked' and turned_away = true;

create table appointment_document (
    municipality_id uuid not null,
    document_id uuid not null,
    appointment_id uuid not null,
    resident_id uuid not null,
    primary key (municipality_id, document_id, appointment_id),
    -- A server before this one, which may run beside it, forgets visits without knowing of this.
    foreign key (municipality_id, appointment_id) references appointment (municipality_id, id) on delete cascade
);
create index appointment_document_by_visit on appointment_document (municipality_id, appointment_id, document_id);
create index appointment_document_by_resident on appointment_document (municipality_id, resident_id);

create table deed (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    kind text not null check (kind in ('book', 'move')),
    -- By which mandate, whose visit it is, who asked, and whose yes it waits for.
    mandate_id uuid not null,
    grantor_id uuid not null,
    proposer_id uuid not null,
    answerer_id uuid not null,
    -- The visit that holds the start; and the one that is to move there, as often as it had changed then.
    hold_id uuid not null,
    visit_id uuid,
    sequence bigint,
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    ended_why text check (ended_why in ('accepted', 'refused', 'withdrawn', 'late', 'mandate', 'taken')),
    primary key (municipality_id, id)
);
create unique index deed_hold on deed (municipality_id, hold_id) where ended_at is null;
create unique index deed_visit on deed (municipality_id, visit_id) where ended_at is null and visit_id is not null;
create index deed_of_grantor on deed (municipality_id, grantor_id);
create index deed_of_proposer on deed (municipality_id, proposer_id);
create index deed_of_answerer on deed (municipality_id, answerer_id);
create index deed_due on deed (expires_at) where ended_at is null;
create index deed_of_mandate on deed (municipality_id, mandate_id) where ended_at is null;
create index deed_over on deed (ended_at) where ended_at is not null;

create table desk (
    municipality_id uuid not null,
    id uuid not null,
    location_id uuid not null,
    name text not null,
    active boolean not null,
    primary key (municipality_id, id),
    foreign key (municipality_id, location_id) references location (municipality_id, id)
);
create index desk_by_location on desk (municipality_id, location_id);

create table desk_absence (
    municipality_id uuid not null,
    desk_id uuid not null,
    number bigint not null,
    from_at timestamptz not null,
    until_at timestamptz not null,
    primary key (municipality_id, desk_id, number),
    foreign key (municipality_id, desk_id) references desk (municipality_id, id)
);

create table desk_service (
    municipality_id uuid not null,
    desk_id uuid not null,
    service_id uuid not null,
    primary key (municipality_id, desk_id, service_id),
    foreign key (municipality_id, desk_id) references desk (municipality_id, id)
);

create table desk_tick (
    municipality_id uuid not null,
    desk_id uuid not null,
    tick timestamptz not null,
    appointment_id uuid not null,
    primary key (municipality_id, desk_id, tick),
    foreign key (municipality_id, appointment_id) references appointment (municipality_id, id)
);
create index desk_tick_by_appointment on desk_tick (municipality_id, appointment_id);

create table displaced (
    municipality_id uuid not null,
    closure_id uuid not null,
    appointment_id uuid not null,
    location_id uuid not null,
    desk_id uuid not null,
    starts_at timestamptz not null,
    -- Of the visit, as the closing left it: who changed it since has chosen.
    sequence bigint not null,
    cancelled boolean not null,
    -- How long a visit was that a closing moved: it is given back as it was, though its service takes longer by now.
    ends_at timestamptz,
    claimed_until timestamptz,
    primary key (municipality_id, closure_id, appointment_id),
    foreign key (municipality_id, closure_id) references location_closure (municipality_id, id)
);
create index displaced_by_visit on displaced (municipality_id, appointment_id);

create table location (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    kind text not null check (kind in ('town_hall', 'home', 'telephone', 'video')),
    names jsonb not null,
    address text not null,
    accessibility jsonb not null,
    latitude double precision,
    longitude double precision,
    active boolean not null,
    freed bigint not null,
    version bigint not null,
    updated_at timestamptz not null,
    -- How many minutes a desk that travels is under way after each visit.
    travel_minutes bigint not null default 0,
    -- The version of its plan that gave it another address, while not everybody who is booked there was told of that.
    readdressed bigint,
    primary key (municipality_id, id)
);
create index location_changed on location (updated_at);
create index location_readdressed on location (readdressed) where readdressed is not null;

create table location_closure (
    municipality_id uuid not null,
    id uuid not null,
    location_id uuid not null,
    from_at timestamptz not null,
    until_at timestamptz not null,
    reasons jsonb not null,
    settled boolean not null,
    moved bigint not null,
    cancelled bigint not null,
    made_by text not null,
    created_at timestamptz not null,
    -- A closing moves nobody before this: until then it can be undone, and nobody hears of it.
    acts_at timestamptz,
    primary key (municipality_id, id),
    foreign key (municipality_id, location_id) references location (municipality_id, id)
);
create index location_closure_open on location_closure (created_at) where settled = false;
create index location_closure_at on location_closure (municipality_id, location_id, from_at);

create table location_exception (
    municipality_id uuid not null,
    location_id uuid not null,
    number bigint not null,
    day date not null,
    opens bigint,
    closes bigint,
    primary key (municipality_id, location_id, number),
    foreign key (municipality_id, location_id) references location (municipality_id, id)
);

create table location_freed (
    municipality_id uuid not null,
    id uuid not null,
    location_id uuid not null,
    served boolean not null,
    primary key (municipality_id, id),
    foreign key (municipality_id, location_id) references location (municipality_id, id)
);
create index location_freed_at on location_freed (municipality_id, location_id);
create index location_freed_unserved on location_freed (municipality_id, location_id) where served = false;

create table location_hours (
    municipality_id uuid not null,
    location_id uuid not null,
    number bigint not null,
    weekday bigint not null check (weekday between 1 and 7),
    opens bigint not null check (opens between 0 and 1440),
    closes bigint not null check (closes between 0 and 1440),
    valid_from date not null,
    valid_until date,
    primary key (municipality_id, location_id, number),
    foreign key (municipality_id, location_id) references location (municipality_id, id)
);

create table next_free (
    municipality_id uuid not null,
    location_id uuid not null,
    service_id uuid not null,
    persons bigint not null,
    freed bigint not null,
    starts_at timestamptz,
    looked_until timestamptz not null,
    primary key (municipality_id, location_id, service_id, persons)
);

create table plan_version (
    municipality_id uuid not null references municipality (id),
    kind text not null check (kind in ('service', 'location')),
    plan_id uuid not null,
    version bigint not null,
    plan jsonb not null,
    -- Who saved it; nobody is known of one that was saved before this was kept.
    member_id uuid,
    saved_by text not null,
    saved_at timestamptz not null,
    primary key (municipality_id, kind, plan_id, version)
);
create index plan_version_old on plan_version (saved_at);

create table service (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    names jsonb not null,
    explanations jsonb not null,
    bring jsonb not null,
    minutes bigint not null check (minutes > 0),
    minutes_a_person_more bigint not null,
    buffer_minutes bigint not null,
    step_minutes bigint not null check (step_minutes > 0),
    most_persons bigint not null,
    least_notice_minutes bigint not null,
    horizon_days bigint not null,
    most_open bigint not null,
    document_kinds text not null,
    active boolean not null,
    version bigint not null,
    updated_at timestamptz not null,
    -- Who must be there, and whether collecting what was asked for takes a visit of its own.
    needs text not null default 'citizen' check (needs in ('citizen', 'parent', 'both')),
    collecting boolean not null default false,
    primary key (municipality_id, id)
);
create index service_changed on service (updated_at);

create table to_ring (
    municipality_id uuid not null,
    appointment_id uuid not null,
    -- How often the visit had changed by then: of one that changed since, somebody spoke with whose it is.
    sequence bigint not null,
    -- `displaced`, `closed`, `restored` or `readdressed`.
    became text not null,
    -- When it was to be, as far as they know; none where that did not change.
    known_at timestamptz,
    -- Until when it is worth telling them.
    worth_until timestamptz not null,
    noted_at timestamptz not null,
    -- Counted up at each mark, so that of two clerks one is told of the other.
    version bigint not null,
    -- `reached`, `not_reached` or `left_word`; none where nobody rang yet.
    rung text,
    rung_by text,
    rung_at timestamptz,
    -- Whether they know.
    done boolean not null, told bigint not null default 0, rung_by_id uuid,
    primary key (municipality_id, appointment_id),
    foreign key (municipality_id, appointment_id) references appointment (municipality_id, id) on delete cascade
);
create index to_ring_left on to_ring (municipality_id, worth_until, appointment_id) where done = false;

create table waiting (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    resident_id uuid not null,
    service_id uuid not null,
    persons bigint not null,
    appointment_id uuid,
    location_ids text not null,
    weekdays text not null,
    from_on date not null,
    until_on date not null,
    ended text check (ended in ('taken', 'left', 'past', 'visit_gone', 'unanswered')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- Who waits names who comes along, and says whom to ring or where to come to, as who books does.
    companions jsonb not null default '[]',
    contact text not null default '', document_ids text not null default '',
    primary key (municipality_id, id)
);
create index waiting_in_line on waiting (municipality_id, created_at) where ended is null;
create index waiting_over on waiting (until_on) where ended is null;
create index waiting_of_resident on waiting (municipality_id, resident_id, created_at, id) where ended is null;
create index waiting_by_resident on waiting (municipality_id, resident_id, id);
create unique index waiting_once_for_visit on waiting (municipality_id, resident_id, appointment_id)
    where ended is null and appointment_id is not null;
create unique index waiting_once_for_service on waiting (municipality_id, resident_id, service_id)
    where ended is null and appointment_id is null;

-- queue

create table answer (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    day date not null,
    location_id uuid not null,
    service_id uuid not null,
    score bigint not null check (score between 1 and 5),
    line text not null,
    primary key (municipality_id, id)
);
create index answer_by_day on answer (municipality_id, day);

create table desk_clerk (
    municipality_id uuid not null references municipality (id),
    desk_id uuid not null,
    location_id uuid not null,
    member_id uuid not null,
    name text not null,
    since timestamptz not null,
    primary key (municipality_id, desk_id)
);
create unique index desk_clerk_of_member on desk_clerk (municipality_id, member_id);
create index desk_clerk_of_location on desk_clerk (municipality_id, location_id);
create index desk_clerk_old on desk_clerk (since);
create index desk_clerk_by_member on desk_clerk (member_id);

create table hall_stop (
    municipality_id uuid not null references municipality (id),
    location_id uuid not null,
    stopped_at timestamptz not null,
    primary key (municipality_id, location_id)
);
create index hall_stop_old on hall_stop (stopped_at);

create table ticket (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    location_id uuid not null,
    day date not null,
    number text not null,
    service_id uuid not null,
    appointment_id uuid,
    resident_id uuid,
    name text not null,
    persons bigint not null,
    came_by text not null check (came_by in ('app', 'kiosk', 'staff')),
    state text not null check (state in ('waiting', 'called', 'serving', 'done', 'missed', 'sent_on', 'left')),
    due_at timestamptz,
    arrived_at timestamptz not null,
    desk_id uuid,
    called_at timestamptz,
    calls bigint not null,
    started_at timestamptz,
    ended_at timestamptz,
    asked boolean not null,
    -- A ticket is of a visit as it was when they checked in: one that moved or was cancelled since has no turn.
    appointment_sequence bigint, parked_at timestamptz,
    primary key (municipality_id, id)
);
create index ticket_of_day on ticket (municipality_id, location_id, day, arrived_at);
create index ticket_old on ticket (day);
create index ticket_open on ticket (municipality_id, location_id, day) where state in ('waiting', 'called', 'serving');
create index ticket_of_resident on ticket (municipality_id, resident_id, day);
create index ticket_of_appointment on ticket (municipality_id, appointment_id);
create unique index ticket_at_desk on ticket (municipality_id, desk_id) where state in ('called', 'serving');
create unique index ticket_arrived on ticket (municipality_id, appointment_id)
    where state in ('waiting', 'called', 'serving') and appointment_id is not null;
create unique index ticket_waits_once on ticket (municipality_id, resident_id, location_id, service_id)
    where state in ('waiting', 'called', 'serving') and resident_id is not null and appointment_id is null;
create unique index ticket_at_one_desk on ticket (municipality_id, resident_id)
    where state in ('called', 'serving') and resident_id is not null;

create table ticket_number (
    municipality_id uuid not null references municipality (id),
    location_id uuid not null,
    day date not null,
    last bigint not null,
    primary key (municipality_id, location_id, day)
);

-- documents

create table document (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    resident_id uuid not null,
    kind text not null,
    number_end text not null,
    issued_on date,
    expires_on date,
    ready_on date,
    collected_on date,
    appointment_on date,
    letter_sent_on date,
    stopped_on date,
    retired_at timestamptz,
    source text not null,
    fingerprint text not null,
    row_key text not null,
    updated_at timestamptz not null,
    next_due_at timestamptz,
    -- The day on which the queue has the first reminder come, where that is before its own.
    called_on date,
    -- The day to come on which the register will stop it.
    stops_on date,
    primary key (municipality_id, id)
);
create unique index document_once on document (municipality_id, row_key);
create index document_due on document (next_due_at, id) where next_due_at is not null;
create index document_by_kind on document (municipality_id, kind, expires_on)
    where retired_at is null and stopped_on is null;
create index document_by_resident on document (municipality_id, resident_id, id);
create index document_stops on document (municipality_id, stops_on) where stops_on is not null;

create table lead_time (
    municipality_id uuid not null references municipality (id),
    kind text not null,
    reckoned_on date not null,
    wait_days bigint,
    lead_days bigint not null,
    a_day bigint not null,
    called bigint not null,
    primary key (municipality_id, kind)
);

create table reminder (
    municipality_id uuid not null references municipality (id),
    document_id uuid not null,
    series text not null,
    stage bigint not null,
    anchor_on date not null,
    recipient_id uuid not null,
    state text not null check (state in ('told', 'held_back')),
    reason text,
    message_id uuid,
    due_on date not null,
    decided_at timestamptz not null,
    primary key (municipality_id, document_id, series, anchor_on, stage, recipient_id)
);
create index reminder_by_message on reminder (municipality_id, message_id) where message_id is not null;
create index reminder_by_recipient on reminder (municipality_id, recipient_id);
create index reminder_missed on reminder (municipality_id, decided_at desc, document_id desc) where reason = 'no_account';

-- announcements

create table announcement (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    version bigint not null,
    state text not null check
        (state in ('draft', 'submitted', 'approved', 'sending', 'sent', 'cancelled', 'withdrawing', 'withdrawn')),
    importance text not null check (importance in ('ordinary', 'important', 'emergency')),
    topic text not null,
    texts jsonb not null,
    link text not null,
    audience jsonb not null,
    decision text not null,
    over_cap boolean not null,
    send_at timestamptz,
    valid_until timestamptz not null,
    corrects_id uuid,
    author_id uuid not null,
    author text not null,
    approver text,
    cursor_id uuid,
    told bigint not null,
    by_phone bigint not null,
    without_app bigint not null,
    held_back bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz,
    -- `is_public`: on the town's web page and in its feeds. `newcomers`: also to who moves into the audience while it is valid.
    -- `begins_at`, `ends_at` and `place` are of what it announces. `image_id` changes with each image. `looked_at` is when it was
    -- last asked who moved in.
    is_public boolean not null default false,
    newcomers boolean not null default false,
    begins_at timestamptz,
    ends_at timestamptz,
    place text not null default '',
    image_id uuid,
    looked_at timestamptz,
    -- What staff find an announcement by: its titles, its place and its author, in small letters.
    search_key text not null default '',
    -- Whether the author wants its title on lock screens; empty where they did not say.
    title_on_lock_screen boolean, written_at timestamptz, stopped_by text, reach text not null default 'app',
    primary key (municipality_id, id)
);
create index announcement_due on announcement (send_at) where state in ('approved', 'sending', 'withdrawing');
create index announcement_newest on announcement (municipality_id, created_at);
create index announcement_public on announcement (municipality_id, started_at);
create index announcement_dated on announcement (municipality_id, begins_at) where is_public and begins_at is not null;
create index announcement_corrects on announcement (municipality_id, corrects_id) where corrects_id is not null;
create index announcement_about_to_go on announcement (municipality_id, valid_until)
    where state in ('submitted', 'approved', 'sending') or (newcomers and state = 'sent');

create table announcement_image (
    municipality_id uuid not null,
    announcement_id uuid not null,
    bytes bytea not null,
    primary key (municipality_id, announcement_id),
    foreign key (municipality_id, announcement_id) references announcement (municipality_id, id)
);

create table announcement_recipient (
    municipality_id uuid not null,
    announcement_id uuid not null,
    resident_id uuid not null,
    message_id uuid,
    how text not null check (how in ('phone', 'inbox', 'without_app', 'held_back')),
    at timestamptz not null, street_key text, house_first bigint, house_number text, box text,
    primary key (municipality_id, announcement_id, resident_id),
    foreign key (municipality_id, announcement_id) references announcement (municipality_id, id)
);
create index announcement_recipient_lately on announcement_recipient (municipality_id, resident_id, at);
create index announcement_recipient_unreached
    on announcement_recipient (municipality_id, announcement_id, street_key, house_first, house_number, box, resident_id)
    where how = 'without_app';
create index announcement_recipient_doors on announcement_recipient (municipality_id, resident_id, announcement_id)
    where street_key <> '';

create table announcement_template (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    version bigint not null,
    name text not null,
    importance text not null check (importance in ('ordinary', 'important', 'emergency')),
    topic text not null,
    texts jsonb not null,
    link text not null,
    place text not null,
    is_public boolean not null,
    newcomers boolean not null,
    title_on_lock_screen boolean,
    audience jsonb not null,
    saved_by text not null,
    updated_at timestamptz not null, saved_by_id uuid, reach text not null default 'app', name_key text,
    primary key (municipality_id, id)
);
create unique index announcement_template_by_name on announcement_template (municipality_id, name_key);

create table people_list (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    name text not null,
    people bigint not null,
    made_by text not null,
    created_at timestamptz not null,
    primary key (municipality_id, id)
);

create table people_list_member (
    municipality_id uuid not null,
    list_id uuid not null,
    resident_id uuid not null,
    primary key (municipality_id, list_id, resident_id),
    foreign key (municipality_id, list_id) references people_list (municipality_id, id)
);
create index people_list_member_of on people_list_member (municipality_id, resident_id);

create table saved_audience (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    version bigint not null,
    name text not null,
    district boolean not null,
    audience jsonb not null,
    saved_by text not null,
    updated_at timestamptz not null, saved_by_id uuid,
    primary key (municipality_id, id)
);
create index saved_audience_by_name on saved_audience (municipality_id, name, id);

create table topic_unfollowed (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    topic text not null,
    primary key (municipality_id, resident_id, topic)
);

create table trial (
    municipality_id uuid not null references municipality (id),
    staff_id uuid not null,
    resident_id uuid,
    code_hash text,
    code_until timestamptz,
    primary key (municipality_id, staff_id)
);
create unique index trial_code on trial (municipality_id, code_hash);

-- uploads

create table upload (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    subject text not null check (subject in ('residents', 'documents')),
    snapshot boolean not null,
    sent_by text not null,
    state text not null check (state in ('receiving', 'waiting', 'importing', 'imported', 'failed', 'cancelled')),
    size bigint,
    received bigint not null,
    bytes_read bigint not null,
    row_count bigint not null,
    added bigint not null,
    changed bigint not null,
    unchanged bigint not null,
    wrong bigint not null,
    retired bigint not null,
    failure text,
    held_until timestamptz,
    holder_id uuid,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    finished_at timestamptz,
    primary key (municipality_id, id)
);
create index upload_waiting on upload (created_at) where state in ('waiting', 'importing');
create index upload_newest on upload (municipality_id, created_at, id);

create table upload_part (
    municipality_id uuid not null,
    upload_id uuid not null,
    kind text not null check (kind in ('file', 'report')),
    number bigint not null,
    bytes bytea not null,
    primary key (municipality_id, upload_id, kind, number),
    foreign key (municipality_id, upload_id) references upload (municipality_id, id) on delete cascade
);
