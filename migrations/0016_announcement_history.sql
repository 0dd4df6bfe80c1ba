-- Who did what with an announcement, and when: what happened to it later changes nothing of who wrote it.

-- When its words last changed; none for what was written before this script.
alter table announcement add column written_at timestamptz;
-- The member of staff who called it off or took it back; `ended_at` says when that was done.
alter table announcement add column stopped_by text;
