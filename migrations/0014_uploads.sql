-- Files of the register that come in over HTTP.

-- A file on its way in over HTTP, in parts; then what its import came to, and the report of its wrong rows.
create table upload (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    subject text not null check (subject in ('residents', 'documents')),
    snapshot boolean not null,
    sent_by text not null,
    state text not null check (state in ('receiving', 'waiting', 'importing', 'imported', 'failed', 'cancelled')),
    size bigint,
    received bigint not null,
    bytes_read bigint not null,
    row_count bigint not null,
    added bigint not null,
    changed bigint not null,
    unchanged bigint not null,
    wrong bigint not null,
    retired bigint not null,
    failure text,
    held_until timestamptz,
    holder_id uuid,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    finished_at timestamptz,
    primary key (municipality_id, id)
);
create index upload_waiting on upload (created_at) where state in ('waiting', 'importing');
create index upload_newest on upload (municipality_id, created_at, id);

create table upload_part (
    municipality_id uuid not null,
    upload_id uuid not null,
    kind text not null check (kind in ('file', 'report')),
    number bigint not null,
    bytes bytea not null,
    primary key (municipality_id, upload_id, kind, number),
    foreign key (municipality_id, upload_id) references upload (municipality_id, id) on delete cascade
);
