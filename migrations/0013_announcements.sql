-- Announcements: what they say, whom they concern, and whom they reached.

-- Topics that a citizen does not follow; all others they do.
create table topic_unfollowed (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    topic text not null,
    primary key (municipality_id, resident_id, topic)
);

-- `audience` is whom it concerns (any of some groups, each with all of its conditions), `texts` what it says by language, both
-- as JSON. `cursor_id` is the resident up to whom it went out, or was withdrawn.
create table announcement (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    version bigint not null,
    state text not null check
        (state in ('draft', 'submitted', 'approved', 'sending', 'sent', 'cancelled', 'withdrawing', 'withdrawn')),
    importance text not null check (importance in ('ordinary', 'important', 'emergency')),
    topic text not null,
    texts jsonb not null,
    link text not null,
    audience jsonb not null,
    decision text not null,
    over_cap boolean not null,
    send_at timestamptz,
    valid_until timestamptz not null,
    corrects_id uuid,
    author_id uuid not null,
    author text not null,
    approver text,
    cursor_id uuid,
    told bigint not null,
    by_phone bigint not null,
    without_app bigint not null,
    held_back bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz,
    -- `is_public`: on the town's web page and in its feeds. `newcomers`: also to who moves into the audience while it is valid.
    -- `begins_at`, `ends_at` and `place` are of what it announces. `image_id` changes with each image. `looked_at` is when it was
    -- last asked who moved in.
    is_public boolean not null default false,
    newcomers boolean not null default false,
    begins_at timestamptz,
    ends_at timestamptz,
    place text not null default '',
    image_id uuid,
    looked_at timestamptz,
    -- What staff find an announcement by: its titles, its place and its author, in small letters.
    search_key text not null default '',
    -- Whether the author wants its title on lock screens; empty where they did not say.
    title_on_lock_screen boolean,
    primary key (municipality_id, id)
);
create index announcement_due on announcement (send_at) where state in ('approved', 'sending', 'withdrawing');
create index announcement_newest on announcement (municipality_id, created_at);
create index announcement_public on announcement (municipality_id, started_at);
-- What has a date is in the town's calendar until it is over, however long before it was told.
create index announcement_dated on announcement (municipality_id, begins_at) where is_public and begins_at is not null;

-- Whom an announcement concerned, each once: told with a message, or why not.
create table announcement_recipient (
    municipality_id uuid not null,
    announcement_id uuid not null,
    resident_id uuid not null,
    message_id uuid,
    how text not null check (how in ('phone', 'inbox', 'without_app', 'held_back')),
    at timestamptz not null,
    primary key (municipality_id, announcement_id, resident_id),
    foreign key (municipality_id, announcement_id) references announcement (municipality_id, id)
);
create index announcement_recipient_lately on announcement_recipient (municipality_id, resident_id, at);
-- Whom an announcement could not reach in the app: of a town where nearly all have it, a page is not sought among all.
create index announcement_recipient_unreached on announcement_recipient (municipality_id, announcement_id, resident_id)
    where how = 'without_app';

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

-- The people who were in a file that staff sent in; the file itself is not kept.
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
