-- The queue of a day at a location.

-- The queue of a day: who is there, and what became of them. A ticket sent on to another service is another ticket with
-- the same number.
create table ticket (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    location_id uuid not null,
    day date not null,
    number text not null,
    service_id uuid not null,
    appointment_id uuid,
    resident_id uuid,
    name text not null,
    persons bigint not null,
    came_by text not null check (came_by in ('app', 'kiosk', 'staff')),
    state text not null check (state in ('waiting', 'called', 'serving', 'done', 'missed', 'sent_on', 'left')),
    due_at timestamptz,
    arrived_at timestamptz not null,
    desk_id uuid,
    called_at timestamptz,
    calls bigint not null,
    started_at timestamptz,
    ended_at timestamptz,
    asked boolean not null,
    -- A ticket is of a visit as it was when they checked in: one that moved or was cancelled since has no turn.
    appointment_sequence bigint,
    primary key (municipality_id, id)
);
create index ticket_of_day on ticket (municipality_id, location_id, day, arrived_at);
create index ticket_old on ticket (day);
create index ticket_open on ticket (municipality_id, location_id, day) where state in ('waiting', 'called', 'serving');
create index ticket_of_resident on ticket (municipality_id, resident_id, day);
create index ticket_of_appointment on ticket (municipality_id, appointment_id);
-- A desk has one in front of it.
create unique index ticket_at_desk on ticket (municipality_id, desk_id) where state in ('called', 'serving');
-- An appointment arrives once.
create unique index ticket_arrived on ticket (municipality_id, appointment_id)
    where state in ('waiting', 'called', 'serving') and appointment_id is not null;
-- Somebody waits once for the same.
create unique index ticket_waits_once on ticket (municipality_id, resident_id, location_id, service_id)
    where state in ('waiting', 'called', 'serving') and resident_id is not null and appointment_id is null;
-- Somebody is at one desk at a time.
create unique index ticket_at_one_desk on ticket (municipality_id, resident_id)
    where state in ('called', 'serving') and resident_id is not null;

create table ticket_number (
    municipality_id uuid not null references municipality (id),
    location_id uuid not null,
    day date not null,
    last bigint not null,
    primary key (municipality_id, location_id, day)
);

-- What visitors thought of it. Nothing says who.
create table answer (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    day date not null,
    location_id uuid not null,
    service_id uuid not null,
    score bigint not null check (score between 1 and 5),
    line text not null,
    primary key (municipality_id, id)
);
create index answer_by_day on answer (municipality_id, day);
