import type { Migration } from "./migration.ts";

/**
 * Takes a device's batch in one statement: a push was eleven round trips, and everybody else's push waited for most of them.
 * Written in PL/pgSQL and not as one statement with several parts, because each statement of it must see what was committed
 * while it waited for the counter: an erasure above all (rule Y10).
 */
export const takeBatch: Migration = {
  number: 9,
  name: "take batch",
  sql: `
-- Stores facts of one author and device under the numbers after base; ids that are known are passed over (rule Y2).
-- Gives back the ids of the fresh ones. The batch comes as one JSON text: taken apart into arrays, it would cost five times as much.
create function insert_facts(base bigint, the_person text, the_device text, facts jsonb) returns text[] language plpgsql as $$
declare ids text[];
begin
  with fresh as (
    insert into fact (seq, id, person, device, kind, call, prospect, subject, time, body)
    select base + row, body ->> 'id', the_person, the_device, body ->> 'kind', body ->> 'call', body ->> 'prospect', body ->> 'agent',
      round((body ->> 'at')::double precision + (body ->> 'offset')::double precision)::bigint, body
    from jsonb_array_elements(facts) with ordinality as f (body, row)
    on conflict (id) do nothing returning id)
  select coalesce(array_agg(fresh.id), '{}') into ids from fresh;
  return ids;
end
$$;

-- Private records with a text that facts of calls with erased people name, whatever the facts call them: every text value of such
-- a fact that is the id of a record of its author. newest: only calls of which one of these facts is new; null: all.
create function texts_of_erased(newest text[]) returns setof text language sql stable as $$
  select distinct r.id from erasure e
  join fact d on d.prospect = e.prospect
  join fact f on f.person = d.person and (f.id = d.id or f.call = d.call)
  cross join lateral jsonb_each_text(f.body) v
  join private_record r on r.id = v.value and r.person = f.person and r.text is not null
  where newest is null or f.id = any(newest) or d.id = any(newest)
$$;

-- Leaves of each record its empty row, under a new number, so that every device that has read the text hears of it.
create function blank_records(ids text[]) returns void language plpgsql as $$
declare base bigint;
begin
  if cardinality(ids) = 0 then return; end if;
  update sync_counter set value = value + cardinality(ids) returning value - cardinality(ids) into base;
  update private_record r set text = null, erased_at = now(), seq = base + e.row from unnest(ids) with ordinality as e (id, row) where r.id = e.id;
end
$$;

-- One batch of a device. owner: whose the device is; nothing is stored when that is somebody else. before: the number below the
-- batch; null for an empty one. acked: the device's mark after it. known: ids that were stored earlier; taken: those of them that
-- are somebody else's. When something is new, the others are told notice over channel.
create function take_batch(
  the_device text, the_person text, before bigint, last bigint,
  facts jsonb, record_ids text[], record_types text[], record_texts text[], record_ats double precision[], channel text, notice text,
  out owner text, out acked bigint, out known text[], out taken text[]
) language plpgsql as $$
declare
  count_facts integer := jsonb_array_length(facts);
  count_records integer := cardinality(record_ids);
  base bigint;
  mark_before bigint;
  fresh text[] := '{}';
  fresh_records text[] := '{}';
begin
  -- Locked until the transaction ends: two tabs of one device wait for each other.
  select d.person, d.mark into owner, mark_before from device d where d.id = the_device for update;
  if owner is null then
    insert into device (id, person) values (the_device, the_person) on conflict (id) do nothing;
    select d.person, d.mark into owner, mark_before from device d where d.id = the_device for update;
  end if;
  acked := mark_before;
  known := '{}';
  taken := '{}';
  if owner <> the_person then return; end if;

  -- The counter's row stays locked until the commit, so batches commit in the order of their numbers, and who reads one number has
  -- all below it in sight (rule Y6). Everybody else's batch waits from here on.
  if count_facts + count_records > 0 then
    update sync_counter set value = value + count_facts + count_records returning value - count_facts - count_records into base;
  end if;
  if count_records > 0 then
    -- Their text may hold what JSON in PostgreSQL refuses (half of a surrogate pair), so they come as texts.
    with i as (
      insert into private_record (seq, id, type, text, person, device, at)
      select base + row, r.id, r.type, r.text, the_person, the_device, r.at
      from unnest(record_ids, record_types, record_texts, record_ats) with ordinality as r (id, type, text, at, row)
      on conflict (id) do nothing returning private_record.id)
    select coalesce(array_agg(i.id), '{}') into fresh_records from i;
  end if;
  if count_facts > 0 then fresh := insert_facts(base + count_records, the_person, the_device, facts); end if;

  if cardinality(fresh) < count_facts or cardinality(fresh_records) < count_records then
    select coalesce(array_agg(id), '{}') into known from (
      select f ->> 'id' as id from jsonb_array_elements(facts) f union select unnest(record_ids)
      except (select unnest(fresh) union select unnest(fresh_records))) k;
    select coalesce(array_agg(id), '{}') into taken from (
      select f.id from fact f where f.id = any(known) and f.person <> the_person
      union select r.id from private_record r where r.id = any(known) and r.person <> the_person) t;
  end if;
  -- A text that comes late, about somebody who was erased, is gone before anybody reads it (rule Y10).
  if cardinality(fresh) > 0 and exists (select from erasure) then
    perform blank_records(array(select texts_of_erased(fresh)));
  end if;
  -- With a hole below the batch the server's own mark is acknowledged, so that the device goes back to there (rule Y8).
  if before <= mark_before and last > mark_before then
    update device set mark = last where id = the_device;
    acked := last;
  end if;
  if cardinality(fresh) + cardinality(fresh_records) > 0 then perform pg_notify(channel, notice); end if;
end
$$;
`,
};
