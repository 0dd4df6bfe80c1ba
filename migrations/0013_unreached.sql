-- Whom an announcement could not reach in the app: of a town where nearly all have it, a page is not sought among all.
create index announcement_recipient_unreached on announcement_recipient (municipality_id, announcement_id, resident_id)
    where how = 'without_app';
