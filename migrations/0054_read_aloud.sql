-- In which language somebody is spoken to, as they said at the counter: who has the app chooses it there, and the register may not know it.
alter table contact_settings add column language text;
-- Whether what would come on paper is read to them on the telephone as well.
alter table contact_settings add column read_aloud boolean not null default false;
-- Who was handed over to a colleague, the latest first.
create index call_closed on call (municipality_id, closed_at, reach_id) where closed_at is not null;
-- Of whom a place in the round is kept: housekeeping looks for those whose address is hidden since.
create index announcement_recipient_doors on announcement_recipient (municipality_id, resident_id, announcement_id)
    where street_key <> '';
