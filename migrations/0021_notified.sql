-- The word that the field uses for it, as the figures have it.
alter table announcement rename column told to notified;
-- Of drafts that were written before it was kept when.
update announcement set written_at = updated_at where written_at is null;
