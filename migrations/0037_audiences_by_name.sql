-- The audiences that are kept are read a page at a time, by name.
create index saved_audience_by_name on saved_audience (municipality_id, name, id);
