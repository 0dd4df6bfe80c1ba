-- Whom staff ring: what became of a booked visit without whose it is, who has no app in which they could read it. A visit stands here once,
-- with what became of it last.
create table to_ring (
    municipality_id uuid not null,
    appointment_id uuid not null,
    -- How often the visit had changed by then: of one that changed since, somebody spoke with whose it is.
    sequence bigint not null,
    -- `displaced`, `closed`, `restored` or `readdressed`.
    became text not null,
    -- When it was to be, as far as they know; none where that did not change.
    known_at timestamptz,
    -- Until when it is worth telling them.
    worth_until timestamptz not null,
    noted_at timestamptz not null,
    -- Counted up at each mark, so that of two clerks one is told of the other.
    version bigint not null,
    -- `reached`, `not_reached` or `left_word`; none where nobody rang yet.
    rung text,
    rung_by text,
    rung_at timestamptz,
    -- Whether they know.
    done boolean not null,
    primary key (municipality_id, appointment_id),
    foreign key (municipality_id, appointment_id) references appointment (municipality_id, id) on delete cascade
);
create index to_ring_left on to_ring (municipality_id, worth_until, appointment_id) where done = false;
