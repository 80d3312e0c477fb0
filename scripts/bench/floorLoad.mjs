import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { WebSocket } from "ws";

// A floor of agents and the wallboards of their leads, in a process of its own. It does over the network what the desk does: a fact
// goes up as soon as it is made, alone or with those made while the last batch was under way; a wallboard that hears "fresh" pulls.
// What it measures is from a fact's making to its arrival in the answer that the lead's screen folds.

/** An agent's day: 150 dials of some 40 facts in eight hours of work. */
const FACTS_A_SECOND = (150 * 40) / (8 * 3600);
const PROTOCOL = 1;
const CAMPAIGN = "storage-en";

let url;
const connections = new Agent({ keepAlive: true, maxSockets: Infinity });
/** When each fact was made, until a lead has it. */
const made = new Map();
let delays = [];
let taken = 0;
let failed = 0;

function ask(method, path, cookie, body) {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = { cookie, origin: url, ...(text === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }) };
    const sent = request(url + path, { method, agent: connections, headers }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        if (answer.statusCode !== 200) reject(new Error(`${path.split("?")[0]}: ${answer.statusCode} ${Buffer.concat(chunks).toString("utf8")}`));
        else resolve(JSON.parse(Buffer.concat(chunks)));
      });
    });
    sent.on("error", reject);
    sent.end(text);
  });
}

