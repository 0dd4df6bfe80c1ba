-- Who saved it, or rang: a name is not enough, as two may have the same. None where it was done before this was kept.
alter table saved_audience add column saved_by_id uuid;
alter table announcement_template add column saved_by_id uuid;
-- Also who took a mark back.
alter table to_ring add column rung_by_id uuid;
