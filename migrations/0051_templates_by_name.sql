-- Two templates of a town are not called the same, in capitals or not. `name_key` is what a name is compared by: the server writes it, in small
-- letters. SQLite knows small letters of ASCII alone; those of Western Europe are said here.
alter table announcement_template add column name_key text;
update announcement_template set name_key = lower(name);
update announcement_template set name_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key
    , 'À', 'à'), 'Á', 'á'), 'Â', 'â'), 'Ã', 'ã'), 'Ä', 'ä'), 'Å', 'å'), 'Æ', 'æ'), 'Ç', 'ç'), 'È', 'è'), 'É', 'é');
update announcement_template set name_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key
    , 'Ê', 'ê'), 'Ë', 'ë'), 'Ì', 'ì'), 'Í', 'í'), 'Î', 'î'), 'Ï', 'ï'), 'Ñ', 'ñ'), 'Ò', 'ò'), 'Ó', 'ó'), 'Ô', 'ô');
update announcement_template set name_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key
    , 'Õ', 'õ'), 'Ö', 'ö'), 'Ø', 'ø'), 'Ù', 'ù'), 'Ú', 'ú'), 'Û', 'û'), 'Ü', 'ü'), 'Ý', 'ý'), 'Œ', 'œ'), 'Ÿ', 'ÿ');
-- Of several of one name the one that was saved first keeps it; the others get a number behind it, within the 80 characters of a name.
alter table announcement_template add column before_it bigint;
update announcement_template set before_it = (select count(*) from announcement_template o
    where o.municipality_id = announcement_template.municipality_id
    and o.name_key = announcement_template.name_key
    and (o.updated_at, o.id) < (announcement_template.updated_at, announcement_template.id));
update announcement_template set
    name = rtrim(substr(name, 1, 74)) || ' (' || cast(before_it + 1 as text) || ')',
    name_key = rtrim(substr(name_key, 1, 74)) || ' (' || cast(before_it + 1 as text) || ')'
where before_it > 0;
alter table announcement_template drop column before_it;
-- Where somebody had written such a number before, one of two keeps no key until it is saved again, which asks for another name.
update announcement_template set name_key = null where exists (select 1 from announcement_template o
    where o.municipality_id = announcement_template.municipality_id
    and o.name_key = announcement_template.name_key
    and (o.updated_at, o.id) < (announcement_template.updated_at, announcement_template.id));
create unique index announcement_template_by_name on announcement_template (municipality_id, name_key);
