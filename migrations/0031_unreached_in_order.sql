-- Whom an announcement did not reach, as the post goes round: kept beside them, so that a page of the list reads no more than a page. None
-- where they have the app.
alter table announcement_recipient add column street_key text;
alter table announcement_recipient add column house_first bigint;
alter table announcement_recipient add column house_number text;
alter table announcement_recipient add column box text;
update announcement_recipient set
    street_key = (select coalesce(r.street_key, '') from resident r
        where r.municipality_id = announcement_recipient.municipality_id and r.id = announcement_recipient.resident_id),
    house_first = (select coalesce(r.house_first, 1000000) from resident r
        where r.municipality_id = announcement_recipient.municipality_id and r.id = announcement_recipient.resident_id),
    house_number = (select r.house_number from resident r
        where r.municipality_id = announcement_recipient.municipality_id and r.id = announcement_recipient.resident_id),
    box = (select r.box from resident r
        where r.municipality_id = announcement_recipient.municipality_id and r.id = announcement_recipient.resident_id)
    where how = 'without_app';
drop index announcement_recipient_unreached;
create index announcement_recipient_unreached
    on announcement_recipient (municipality_id, announcement_id, street_key, house_first, house_number, box, resident_id)
    where how = 'without_app';
