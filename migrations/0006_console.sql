-- What staff need to write announcements on a page: images, what is kept to use again, lists of people, phones to try on.

-- `is_public`: on the town's web page and in its feeds. `newcomers`: also to who moves into the audience while it is valid.
-- `begins_at`, `ends_at` and `place` are of what it announces. `image_id` changes with each image. `looked_at` is when it was
-- last asked who moved in.
alter table announcement add column is_public boolean not null default false;
alter table announcement add column newcomers boolean not null default false;
alter table announcement add column begins_at timestamptz;
alter table announcement add column ends_at timestamptz;
alter table announcement add column place text not null default '';
alter table announcement add column image_id uuid;
alter table announcement add column looked_at timestamptz;

create index announcement_public on announcement (municipality_id, started_at);

create table announcement_image (
    municipality_id uuid not null,
    announcement_id uuid not null,
    bytes bytea not null,
    primary key (municipality_id, announcement_id),
    foreign key (municipality_id, announcement_id) references announcement (municipality_id, id)
);

-- Audiences under a name, to be used again; a district is one that says only where people live.
create table saved_audience (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    version bigint not null,
    name text not null,
    district boolean not null,
    audience jsonb not null,
    saved_by text not null,
    updated_at timestamptz not null,
    primary key (municipality_id, id)
);

-- Who was in a file that staff sent in; the file itself is not kept.
create table people_list (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    name text not null,
    people bigint not null,
    made_by text not null,
    created_at timestamptz not null,
    primary key (municipality_id, id)
);
create table people_list_member (
    municipality_id uuid not null,
    list_id uuid not null,
    resident_id uuid not null,
    primary key (municipality_id, list_id, resident_id),
    foreign key (municipality_id, list_id) references people_list (municipality_id, id)
);
create index people_list_member_of on people_list_member (municipality_id, resident_id);

-- Whose phones a member of staff tries announcements on: by a code that is told to the app.
create table trial (
    municipality_id uuid not null references municipality (id),
    staff_id uuid not null,
    resident_id uuid,
    code_hash text,
    code_until timestamptz,
    primary key (municipality_id, staff_id)
);
create unique index trial_code on trial (municipality_id, code_hash);
