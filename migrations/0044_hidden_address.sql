-- Whose address nobody may know, for their safety: as the register says. Of them the columns of the address are empty.
alter table resident add column hidden boolean not null default false;
create index resident_hidden on resident (municipality_id, number_hash) where hidden = true;
