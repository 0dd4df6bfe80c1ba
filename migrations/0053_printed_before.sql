-- Who printed a batch the time before the last, and when: what was printed last may be thrown away, and then it is as it was.
alter table letter_batch add column printed_before_by text;
alter table letter_batch add column printed_before_at timestamptz;