function live(cookie, device, heard) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/live`, { headers: { cookie, origin: url } });
    socket.on("open", () => socket.send(JSON.stringify({ t: "hello", protocol: PROTOCOL, device })));
    socket.on("message", (data) => {
      const message = JSON.parse(data);
      if (message.t === "welcome") resolve(socket);
      heard(message);
    });
    socket.on("error", reject);
  });
}

/** The bodies of one call, some forty facts long, as the desk writes them; the client's words and the number go beside. */
function* call() {
  const prospect = randomUUID();
  const id = randomUUID();
  yield { kind: "prospect.opened", prospect, campaign: CAMPAIGN };
  const number = randomUUID();
  yield { beside: { id: number, type: "number", text: "+74950005100" }, kind: "call.dialed", call: id, campaign: CAMPAIGN, prospect, number };
  yield { kind: "call.ringing", call: id };
  yield { kind: "call.answered", call: id };
  yield { kind: "script.opened", call: id, script: "storage-en", version: 1 };
  for (let i = 0; i < 24; i += 1) yield { kind: "module.shown", call: id, module: `module-${i}`, way: "answer", answer: "yes" };
  for (let i = 0; i < 4; i += 1) {
    yield { kind: "handler.shown", call: id, handler: "price", version: 1, phrasing: i, module: "offer" };
    yield { kind: "handler.left", call: id, handler: "price", module: "offer" };
  }
  yield { kind: "mark.set", call: id, mark: "decisionMaker", on: true };
  const record = randomUUID();
  yield { beside: { id: record, type: "verbatim", text: "We have a contract until summer, and it is too dear for us." }, kind: "verbatim.taken", call: id, record, second: 40, unforeseen: false };
  yield { kind: "call.ended", call: id, why: "clientHungUp" };
  yield { kind: "outcome.saved", call: id, outcome: "refused", decisionMaker: true };
}

function newAgent({ id, cookie }) {
  const device = randomUUID();
  let bodies = call();
  let n = 0;
  let acked = 0;
  let waiting = [];
  let busy = false;
  const push = async (size = 2000) => {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const entries = waiting.slice(0, size);
      waiting = waiting.slice(size);
      try {
        const answer = await ask("POST", "/api/sync/push", cookie, { protocol: PROTOCOL, device, by: id, after: acked, entries });
        if (answer.refused.length > 0) throw new Error(`refused: ${JSON.stringify(answer.refused[0])}`);
        acked = answer.acked;
        taken += entries.length;
      } catch (error) {
        failed += 1;
        if (failed < 4) console.error(String(error));
      }
    }
    busy = false;
  };
  return {
    cookie, device, waiting: () => waiting.length,
    /** Makes the next fact and sends it. `measured`: its way to the wallboard is timed. */
    make(measured = true) {
      let { value: body, done } = bodies.next();
      if (done) {
        bodies = call();
        body = bodies.next().value;
      }
      const { beside, ...rest } = body;
      const envelope = { at: Date.now(), by: id, device };
      const fact = { ...rest, ...envelope, id: randomUUID(), offset: 0 };
      if (measured) made.set(fact.id, performance.now());
      if (beside) waiting.push({ n: (n += 1), record: { ...beside, ...envelope } });
      waiting.push({ n: (n += 1), fact });
    },
    push: () => push(),
  };
}

/** A wallboard: never two pulls at a time; a poke during one asks once more after it. */
async function newWallboard({ cookie }) {
  let place = { cursor: 0 };
  let running = false;
  let again = false;
  const pull = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      let more = true;
      while (more) {
        try {
          const page = await ask("GET", `/api/sync/pull?since=${place.cursor}${place.epoch ? `&epoch=${place.epoch}` : ""}`, cookie);
          const now = performance.now();
          for (const { id } of page.facts) {
            const at = made.get(id);
            if (at === undefined) continue;
            made.delete(id);
            delays.push(now - at);
          }
          place = { cursor: page.cursor, epoch: page.epoch };
          more = page.more;
        } catch (error) {
          failed += 1;
          if (failed < 4) console.error(String(error));
          more = false;
        }
      }
    } while (again);
    running = false;
  };
  await pull();
  await live(cookie, randomUUID(), (message) => { if (message.t === "fresh") void pull(); });
}

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(share * values.length) - 1)] ?? NaN;

let agents = [];

/** Everybody works `speed` times as fast as on an ordinary day, for so many seconds; afterwards what is under way arrives. */
async function work(count, speed, seconds, returning) {
  const on = agents.slice(0, count);
  made.clear();
  delays = [];
  const [before, began] = [taken, performance.now()];
  const mean = 1000 / (FACTS_A_SECOND * speed);
  let over = false;
  const timers = new Set();
  for (const agent of on) {
    // Facts of one person come at random moments, so many a second on the average.
    const next = () => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        if (over) return;
        agent.make();
        void agent.push();
        next();
      }, -Math.log(1 - Math.random()) * mean);
      timers.add(timer);
    };
    next();
  }
  const lag = [];
  let due = performance.now() + 20;
  const clock = setInterval(() => {
    lag.push(Math.max(0, performance.now() - due));
    due = performance.now() + 20;
  }, 20);
  const back = returning ? setInterval(() => {
    // A desk that was long without a network: ten thousand facts at once, in the desk's own batches.
    const desk = newAgent(agents[count]);
    for (let i = 0; i < 10_000; i += 1) desk.make(false);
    void desk.push();
  }, returning) : undefined;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  over = true;
  const took = (performance.now() - began) / 1000;
  const rate = (taken - before) / took;
  const backlog = on.reduce((sum, agent) => sum + agent.waiting(), 0);
  clearInterval(clock);
  clearInterval(back);
  for (const timer of timers) clearTimeout(timer);
  const until = performance.now() + 10_000;
  while (made.size > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  // What never came in time counts as late as it could be.
  const all = [...delays, ...[...made.values()].map((at) => performance.now() - at)];
  return { count, speed, rate, entries: taken - before, backlog, missing: made.size, failed, samples: all.length, p50: percentile(all, 0.5), p99: percentile(all, 0.99), max: Math.max(...all), lag99: percentile(lag, 0.99) };
}

process.on("message", async ({ what, ...rest }) => {
  try {
    if (what === "open") {
      url = rest.url;
      agents = rest.people.filter(({ role }) => role === "agent").map((one) => Object.assign(one, newAgent(one)));
      for (const lead of rest.people.filter(({ role }) => role === "lead")) await newWallboard(lead);
      for (let at = 0; at < agents.length; at += 50) await Promise.all(agents.slice(at, at + 50).map((one) => live(one.cookie, one.device, () => undefined)));
      process.send({ opened: agents.length });
    } else process.send(await work(rest.count, rest.speed, rest.seconds, rest.returning));
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
});
