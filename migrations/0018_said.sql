-- What staff find an announcement by: its titles, its place and its author, in small letters. What was there is found by all it says.
alter table announcement add column search_key text not null default '';
update announcement set search_key = lower(cast(texts as text));

-- Whether the author wants its title on lock screens; empty where they did not say.
alter table announcement add column title_on_lock_screen boolean;

-- What a push says beside the neutral sentence, and in which language: only what anybody may read, of an announcement.
alter table push_delivery add column title text check (title is null or category in ('announcements', 'emergency'));
alter table push_delivery add column language text;
