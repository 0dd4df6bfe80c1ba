-- Members of staff, their roles and their sessions.

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
    ended_at timestamptz,
    -- What a member of staff knows a session by: which browser, on which system, in one word each. Empty for a tool.
    browser text,
    system text
);
create index staff_session_by_member on staff_session (member_id);
create index staff_session_by_expiry on staff_session (expires_at);
