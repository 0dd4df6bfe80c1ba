-- Who waits names who comes along, and says whom to ring or where to come to, as who books does.
alter table waiting add column companions jsonb not null default '[]';
alter table waiting add column contact text not null default '';

-- One waits once for the same; the first stands.
update waiting set ended = 'left', updated_at = created_at
where ended is null and exists
    (select 1 from waiting o
     where o.municipality_id = waiting.municipality_id and o.resident_id = waiting.resident_id and o.ended is null
         and ((o.appointment_id is null and waiting.appointment_id is null and o.service_id = waiting.service_id)
             or o.appointment_id = waiting.appointment_id)
         and (o.created_at < waiting.created_at or (o.created_at = waiting.created_at and o.id < waiting.id)));
create unique index waiting_once_for_visit on waiting (municipality_id, resident_id, appointment_id)
    where ended is null and appointment_id is not null;
create unique index waiting_once_for_service on waiting (municipality_id, resident_id, service_id)
    where ended is null and appointment_id is null;

-- A closing moves nobody before this: until then it can be undone, and nobody hears of it.
alter table location_closure add column acts_at timestamptz;
update location_closure set acts_at = created_at;
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
    primary key (municipality_id, closure_id, appointment_id),
    foreign key (municipality_id, closure_id) references location_closure (municipality_id, id)
);

create index displaced_by_visit on displaced (municipality_id, appointment_id);

-- A ticket is of a visit as it was when they checked in: one that moved or was cancelled since has no turn.
alter table ticket add column appointment_sequence bigint;
-- Somebody is at one desk at a time.
update ticket set state = 'done', ended_at = called_at
where state in ('called', 'serving') and resident_id is not null and exists
    (select 1 from ticket o
     where o.municipality_id = ticket.municipality_id and o.resident_id = ticket.resident_id and o.id < ticket.id
         and o.state in ('called', 'serving'));
create unique index ticket_at_one_desk on ticket (municipality_id, resident_id)
    where state in ('called', 'serving') and resident_id is not null;

-- What has a date is in the town's calendar until it is over, however long before it was told.
create index announcement_dated on announcement (municipality_id, begins_at) where is_public and begins_at is not null;

-- A session that goes on for months has spent thousands of tokens: those that are not spent, and those given since one was, are
-- sought, and not gone through.
create index refresh_token_unspent on refresh_token (municipality_id, session_id) where spent_at is null;
create index refresh_token_in_order on refresh_token (municipality_id, session_id, created_at);
drop index refresh_token_by_session;
