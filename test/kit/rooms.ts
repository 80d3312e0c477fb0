import { createServer, type Server } from "node:http";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { WebSocket } from "ws";
import type { Campaign, Company, Person } from "#domain/base/campaign.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import { seedDemo, type DemoCompany } from "#server/demo/seed.ts";
import { createLog } from "#server/log.ts";
import { openRooms, type Rooms } from "#server/rooms.ts";
import { readSettings, type Settings } from "#server/settings.ts";
import type { ToClient, ToServer } from "#wire/live.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import { startTestDatabase, type TestDatabase } from "./database.ts";
import { campaign, company } from "./facts.ts";
import { until } from "./until.ts";

// Passwords are dear to check on purpose, and the machine may be busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

export const PASSWORD = "a good password";

const someone = (email: string, role: Person["role"], team: string): Omit<Person, "id"> =>
  ({ name: email.split("@")[0] ?? "", email, role, team, language: "en", gender: "f" });

/** A small company: two agents in the north with a lead, one in the south with another, and one of each other role. */
export const people = [
  someone("anna@demo.example", "agent", "north"), someone("boris@demo.example", "agent", "north"), someone("carl@demo.example", "agent", "south"),
  someone("lead@demo.example", "lead", "north"), someone("southlead@demo.example", "lead", "south"), someone("editor@demo.example", "editor", "office"),
  someone("closer@demo.example", "closer", "deals"), someone("admin@demo.example", "admin", "office"),
] as const;

export function prospects(count: number, of = "storage"): readonly Prospect[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${of}-${String(index + 1).padStart(4, "0")}`, campaign: of, language: "en" as const, firstName: "Pat", lastName: `No ${index + 1}`, gender: "f" as const,
    position: "director", company: "Acme", phone: `+7495000${String(5100 + (index % 100))}`, city: "Tver", timeZone: "Europe/Moscow",
  }));
}

const russian: Campaign = { ...campaign, id: "storage-ru", language: "ru", script: "storage-ru" };

export const small: DemoCompany = {
  people, company: company satisfies Company, campaigns: [campaign, russian],
  scripts: [{ id: "storage-en", version: 1, language: "en", title: "Storage", start: "hello", modules: [{ id: "hello", title: "Hello", words: "Hello.", gist: "Greet", answers: [] }] }],
  handlers: [{ id: "dear", version: 1, script: "storage-en", title: "Too dear", gist: "Show the saving", synonyms: ["price"], phrasings: ["I see."] }],
  prospects: prospects(30),
};

/** Somebody at a program of their own: the cookie is kept, the origin is named as a browser does. */
export interface Visitor {
  readonly person: Person;
  readonly cookie: string;
  get(path: string): Promise<{ status: number; body: any }>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: any; headers: Headers }>;
  live(device: string): Promise<LiveVisitor>;
}

/** A live socket that has been welcomed. */
export interface LiveVisitor {
  readonly socket: WebSocket;
  readonly heard: ToClient[];
  say(message: ToServer): void;
  /** The next message of this kind, or one that is there already and was not taken yet. */
  next<T extends ToClient["t"]>(kind: T): Promise<Extract<ToClient, { t: T }>>;
  /** Close code once it is closed. */
  closed(): Promise<number>;
}

export interface TestRooms {
  readonly url: string;
  readonly port: number;
  readonly database: TestDatabase;
  readonly rooms: Rooms;
  readonly log: string[];
  /** What was written beside the database. */
  readonly erased: string[];
  /** Set to move the server's clock; undefined is the real one. */
  clock: number | undefined;
  signIn(name: string): Promise<Visitor>;
  /** A further app server over the same database. */
  another(): Promise<TestRooms>;
  stop(): Promise<void>;
}

/** The real rooms over a real PostgreSQL and a real port, with a small company. */
export async function startRooms(options: { readonly env?: Record<string, string>; readonly company?: DemoCompany; readonly demo?: boolean; readonly database?: TestDatabase } = {}): Promise<TestRooms> {
  const database = options.database ?? (await startTestDatabase());
  const folder = mkdtempSync(join(tmpdir(), "sufler-rooms-"));
  mkdirSync(join(folder, "client"));
  writeFileSync(join(folder, "client/index.html"), "<!doctype html><title>Sufler</title>");
  const reading = readSettings(options.env ?? {}, folder);
  if (!reading.ok) throw new Error(reading.problem);
  const settings: Settings = reading.settings;
  const db = options.database ? database.open() : database.db;
  await seedDemo(db, options.company ?? small, PASSWORD);
  const log: string[] = [];
  const erased: string[] = [];
  const state: { clock: number | undefined; port: number } = { clock: undefined, port: 0 };
  const rooms = await openRooms({
    db, settings, secret: "a secret that is only for tests, 32+", demoPassword: options.demo === false ? null : PASSWORD, clientFolder: join(folder, "client"),
    voicesFolder: join(import.meta.dirname, "../../src/server/practice/voices"), version: "0.0.0", eraseLog: { write: (prospect) => void erased.push(prospect) }, log: createLog((line) => log.push(line), () => {}), port: () => state.port, now: () => state.clock ?? Date.now(),
  });
  const server = createServer(rooms.answer);
  server.on("upgrade", (request, socket, head) => rooms.upgrade(request, socket, head));
  state.port = await listenBetween(server, 24_000, 24_999);
  const url = `http://127.0.0.1:${state.port}`;

  return {
    url, port: state.port, database, rooms, log, erased,
    get clock() { return state.clock; },
    set clock(value) { state.clock = value; },
    signIn: (name) => signIn(url, name),
    another: () => startRooms({ ...options, database }),
    async stop() {
      await rooms.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
      if (!options.database) await database.stop();
    },
  };
}

