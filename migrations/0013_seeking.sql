-- Whom an announcement could not reach in the app: of a town where nearly all have it, a page is not sought among all.
create index announcement_recipient_unreached on announcement_recipient (municipality_id, announcement_id, resident_id)
    where how = 'without_app';

-- A session that goes on for months has spent thousands of tokens: those that are not spent, and those given since one was, are
-- sought, and not gone through.
create index refresh_token_unspent on refresh_token (municipality_id, session_id) where spent_at is null;
create index refresh_token_in_order on refresh_token (municipality_id, session_id, created_at);
drop index refresh_token_by_session;
