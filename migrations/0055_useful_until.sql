-- Until when a push is to be shown at the latest, where it is of no use later: it does not wait for the end of quiet hours that last longer.
alter table push_delivery add column useful_until timestamptz;
