-- Processes that serve or work on this database, and when each last wrote: a write that is tried to see whether the
-- database takes any.
create table process (
    id uuid not null primary key,
    seen_at timestamptz not null
);

-- When this database was last worked on, by a clock that was believed: a clock that is far ahead of it is not.
create table last_work (
    id bigint not null primary key check (id = 1),
    worked_at timestamptz not null
);

-- What a worker could not do, with its reason: it is passed over until `again_at`, so that it holds up nothing else.
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

-- Which key for national numbers a town's register was read with, by its fingerprint: with another one everybody would be a
-- stranger. The key itself is in a file or a secret.
create table number_key (
    municipality_id uuid not null references municipality (id),
    version bigint not null,
    fingerprint text not null,
    noted_at timestamptz not null,
    primary key (municipality_id, version)
);

-- The keys that sign access tokens, by their id: a process that has none of them is not of this installation.
create table signing_key (
    id text not null primary key,
    noted_at timestamptz not null,
    is_first boolean not null default false
);
-- Of two processes that begin at the same moment with keys of their own, one is the first.
create unique index signing_key_first on signing_key (is_first) where is_first;
