-- A waiting number on the lock screen: a Live Activity of iOS, an ongoing notification of Android.

-- By which token iOS lets an activity be started on a phone; none where the app cannot have one started.
alter table device add column live_start_token text;
-- Whether an app on Android shows a number as it moves.
alter table device add column shows_live boolean not null default false;

-- What a phone is to show of a ticket: one row for each ticket and phone. A state replaces the one before, so that of ten changes the last is
-- sent. Gone when its number is over and the phone has been told.
create table live_activity (
    municipality_id uuid not null references municipality (id),
    ticket_id uuid not null,
    device_id uuid not null,
    resident_id uuid not null,
    channel_id uuid not null references channel (id),
    location_id uuid not null,
    -- By which iOS lets it be updated, and since when; none until the app told it, and on Android.
    token text,
    token_at timestamptz,
    -- When iOS was asked to start it; none where the app did.
    started_at timestamptz,
    -- The state: what a screen in the hall shows, and nothing else.
    number text not null,
    ahead bigint,
    minutes bigint,
    desk_called text,
    ended boolean not null,
    as_of timestamptz not null,
    -- Whether there is a state that whoever holds the token was told, or is about to be.
    told boolean not null,
    -- Counts the states: what was sent of one settles no other.
    version bigint not null,
    -- Since when it is to be sent; none while there is nothing to say.
    due_at timestamptz,
    urgent boolean not null,
    attempts bigint not null,
    code text,
    created_at timestamptz not null,
    primary key (municipality_id, ticket_id, device_id)
);
create index live_activity_due on live_activity (channel_id, due_at, ticket_id, device_id) where due_at is not null;
create index live_activity_old on live_activity (created_at);
