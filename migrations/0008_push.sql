-- Why a road to a provider is paused, and since when whoever runs the server was told of it.
alter table channel add column pause_kind text;
alter table channel add column told_at timestamptz;
