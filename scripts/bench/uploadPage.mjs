import { openJournal } from "#client/facts/journal.ts";
import { request } from "#client/sync/http.ts";
import { createUplink } from "#client/sync/uplink.ts";
import { dayOfFacts } from "./facts.mjs";

/** Milliseconds that the real uplink takes for `count` facts which the real journal of this person holds. */
async function ours(count, account) {
  await request("POST", "/api/auth/sign-in/email", account);
  const { body: me } = await request("GET", "/api/me");
  const { body: first } = await request("GET", "/api/sync/pull?since=0");
  const campaign = first.documents.find(({ type }) => type === "campaign").id;
  const journal = await openJournal(me.person.id);
  const facts = dayOfFacts(count, { by: me.person.id, device: journal.device, campaign });
  for (let at = 0; at < count; at += 500) await journal.write({ facts: facts.slice(at, at + 500) });
  const uplink = createUplink(journal, (body) => request("POST", "/api/sync/push", body, 60_000), () => undefined);
  const began = performance.now();
  await uplink.flush();
  const took = performance.now() - began;
  const left = [await journal.countUnsent(), await journal.countRefused()];
  if (left[0] + left[1] > 0) throw new Error(`${left[0]} facts were not sent, ${left[1]} were refused`);
  return took;
}

/** The same facts as PouchDB documents, replicated to PouchDB's own server. */
async function peer(count, url) {
  const db = new window.PouchDB(`bench-${crypto.randomUUID()}`);
  const facts = dayOfFacts(count, { by: "person", device: "device", campaign: "campaign" }).map(({ id, ...fact }) => ({ _id: id, ...fact }));
  for (let at = 0; at < count; at += 500) await db.bulkDocs(facts.slice(at, at + 500));
  const began = performance.now();
  const done = await db.replicate.to(`${url}/db/bench-${crypto.randomUUID()}`, { batch_size: 500 });
  const took = performance.now() - began;
  if (done.docs_written !== count) throw new Error(`PouchDB wrote ${done.docs_written} of ${count}`);
  return took;
}

window.bench = { ours, peer };
