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
  // Another author's call is another call, by whatever name (rule Q8).
  const authors = new Map<string, { readonly name: string; readonly facts: Fact[]; readonly words: Map<string, string[]> }>();
  for (const { name, body, words } of rows) {
    let author = authors.get(body.by);
    if (!author) authors.set(body.by, author = { name, facts: [], words: new Map() });
    author.facts.push(body);
    if (words !== null && "call" in body) author.words.set(body.call, [...(author.words.get(body.call) ?? []), words]);
  }
  const found = new Map<string, Attempt[]>();
  for (const { name, facts, words } of authors.values()) {
    for (const { call, dialed, ended, outcome } of writeCalls(emptyBook, facts).values()) {
      if (!dialed) continue;
      const attempt: Attempt = { call, at: timeOf(dialed), by: name, ...(ended ? { ended: ended.why } : {}), ...(outcome ? { outcome: outcome.outcome } : {}), words: words.get(call) ?? [] };
      found.set(dialed.prospect, [...(found.get(dialed.prospect) ?? []), attempt]);
    }
  }
  for (const attempts of found.values()) attempts.sort((a, b) => b.at - a.at);
  return found;
}
