-- Trust: levels of sign-in, staff and their roles, machines and what they send in, who did what, repeated requests.

-- Which provider a sign-in goes through, how sure it must be, and what the app goes on with afterwards. With
-- `raises_session_id` it proves more about a session that is there.
alter table sign_in add column provider text not null default '';
alter table sign_in add column least_level text not null default 'low';
alter table sign_in add column level text not null default 'low';
alter table sign_in add column go_on text;
alter table sign_in add column raises_session_id uuid;
alter table session add column level text not null default 'low' check (level in ('low', 'substantial', 'high'));
-- Each process looks once a second which sessions ended.
create index session_ended on session (ended_at) where ended_at is not null;

-- A member of staff, as a provider knows them; may work for several towns.
create table staff_member (
    id uuid not null primary key,
    issuer text not null,
    subject text not null,
    name text not null,
    first_signed_in_at timestamptz not null,
    last_signed_in_at timestamptz not null,
    unique (issuer, subject)
);

-- What a member may do in a town: `claimed` as the provider last said, `withdrawn_at` where the town took it away.
create table staff_role (
    municipality_id uuid not null references municipality (id),
    member_id uuid not null references staff_member (id),
    role text not null,
    claimed boolean not null,
    withdrawn_at timestamptz,
    primary key (municipality_id, member_id, role)
);
create index staff_role_by_member on staff_role (member_id);

-- A sign-in of staff under way: by a browser that holds the secret of `browser_hash`, or by a tool that holds the
-- verifier of `challenge`.
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

create table staff_session (
    id uuid not null primary key,
    token_hash text not null unique,
    member_id uuid not null references staff_member (id),
    municipality_id uuid references municipality (id),
    kind text not null check (kind in ('browser', 'tool')),
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz
);
create index staff_session_by_member on staff_session (member_id);
create index staff_session_by_expiry on staff_session (expires_at);

-- Who did what to whose data, and why: rows are added and, past their keeping, forgotten; never changed. The actor's name
-- is written out, so that it outlives the account.
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
    primary key (municipality_id, id)
);
create index audit_entry_newest on audit_entry (municipality_id, at, id);
create index audit_entry_by_resident on audit_entry (municipality_id, resident_id, at, id) where resident_id is not null;

-- The key of a machine; only its hash is kept. `rotated_to_id` is the key that takes its place.
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

-- A file on its way in over HTTP, in parts; then what its import came to, and the report of its wrong rows.
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

-- The answer to a request that may come again, sealed under a key that only the caller has.
create table kept_answer (
    key_hash text not null primary key,
    request_hash text not null,
    answer text not null,
    kept_at timestamptz not null
);
create index kept_answer_oldest on kept_answer (kept_at);

-- The counter looks people up by birth date and name.
create index resident_by_birth on resident (municipality_id, birth_date);

-- Whoever died or left is signed out; found by what is rare.
create index resident_gone on resident (municipality_id, id) where state <> 'active';