let port = 24_000 + (process.pid % 500);
async function listenBetween(server: Server, from: number, to: number): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    port = port >= to ? from : port + 1;
    const mine = port;
    const free = await new Promise<boolean>((resolve) => {
      const failed = (): void => resolve(false);
      server.once("error", failed);
      server.listen({ host: "127.0.0.1", port: mine, exclusive: true }, () => {
        server.off("error", failed);
        resolve(true);
      });
    });
    if (free) return mine;
  }
  throw new Error("no free port");
}

async function signIn(url: string, name: string): Promise<Visitor> {
  const headers = { "content-type": "application/json", origin: url };
  const response = await fetch(`${url}/api/auth/sign-in/email`, { method: "POST", headers, body: JSON.stringify({ email: `${name}@demo.example`, password: PASSWORD }) });
  if (!response.ok) throw new Error(`sign-in of ${name}: ${response.status}`);
  const cookie = response.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const me = (await (await fetch(`${url}/api/me`, { headers: { cookie } })).json()) as { person: Person };
  return {
    person: me.person, cookie,
    async get(path) {
      const got = await fetch(url + path, { headers: { cookie } });
      return { status: got.status, body: await got.json() };
    },
    async post(path, body, more = {}) {
      const got = await fetch(url + path, { method: "POST", headers: { ...headers, cookie, ...more }, body: JSON.stringify(body) });
      return { status: got.status, body: await got.json(), headers: got.headers };
    },
    live: (device) => live(url, cookie, device),
  };
}

async function live(url: string, cookie: string, device: string): Promise<LiveVisitor> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/live`, { headers: { cookie, origin: url } });
  const heard: ToClient[] = [];
  const taken = new Set<ToClient>();
  let code: number | undefined;
  socket.on("message", (data: Buffer) => heard.push(JSON.parse(data.toString("utf8")) as ToClient));
  socket.on("close", (closed) => { code = closed; });
  socket.on("error", () => {});
  await until("the live socket", () => socket.readyState === WebSocket.OPEN || code !== undefined);
  const self: LiveVisitor = {
    socket, heard,
    say: (message) => socket.send(JSON.stringify(message)),
    async next(kind) {
      const found = await until(`a message "${kind}"`, () => heard.find((one) => one.t === kind && !taken.has(one)), 30_000);
      taken.add(found);
      return found as Extract<ToClient, { t: typeof kind }>;
    },
    closed: () => until("the end of the socket", () => code),
  };
  if (code !== undefined) return self;
  self.say({ t: "hello", protocol: PROTOCOL, device });
  await self.next("welcome");
  return self;
}
