-- Devices, the channels to Apple and Google, and what waits to be pushed.

-- The channel to a provider: one row for each app, provider and environment. A credential that fails
-- pauses the channel, never a device. One process at a time sends on it: its holder, for as long as it says so.
create table channel (
    id uuid not null primary key,
    app text not null,
    provider text not null check (provider in ('apns', 'fcm')),
    environment text not null check (environment in ('production', 'sandbox')),
    state text not null check (state in ('open', 'paused', 'probing')),
    reason text,
    paused_until timestamptz,
    pauses bigint not null,
    changed_at timestamptz not null,
    holder_id uuid,
    held_until timestamptz,
    -- Why it is paused, and since when whoever runs the server has been told of it.
    pause_kind text,
    told_at timestamptz,
    unique (app, provider, environment)
);

-- An installation of the app, bound to the citizen who last signed in on it.
create table device (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    installation_id uuid not null,
    resident_id uuid not null,
    session_id uuid not null,
    channel_id uuid not null references channel (id),
    platform text not null check (platform in ('ios', 'android')),
    target_kind text not null check (target_kind in ('apns_token', 'fcm_token', 'fcm_fid')),
    target text not null,
    locale text not null,
    app_version text not null,
    preview text not null check (preview in ('neutral', 'full')),
    state text not null check (state in ('active', 'quarantined')),
    state_reason text,
    registered_at timestamptz not null,
    seen_at timestamptz not null,
    primary key (municipality_id, id)
);
create unique index device_by_installation on device (installation_id);
create unique index device_by_target on device (channel_id, target);
create index device_by_resident on device (municipality_id, resident_id);
create index device_by_session on device (municipality_id, session_id);
create index device_by_seen on device (seen_at);

-- What a citizen chose about being disturbed. A message is kept in the inbox all the same.
create table push_preference (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    quiet_from bigint not null check (quiet_from between 0 and 1439),
    quiet_until bigint not null check (quiet_until between 0 and 1439),
    primary key (municipality_id, resident_id)
);

create table push_mute (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    category text not null,
    primary key (municipality_id, resident_id, category)
);

-- The number on the app's icon, kept right by the inbox in the transaction that changes it.
create table badge (
    municipality_id uuid not null references municipality (id),
    resident_id uuid not null,
    unread bigint not null,
    primary key (municipality_id, resident_id)
);

-- The outbox: one row for each message and device (`show`), and one to take it off again (`clear`). Lane 0 overtakes 1.
create table push_delivery (
    municipality_id uuid not null references municipality (id),
    message_id uuid not null,
    device_id uuid not null,
    purpose text not null check (purpose in ('show', 'clear')),
    resident_id uuid not null,
    channel_id uuid not null references channel (id),
    category text not null,
    lane bigint not null check (lane in (0, 1)),
    state text not null check (state in ('ready', 'settled')),
    outcome text,
    code text,
    attempts bigint not null,
    not_before timestamptz not null,
    expires_at timestamptz not null,
    request_id text,
    created_at timestamptz not null,
    settled_at timestamptz,
    -- What a push says beside the neutral sentence, and in which language: only what anybody may read, of an announcement.
    title text check (title is null or category in ('announcements', 'emergency')),
    language text,
    primary key (municipality_id, message_id, device_id, purpose)
);
create index push_delivery_ready on push_delivery (channel_id, lane, not_before, message_id, device_id) where state = 'ready';
