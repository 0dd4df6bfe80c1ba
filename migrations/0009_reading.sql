-- Nothing reads a whole town: each of these leaves a planner without statistics no worse index to take.

-- Whoever asks for somebody's rows in an order reads no more than those: an index that ends in the order tempts to no other.
drop index document_by_resident;
create index document_by_resident on document (municipality_id, resident_id, id);
drop index resident_by_birth;
create index resident_by_birth on resident (municipality_id, birth_date, id);
drop index waiting_of_resident;
create index waiting_of_resident on waiting (municipality_id, resident_id, created_at, id) where ended is null;

-- How many live here is counted in an index.
create index resident_active on resident (municipality_id, id, state) where state = 'active';

-- Who died or left lately, to be signed out.
drop index resident_gone;
create index resident_gone on resident (updated_at) where state <> 'active';

-- The few holds of a desk.
create index appointment_held on appointment (municipality_id, desk_id) where state = 'held';
