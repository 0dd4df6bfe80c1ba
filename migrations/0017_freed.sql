-- What was freed at a location, a row each time, so that of those who free something there nobody waits for another. Those who
-- wait are offered it (`served`); then it is counted in `location.freed`. `location.served` is an older server's.

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

-- How long a visit was that a closing moved: it is given back as it was, though its service takes longer by now.
alter table displaced add column ends_at timestamptz;
alter table displaced add column claimed_until timestamptz;

insert into location_freed (municipality_id, id, location_id, served)
select municipality_id, id, id, false from location where served <> freed;
