-- What is said to a parent about a child's documents, or a visit for a child, is the parent's alone: who acts for the parent does not read it. Of
-- what was written before, nobody knows any more.
alter table message add column of_child boolean not null default false;
alter table unreached add column of_child boolean not null default false;
