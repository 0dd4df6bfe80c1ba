-- The word that the field uses for it, as the figures have it.
alter table announcement rename column told to notified;
