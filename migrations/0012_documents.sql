-- Documents that expire, and their reminders.

-- Documents that expire, as the register last told, and when the next word about each is due.
create table document (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    resident_id uuid not null,
    kind text not null,
    number_end text not null,
    issued_on date,
    expires_on date,
    ready_on date,
    collected_on date,
    appointment_on date,
    letter_sent_on date,
    stopped_on date,
    retired_at timestamptz,
    source text not null,
    fingerprint text not null,
    row_key text not null,
    updated_at timestamptz not null,
    next_due_at timestamptz,
    -- The day on which the queue has the first reminder come, where that is before its own.
    called_on date,
    -- The day to come on which the register will stop it.
    stops_on date,
    primary key (municipality_id, id)
);
create unique index document_once on document (municipality_id, row_key);
create index document_due on document (next_due_at, id) where next_due_at is not null;
create index document_by_kind on document (municipality_id, kind, expires_on)
    where retired_at is null and stopped_on is null;
create index document_by_resident on document (municipality_id, resident_id, id);
create index document_stops on document (municipality_id, stops_on) where stops_on is not null;

-- What became of each stage for each person it concerned: told once, or held back and why.
create table reminder (
    municipality_id uuid not null references municipality (id),
    document_id uuid not null,
    series text not null,
    stage bigint not null,
    anchor_on date not null,
    recipient_id uuid not null,
    state text not null check (state in ('told', 'held_back')),
    reason text,
    message_id uuid,
    due_on date not null,
    decided_at timestamptz not null,
    primary key (municipality_id, document_id, series, anchor_on, stage, recipient_id)
);
create index reminder_by_message on reminder (municipality_id, message_id) where message_id is not null;
create index reminder_by_recipient on reminder (municipality_id, recipient_id);

-- How long the queue is for a kind of document, reckoned once a day.
create table lead_time (
    municipality_id uuid not null references municipality (id),
    kind text not null,
    reckoned_on date not null,
    wait_days bigint,
    lead_days bigint not null,
    a_day bigint not null,
    called bigint not null,
    primary key (municipality_id, kind)
);
