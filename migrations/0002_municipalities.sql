-- The municipalities that are served here.

-- A town keeps its id for ever; its NIS code, which mergers change, is an attribute with a validity.
create table municipality (
    id uuid not null primary key,
    key text not null unique,
    created_at timestamptz not null
);

create table municipality_nis (
    municipality_id uuid not null references municipality (id),
    nis_code text not null,
    valid_from date not null,
    primary key (municipality_id, nis_code)
);

-- Which key for national numbers a town's register was read with, by its fingerprint: with another one everybody would be a
-- stranger. The key itself is in a file or a secret.
create table number_key (
    municipality_id uuid not null references municipality (id),
    version bigint not null,
    fingerprint text not null,
    noted_at timestamptz not null,
    primary key (municipality_id, version)
);
