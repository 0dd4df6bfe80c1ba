-- E-mail: what waits to be sent, what became of it, and how the way to the relay stands.

create table mail_delivery (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    resident_id uuid not null,
    kind text not null check (kind in ('message', 'code')),
    -- What it is a step of; absent where it stands alone.
    reach_id uuid,
    address text not null,
    language text not null,
    -- Both are emptied when it is no longer to be sent.
    subject text not null,
    body text not null,
    -- Whether it leads to where announcements by e-mail are ended.
    may_unsubscribe boolean not null,
    state text not null check (state in ('queued', 'sent', 'bounced', 'failed', 'cancelled', 'expired')),
    tries bigint not null,
    -- How often the relay had all of it, and no answer came.
    unanswered bigint not null,
    next_at timestamptz not null,
    expires_at timestamptz not null,
    sent_at timestamptz,
    why text,
    -- When it was settled, and when whose step it is heard that it failed.
    settled_at timestamptz,
    told_at timestamptz,
    created_at timestamptz not null,
    primary key (municipality_id, id)
);
create index mail_due on mail_delivery (next_at) where state = 'queued';
create index mail_ends on mail_delivery (expires_at) where state = 'queued';
create index mail_untold on mail_delivery (settled_at)
    where reach_id is not null and told_at is null and state in ('bounced', 'failed', 'expired');
create index mail_by_resident on mail_delivery (municipality_id, resident_id);
create index mail_by_reach on mail_delivery (municipality_id, reach_id) where reach_id is not null;

-- The one way to the relay: who sends on it now, and until when nobody does.
create table mail_channel (
    id bigint not null primary key check (id = 1),
    holder_id uuid,
    held_until timestamptz,
    paused_until timestamptz,
    why text,
    -- Faults in a row; and addresses in a row that the relay says do not exist.
    fails bigint not null,
    refused bigint not null,
    changed_at timestamptz not null
);
