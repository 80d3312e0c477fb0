import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "#domain/base/campaign.ts";
import { everybody, type Access } from "#server/http/access.ts";
import { routes, type Route, type RouteName } from "#server/http/routes.ts";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";

/** Who may do what, written down a second time on purpose: a right that changes, or an endpoint without a row here, fails this test. */
const rights: Readonly<Record<RouteName, readonly [method: string, path: string, access: "anyone" | "demo" | readonly Role[]]>> = {
  health: ["GET", "/healthz", "anyone"],
  openapi: ["GET", "/api/openapi.json", "anyone"],
  signIn: ["POST", "/api/auth/sign-in/email", "anyone"],
  signOut: ["POST", "/api/auth/sign-out", "anyone"],
  session: ["GET", "/api/auth/get-session", "anyone"],
  demoPeople: ["GET", "/api/demo/people", "demo"],
  demoSignIn: ["POST", "/api/demo/sign-in", "demo"],
  me: ["GET", "/api/me", ["agent", "lead", "editor", "closer", "admin"]],
  phoneAccount: ["GET", "/api/phone/account", ["agent", "lead", "editor", "closer", "admin"]],
  push: ["POST", "/api/sync/push", ["agent", "lead", "editor", "closer", "admin"]],
  key: ["POST", "/api/sync/key", ["agent"]],
  append: ["POST", "/api/sync/append", "anyone"],
  pull: ["GET", "/api/sync/pull", ["agent", "lead", "editor", "closer", "admin"]],
  mark: ["GET", "/api/sync/mark", ["agent", "lead", "editor", "closer", "admin"]],
  leases: ["POST", "/api/dialing/leases", ["agent"]],
  dialNumber: ["POST", "/api/dialing/number", ["agent"]],
  practiceLines: ["GET", "/api/practice/lines", ["agent"]],
  prospects: ["GET", "/api/prospects", ["lead", "admin"]],
  findProspects: ["POST", "/api/prospects/find", ["admin"]],
  eraseProspect: ["POST", "/api/prospects/erase", ["admin"]],
  audit: ["GET", "/api/audit", ["admin"]],
  publishHandler: ["POST", "/api/scripts/handlers", ["editor", "admin"]],
  adminPhone: ["GET", "/api/admin/phone", ["admin"]],
  savePhoneSetup: ["POST", "/api/admin/phone/setup", ["admin"]],
  norms: ["GET", "/api/admin/norms", ["admin"]],
  saveNorms: ["POST", "/api/admin/norms/company", ["admin"]],
  saveRule: ["POST", "/api/admin/norms/rule", ["admin"]],
  undoNorms: ["POST", "/api/admin/norms/undo", ["admin"]],
  savePhoneLine: ["POST", "/api/admin/phone/line", ["admin"]],
  importPhoneLines: ["POST", "/api/admin/phone/lines", ["admin"]],
  testPhone: ["POST", "/api/admin/phone/test", ["admin"]],
};

let rooms: TestRooms;
const visitors = new Map<Role, Visitor>();
beforeAll(async () => {
  rooms = await startRooms();
  for (const [role, name] of [["agent", "anna"], ["lead", "lead"], ["editor", "editor"], ["closer", "closer"], ["admin", "admin"]] as const) visitors.set(role, await rooms.signIn(name));
});
afterAll(() => rooms.stop());

async function ask(route: Route, cookie?: string): Promise<number> {
  const headers = { ...(cookie ? { cookie } : {}), ...(route.method === "POST" ? { "content-type": "application/json", origin: rooms.url } : {}) };
  // A body of the wrong shape: whoever gets as far as the shape had the right.
  const response = await fetch(rooms.url + route.path, { method: route.method, headers, ...(route.method === "POST" ? { body: '{"wrong":true}' } : {}) });
  await response.arrayBuffer();
  return response.status;
}

describe("rights", () => {
  it("are described with every status that an endpoint answers", async () => {
    const { paths } = (await (await fetch(`${rooms.url}/api/openapi.json`)).json()) as { paths: Record<string, Record<string, { responses: Record<string, unknown> }>> };
    const told = (path: string, method: string): string[] => Object.keys(paths[path]?.[method]?.responses ?? {});
    expect(told("/api/auth/sign-in/email", "post")).toEqual(["200", "400", "401", "403", "413", "415", "429"]);
    expect(told("/api/sync/push", "post")).toEqual(["200", "400", "401", "403", "413", "415", "426"]);
    expect(told("/api/scripts/handlers", "post")).toContain("409");
    expect(told("/healthz", "get")).toEqual(["200", "503"]);
  });

  it("are as they are written down here, for every endpoint", () => {
    const table = Object.fromEntries(Object.entries(routes).map(([name, route]) => [name, [route.method, route.path, route.access as Access]]));
    expect(table).toEqual(rights);
  });

  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    const access = rights[name][2];
    if (typeof access === "string") continue;
    it(`${name}: without a session nobody, with one only ${access.join(", ")}`, async () => {
      expect(await ask(route)).toBe(401);
      expect(await ask(route, "sufler.session_token=made-up.signature")).toBe(401);
      for (const role of everybody) {
        const status = await ask(route, visitors.get(role)?.cookie);
        if (access.includes(role)) expect([200, 400], `${role} may`).toContain(status);
        else expect(status, `${role} may not`).toBe(403);
      }
    });
  }

  it("end at the table: what is not in it is not served", async () => {
    for (const path of ["/api/auth/sign-up/email", "/api/auth/update-user", "/api/auth/change-password", "/api/auth/list-sessions", "/api/auth/ok", "/api/nothing"]) {
      for (const method of ["GET", "POST"] as const) {
        const headers = { cookie: visitors.get("admin")?.cookie ?? "", origin: rooms.url, "content-type": "application/json" };
        const response = await fetch(rooms.url + path, { method, headers, ...(method === "POST" ? { body: "{}" } : {}) });
        expect([path, response.status]).toEqual([path, 404]);
      }
    }
  });

  it("are asked for by the methods of the table alone, and every answer to another one says by which", async () => {
    const cookie = visitors.get("admin")?.cookie ?? "";
    const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];
    for (const { method, path } of Object.values(routes)) {
      const allowed = method === "GET" ? ["GET", "HEAD"] : [method];
      for (const other of methods.filter((one) => !(allowed as readonly string[]).includes(one))) {
        const response = await fetch(rooms.url + path, { method: other, headers: { cookie, origin: rooms.url } });
        expect([other, path, response.status, response.headers.get("allow")]).toEqual([other, path, 405, allowed.join(", ")]);
      }
      if (method !== "GET") continue;
      const [got, head] = await Promise.all(["GET", "HEAD"].map((one) => fetch(rooms.url + path, { method: one, headers: { cookie } })));
      expect([path, head?.status, await head?.text()]).toEqual([path, got?.status, ""]);
    }
  });

  it("of the demo end where there is no demo", async () => {
    const company = await startRooms({ demo: false, database: rooms.database });
    try {
      expect((await fetch(`${company.url}/api/demo/people`)).status).toBe(404);
      const response = await fetch(`${company.url}/api/demo/sign-in`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"email":"admin@demo.example"}' });
      expect(response.status).toBe(404);
      expect((await fetch(`${company.url}/api/demo/people`, { method: "POST" })).status).toBe(404);
    } finally {
      await company.stop();
    }
  });
});
