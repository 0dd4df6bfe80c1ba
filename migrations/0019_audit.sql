-- What was read of many people at once is one entry for whoever watches over the staff (`people`: of how many), and one for each of
-- them beside it, which they read in their own trail (`part_of_id`: of which entry it is a part).
alter table audit_entry add column people bigint;
alter table audit_entry add column part_of_id uuid;

-- The trail of a town without the parts: all of it, of one who acted, of one act, and of both. A page is read from one of these, however
-- many years lie behind it.
create index audit_entry_whole on audit_entry (municipality_id, at, id) where part_of_id is null;
create index audit_entry_whole_by_actor on audit_entry (municipality_id, actor_id, at, id) where part_of_id is null;
create index audit_entry_whole_by_act on audit_entry (municipality_id, act, at, id) where part_of_id is null;
create index audit_entry_whole_by_both on audit_entry (municipality_id, actor_id, act, at, id) where part_of_id is null;

-- What a member of staff knows a session by: which browser, on which system, in one word each. Empty for a tool.
alter table staff_session add column browser text;
alter table staff_session add column system text;
