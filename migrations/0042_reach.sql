-- Reach: how one message to one person goes on, from step to step, until somebody can say what became of it.

create table reach (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    resident_id uuid not null,
    -- Where what was said stands: in the inbox (`message`), or with what somebody without the app was to be told (`unreached`).
    source text not null check (source in ('message', 'unreached')),
    source_id uuid not null,
    -- Which of the configured plans it follows.
    plan text not null,
    -- The documents that it asks something about, with spaces between; empty for anything else.
    about text not null,
    language text not null,
    -- Where they lived when it began, for figures by district.
    postcode text not null,
    -- Whether phones were told; none where there was an inbox and nothing was against it.
    no_push text check (no_push in ('no_app', 'not_wanted')),
    -- Until when it is worth something; none where it does not pass.
    worth_until timestamptz,
    state text not null check (state in ('open', 'done')),
    outcome text,
    outcome_at timestamptz,
    -- The last step that was taken.
    step text,
    -- What it waits for that people do, and since when: to be printed, or to be called.
    waits_for text check (waits_for in ('letter', 'call')),
    waits_since timestamptz,
    -- When the worker looks at it again; none where it is done.
    next_at timestamptz,
    created_at timestamptz not null,
    primary key (municipality_id, id)
);
create unique index reach_by_source on reach (municipality_id, source_id);
create index reach_due on reach (next_at, id) where next_at is not null;
create index reach_of on reach (municipality_id, resident_id);
create index reach_waits on reach (municipality_id, waits_for, waits_since, id) where waits_for is not null;
create index reach_by_month on reach (municipality_id, created_at, id);

-- The steps that were taken, skipped or failed: each once.
create table reach_step (
    municipality_id uuid not null,
    reach_id uuid not null,
    step text not null check (step in ('mail', 'letter', 'call')),
    state text not null check (state in ('due', 'taken', 'skipped', 'failed', 'returned', 'reached')),
    reason text,
    at timestamptz not null,
    primary key (municipality_id, reach_id, step),
    foreign key (municipality_id, reach_id) references reach (municipality_id, id) on delete cascade
);

-- Where the app goes that shows what was kept for somebody who had no app: they may have it by then.
alter table unreached add column deep_link text;
