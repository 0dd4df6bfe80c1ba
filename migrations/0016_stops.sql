-- Documents that the register will stop on a day to come.

alter table document add column stops_on date;

create index document_stops on document (municipality_id, stops_on) where stops_on is not null;
