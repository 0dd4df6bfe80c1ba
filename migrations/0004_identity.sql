-- Citizens who have the app: sign-ins, sessions, and the keys that sign their tokens.

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
    -- Which provider a sign-in goes through, how sure it must be, and what the app goes on with afterwards. With
    -- `raises_session_id` it proves more about a session that is there.
    provider text not null default '',
    least_level text not null default 'low',
    level text not null default 'low',
    go_on text,
    raises_session_id uuid,
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
    level text not null default 'low' check (level in ('low', 'substantial', 'high')),
    primary key (municipality_id, id)
);
create index session_to_tell on session (ended_at)
    where told_at is null and end_reason in ('refresh_reused', 'code_replayed');
create index session_by_resident on session (municipality_id, resident_id);
create index session_by_installation on session (installation_id) where ended_at is null;
create index session_by_expiry on session (expires_at);
-- Each process looks once a second which sessions ended.
create index session_ended on session (ended_at) where ended_at is not null;

-- The tokens of a session are one family: a spent one that comes back ends the session.
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
-- A session that goes on for months has spent thousands of tokens: those that are not spent, and those given since one was, are
-- sought, and not gone through.
create index refresh_token_unspent on refresh_token (municipality_id, session_id) where spent_at is null;
create index refresh_token_in_order on refresh_token (municipality_id, session_id, created_at);

-- The keys that sign access tokens, by their id: a process that has none of them is not of this installation.
create table signing_key (
    id text not null primary key,
    noted_at timestamptz not null,
    is_first boolean not null default false
);
-- Of two processes that begin at the same moment with keys of their own, one is the first.
create unique index signing_key_first on signing_key (is_first) where is_first;
