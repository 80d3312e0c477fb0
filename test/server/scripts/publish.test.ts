import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import type { PullResponse } from "#wire/sync.ts";

let rooms: TestRooms;
let editor: Visitor;
let anna: Visitor;
beforeAll(async () => {
  rooms = await startRooms();
  [editor, anna] = [await rooms.signIn("editor"), await rooms.signIn("anna")];
});
afterAll(() => rooms.stop());

const draft = (id: string, more: object = {}) => ({ id, script: "storage-en", title: `On ${id}`, gist: "Show the saving", synonyms: ["money"], phrasings: ["I understand."], ...more });
const publish = (handler: unknown, based: number, by = editor) => by.post("/api/scripts/handlers", { handler, based });

describe("publishing a handler", () => {
  it("[S4] makes a version that every agent has at once, beside the older ones", async () => {
    const { cursor } = (await anna.get("/api/sync/pull?since=0")).body as PullResponse;
    expect(await publish(draft("storage"), 0)).toMatchObject({ status: 200, body: { ok: true, handler: { id: "storage", version: 1 } } });
    expect(await publish(draft("storage", { title: "We have our own" }), 1)).toMatchObject({ status: 200, body: { ok: true, handler: { version: 2, title: "We have our own" } } });
    const pulled = (await anna.get(`/api/sync/pull?since=${cursor}`)).body as PullResponse;
    expect(pulled.documents.map((one) => [one.type, one.id, one.version])).toEqual([["handler", "storage", 1], ["handler", "storage", 2]]);
    expect(await rooms.database.db.query("select p.name, a.action, a.subject, a.detail from audit a join person p on p.id = a.person order by a.id")).toEqual([
      { name: "editor", action: "handler.published", subject: "storage", detail: { version: 1 } },
      { name: "editor", action: "handler.published", subject: "storage", detail: { version: 2 } },
    ]);
  });

  it("never overwrites what somebody else has published in between, and shows it", async () => {
    const admin = await rooms.signIn("admin");
    const answers = await Promise.all([publish(draft("race", { gist: "mine" }), 0), publish(draft("race", { gist: "theirs" }), 0, admin), publish(draft("race", { gist: "third" }), 0)]);
    expect(answers.filter((one) => one.status === 409)).toHaveLength(2);
    const won = answers.find((one) => one.status === 200)?.body.handler;
    for (const lost of answers.filter((one) => one.status === 409)) expect(lost.body).toEqual({ ok: false, why: "newer", handler: won });
  });

  it("[S6] refuses what nobody could say", async () => {
    const whyOf = async (handler: unknown, based = 0): Promise<unknown> => {
      const { status, body } = await publish(handler, based);
      expect(status).toBe(400);
      return body.why;
    };
    expect(await whyOf(draft("a", { phrasings: ["x".repeat(601)] }))).toBe("tooLong");
    expect(await whyOf(draft("a", { title: "  too DEAR " }))).toBe("sameTitle");
    expect(await whyOf(draft("a", { title: " " }))).toBe("shape");
    expect(await whyOf(draft("a", { phrasings: [] }))).toBe("shape");
    expect(await whyOf(draft("a", { more: 1 }))).toBe("shape");
    expect(await whyOf(draft("a", { script: "nowhere" }))).toBe("noScript");
    expect(await whyOf(draft("nothing"), 3)).toBe("noHandler");
  });
});
