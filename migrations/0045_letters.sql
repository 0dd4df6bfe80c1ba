-- Letters on paper: what is printed in one go, each letter of it, and addresses to which a letter did not come.

-- The last day on which a town's batch of the day was looked for.
create table letter_day (
    municipality_id uuid not null references municipality (id),
    day date not null,
    primary key (municipality_id)
);

-- What is printed in one go.
create table letter_batch (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    -- Counted up in each town: what staff call it.
    number bigint not null,
    made_at timestamptz not null,
    -- Who had it made; none for the batch of the day.
    made_by text,
    state text not null check (state in ('making', 'ready', 'printed', 'posted')),
    -- Whether all letters that were due are in it, and whether all of them have their place.
    gathered boolean not null,
    numbered boolean not null,
    letters bigint not null,
    parts bigint not null,
    printed_times bigint not null,
    printed_by text,
    printed_at timestamptz,
    posted_by text,
    posted_at timestamptz,
    -- Whether each of its letters knows what became of it.
    settled boolean not null,
    primary key (municipality_id, id)
);
create unique index letter_batch_by_number on letter_batch (municipality_id, number);
create index letter_batch_making on letter_batch (made_at, id) where state = 'making';
create index letter_batch_settling on letter_batch (posted_at, id) where state = 'posted' and settled = false;
create index letter_batch_old on letter_batch (made_at, id);

-- A part of a batch: as many letters as one PDF holds.
create table letter_part (
    municipality_id uuid not null,
    batch_id uuid not null,
    part bigint not null,
    -- Counted up each time that its PDF is to be made anew: what was drawn of another version is thrown away.
    version bigint not null,
    stale boolean not null,
    held_until timestamptz,
    letters bigint not null,
    pages bigint not null,
    size bigint not null,
    sha256 text,
    primary key (municipality_id, batch_id, part),
    foreign key (municipality_id, batch_id) references letter_batch (municipality_id, id) on delete cascade
);

-- The PDF of a part, in pieces.
create table letter_piece (
    municipality_id uuid not null,
    batch_id uuid not null,
    part bigint not null,
    number bigint not null,
    bytes bytea not null,
    primary key (municipality_id, batch_id, part, number),
    foreign key (municipality_id, batch_id, part) references letter_part (municipality_id, batch_id, part) on delete cascade
);

create table letter (
    municipality_id uuid not null,
    id uuid not null,
    batch_id uuid not null,
    -- What asked for it: a letter for each at the most.
    reach_id uuid not null,
    resident_id uuid not null,
    -- Eight letters, by which it is known when it comes back.
    reference text not null,
    -- The order of a postman: postcode, street, number, box.
    sort_key text not null,
    -- Its place in the batch and the part that it is in; none until it has one.
    sequence bigint,
    part bigint,
    state text not null check (state in ('batched', 'taken_out', 'posted', 'returned')),
    -- Why it was taken out.
    why text,
    language text not null,
    large_print boolean not null,
    name text not null,
    street text not null,
    house_number text not null,
    box text not null,
    postcode text not null,
    town text not null,
    address_hash text not null,
    subject text not null,
    body text not null,
    pages bigint,
    created_at timestamptz not null,
    -- Whether what asked for it was told what became of it.
    settled boolean not null,
    posted_at timestamptz,
    returned_at timestamptz,
    returned_by text,
    returned_why text,
    primary key (municipality_id, id),
    foreign key (municipality_id, batch_id) references letter_batch (municipality_id, id) on delete cascade
);
create unique index letter_by_reference on letter (municipality_id, reference);
create unique index letter_by_reach on letter (municipality_id, reach_id);
create index letter_by_resident on letter (municipality_id, resident_id);
create index letter_of_part on letter (municipality_id, batch_id, part, sequence);
create index letter_in_order on letter (municipality_id, batch_id, sequence);
create index letter_to_number on letter (municipality_id, batch_id, sort_key, id) where sequence is null;
create index letter_to_settle on letter (municipality_id, batch_id, id) where settled = false;

-- An address from which a letter came back, until the register has another or somebody looked.
create table letter_address (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    address_hash text not null,
    letter_id uuid not null,
    why text not null,
    noted_by text not null,
    noted_at timestamptz not null,
    primary key (municipality_id, resident_id)
);
create index letter_address_noted on letter_address (municipality_id, noted_at, resident_id);
