-- Services, locations and desks; visits; the waiting list; closings.

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
    -- Who must be there, and whether collecting what was asked for takes a visit of its own.
    needs text not null default 'citizen' check (needs in ('citizen', 'parent', 'both')),
    collecting boolean not null default false,
    primary key (municipality_id, id)
);
create index service_changed on service (updated_at);

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
    -- How many minutes a desk that travels is under way after each visit.
    travel_minutes bigint not null default 0,
    -- The version of its plan that gave it another address, while not everybody who is booked there was told of that.
    readdressed bigint,
    primary key (municipality_id, id)
);
-- Who waits where a desk or a location was switched off is told: what changed a moment ago is sought, and not gone through.
create index location_changed on location (updated_at);
create index location_readdressed on location (readdressed) where readdressed is not null;

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
    -- Names of those who come along, as JSON; where to go or whom to ring, where it is not at a town hall; and the entry of the
    -- waiting list that this hold is offered to.
    companions jsonb not null default '[]',
    contact text not null default '',
    waiting_id uuid,
    -- When a desk called who came for it: from then on a visit is neither moved nor cancelled. Empty before, and again when they were
    -- not there.
    begun_at timestamptz,
    -- The version of the location's plan whose address they were told.
    told_version bigint,
    primary key (municipality_id, id)
);
create unique index appointment_by_reference on appointment (municipality_id, reference);
create index appointment_claims on appointment (municipality_id, location_id, starts_at) where state in ('held', 'booked');
create index appointment_by_resident on appointment (municipality_id, resident_id, starts_at);
create index appointment_holds on appointment (held_until) where state = 'held';
create index appointment_reminders on appointment (next_reminder_at) where next_reminder_at is not null;
create index appointment_offered on appointment (municipality_id, waiting_id) where waiting_id is not null;
-- One offer at a time.
create unique index appointment_offer on appointment (municipality_id, waiting_id)
    where state = 'held' and waiting_id is not null;
-- The few holds of a desk.
create index appointment_held on appointment (municipality_id, desk_id) where state = 'held';

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
    -- Who waits names who comes along, and says whom to ring or where to come to, as who books does.
    companions jsonb not null default '[]',
    contact text not null default '',
    primary key (municipality_id, id)
);
create index waiting_in_line on waiting (municipality_id, created_at) where ended is null;
create index waiting_over on waiting (until_on) where ended is null;
create index waiting_of_resident on waiting (municipality_id, resident_id, created_at, id) where ended is null;
-- The entries of the waiting list that somebody had, ended ones too.
create index waiting_by_resident on waiting (municipality_id, resident_id, id);
-- One waits once for the same.
create unique index waiting_once_for_visit on waiting (municipality_id, resident_id, appointment_id)
    where ended is null and appointment_id is not null;
create unique index waiting_once_for_service on waiting (municipality_id, resident_id, service_id)
    where ended is null and appointment_id is null;

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
    -- A closing moves nobody before this: until then it can be undone, and nobody hears of it.
    acts_at timestamptz,
    primary key (municipality_id, id),
    foreign key (municipality_id, location_id) references location (municipality_id, id)
);
create index location_closure_open on location_closure (created_at) where settled = false;
create index location_closure_at on location_closure (municipality_id, location_id, from_at);

-- Where a visit was that a closing moved or cancelled, so that who closed by mistake can give everybody back what they had.
create table displaced (
    municipality_id uuid not null,
    closure_id uuid not null,
    appointment_id uuid not null,
    location_id uuid not null,
    desk_id uuid not null,
    starts_at timestamptz not null,
    -- Of the visit, as the closing left it: who changed it since has chosen.
    sequence bigint not null,
    cancelled boolean not null,
    -- How long a visit was that a closing moved: it is given back as it was, though its service takes longer by now.
    ends_at timestamptz,
    claimed_until timestamptz,
    primary key (municipality_id, closure_id, appointment_id),
    foreign key (municipality_id, closure_id) references location_closure (municipality_id, id)
);
create index displaced_by_visit on displaced (municipality_id, appointment_id);

-- What was freed at a location, a row each time, so that of those who free something there nobody waits for another. Those who
-- wait are offered it (`served`); then it is counted in `location.freed`.
create table location_freed (
    municipality_id uuid not null,
    id uuid not null,
    location_id uuid not null,
    served boolean not null,
    primary key (municipality_id, id),
    foreign key (municipality_id, location_id) references location (municipality_id, id)
);
create index location_freed_at on location_freed (municipality_id, location_id);
create index location_freed_unserved on location_freed (municipality_id, location_id) where served = false;
