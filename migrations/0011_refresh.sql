-- A refresh token that another took the place of: a sibling of the one that was used, or what a step-up replaced.
alter table refresh_token add column superseded boolean not null default false;
