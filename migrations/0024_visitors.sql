-- Who comes, where that is nobody of the register: whom staff ring or write to, and what they know when they make the visit theirs in the
-- app. Empty for a visit of somebody of the register. The version is counted up at each correction.
alter table appointment add column visitor_phone text not null default '';
alter table appointment add column visitor_email text not null default '';
alter table appointment add column visitor_birth_date date;
alter table appointment add column visitor_version bigint not null default 0;
