-- Who lives there, as the population register last said, and the imports that say it.

-- Residents, as the population register last told. The national number itself is never kept:
-- only its HMAC under a key of the town, with the key's version.
create table resident (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    number_hash text not null,
    key_version bigint not null,
    family_name text not null,
    given_names text not null,
    birth_date date,
    language text not null,
    street text not null,
    house_number text not null,
    box text not null,
    postcode text not null,
    town text not null,
    latitude double precision,
    longitude double precision,
    household text not null,
    state text not null check (state in ('active', 'deceased', 'departed', 'retired')),
    state_on date,
    fingerprint text not null,
    updated_at timestamptz not null,
    -- What of an address is compared, however a register writes it: the street without case and accents, the first and the last
    -- house number. Empty until it was reckoned, once, when the server starts.
    street_key text,
    house_first bigint,
    house_last bigint,
    -- How somebody's state will be, and from when: who leaves next month lives here today.
    coming_state text check (coming_state in ('deceased', 'departed')),
    coming_on date,
    -- Who died, left or was retired from the register: since when, and when what was theirs was erased. Both are null for who
    -- lives here.
    left_at timestamptz,
    emptied_at timestamptz,
    primary key (municipality_id, id)
);
create unique index resident_by_number on resident (municipality_id, number_hash);
create index resident_by_postcode on resident (municipality_id, postcode);
create index resident_by_place on resident (municipality_id, latitude);
create index resident_by_household on resident (municipality_id, household);
create index resident_by_street_compared on resident (municipality_id, street_key, house_first);
create index resident_not_compared on resident (id) where street_key is null;
create index resident_coming on resident (municipality_id, coming_on) where coming_on is not null;
-- Whoever asks for rows in an order reads no more than those: an index that ends in the order tempts to no other.
create index resident_by_birth on resident (municipality_id, birth_date, id);
-- How many people live here is counted in an index.
create index resident_active on resident (municipality_id, id, state) where state = 'active';
-- Who died or left lately, to be signed out.
create index resident_gone on resident (updated_at) where state <> 'active';
-- Who is gone, and of whom it was not noted yet since when.
create index resident_to_note on resident (id) where state <> 'active' and left_at is null;
create index resident_to_empty on resident (left_at, id) where left_at is not null and emptied_at is null;
create index resident_to_erase on resident (left_at, id) where emptied_at is not null;
create index resident_emptied on resident (emptied_at, id) where emptied_at is not null;

-- A parent with authority, by the hash of the parent's number: the parent may come later in the file,
-- or live in another town.
create table parent_link (
    municipality_id uuid not null references municipality (id),
    child_hash text not null,
    parent_hash text not null,
    ended_at timestamptz,
    primary key (municipality_id, child_hash, parent_hash)
);
create index parent_link_by_parent on parent_link (municipality_id, parent_hash);

-- One row a run of an import, one of a subject at a time; `seen` holds the keys of a snapshot while it runs.
create table import_run (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    subject text not null check (subject in ('residents', 'documents')),
    started_at timestamptz not null,
    finished_at timestamptz,
    primary key (municipality_id, id)
);
create unique index import_run_under_way on import_run (municipality_id, subject) where finished_at is null;

create table import_seen (
    municipality_id uuid not null references municipality (id),
    run_id uuid not null,
    row_key text not null,
    primary key (municipality_id, run_id, row_key)
);
