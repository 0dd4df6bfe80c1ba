-- How somebody wants to be told: contact settings, and e-mail addresses that are being confirmed.

-- Absent is what holds for everybody: push, e-mail, letter, and no address.
create table contact_settings (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    -- In their order, as "push,mail,letter": what is not named is not wanted.
    steps text not null,
    -- No push and no e-mail, whatever else stands here.
    never_digital boolean not null,
    -- An address that its owner confirmed; kept where it was dropped, so that they see which.
    email text,
    email_confirmed_at timestamptz,
    -- Since when nothing is sent to it any more, and why.
    email_dropped_at timestamptz,
    email_dropped_why text check (email_dropped_why in ('bounced', 'complained')),
    -- Whether an e-mail may say what a message says.
    open_email boolean not null,
    announcements_by_email boolean not null,
    large_print boolean not null,
    changed_at timestamptz not null,
    primary key (municipality_id, resident_id)
);

-- The code that was sent to an address which is to be confirmed: one for each resident, another takes its place.
create table email_code (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    email text not null,
    code_hash text not null,
    tries bigint not null,
    expires_at timestamptz not null,
    -- How many were sent since an hour began, and when that was.
    sent bigint not null,
    sent_since timestamptz not null,
    -- The address does not exist.
    bounced boolean not null,
    primary key (municipality_id, resident_id)
);
create index email_code_by_end on email_code (expires_at);
