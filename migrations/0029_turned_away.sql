-- Whose number was ended by the house while they waited for their visit: its time is past, and they were not helped. It gets another time.
alter table appointment add column turned_away boolean not null default false;
create index appointment_turned_away on appointment (municipality_id, location_id, starts_at, id)
    where state = 'booked' and turned_away = true;
-- How often they were told of a change, by a word that was left or on the telephone. Who was is rung again where it is taken back.
alter table to_ring add column told bigint not null default 0;
