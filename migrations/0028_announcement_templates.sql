-- Templates under a name: what an announcement of a kind that comes back begins as. `texts` and `audience` are as an announcement has them;
-- half written, an audience of no group. No days, no decision and no image: those are of one announcement.
create table announcement_template (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    version bigint not null,
    name text not null,
    importance text not null check (importance in ('ordinary', 'important', 'emergency')),
    topic text not null,
    texts jsonb not null,
    link text not null,
    place text not null,
    is_public boolean not null,
    newcomers boolean not null,
    title_on_lock_screen boolean,
    audience jsonb not null,
    saved_by text not null,
    updated_at timestamptz not null,
    primary key (municipality_id, id)
);
