-- What corrects an announcement is found by the announcement.

create index announcement_corrects on announcement (municipality_id, corrects_id) where corrects_id is not null;
