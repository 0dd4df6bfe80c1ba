-- Reminders that did not come for want of the app, the latest first: a list to work off at the counter.
create index reminder_missed on reminder (municipality_id, decided_at desc, document_id desc) where reason = 'no_account';
