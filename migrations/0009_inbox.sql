-- The inbox of a citizen.

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
    -- What was taken back stays readable, as what it is.
    withdrawn_at timestamptz,
    primary key (municipality_id, id)
);
create unique index message_once on message (municipality_id, resident_id, dedupe_key);
create index message_newest on message (municipality_id, resident_id, created_at, id);
create index message_unread on message (municipality_id, resident_id) where read_at is null and archived_at is null;
