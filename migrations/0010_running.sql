-- Processes that serve or work on this database, and when each last wrote: a write that is tried to see whether the
-- database takes any.
create table process (
    id uuid not null primary key,
    seen_at timestamptz not null
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
