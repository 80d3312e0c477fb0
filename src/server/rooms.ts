import type { IncomingMessage, RequestListener } from "node:http";
import type { Duplex } from "node:stream";
import type { Person } from "#domain/base/campaign.ts";
import type { Fact } from "#domain/fact.ts";
import { beginnings, dialed } from "#domain/phone/dialPlan.ts";
import { sessionIdOf } from "#domain/phone/sessionId.ts";
import { isDemoNumber } from "#domain/practice/numbers.ts";
import { createAuth } from "#server/auth/auth.ts";
import { authHandlers } from "#server/auth/authHandlers.ts";
import { lineOfSignedOut, personById, peopleOfSessions } from "#server/auth/peopleStore.ts";
import { createSignInLimits } from "#server/auth/signInLimits.ts";
import { normsHandlers } from "#server/counting/normsHandlers.ts";
import { leaseNumber } from "#server/dialing/leaseNumber.ts";
import { lease } from "#server/dialing/leases.ts";
import { calledProspects } from "#server/dialing/turnStore.ts";
import { createApp } from "#server/http/app.ts";
import { Json, problem, type Handlers } from "#server/http/handlers.ts";
import { openapi } from "#server/http/openapi.ts";
import { routes } from "#server/http/routes.ts";
import { staticFiles } from "#server/http/staticFiles.ts";
import { createUpgrade } from "#server/http/upgrade.ts";
import { createHub, type Hub } from "#server/live/hub.ts";
import { createElsewhere, type Elsewhere } from "#server/live/elsewhere.ts";
import { createPhoneHolders, type PhoneHolders } from "#server/live/phoneHolders.ts";
import { openServers } from "#server/live/servers.ts";
import { openNews, type NewsItem } from "#server/live/news.ts";
import type { Log } from "#server/log.ts";
import { eraseOld, eraseProspect } from "#server/keeping/erase.ts";
import type { EraseLog } from "#server/keeping/eraseLog.ts";
import { findProspects } from "#server/keeping/keepingStore.ts";
import { auditEntries, endOrphanedListening, writeAudit } from "#server/monitoring/auditStore.ts";
import { createListening } from "#server/monitoring/listening.ts";
import { accountOf, embeddedDomain } from "#server/phone/account.ts";
import { adminPhoneHandlers } from "#server/phone/adminHandlers.ts";
import { embeddedLine, findEmbeddedLine, pbxLine } from "#server/phone/lineStore.ts";
import { createSeals } from "#server/phone/seals.ts";
import { openSetup } from "#server/phone/setup.ts";
import { createCampaigns } from "#server/scripts/campaigns.ts";
import { publishHandler } from "#server/scripts/publish.ts";
import { createPractice, type Practice } from "#server/practice/practice.ts";
import type { Settings } from "#server/settings.ts";
import type { PooledDatabase } from "#server/store/database.ts";
import { createSwitch, lineSecret, type SipSwitch } from "#server/switch/switch.ts";
import { createLateCalls } from "#server/sync/lateCalls.ts";
import { ledBy } from "#server/sync/ledPeople.ts";
import { createColleagues, FIRST_SIGHT, pull } from "#server/sync/pull.ts";
import { createAppendLimits, isSigned, KEY_LASTS, readAppended, readKey } from "#server/sync/append.ts";
import { keyHolder, setDeviceKey } from "#server/sync/deviceKeyStore.ts";
import { takeBatch, type Batch } from "#server/sync/push.ts";
import { createSetBack, markOf } from "#server/sync/setBack.ts";
import { createTogether } from "#server/sync/together.ts";
import { createTurns } from "#server/sync/turns.ts";
import { claimDevice } from "#server/sync/syncStore.ts";
import { openHeard, type Heard } from "#server/training/heard.ts";
import { forgetLines } from "#server/training/linesStore.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import type { AuditResponse, LinesResponse, ProspectsResponse } from "#wire/api.ts";
import type { KeyResponse, MarkResponse, PushResponse } from "#wire/sync.ts";

export interface RoomsDeps {
  readonly db: PooledDatabase;
  readonly settings: Settings;
  readonly secret: string;
  /** null when this is not a demo */
  readonly demoPassword: string | null;
  /** Where the built page lies. */
  readonly clientFolder: string;
  /** Where the recordings of the practice customers lie. */
  readonly voicesFolder: string;
  readonly version: string;
  /** Where erasures are kept beside the database. */
  readonly eraseLog: EraseLog;
  readonly log: Log;
  /** Known once the server listens. */
  readonly port: () => number;
  /** Milliseconds since 1970; the server's clock when not given. */
  readonly now?: () => number;
}

