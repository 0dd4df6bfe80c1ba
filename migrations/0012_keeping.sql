-- Who died, left or was retired from the register: since when, and when what was theirs was erased. Both are null for who
-- lives here.
alter table resident add column left_at timestamptz;
alter table resident add column emptied_at timestamptz;
-- Who is gone, and of whom it was not noted yet since when.
create index resident_to_note on resident (id) where state <> 'active' and left_at is null;
create index resident_to_empty on resident (left_at, id) where left_at is not null and emptied_at is null;
create index resident_to_erase on resident (left_at, id) where emptied_at is not null;
create index resident_emptied on resident (emptied_at, id) where emptied_at is not null;

-- The entries of the waiting list that somebody had, ended ones too.
create index waiting_by_resident on waiting (municipality_id, resident_id, id);

-- Of an announcement that is out, up to whom it went says nothing more.
update announcement set cursor_id = null where state in ('sent', 'cancelled', 'withdrawn');

-- What a member of staff looked at today: a second look at the same is no second entry.
create index audit_entry_by_actor on audit_entry (municipality_id, actor_id, at, id);
