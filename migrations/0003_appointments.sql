-- Appointments: what can be booked, where and when, who has which slot, and what is said about it.

-- Texts by language, as JSON: {"nl": "…", "fr": "…"}.
create table service (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    names jsonb not null,
    explanations jsonb not null,
    bring jsonb not null,
    minutes bigint not null check (minutes > 0),
    minutes_a_person_more bigint not null,
    buffer_minutes bigint not null,
    step_minutes bigint not null check (step_minutes > 0),
    most_persons bigint not null,
    least_notice_minutes bigint not null,
    horizon_days bigint not null,
    most_open bigint not null,
    document_kinds text not null,
    active boolean not null,
    version bigint not null,
    updated_at timestamptz not null,
    primary key (municipality_id, id)
);

-- Where visits take place. `freed` counts what could have made an earlier start free, so that what was found before it
-- is known to be old.
create table location (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    kind text not null check (kind in ('town_hall', 'home', 'telephone', 'video')),
    names jsonb not null,
    address text not null,
    accessibility jsonb not null,
    latitude double precision,
    longitude double precision,
    active boolean not null,
    freed bigint not null,
    version bigint not null,
    updated_at timestamptz not null,
    primary key (municipality_id, id)
);
create table location_hours (
    municipality_id uuid not null,
    location_id uuid not null,
    number bigint not null,
    weekday bigint not null check (weekday between 1 and 7),
    opens bigint not null check (opens between 0 and 1440),
    closes bigint not null check (closes between 0 and 1440),
    valid_from date not null,
    valid_until date,
    primary key (municipality_id, location_id, number),
    foreign key (municipality_id, location_id) references location (municipality_id, id)
);
create table location_exception (
    municipality_id uuid not null,
    location_id uuid not null,
    number bigint not null,
    day date not null,
    opens bigint,
    closes bigint,
    primary key (municipality_id, location_id, number),
    foreign key (municipality_id, location_id) references location (municipality_id, id)
);

create table desk (
    municipality_id uuid not null,
    id uuid not null,
    location_id uuid not null,
    name text not null,
    active boolean not null,
    primary key (municipality_id, id),
    foreign key (municipality_id, location_id) references location (municipality_id, id)
);
create index desk_by_location on desk (municipality_id, location_id);
create table desk_service (
    municipality_id uuid not null,
    desk_id uuid not null,
    service_id uuid not null,
    primary key (municipality_id, desk_id, service_id),
    foreign key (municipality_id, desk_id) references desk (municipality_id, id)
);
create table desk_absence (
    municipality_id uuid not null,
    desk_id uuid not null,
    number bigint not null,
    from_at timestamptz not null,
    until_at timestamptz not null,
    primary key (municipality_id, desk_id, number),
    foreign key (municipality_id, desk_id) references desk (municipality_id, id)
);

-- A visit: held for a few minutes, booked, and what became of it. `sequence` counts its changes, for calendars (RFC 5545).
create table appointment (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    reference text not null,
    service_id uuid not null,
    location_id uuid not null,
    desk_id uuid not null,
    resident_id uuid,
    visitor text not null,
    persons bigint not null,
    state text not null check (state in ('held', 'booked', 'cancelled', 'lapsed')),
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    claimed_until timestamptz not null,
    held_until timestamptz,
    extended boolean not null,
    sequence bigint not null,
    made_by text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    next_reminder text,
    next_reminder_at timestamptz,
    primary key (municipality_id, id)
);
create unique index appointment_by_reference on appointment (municipality_id, reference);
create index appointment_claims on appointment (municipality_id, location_id, starts_at) where state in ('held', 'booked');
create index appointment_by_resident on appointment (municipality_id, resident_id, starts_at);
create index appointment_holds on appointment (held_until) where state = 'held';
create index appointment_reminders on appointment (next_reminder_at) where next_reminder_at is not null;

-- The guarantee: five minutes of a desk are one appointment's. Whoever comes second finds the key taken.
create table desk_tick (
    municipality_id uuid not null,
    desk_id uuid not null,
    tick timestamptz not null,
    appointment_id uuid not null,
    primary key (municipality_id, desk_id, tick),
    foreign key (municipality_id, appointment_id) references appointment (municipality_id, id)
);
create index desk_tick_by_appointment on desk_tick (municipality_id, appointment_id);

-- The first free start that was found for a service at a location, good while `freed` stands.
create table next_free (
    municipality_id uuid not null,
    location_id uuid not null,
    service_id uuid not null,
    persons bigint not null,
    freed bigint not null,
    starts_at timestamptz,
    looked_until timestamptz not null,
    primary key (municipality_id, location_id, service_id, persons)
);
