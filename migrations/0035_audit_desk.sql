-- At which desk something was done, where that is not what the entry is about: as the desk was called then.
alter table audit_entry add column desk text;
