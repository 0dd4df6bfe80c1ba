-- Announcements go on, as far as their author asked for: `app` is the inbox and the push and nothing more, `mail` an e-mail as well, `paper` a
-- letter after that.
alter table announcement add column reach text not null default 'app';
alter table announcement_template add column reach text not null default 'app';

-- Which announcement somebody was told; none for what is told to one.
alter table reach add column broadcast_id uuid;
create index reach_by_broadcast on reach (municipality_id, broadcast_id, resident_id) where broadcast_id is not null;
