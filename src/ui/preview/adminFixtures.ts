import type { AuditEntry } from "#client/admin/keeping.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import { createStore } from "zustand/vanilla";
import type { Admin, AdminState, PersonLine, PhoneSetup } from "#client/admin/admin.ts";
import type { NormsKeeper } from "#client/admin/norms.ts";
import { plainDialing } from "#domain/phone/dialPlan.ts";
import { standingNorms } from "./normsFixtures.ts";
import { demoPeople, signedInAs } from "./sessionFixtures.ts";

const personOf = (email: string): PersonLine["person"] => {
  const found = demoPeople.find((one) => one.email === email) ?? demoPeople[0];
  return { id: found.email, name: found.name, email: found.email, role: found.role, team: "north", language: "ru", gender: "f" };
};
const line = (email: string, username: string | null, phone: PersonLine["phone"], readable = true): PersonLine => ({ person: personOf(email), username, phone, readable });

const campaigns = [{ id: "north", name: "Склады, осень" }];
const people: readonly PersonLine[] = [
  line("admin@demo.example", null, "away"), line("agent1@demo.example", "101", "ready"), line("agent2@demo.example", "102", "connecting"),
  line("agent3@demo.example", "103", "refused"), line("agent4@demo.example", "104", "down"), line("agent5@demo.example", "105", "away", false),
  line("closer@demo.example", null, "away"), line("editor@demo.example", null, "away"), line("lead@demo.example", "110", "away"),
];
const servers = ["pbx", "pbx2"].map((name) => `wss://${name}.company.example:8089/ws`);
const setup: PhoneSetup = {
  servers, domain: "company.example", stunUrls: [], turnUrls: ["turn:turn.company.example:3478"],
  plan: { ...plainDialing, form: "national", prefix: "9", barred: ["+", "+7 809"], allowed: ["+7"] },
};
const embedded: PhoneSetup = { servers: [], domain: "", plan: plainDialing, stunUrls: [], turnUrls: [] };

function state(more: Partial<AdminState> = {}): AdminState {
  const who = signedInAs("admin");
  if (who.phase !== "signedIn") throw new Error("the admin is not signed in");
  return { person: who.person, phone: { setup, version: 3, fixed: { sip: false, ice: false }, hasTurnSecret: true, campaigns, people }, doing: { phase: "idle" }, ...more };
}
const phone = (more: Partial<NonNullable<AdminState["phone"]>>): Partial<AdminState> => ({ phone: { setup, version: 3, fixed: { sip: false, ice: false }, hasTurnSecret: true, campaigns, people, ...more } });

/** Every state of the admin's screen that looks different. */
export const adminStates = {
  embedded: () => state(phone({ setup: embedded, version: 0, hasTurnSecret: false, people: people.map((one) => ({ ...one, username: null, readable: true })) })),
  exchange: () => state(),
  environment: () => state(phone({ fixed: { sip: true, ice: true } })),
  newer: () => state({ doing: { phase: "failed", what: "setup", why: "newer" } }),
  saved: () => state({ doing: { phase: "done", what: "setup" } }),
  renewed: () => state({ newer: true }),
  loading: () => { const { phone: _, ...rest } = state(); return rest; },
  offline: () => { const { phone: _, ...rest } = state(); return { ...rest, missing: "offline" as const }; },
  "import wrong": () => state({
    importing: { name: "линии.csv", preview: { committed: false, lines: [{ row: 2, email: "agent1@demo.example", username: "101" }], problems: [{ row: 3, why: "nobody", email: "noname@demo.example" }, { row: 4, why: "columns" }, { row: 7, why: "sameLine", email: "agent3@demo.example" }] } },
  }),
  "import right": () => state({
    importing: { name: "lines.csv", preview: { committed: false, problems: [], lines: [1, 2, 3, 4, 5].map((n) => ({ row: n, email: `agent${n}@demo.example`, username: `10${n}` })) } },
  }),
  "import foreign": () => state({
    importing: { name: "база.csv", preview: { committed: false, lines: [], problems: Array.from({ length: 2_340 }, (_, index) => ({ row: index + 2, why: (["rounded", "openQuote", "columns"] as const)[index % 3] ?? "columns" })) } },
  }),
  "import no text": () => state({ importing: { name: "линии.xlsx.csv", preview: { committed: false, lines: [], problems: [{ row: 1, why: "notText" }] } } }),
  "import too large": () => state({ doing: { phase: "failed", what: "import", why: "fileTooLarge" } }),
  testing: () => state({ doing: { phase: "busy", what: "test" } }),
  "tested well": () => state({
    doing: { phase: "done", what: "test" },
    tested: {
      at: 0, servers: [{ server: servers[0] ?? "", steps: [{ step: "name", ok: true }, { step: "port", ok: true }, { step: "certificate", ok: true, until: "2027-03-01" }, { step: "upgrade", ok: true }, { step: "register", ok: true, algorithm: "SHA-256" }] }],
      browser: [{ what: "microphone", ok: true }, { what: "socket", server: servers[0] ?? "", ok: true }, { what: "media", ok: true }, { what: "relay", ok: true }],
    },
  }),
  "tested badly": () => state({
    doing: { phase: "done", what: "test" },
    tested: {
      at: 0,
      servers: [
        { server: servers[0] ?? "", steps: [{ step: "name", ok: true }, { step: "port", ok: true }, { step: "certificate", ok: false, fault: "expired", until: "2026-01-31" }, { step: "upgrade", ok: false, fault: "status", status: 404 }] },
        { server: servers[1] ?? "", steps: [{ step: "name", ok: true }, { step: "port", ok: false, fault: "refused" }] },
      ],
      browser: [{ what: "microphone", ok: false, fault: "denied" }, { what: "socket", server: servers[0] ?? "", ok: false, fault: "localNetwork" }, { what: "media", ok: true }, { what: "relay", ok: false, fault: "unreachable" }],
    },
  }),
} satisfies Record<string, () => AdminState>;

