-- What a list of people is asked about before it changes: the announcements that are still to go out, or go to who moves in.
create index announcement_about_to_go on announcement (municipality_id, valid_until)
    where state in ('submitted', 'approved', 'sending') or (newcomers and state = 'sent');
