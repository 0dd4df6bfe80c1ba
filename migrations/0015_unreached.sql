-- What a resident was to be told, and was not.

-- A message for which there was no way to the resident. It is kept as long as a message is. A resident has each key once, as with
-- messages.
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
    created_at timestamptz not null,
    primary key (municipality_id, id)
);
create unique index unreached_once on unreached (municipality_id, resident_id, dedupe_key);
