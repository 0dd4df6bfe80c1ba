-- Each plan of a service or a location as it was saved, by whom and when: what was changed is seen, and is taken back by saving an older
-- one again. The plan is what the contract has.
create table plan_version (
    municipality_id uuid not null references municipality (id),
    kind text not null check (kind in ('service', 'location')),
    plan_id uuid not null,
    version bigint not null,
    plan jsonb not null,
    -- Who saved it; nobody is known of one that was saved before this was kept.
    member_id uuid,
    saved_by text not null,
    saved_at timestamptz not null,
    primary key (municipality_id, kind, plan_id, version)
);
create index plan_version_old on plan_version (saved_at);