/** Everything that answers on the server's port. */
export interface Rooms {
  readonly answer: RequestListener;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly sip: SipSwitch;
  /**
   * Tells the browsers to come back later, ends the calls on the embedded switch and whatever else runs by itself.
   * Requests under way go on. Called again, it waits for the same end.
   */
  stop(): Promise<void>;
}

/** Builds the rooms and joins them: the only file that knows them all. */
export async function openRooms(deps: RoomsDeps): Promise<Rooms> {
  const { db, settings, secret, log } = deps;
  const now = deps.now ?? Date.now;
  const secure = settings.tls !== null || (settings.publicUrl?.startsWith("https:") ?? false);
  const auth = createAuth(db, { secret, secure, complaint: (message) => log.info(`Sign-in: ${message}`) });
  const origins = () => ({ tls: settings.tls !== null, host: settings.host, port: deps.port(), publicUrl: settings.publicUrl });
  const proxy = { trust: settings.trustProxy, publicUrl: settings.publicUrl };
  // Over the company's own database other app servers may be listening at this moment; a day later nobody is.
  await endOrphanedListening(db, new Date(settings.databaseUrl === null ? now() : now() - 86_400_000));

  const news = await openNews(db);
  const listening = createListening({
    desksOf: (person): ReturnType<Hub["desksOf"]> => [...hub.desksOf(person), ...elsewhere.desksOf(person)],
    person: (id) => personById(db, id),
    started: (lead, agent, session) => writeAudit(db, lead, "listen.started", agent, { session }),
    ended: (lead, agent, session, why) => writeAudit(db, lead, "listen.ended", agent, { session, why }),
    trouble: (what, error) => log.trouble(what, error),
  });
  const servers = await openServers({
    db, trouble: (what, error) => log.trouble(what, error),
    letter(letter) {
      if (letter.t === "send" || letter.t === "said") elsewhere.letter(letter);
      else if (letter.t === "quality") hub.qualityElsewhere(letter.of, letter.line);
      else holders.letter(letter);
    },
    moved() {
      elsewhere.moved();
      hub.movedElsewhere();
      holders.moved();
    },
  });
  const elsewhere: Elsewhere = createElsewhere({ servers, own: (id) => hub.socket(id), user: listening });
  const holders: PhoneHolders = createPhoneHolders({ db, servers, news, own: (id) => hub.socket(id), trouble: (what, error) => log.trouble(what, error) });
  const hub: Hub = createHub({
    news, now, servers, holders, stillSignedIn: (sessions) => peopleOfSessions(db, sessions), trouble: (what, error) => log.trouble(what, error),
    listening: {
      gone: (connection) => listening.gone(connection),
      check: () => listening.check(),
      said: (connection, message) => { if (!elsewhere.said(connection, message)) listening.said(connection, message); },
    },
  });

  const sip = createSwitch({
    domain: embeddedDomain(settings.sip),
    now,
    async findLine(username) {
      const line = await findEmbeddedLine(db, secret, username);
      return line && lineSecret(line.username, embeddedDomain(settings.sip), line.password);
    },
    log: (event, detail) => log.info(`SIP: ${event}${detail ? ` ${JSON.stringify(detail)}` : ""}`),
  });

  const seals = createSeals(secret, settings.secretsBefore);
  const setup = await openSetup(db, seals, settings, (what, error) => log.trouble(what, error));

  const heard = openHeard(db, (what, error) => log.trouble(what, error));
  await forgetLines(db, new Date(now() - FIRST_SIGHT));
  const practice = openPractice(deps, sip, heard.said);

  const appendAllowance = createAppendLimits(now);
  const campaigns = createCampaigns(db);
  const turns = createTurns(now);
  const store = createTogether(db);
  const late = createLateCalls(db, now);
  const colleagues = createColleagues(db);
  const setBack = createSetBack(db, news, now, (what) => log.info(what));
  const take = (person: Person, batch: Batch): Promise<PushResponse> => takeBatch({
    store, now, campaigns, turns,
    led: (sender) => ledBy(db, sender),
    late: (facts, sender) => late(sender.id, facts),
    notice: (facts) => news.notice(rowsOf(person.id, person.team, batch.device, facts)),
    stored: (fresh) => news.tell(rowsOf(person.id, person.team, batch.device, fresh.facts)),
  }, person, batch);

  const handlers: Handlers = {
    ...authHandlers({ auth, db, news, limits: createSignInLimits(db, now), demoPassword: deps.demoPassword, left: (person) => hangUpIfGone(db, sip, person) }),
    async health() {
      try {
        await db.query("select 1");
        return new Json({ status: "ok", version: deps.version });
      } catch (error) {
        log.trouble("The database cannot be reached", error);
        return new Json({ status: "noDatabase", version: deps.version }, 503);
      }
    },
    openapi: () => new Json(openapi(routes, deps.version)),
    async phoneAccount({ signedIn: { person }, seenAs }) {
      const line = await embeddedLine(db, secret, person.id);
      const world = await setup.read();
      const pbx = world.servers.length > 0 ? await pbxLine(db, seals, person.id) : undefined;
      const account = line && accountOf(world, embeddedDomain(settings.sip), seenAs, line, pbx, person.id, now());
      return account ? new Json(account) : problem(404, "noLine");
    },
    ...adminPhoneHandlers({
      db, seals, setup, now, registered: (line) => sip.registered(line),
      async phones() {
        const elsewhere = await servers.phonesElsewhere();
        return (person) => [...hub.desksOf(person).map((desk) => desk.phone), ...(elsewhere.get(person) ?? [])];
      },
      async changed(people) {
        const item = { of: "telephony", ...(people ? { people } : {}) } as const;
        await db.transaction((tx) => news.post(tx, item));
        news.tell(item);
      },
    }),
    async push({ signedIn: { person }, body }) {
      if (body.protocol !== PROTOCOL) return problem(426, "protocol");
      if (body.by !== undefined && body.by !== person.id) return problem(401, "somebodyElse");
      return new Json(await take(person, body));
    },
    async key({ signedIn: { person }, body }) {
      const key = readKey(body.key);
      if (!key) return problem(400, "shape", "key");
      const until = now() + KEY_LASTS;
      return db.transaction(async (tx) => {
        if ((await claimDevice(tx, body.device, person.id)).person !== person.id) return problem(403, "device");
        await setDeviceKey(tx, body.device, person.id, key, new Date(until));
        return new Json({ until } satisfies KeyResponse);
      });
    },
    async append({ body, address }) {
      if (!appendAllowance.take(body.device, address)) return problem(429, "tooMany");
      const holder = await keyHolder(db, body.device, new Date(now()));
      // Who leads may direct others by facts: that needs a session. A person whose role has changed since comes back in person.
      if (!holder || holder.person.role !== "agent" || !isSigned(body, holder.key)) return problem(401, "key");
      const batch = readAppended(body.batch);
      if (!batch) return problem(400, "shape", "batch");
      if (batch.protocol !== PROTOCOL) return problem(426, "protocol");
      if (batch.device !== body.device || (batch.by ?? holder.person.id) !== holder.person.id) return problem(401, "key");
      return new Json(await take(holder.person, batch));
    },
    pull: async ({ signedIn: { person }, query }) => new Json(await pull(db, colleagues, person, query, now(), setBack)),
    async mark({ signedIn: { person }, query }) {
      const mark = await markOf(db, person.id, query, setBack);
      return mark === undefined ? problem(403, "device") : new Json({ mark, now: now() } satisfies MarkResponse);
    },
    async leases({ signedIn: { person }, body }) {
      const connected = [...hub.desksOf(person.id), ...elsewhere.desksOf(person.id)].flatMap((desk) => desk.device ?? []);
      const { servers, plan } = await setup.read();
      const response = await lease(db, person, body, connected, now(), servers.length > 0 ? beginnings(plan) : undefined);
      return response ? new Json(response) : problem(403, "device");
    },
    async dialNumber({ signedIn: { person }, body }) {
      // Told here already, before anybody is made of a number that the phone will not dial (rule P7).
      const { servers, plan } = await setup.read();
      if (servers.length > 0 && !isDemoNumber(body.phone) && !dialed(plan, body.phone).ok) return problem(403, "barred");
      const connected = hub.desksOf(person.id).flatMap((desk) => desk.device ?? []);
      const answer = await leaseNumber(db, person, body, connected, now());
      return "lease" in answer ? new Json(answer) : problem({ device: 403, campaign: 404, taken: 409 }[answer.why], answer.why);
    },
    async practiceLines({ signedIn: { person }, query }) {
      const session = sessionIdOf(query.call);
      const line = await embeddedLine(db, secret, person.id);
      if (session === undefined || !line) return problem(404, "noCall");
      if (practice?.goesOn(session)) return problem(409, "notOver");
      return new Json({ lines: await heard.of(session, line.username) } satisfies LinesResponse);
    },
    async prospects({ signedIn: { person }, query }) {
      // Those whom agents have called: by a call of their own making a lead would see anybody on the lists.
      return new Json({ prospects: await calledProspects(db, query.ids, [...(await ledBy(db, person))]) } satisfies ProspectsResponse);
    },
    findProspects: async ({ body }) => new Json({ prospects: await findProspects(db, body.text, 20) } satisfies ProspectsResponse),
    async eraseProspect({ signedIn: { person }, body }) {
      const found = await eraseProspect(db, news, body.prospect, person.id, (prospect) => deps.eraseLog.write(prospect));
      return found ? new Json({ ok: true }) : problem(404, "noProspect");
    },
    audit: async ({ query }) => new Json({ entries: await auditEntries(db, query.before) } satisfies AuditResponse),
    ...normsHandlers({ db, news, now }),
    async publishHandler({ signedIn: { person }, body }) {
      const result = await publishHandler(db, news, person, body);
      if (result.ok) return new Json(result);
      return result.why === "newer" ? new Json(result, 409) : problem(400, result.why);
    },
  };

  const { keepTextsDays } = settings;
  const sweep = keepTextsDays === null ? undefined : startSweep(() => eraseOld(db, news, new Date(now() - keepTextsDays * 86_400_000)), (error) => log.trouble("Old texts could not be erased", error));

  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    sweep?.();
    hub.close();
    upgrade.close();
    await practice?.stop();
    await heard.settled();
    await sip.stop();
    await servers.close();
    await news.close();
  };

  const upgrade = createUpgrade({
    who: (headers) => auth.who(headers), origins, proxy, log,
    live: (socket, who) => hub.welcome(socket, who),
    sip: (socket, address) => sip.accept(socket, address),
  });
  return {
    answer: createApp({
      handlers, who: (headers) => auth.who(headers), demo: deps.demoPassword !== null, origins, proxy, log,
      headers: { sipServers: () => setup.lately().servers },
      files: staticFiles(deps.clientFolder),
    }),
    upgrade: (request, socket, head) => upgrade.upgrade(request, socket, head),
    sip,
    stop: () => (stopped ??= stop()),
  };
}

