-- Parents whom the register names no more: what they booked for the child is looked for by when that was.
create index parent_link_ended on parent_link (ended_at) where ended_at is not null;
