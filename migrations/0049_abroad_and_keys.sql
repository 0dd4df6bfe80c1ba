-- Where somebody lives abroad: the code of the country (ISO 3166-1, two capitals), or its name where no code is known. Empty: Belgium.
alter table resident add column country text not null default '';
create index resident_abroad on resident (municipality_id, country) where country > '';
-- What the population register itself calls somebody. Empty, unless the town's configuration asks for it.
alter table resident add column register_key text not null default '';
create index resident_known_as on resident (municipality_id, register_key) where register_key > '';
alter table letter add column country text not null default '';
-- How many of the letters that are drawn go abroad.
alter table letter_part add column abroad bigint not null default 0;
