-- Mandates: who may do what for whom, by what, and until when.

-- A mandate, from when somebody asked for it until it is forgotten. What a parent may do for a minor child follows from the register
-- and stands nowhere here.
create table mandate (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    -- Whose things it is about, and who does something with them.
    grantor_id uuid not null,
    holder_id uuid not null,
    basis text not null check (basis in ('given', 'court_person', 'court_goods', 'care_proxy', 'counter_once')),
    mode text not null check (mode in ('represent', 'assist')),
    -- What may be done, and with what: words with commas between them, in the order of their lists.
    verbs text not null,
    kinds text not null,
    -- The first day and the last one; no last day is only by an order of a court.
    from_on date not null,
    until_on date,
    state text not null check (state in ('asked', 'proposed', 'active', 'refused', 'ended')),
    -- What staff saw that proves it, and the day that stands on it.
    proof text check (proof in ('order', 'care_proxy', 'both_present')),
    proof_on date,
    -- Which member of staff wrote it down, and which one looked at it once more.
    made_by text,
    made_by_id uuid,
    confirmed_by text,
    confirmed_by_id uuid,
    asked_at timestamptz not null,
    accepted_at timestamptz,
    ended_at timestamptz,
    ended_why text check (ended_why in ('refused', 'withdrawn', 'revoked', 'staff', 'date', 'gone')),
    primary key (municipality_id, id)
);
-- One at a time of each basis between the same two.
create unique index mandate_open on mandate (municipality_id, holder_id, grantor_id, basis) where ended_at is null;
create index mandate_of_grantor on mandate (municipality_id, grantor_id, asked_at, id);
create index mandate_of_holder on mandate (municipality_id, holder_id, asked_at, id);
-- What ends by its date, and what is past its keeping.
create index mandate_due on mandate (until_on) where ended_at is null and until_on is not null;
create index mandate_asked on mandate (asked_at) where state in ('asked', 'proposed');
create index mandate_over on mandate (ended_at) where ended_at is not null;

-- The code on the phone of somebody who lets another ask for a mandate: one at a time.
create table mandate_code (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    code_hash text not null,
    expires_at timestamptz not null,
    primary key (municipality_id, resident_id)
);
create unique index mandate_code_by_hash on mandate_code (municipality_id, code_hash);

-- On which day a holder last looked at which kind of things of somebody: the trail says it once a day.
create table mandate_look (
    municipality_id uuid not null references municipality (id),
    holder_id uuid not null,
    grantor_id uuid not null,
    kind text not null check (kind in ('documents', 'visits', 'messages', 'cases')),
    looked_on date not null,
    primary key (municipality_id, holder_id, grantor_id, kind)
);
create index mandate_look_of_grantor on mandate_look (municipality_id, grantor_id);

-- A parent who is not to act for a child, although the register names them: the export of the register does not say so.
create table parent_block (
    municipality_id uuid not null references municipality (id),
    child_id uuid not null,
    parent_id uuid not null,
    reason text not null check (reason in ('court', 'safety', 'mistake')),
    until_on date,
    blocked_at timestamptz not null,
    blocked_by text not null,
    blocked_by_id uuid not null,
    primary key (municipality_id, child_id, parent_id)
);
create index parent_block_of_parent on parent_block (municipality_id, parent_id, child_id);
create index parent_block_due on parent_block (until_on) where until_on is not null;

-- Up to which birth date children of a town were told that their parents act for them no more.
create table of_age_told (
    municipality_id uuid not null primary key references municipality (id),
    told_on date not null
);

-- Which resident did it, where it was done for somebody else in the app: by a mandate, or as a parent.
alter table audit_entry add column holder_id uuid;
