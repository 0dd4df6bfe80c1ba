-- What an entry's subject was called when it was done, in the town's first language: an announcement that was approved under one title
-- and written anew under another. None for what tells of a person, and for entries that were written before this.
alter table audit_entry add column subject_name text;
