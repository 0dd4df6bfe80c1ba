-- Who comes along and where to, the waiting list, sudden closures, the queue of a day, and reminders that the queue calls
-- earlier.

-- Who must be there, and whether collecting what was asked for takes a visit of its own.
alter table service add column needs text not null default 'citizen' check (needs in ('citizen', 'parent', 'both'));
alter table service add column collecting boolean not null default false;

-- Minutes on the road after each visit, of a desk that travels. `served` is `freed` as it was when those who
-- wait were last looked at.
alter table location add column travel_minutes bigint not null default 0;
alter table location add column served bigint not null default 0;
create index location_unserved on location (municipality_id, id) where served <> freed;

-- Names of those who come along, as JSON; where to go or whom to ring, where it is not at a town hall; and the entry of the
-- waiting list that this hold is offered to.
alter table appointment add column companions jsonb not null default '[]';
alter table appointment add column contact text not null default '';
alter table appointment add column waiting_id uuid;
create index appointment_offered on appointment (municipality_id, waiting_id) where waiting_id is not null;
-- One offer at a time.
create unique index appointment_offer on appointment (municipality_id, waiting_id)
    where state = 'held' and waiting_id is not null;

-- The waiting list. `appointment_id` is the visit that an earlier one would take the place of; `location_ids` and `weekdays`
-- are lists with spaces, empty for all.
create table waiting (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    resident_id uuid not null,
    service_id uuid not null,
    persons bigint not null,
    appointment_id uuid,
    location_ids text not null,
    weekdays text not null,
    from_on date not null,
    until_on date not null,
    ended text check (ended in ('taken', 'left', 'past', 'visit_gone', 'unanswered')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (municipality_id, id)
);
create index waiting_in_line on waiting (municipality_id, created_at) where ended is null;
create index waiting_of_resident on waiting (municipality_id, resident_id) where ended is null;
create index waiting_over on waiting (until_on) where ended is null;

-- A location that closes for a sudden reason. Until it is settled, a worker finds another time for each visit it hits.
create table location_closure (
    municipality_id uuid not null,
    id uuid not null,
    location_id uuid not null,
    from_at timestamptz not null,
    until_at timestamptz not null,
    reasons jsonb not null,
    settled boolean not null,
    moved bigint not null,
    cancelled bigint not null,
    made_by text not null,
    created_at timestamptz not null,
    primary key (municipality_id, id),
    foreign key (municipality_id, location_id) references location (municipality_id, id)
);
create index location_closure_open on location_closure (created_at) where settled = false;

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

-- The day on which the queue has the first reminder come, where that is before its own.
alter table document add column called_on date;
create index document_by_kind on document (municipality_id, kind, expires_on)
    where retired_at is null and stopped_on is null;

-- How long the queue is for a kind of document, reckoned once a day.
create table lead_time (
    municipality_id uuid not null references municipality (id),
    kind text not null,
    reckoned_on date not null,
    wait_days bigint,
    lead_days bigint not null,
    a_day bigint not null,
    called bigint not null,
    primary key (municipality_id, kind)
);
