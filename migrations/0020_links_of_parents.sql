-- With the child in it, the index is all that is read to find whose parent somebody is; without, a planner that knows nothing of the
-- town preferred the whole town's links.
drop index parent_link_by_parent;
create index parent_link_by_parent on parent_link (municipality_id, parent_hash, child_hash);
