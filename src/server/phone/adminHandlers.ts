import { people, personById } from "#server/auth/peopleStore.ts";
import { Json, problem, type Handlers, type SeenAs } from "#server/http/handlers.ts";
import { writeAudit } from "#server/monitoring/auditStore.ts";
import { newestDocuments } from "#server/scripts/documentStore.ts";
import { isUnsafe } from "#server/settings.ts";
import type { Database } from "#server/store/database.ts";
import type { AdminPhoneResponse, ImportPhoneLinesResponse, PhoneSight, TestPhoneResponse } from "#wire/api.ts";
import { domainOf, iceServersFor } from "./account.ts";
import { checkServer } from "./check/checkServer.ts";
import { readLines } from "./givenLines.ts";
import { dropPbxLine, embeddedLines, keepPbxLine, pbxLine, pbxLines } from "./lineStore.ts";
import type { Seals } from "./seals.ts";
import { shown, type Setup } from "./setup.ts";
import { createTestLimit } from "./check/testLimit.ts";

export interface AdminPhoneDeps {
  readonly db: Database;
  readonly seals: Seals;
  readonly setup: Setup;
  readonly now: () => number;
  /** What a person's desks say of their phone, at whatever app server they are; empty when none is open. */
  readonly phones: () => Promise<(person: string) => readonly (string | undefined)[]>;
  /** Tells the desks whose account is another one now; everybody's when no people are named. */
  readonly changed: (people?: readonly string[]) => Promise<void>;
  /** Contacts of a line on the embedded switch. */
  readonly registered: (line: string) => number;
}

type Names = "adminPhone" | "savePhoneSetup" | "savePhoneLine" | "importPhoneLines" | "testPhone";

/** The admin's end of the telephony: may set passwords, never read them. What is changed stands in the audit log, without secrets. */
export function adminPhoneHandlers({ db, seals, setup, now, phones, changed, registered }: AdminPhoneDeps): Pick<Handlers, Names> {
  const limit = createTestLimit(now);

  const look = async (): Promise<AdminPhoneResponse> => {
    const [world, all, lines, embedded, campaigns, phonesOf] = await Promise.all([setup.read(), people(db), pbxLines(db, seals), embeddedLines(db), newestDocuments(db, "campaign"), phones()]);
    const own = world.servers.length === 0;
    return {
      setup: shown(world), version: world.version, fixed: world.fixed, hasTurnSecret: world.hasTurnSecret,
      campaigns: campaigns.filter(({ body }) => !body.practice).map(({ id, body }) => ({ id, name: body.name })),
      people: all.map((person) => {
        const line = lines.get(person.id);
        const here = own && registered(embedded.get(person.id) ?? "") > 0;
        return { person, username: line?.username ?? null, readable: line?.readable ?? true, phone: here ? "ready" : sight(phonesOf(person.id)) };
      }),
    };
  };

  return {
    adminPhone: async () => new Json(await look()),

    async savePhoneSetup({ signedIn: { person }, body: { based, setup: wish, turnSecret }, seenAs }) {
      const world = await setup.read();
      const before = shown(world);
      if (world.fixed.sip && !same([wish.servers, wish.domain], [before.servers, before.domain])) return problem(409, "fixed");
      if (world.fixed.ice && !same([wish.stunUrls, wish.turnUrls], [before.stunUrls, before.turnUrls])) return problem(409, "fixed");
      const wrong = wish.servers.find((server) => !URL.canParse(server));
      if (wrong !== undefined) return problem(400, "server");
      if (seenAs.secure && wish.servers.some(isUnsafe)) return problem(400, "needsWss");
      if (wish.turnUrls.length > 0 && !world.fixed.ice && turnSecret === undefined && !world.hasTurnSecret) return problem(400, "needsTurnSecret");
      // What the environment says is not kept a second time: it would come back when the environment falls silent.
      const kept = { ...wish, ...(world.fixed.sip ? { servers: [], domain: "" } : {}), ...(world.fixed.ice ? { stunUrls: [], turnUrls: [] } : {}) };
      if (!(await setup.save(based, kept, turnSecret))) return problem(409, "newer");
      await changed();
      await writeAudit(db, person.id, "phone.setup", "phone", { setup: kept, turnSecret: turnSecret === undefined ? "kept" : turnSecret === null ? "removed" : "changed" });
      return new Json(await look());
    },

    async savePhoneLine({ signedIn: { person: admin }, body: { person, line } }) {
      const owner = await personById(db, person);
      if (!owner) return problem(404, "nobody");
      if (line) await keepPbxLine(db, seals, owner.email, line);
      else await dropPbxLine(db, person);
      await changed([person]);
      await writeAudit(db, admin.id, "phone.line", person, line ? { username: line.username } : { removed: true });
      return new Json(await look());
    },

    async importPhoneLines({ signedIn: { person: admin }, body: { file, commit } }) {
      const known = new Map((await people(db)).map((one) => [one.email, one.id]));
      const { lines, problems } = readLines(Buffer.from(file, "base64"), (email) => known.has(email));
      const committed = commit && problems.length === 0;
      if (committed) {
        await db.transaction(async (tx) => {
          for (const { email, line } of lines) await keepPbxLine(tx, seals, email, line);
          await writeAudit(tx, admin.id, "phone.lines", "file", { lines: lines.length });
        });
        await changed(lines.flatMap(({ email }) => known.get(email) ?? []));
      }
      return new Json({ lines: lines.map(({ row, email, line }) => ({ row, email, username: line.username })), problems, committed } satisfies ImportPhoneLinesResponse);
    },

    async testPhone({ signedIn: { person: admin }, body: { servers, domain, person }, seenAs }) {
      const wait = limit.wait(admin.id);
      if (wait > 0) return problem(429, "tooMany", undefined, { "retry-after": String(wait) });
      if (servers.some((server) => !URL.canParse(server))) return problem(400, "server");
      const world = await setup.read();
      // A password goes to nobody but the servers of the company: an address just typed might be anybody's.
      const ours = (server: string): boolean => world.servers.includes(server);
      const line = person === undefined ? undefined : await pbxLine(db, seals, person);
      await writeAudit(db, admin.id, "phone.tested", servers.join(" "), person === undefined ? {} : { person });
      const at = domainOf({ servers, domain });
      const found = await Promise.all(servers.map((server) => checkServer({ server, domain: at, line: ours(server) ? line : undefined, origin: originOf(seenAs), now: now() })));
      return new Json({ servers: found, iceServers: iceServersFor(world.ice, admin.id, now()) } satisfies TestPhoneResponse);
    },
  };
}

const originOf = ({ secure, host }: SeenAs): string => `${secure ? "https" : "http"}://${host}`;
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Of several desks the one that can be called. A page that says nothing of a phone has none: a lead's board, for one. */
function sight(phones: readonly (string | undefined)[]): PhoneSight {
  if (phones.every((phone) => phone === undefined)) return "away";
  return (["ready", "refused", "down"] as const).find((one) => phones.includes(one)) ?? "connecting";
}
