-- The call list: who of the staff takes a call, what came of each try, and who decided in the end.

create table call (
    municipality_id uuid not null references municipality (id),
    reach_id uuid not null,
    resident_id uuid not null,
    version bigint not null,
    taken_by text,
    taken_by_id uuid,
    taken_at timestamptz,
    closed_by text,
    closed_by_id uuid,
    closed_at timestamptz,
    -- What the colleague who closed it does about it now.
    closed_note text,
    created_at timestamptz not null,
    primary key (municipality_id, reach_id)
);
create index call_of on call (municipality_id, resident_id);
create index call_by_age on call (municipality_id, created_at);

create table call_try (
    municipality_id uuid not null,
    reach_id uuid not null,
    id uuid not null,
    at timestamptz not null,
    result text not null check (result in ('reached', 'no_answer', 'wrong_number', 'told_relative')),
    by_name text not null,
    by_id uuid not null,
    primary key (municipality_id, reach_id, id),
    foreign key (municipality_id, reach_id) references call (municipality_id, reach_id) on delete cascade
);