/** Demo numbers lead to the practice customers, whatever SIP_SERVER says. Without its recordings the server works all the same. */
function openPractice({ settings, voicesFolder, log }: RoomsDeps, sip: SipSwitch, said: Heard["said"]): Practice | undefined {
  try {
    return createPractice({
      attach: (agent) => sip.attach(agent), domain: embeddedDomain(settings.sip), voices: voicesFolder, said,
      log: (event, detail) => log.info(`Practice: ${event}${detail ? ` ${JSON.stringify(detail)}` : ""}`),
    });
  } catch (error) {
    log.trouble("The practice customers cannot be called", error);
    return undefined;
  }
}

/** A line belongs to who is signed in: with the last session of a person its registrations and calls end. */
async function hangUpIfGone(db: PooledDatabase, sip: SipSwitch, person: string): Promise<void> {
  const line = await lineOfSignedOut(db, person);
  if (line !== undefined) sip.dropPerson(line);
}

/** The most people whom a notice names: PostgreSQL carries 8,000 bytes. */
const MOST_ABOUT = 80;

function rowsOf(person: string, team: string, device: string, facts: readonly Fact[]): NewsItem {
  const about = [...new Set(facts.flatMap((fact) => ("agent" in fact ? [fact.agent] : [])))];
  // A notice holds only so much; whoever asks many agents at once makes everybody look.
  if (about.length > MOST_ABOUT) return { of: "anything" };
  return { of: "rows", person, team, device, verbatim: facts.some((fact) => fact.kind === "verbatim.taken"), about };
}

/** Once at the start, then every six hours: what was kept long enough goes. @returns ends it */
function startSweep(work: () => Promise<unknown>, trouble: (error: unknown) => void): () => void {
  const run = (): void => void work().catch(trouble);
  run();
  const again = setInterval(run, 6 * 3_600_000);
  again.unref();
  return () => clearInterval(again);
}
