-- What of an address is compared, however a register writes it: the street without case and accents, the first and the last
-- house number. Empty until it was reckoned, once, when the server starts.
alter table resident add column street_key text;
alter table resident add column house_first bigint;
alter table resident add column house_last bigint;
create index resident_by_street_compared on resident (municipality_id, street_key, house_first);
create index resident_not_compared on resident (id) where street_key is null;
drop index resident_by_street;

-- How somebody's state will be, and from when: who leaves next month lives here today.
alter table resident add column coming_state text check (coming_state in ('deceased', 'departed'));
alter table resident add column coming_on date;
create index resident_coming on resident (municipality_id, coming_on) where coming_on is not null;
