-- What a resident was to be told, and was not, may be withdrawn as a message is.

-- When it was withdrawn; none for what still holds.
alter table unreached add column withdrawn_at timestamptz;
