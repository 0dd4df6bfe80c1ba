-- The main job: towns, residents, sign-in, documents and their reminders, the inbox, push.
-- One script for SQLite and PostgreSQL; README.md beside it says which subset both accept.

-- A town keeps its id for ever; its NIS code, which mergers change, is an attribute with a validity.
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

-- Residents, as the population register last told. The national number itself is never kept:
-- only its HMAC under a key of the town, with the key's version.
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
    primary key (municipality_id, id)
);
create unique index resident_by_number on resident (municipality_id, number_hash);

-- A parent with authority, by the hash of the parent's number: the parent may come later in the file,
-- or live in another town.
create table parent_link (
    municipality_id uuid not null references municipality (id),
    child_hash text not null,
    parent_hash text not null,
    ended_at timestamptz,
    primary key (municipality_id, child_hash, parent_hash)
);
create index parent_link_by_parent on parent_link (municipality_id, parent_hash);

-- One row a run of an import, one of a subject at a time; `seen` holds the keys of a snapshot while it runs.
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

-- Who signed in: a resident who has the app. A login is one identity at one provider.
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

-- A sign-in under way: from the app's start, through the provider, to the one-time code traded for a session.
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
    primary key (municipality_id, id)
);
create index sign_in_by_expiry on sign_in (expires_at);

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
    primary key (municipality_id, id)
);
create index session_to_tell on session (ended_at)
    where told_at is null and end_reason in ('refresh_reused', 'code_replayed');
create index session_by_resident on session (municipality_id, resident_id);
create index session_by_installation on session (installation_id) where ended_at is null;
create index session_by_expiry on session (expires_at);

-- The tokens of a session are one family: a spent one that comes back ends the session.
create table refresh_token (
    token_hash text not null primary key,
    municipality_id uuid not null,
    session_id uuid not null,
    created_at timestamptz not null,
    spent_at timestamptz,
    foreign key (municipality_id, session_id) references session (municipality_id, id) on delete cascade
);
create index refresh_token_by_session on refresh_token (municipality_id, session_id);

-- The road to a provider: one row for each app, provider and environment. A credential that fails
-- pauses the road, never a device. One process at a time sends on it: its holder, for as long as it says so.
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
    unique (app, provider, environment)
);

-- An installation of the app, bound to the citizen who last signed in on it.
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
    seen_at timestamptz not null,
    primary key (municipality_id, id)
);
create unique index device_by_installation on device (installation_id);
create unique index device_by_target on device (channel_id, target);
create index device_by_resident on device (municipality_id, resident_id);
create index device_by_session on device (municipality_id, session_id);
create index device_by_seen on device (seen_at);

-- What a citizen chose about being disturbed. A message is kept in the inbox all the same.
create table push_preference (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    quiet_from bigint not null check (quiet_from between 0 and 1439),
    quiet_until bigint not null check (quiet_until between 0 and 1439),
    primary key (municipality_id, resident_id)
);
create table push_mute (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    category text not null,
    primary key (municipality_id, resident_id, category)
);

-- The number on the app's icon, kept right by the inbox in the transaction that changes it.
create table badge (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    unread bigint not null,
    primary key (municipality_id, resident_id)
);

-- The outbox: one row for each message and device (`show`), and one to take it off again (`clear`). Lane 0 overtakes 1.
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
    primary key (municipality_id, message_id, device_id, purpose)
);
create index push_delivery_ready on push_delivery (channel_id, lane, not_before, message_id, device_id) where state = 'ready';

-- What was said to a citizen.
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
    primary key (municipality_id, id)
);
create unique index message_once on message (municipality_id, resident_id, dedupe_key);
create index message_newest on message (municipality_id, resident_id, created_at, id);
create index message_unread on message (municipality_id, resident_id) where read_at is null and archived_at is null;

-- Documents that expire, as the register last told, and when the next word about each is due.
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
    primary key (municipality_id, id)
);
create unique index document_once on document (municipality_id, row_key);
create index document_by_resident on document (municipality_id, resident_id);
create index document_due on document (next_due_at, id) where next_due_at is not null;

-- What became of each stage for each person it concerned: told once, or held back and why.
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
