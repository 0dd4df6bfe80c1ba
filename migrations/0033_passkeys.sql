-- Passkeys: a second way to step up, which rests on the first.

-- When a citizen's provider last proved who they are, at each level. No passkey gives a level that does not stand here, or has stood
-- here for too long.
create table proof (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    level text not null check (level in ('low', 'substantial', 'high')),
    proved_at timestamptz not null,
    primary key (municipality_id, resident_id, level)
);

-- When the provider last proved it of a session; none where that was before this was kept. Where a passkey raised the session: what the
-- provider had proved, and until when the passkey's level lasts.
alter table session add column proved_at timestamptz;
alter table session add column raised_from text check (raised_from in ('low', 'substantial', 'high'));
alter table session add column raised_until timestamptz;

-- A passkey: what its authenticator signs with is known by its public half.
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

-- What an authenticator is asked to sign: one for each session and purpose, good once.
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
