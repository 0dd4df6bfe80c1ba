-- When somebody was turned away: a later closing does not move who was turned away before it.
alter table appointment add column turned_away_at timestamptz;
update appointment set turned_away_at = updated_at where turned_away = true;
-- Who was marked before marks were counted was told once, and no count is below none.
update to_ring set told = 1 where told < 1 and rung in ('reached', 'left_word');
update to_ring set told = 0 where told < 0;
