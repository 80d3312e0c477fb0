import { openJournal } from "#client/facts/journal.ts";
import { request } from "#client/sync/http.ts";
import { createUplink } from "#client/sync/uplink.ts";
import { dayOfFacts } from "./facts.mjs";
let journal, log = [], t0;
const timed = (name, f) => async (...a) => { const b = performance.now(); const r = await f(...a); log.push([name, Math.round(b - t0), Math.round(performance.now() - t0)]); return r; };
window.prepare = async (count) => {
  const { body: me } = await request("GET", "/api/me");
  const { body: first } = await request("GET", "/api/sync/pull?since=0");
  const campaign = first.documents.find(({ type }) => type === "campaign").id;
  journal = await openJournal(me.person.id);
  const facts = dayOfFacts(count, { by: me.person.id, device: journal.device, campaign });
  for (let at = 0; at < count; at += 500) await journal.write({ facts: facts.slice(at, at + 500) });
};
window.send = async () => {
  log = []; t0 = performance.now();
  const j = { ...journal, unsent: timed("read", journal.unsent), acknowledge: timed("ack", journal.acknowledge) };
  const uplink = createUplink(j, timed("post", (body) => { const b = performance.now(); JSON.stringify(body); log.push(["stringify", Math.round(b - t0), Math.round(performance.now() - t0)]); return request("POST", "/api/sync/push", body, 60_000); }), () => undefined);
  await uplink.flush();
  return { took: performance.now() - t0, left: await journal.countUnsent(), log: log.sort((a, b) => a[1] - b[1]) };
};