const deeds: readonly AuditEntry[] = [
  { id: 5, at: Date.UTC(2026, 10, 23, 8, 12), by: "Ольга Руднева", action: "listen.ended", subject: "Анна Белова" },
  { id: 4, at: Date.UTC(2026, 10, 23, 8, 9), by: "Ольга Руднева", action: "listen.started", subject: "Анна Белова" },
  { id: 3, at: Date.UTC(2026, 10, 23, 7, 40), by: "Марина Лебедева", action: "handler.published", subject: "too-dear" },
  { id: 2, at: Date.UTC(2026, 10, 20, 13, 5), by: "Администратор", action: "prospect.erased", subject: "ru-0042" },
  { id: 1, at: Date.UTC(2026, 10, 20, 9, 30), by: "Администратор", action: "phone.setup", subject: "phone" },
];
const demoNames = (): readonly Prospect[] => [
  { id: "ru-0007", campaign: "c", language: "ru", firstName: "Ирина", middleName: "Сергеевна", lastName: "Орлова", gender: "f", position: "директор", company: "ООО «Вектор»", phone: "+74950000107", city: "Тверь", timeZone: "Europe/Moscow" },
];

export interface StandingAdmin extends Admin { readonly asked: readonly (readonly unknown[])[] }

/** An admin's machinery that only remembers what it was asked. */
export function standingAdmin(shown: AdminState, agrees = true, norms: NormsKeeper = standingNorms()): StandingAdmin {
  const asked: (readonly unknown[])[] = [];
  const note = (...words: readonly unknown[]): void => { asked.push(words); };
  const store = createStore<AdminState>(() => shown);
  return {
    asked, state: store, norms,
    keeping: {
      find: () => Promise.resolve([...demoNames()]),
      erase(prospect) {
        note("erase", prospect);
        return () => true;
      },
      audit: (before) => Promise.resolve(before === undefined ? deeds : []),
      stop: () => {},
    },
    refresh: () => { note("refresh"); },
    saveSetup(wish, secret) {
      note("saveSetup", wish, secret);
      const { phone: before } = store.getState();
      if (agrees && before) store.setState({ phone: { ...before, setup: wish }, doing: { phase: "done", what: "setup" } });
      return Promise.resolve(agrees);
    },
    saveLine: (person, given) => { note("saveLine", person, given); return Promise.resolve(agrees); },
    lookAt: (file) => { note("lookAt", file.name); },
    takeIn: () => { note("takeIn"); },
    dropImport: () => { note("dropImport"); },
    test: (wish, person) => { note("test", wish.servers, person); },
    stop: () => Promise.resolve(),
  };
}
