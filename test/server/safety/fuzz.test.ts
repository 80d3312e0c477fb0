import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { routes, type Route, type RouteName } from "#server/http/routes.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import { toServer } from "#wire/schema.ts";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import { until } from "#test/kit/until.ts";
import { inputsFor } from "./shaped.ts";

/** Inputs an endpoint gets from each of two people; more by command: `FUZZ=2000 npx vitest run test/server/safety/fuzz.test.ts`. */
const RUNS = Number(process.env["FUZZ"] ?? 25);
/** What a request may be answered with, whatever it holds. */
const ANSWERS = [200, 302, 400, 401, 403, 404, 409, 413, 415, 422, 426, 429];
/** Would end the sessions that the others go on with. */
const LAST: readonly RouteName[] = ["signOut"];

let rooms: TestRooms;
const people = new Map<string, Visitor>();
let before: unknown;
const witness = async (): Promise<unknown> => rooms.database.db.query("select id, name, email, role, team from person order by id");
beforeAll(async () => {
  rooms = await startRooms();
  for (const name of ["anna", "admin", "lead"]) people.set(name, await rooms.signIn(name));
  before = await witness();
});
afterEach(async () => {
  expect((await fetch(`${rooms.url}/healthz`)).status).toBe(200);
  expect(rooms.log.filter((line) => /failed|TypeError|RangeError|syntax error/.test(line))).toEqual([]);
});
afterAll(async () => {
  await rooms.stop();
});

async function ask({ method, path }: Pick<Route, "method" | "path">, input: unknown, cookie: string): Promise<number> {
  const headers = { cookie, origin: rooms.url, "content-type": "application/json" };
  const query = method === "GET" && input !== null && typeof input === "object" ? `?${new URLSearchParams(Object.entries(input).map(([name, value]) => [name, (typeof value === "string" ? value : JSON.stringify(value) ?? "").slice(0, 8000)]))}` : "";
  const answer = await fetch(rooms.url + path + query, { method, headers, redirect: "manual", ...(method === "POST" ? { body: JSON.stringify(input) ?? "" } : {}) });
  await answer.arrayBuffer();
  return answer.status;
}

describe("every endpoint, given anything", () => {
  const names = (Object.keys(routes) as RouteName[]).filter((name) => !LAST.includes(name));
  it.each(names)("%s answers or refuses, and never fails", async (name) => {
    const route: Route = routes[name];
    const inputs = inputsFor(route.body ?? route.query ?? z.object({}));
    for (const who of [people.get("anna"), people.get("admin")])
      await fc.assert(fc.asyncProperty(inputs, async (input) => {
        const status = await ask(route, input, who?.cookie ?? "");
        if (!ANSWERS.includes(status)) throw new Error(`${status} for ${JSON.stringify(input).slice(0, 500)}`);
      }), { numRuns: RUNS });
  });

  it("has made nobody else of anybody", async () => {
    expect(await witness()).toEqual(before);
  });
});

describe("the live socket, given anything", () => {
  it("answers, closes with a code for what is wrong, and serves the others on", async () => {
    const [anna, lead] = [people.get("anna"), people.get("lead")];
    if (!anna || !lead) throw new Error("nobody is signed in");
    const other = await lead.live("lead-desk");
    await fc.assert(fc.asyncProperty(fc.array(inputsFor(toServer), { minLength: 1, maxLength: 8 }), async (messages) => {
      const socket = new WebSocket(`${rooms.url.replace("http", "ws")}/live`, { headers: { cookie: anna.cookie, origin: rooms.url } });
      let code: number | undefined;
      socket.on("close", (closed) => { code = closed; });
      socket.on("error", () => {});
      await until("the socket", () => socket.readyState === WebSocket.OPEN || code !== undefined);
      socket.send(JSON.stringify({ t: "hello", protocol: PROTOCOL, device: "fuzz" }));
      for (const message of messages) socket.send(JSON.stringify(message) ?? "undefined");
      socket.close();
      await until("its end", () => code !== undefined);
      expect(code).not.toBe(1011); // "internal error", RFC 6455 section 7.4.1
    }), { numRuns: RUNS });
    expect(other.socket.readyState).toBe(WebSocket.OPEN);
  });
});
