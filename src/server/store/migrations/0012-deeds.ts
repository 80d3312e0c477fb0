import type { Migration } from "./migration.ts";

/**
 * What a lead says of an agent (targets, control calls, practice) stands in the log of deeds like everything else that leads, editors and
 * admins do, written by the statement that stores the fact; and the log is only added to, whoever asks.
 */
export const deeds: Migration = {
  number: 12,
  name: "deeds",
  sql: `
-- What a fact is called in the log of deeds; null for one that is no deed of a lead's.
create function deed_of(kind text, body jsonb) returns text language sql immutable as $$
  select case kind
    when 'target.set' then kind
    when 'target.withdrawn' then case when (body -> 'on')::boolean then kind else 'target.restored' end
    when 'training.assigned' then kind
    when 'training.withdrawn' then case when (body -> 'on')::boolean then kind else 'training.restored' end
    when 'contact.checked' then 'contact.' || (body ->> 'found')
  end
$$;
create function deed_detail(body jsonb) returns jsonb language sql immutable as $$ select body - '{id,at,offset,by,device,kind,agent}'::text[] $$;

-- Stores facts of one author and device under the numbers after base; ids that are known are passed over (rule Y2).
-- Gives back the ids of the fresh ones. The batch comes as one JSON text: taken apart into arrays, it would cost five times as much.
create or replace function insert_facts(base bigint, the_person text, the_device text, facts jsonb) returns text[] language plpgsql as $$
declare
  ids text[];
  said text[];
begin
  with fresh as (
    insert into fact (seq, id, person, device, kind, call, prospect, subject, time, body)
    select base + row, body ->> 'id', the_person, the_device, body ->> 'kind', body ->> 'call', body ->> 'prospect', body ->> 'agent',
      round((body ->> 'at')::double precision + (body ->> 'offset')::double precision)::bigint, body
    from jsonb_array_elements(facts) with ordinality as f (body, row)
    on conflict (id) do nothing returning id, subject)
  select coalesce(array_agg(fresh.id), '{}'), array_agg(fresh.id) filter (where subject is not null) into ids, said from fresh;
  -- Nearly every fact is about nobody else.
  if said is not null then
    insert into audit (person, action, subject, detail)
    select f.person, deed_of(f.kind, f.body), f.subject, deed_detail(f.body) from fact f where f.id = any(said) and deed_of(f.kind, f.body) is not null order by f.seq;
  end if;
  return ids;
end
$$;

insert into audit (at, person, action, subject, detail)
select f.received_at, p.id, deed_of(f.kind, f.body), f.subject, deed_detail(f.body) from fact f left join person p on p.id = f.person
where f.subject is not null and deed_of(f.kind, f.body) is not null order by f.seq;

create function keep_deeds() returns trigger language plpgsql as $$ begin raise exception 'The log of deeds is only added to'; end $$;
create trigger deeds_are_kept before update or delete on audit for each row execute function keep_deeds();
create trigger deeds_are_not_emptied before truncate on audit for each statement execute function keep_deeds();
`,
};
