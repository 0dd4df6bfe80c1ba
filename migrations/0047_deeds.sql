-- Deeds: what somebody would book or move, and what waits for the other's yes.

-- A deed, from when it is asked until it is forgotten. The start is held meanwhile, by a visit that is held as any other.
create table deed (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    kind text not null check (kind in ('book', 'move')),
    -- By which mandate, whose visit it is, who asked, and whose yes it waits for.
    mandate_id uuid not null,
    grantor_id uuid not null,
    proposer_id uuid not null,
    answerer_id uuid not null,
    -- The visit that holds the start; and the one that is to move there, as often as it had changed then.
    hold_id uuid not null,
    visit_id uuid,
    sequence bigint,
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    ended_why text check (ended_why in ('accepted', 'refused', 'withdrawn', 'late', 'mandate', 'taken')),
    primary key (municipality_id, id)
);
-- One at a time for each start that is held, and for each visit.
create unique index deed_hold on deed (municipality_id, hold_id) where ended_at is null;
create unique index deed_visit on deed (municipality_id, visit_id) where ended_at is null and visit_id is not null;
create index deed_of_grantor on deed (municipality_id, grantor_id);
create index deed_of_proposer on deed (municipality_id, proposer_id);
create index deed_of_answerer on deed (municipality_id, answerer_id);
-- What is past its limit, whose mandate ended, and what is past its keeping.
create index deed_due on deed (expires_at) where ended_at is null;
create index deed_of_mandate on deed (municipality_id, mandate_id) where ended_at is null;
create index deed_over on deed (ended_at) where ended_at is not null;
