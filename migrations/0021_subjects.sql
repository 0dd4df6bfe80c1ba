-- Whom a visit is for, and which document of theirs, as JSON: [{"resident": "…", "name": "…", "document": "…", "kind": "…"}], of which
-- only the name is always there. Empty for a visit that a server before this one made, where it could not be told.
alter table appointment add column subjects jsonb not null default '[]';

-- The documents that a visit is for, and whose they are: a document counts as booked by this, and by nothing else.
create table appointment_document (
    municipality_id uuid not null,
    document_id uuid not null,
    appointment_id uuid not null,
    resident_id uuid not null,
    primary key (municipality_id, document_id, appointment_id),
    -- A server before this one, which may run beside it, forgets visits without knowing of this.
    foreign key (municipality_id, appointment_id) references appointment (municipality_id, id) on delete cascade
);
create index appointment_document_by_visit on appointment_document (municipality_id, appointment_id, document_id);
create index appointment_document_by_resident on appointment_document (municipality_id, resident_id);

-- The documents that who waits without a visit waits for: ids with spaces.
alter table waiting add column document_ids text not null default '';

-- What was booked before: one person, and the only document of theirs that the service is for.
insert into appointment_document (municipality_id, document_id, appointment_id, resident_id)
select a.municipality_id, d.id, a.id, a.resident_id
from appointment a
join service s on s.municipality_id = a.municipality_id and s.id = a.service_id
join document d on d.municipality_id = a.municipality_id and d.resident_id = a.resident_id
    and d.retired_at is null and d.stopped_on is null
    and ' ' || s.document_kinds || ' ' like '% ' || d.kind || ' %'
where a.state in ('held', 'booked') and a.persons = 1 and not exists
    (select 1 from document o
     where o.municipality_id = a.municipality_id and o.resident_id = a.resident_id and o.id <> d.id
         and o.retired_at is null and o.stopped_on is null
         and ' ' || s.document_kinds || ' ' like '% ' || o.kind || ' %');
