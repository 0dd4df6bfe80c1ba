-- Somebody who waits aside: who fills in a form, say. They keep their number, and nobody calls them until a desk takes them back.
alter table ticket add column parked_at timestamptz;

-- Which member of staff is signed on at which desk. One of a day before counts for nothing.
create table desk_clerk (
    municipality_id uuid not null references municipality (id),
    desk_id uuid not null,
    location_id uuid not null,
    member_id uuid not null,
    name text not null,
    since timestamptz not null,
    primary key (municipality_id, desk_id)
);
create unique index desk_clerk_of_member on desk_clerk (municipality_id, member_id);
create index desk_clerk_of_location on desk_clerk (municipality_id, location_id);
create index desk_clerk_old on desk_clerk (since);

-- Where nobody is called because a member of staff stopped it. One of a day before counts for nothing.
create table hall_stop (
    municipality_id uuid not null references municipality (id),
    location_id uuid not null,
    stopped_at timestamptz not null,
    primary key (municipality_id, location_id)
);
create index hall_stop_old on hall_stop (stopped_at);
