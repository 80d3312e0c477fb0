import type { Migration } from "./migration.ts";

/**
 * What follows from a batch is done by the statement that stores it: before, every batch with a dialed call came back to the server
 * in mid-transaction, and all other batches waited for the counter's lock until a busy server had found the time to go on.
 */
export const batchInOne: Migration = {
  number: 11,
  name: "batch in one",
  sql: `
-- Writes into the turns what these facts say of them: when somebody was called and when somebody answered, whoever called. A clock
-- that runs ahead puts nobody off the list for longer than until latest, milliseconds. fresh: ids of the facts that count; null: all.
-- One row after the other, each found by its key: a join of all is planned for tables of another size.
create function follow_calls(the_person text, facts jsonb, fresh text[], latest bigint) returns void language plpgsql as $$
declare f record;
begin
  for f in select body ->> 'kind' as kind, body ->> 'call' as call, body ->> 'prospect' as prospect,
      least(round((body ->> 'at')::double precision + (body ->> 'offset')::double precision)::bigint, latest) as time
    from jsonb_array_elements(facts) as e (body)
    where body ->> 'kind' in ('call.dialed', 'call.answered') and (fresh is null or body ->> 'id' = any(fresh))
  loop
    if f.kind = 'call.dialed' then
      update dialing_turn t set called_at = greatest(t.called_at, f.time) where t.prospect = f.prospect;
    else
      update dialing_turn t set reached_at = greatest(t.reached_at, f.time) where t.prospect in (
        -- Fenced, so that it is found by the call: there is an index of all dialed calls, and on a small table any will do.
        select d.prospect from (select prospect, person, kind from fact where fact.call = f.call offset 0) d where d.kind = 'call.dialed' and d.person = the_person);
    end if;
  end loop;
end
$$;

drop function take_batch(text, text, bigint, bigint, jsonb, text[], text[], text[], double precision[], text, text);

-- One batch of a device. owner: whose the device is; nothing is stored when that is somebody else. before: the number below the
-- batch; null for an empty one. acked: the device's mark after it. known: ids that were stored earlier; taken: those of them that
-- are somebody else's. When something is new, the others are told notice over channel. calls: the server's time in milliseconds when
-- there are calls among the facts that move turns, otherwise null. late: [{ of, fact }], a fact that is to be stored as well, once,
-- when the one that it is of is new (rule Q14).
create function take_batch(
  the_device text, the_person text, before bigint, last bigint,
  facts jsonb, record_ids text[], record_types text[], record_texts text[], record_ats double precision[], channel text, notice text,
  calls bigint, late jsonb,
  out owner text, out acked bigint, out known text[], out taken text[]
-- A connection keeps the plans of its first batches, made for tables that were still empty: they shall not read all of a grown one.
) language plpgsql set enable_seqscan to off as $$
declare
  count_facts integer := jsonb_array_length(facts);
  count_records integer := cardinality(record_ids);
  base bigint;
  mark_before bigint;
  fresh text[] := '{}';
  fresh_records text[] := '{}';
  notes jsonb;
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
  if cardinality(fresh) > 0 and calls is not null then
    perform follow_calls(the_person, facts, case when cardinality(fresh) < count_facts then fresh end, calls);
  end if;
  if cardinality(fresh) > 0 and late <> '[]' then
    select jsonb_agg(distinct l -> 'fact') into notes from jsonb_array_elements(late) l where l ->> 'of' = any(fresh);
    if notes is not null then
      update sync_counter set value = value + jsonb_array_length(notes) returning value - jsonb_array_length(notes) into base;
      perform insert_facts(base, notes -> 0 ->> 'by', notes -> 0 ->> 'device', notes);
    end if;
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
