-- Figures of a counter count what was cancelled of some days at a location, and read nothing else for it.
create index appointment_cancelled on appointment (municipality_id, location_id, starts_at) where state = 'cancelled';
