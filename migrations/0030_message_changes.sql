-- When a message last changed after it was written: it was read, archived or taken back, or that was undone. None where nothing did.
alter table message add column changed_at timestamptz;
create index message_changed on message (municipality_id, resident_id, changed_at, id) where changed_at is not null;
