-- Announcements: whom they concern, what they say, who approved them, and whom they reached.

create index resident_by_street on resident (municipality_id, street, house_number);
create index resident_by_postcode on resident (municipality_id, postcode);
create index resident_by_place on resident (municipality_id, latitude);
create index resident_by_household on resident (municipality_id, household);

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
    primary key (municipality_id, id)
);
create index announcement_due on announcement (send_at) where state in ('approved', 'sending', 'withdrawing');
create index announcement_newest on announcement (municipality_id, created_at);

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

-- What was taken back stays readable, as what it is.
alter table message add column withdrawn_at timestamptz;
