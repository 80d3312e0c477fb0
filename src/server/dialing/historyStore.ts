import { timeOf } from "#domain/base/envelope.ts";
import { writeCalls, emptyBook } from "#domain/counting/callBook.ts";
import type { Attempt } from "#domain/dialing/prospect.ts";
import type { Fact } from "#domain/fact.ts";
import type { Queries } from "#server/store/database.ts";

/** So many attempts are shown of each prospect, the newest. */
const MOST = 20;

/** What was attempted with these people, by anybody: newest first, with the names of who called. A fold over facts, as everywhere. */
export async function historyOf(db: Queries, prospects: readonly string[]): Promise<ReadonlyMap<string, readonly Attempt[]>> {
  if (prospects.length === 0) return new Map();
  const rows = await db.query<{ prospect: string; name: string; body: Fact; words: string | null }>(
    `with calls as (
       select prospect, call, person from (
         select prospect, call, person, row_number() over (partition by prospect order by time desc, call) as nth
         from fact where kind = 'call.dialed' and prospect = any($1)) newest where nth <= $2)
     select c.prospect, p.name, f.body, r.text as words
     from calls c join person p on p.id = c.person
     join fact f on f.call = c.call and f.person = c.person and f.kind in ('call.dialed', 'call.answered', 'call.ended', 'outcome.saved', 'verbatim.taken', 'note.taken')
     left join private_record r on f.kind in ('verbatim.taken', 'note.taken') and r.id = f.body ->> 'record' and r.person = c.person
     order by f.time, f.seq`,
    [prospects, MOST],
  );
  const book = writeCalls(emptyBook, rows.map((row) => row.body));
  const words = new Map<string, string[]>();
  const names = new Map<string, string>();
  for (const row of rows) {
    if (!("call" in row.body)) continue;
    names.set(row.body.call, row.name);
    if (row.words !== null) words.set(row.body.call, [...(words.get(row.body.call) ?? []), row.words]);
  }
  const found = new Map<string, Attempt[]>();
  for (const record of book.values()) {
    if (!record.dialed) continue;
    const attempt: Attempt = {
      call: record.call, at: timeOf(record.dialed), by: names.get(record.call) ?? "",
      ...(record.ended ? { ended: record.ended.why } : {}), ...(record.outcome ? { outcome: record.outcome.outcome } : {}),
      words: words.get(record.call) ?? [],
    };
    found.set(record.dialed.prospect, [...(found.get(record.dialed.prospect) ?? []), attempt]);
  }
  for (const attempts of found.values()) attempts.sort((a, b) => b.at - a.at);
  return found;
}
