-- What the server keeps of itself: processes, answers to repeated requests, work that was set aside.

-- The answer to a request that may come again, sealed under a key that only the caller has.
create table kept_answer (
    key_hash text not null primary key,
    request_hash text not null,
    answer text not null,
    kept_at timestamptz not null
);
create index kept_answer_oldest on kept_answer (kept_at);

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
