-- The audit trail.

-- Who did what to whose data, and why: rows are added and, past their keeping, forgotten; never changed. The actor's name
-- is written out, so that it outlives the account.
create table audit_entry (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    at timestamptz not null,
    actor_kind text not null check (actor_kind in ('staff', 'machine')),
    actor_id uuid not null,
    actor_name text not null,
    act text not null,
    subject_id uuid,
    resident_id uuid,
    reason text,
    request_id text,
    -- What was read of many people at once is one entry for whoever watches over the staff (`people`: of how many), and one for each of
    -- them beside it, which they read in their own trail (`part_of_id`: of which entry it is a part).
    people bigint,
    part_of_id uuid,
    -- What an entry's subject was called when it was done, in the town's first language: an announcement that was approved under one title
    -- and written anew under another. None for what tells of a person.
    subject_name text,
    primary key (municipality_id, id)
);
create index audit_entry_newest on audit_entry (municipality_id, at, id);
create index audit_entry_by_resident on audit_entry (municipality_id, resident_id, at, id) where resident_id is not null;
-- What a member of staff looked at today: a second look at the same is no second entry.
create index audit_entry_by_actor on audit_entry (municipality_id, actor_id, at, id);
-- The trail of a town without the parts: all of it, of one who acted, of one act, and of both. A page is read from one of these, however
-- many years lie behind it.
create index audit_entry_whole on audit_entry (municipality_id, at, id) where part_of_id is null;
create index audit_entry_whole_by_actor on audit_entry (municipality_id, actor_id, at, id) where part_of_id is null;
create index audit_entry_whole_by_act on audit_entry (municipality_id, act, at, id) where part_of_id is null;
create index audit_entry_whole_by_both on audit_entry (municipality_id, actor_id, act, at, id) where part_of_id is null;
