-- When a desk called who came for it: from then on a visit is neither moved nor cancelled. Empty before, and again when they were
-- not there.
alter table appointment add column begun_at timestamptz;

-- Who waits where a desk or a location was switched off is told: what changed a moment ago is sought, and not gone through.
create index location_changed on location (updated_at);
create index service_changed on service (updated_at);

-- The version of a location's plan that gave it another address of which those who are booked there were not all told; empty where
-- they were. And the version that each was told of.
alter table location add column readdressed bigint;
create index location_readdressed on location (readdressed) where readdressed is not null;
alter table appointment add column told_version bigint;
