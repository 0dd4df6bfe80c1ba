-- Keys of machines that send in files.

-- The key of a machine; only its hash is kept. `rotated_to_id` is the key that takes its place.
create table machine_key (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    name text not null,
    scopes text not null,
    key_hash text not null unique,
    made_at timestamptz not null,
    made_by text not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    rotated_to_id uuid,
    last_used_at timestamptz,
    primary key (municipality_id, id)
);
