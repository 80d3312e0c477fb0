// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSession } from "#client/session/createSession.ts";
import { person } from "#test/kit/facts.ts";
import { until } from "#test/kit/until.ts";

/** A server with one session cookie, which may be out of reach. */
function server() {
  const far = { reachable: true, signedIn: undefined as string | undefined, asked: [] as string[] };
  vi.stubGlobal("fetch", async (path: string, { body }: { body?: string }) => {
    if (!far.reachable) throw new TypeError("Failed to fetch");
    far.asked.push(path);
    if (path.endsWith("sign-in/email")) far.signedIn = String((JSON.parse(body ?? "{}") as { email: string }).email.split("@")[0]);
    if (path.endsWith("sign-out")) far.signedIn = undefined;
    if (path === "/api/me") return far.signedIn === undefined ? new Response("{}", { status: 401 }) : Response.json({ person: person(far.signedIn), protocol: 1 });
    return Response.json({ ok: true });
  });
  return far;
}

const opened = async () => {
  const session = createSession();
  await until("an answer", () => session.state.getState().phase !== "starting");
  return session;
};

beforeEach(() => { localStorage.clear(); });
afterEach(() => { vi.unstubAllGlobals(); });

describe("a session in the browser", () => {
  it("stays ended after a sign-out without a network, through reloads, and is ended on the server before anybody else comes", async () => {
    const far = server();
    const session = await opened();
    await session.signIn("anna@demo.example", "secret");
    far.reachable = false;
    await session.signOut();
    expect((await opened()).state.getState().phase).toBe("signedOut");
    far.reachable = true;
    expect((await opened()).state.getState().phase).toBe("signedOut");
    expect(far.signedIn).toBeUndefined();
  });

  it("lets the next person in after a sign-out that the server has not heard of", async () => {
    const far = server();
    const session = await opened();
    await session.signIn("anna@demo.example", "secret");
    far.reachable = false;
    await session.signOut();
    expect(await session.signIn("boris@demo.example", "secret")).toEqual({ why: "offline" });
    far.reachable = true;
    far.asked.length = 0;
    expect(await session.signIn("boris@demo.example", "secret")).toBeUndefined();
    expect(far.asked).toEqual(["/api/auth/sign-out", "/api/auth/sign-in/email", "/api/me"]);
    expect((await opened()).state.getState()).toMatchObject({ phase: "signedIn", person: { id: "boris" } });
  });

  it("tells how long the server wants to be left alone", async () => {
    server();
    const session = await opened();
    vi.stubGlobal("fetch", async () => Response.json({ why: "tooMany" }, { status: 429, headers: { "retry-after": "287" } }));
    expect(await session.signIn("anna@demo.example", "wrong")).toEqual({ why: "tooMany", wait: 287 });
  });

  it("ends in the other tabs too: when somebody signs out, and when somebody else signs in", async () => {
    server();
    const session = await opened();
    await session.signIn("anna@demo.example", "secret");
    const elsewhere = (value: string | null): void => {
      if (value === null) localStorage.removeItem("sufler.person");
      else localStorage.setItem("sufler.person", value);
      dispatchEvent(new StorageEvent("storage", { key: "sufler.person", newValue: value }));
    };
    elsewhere(JSON.stringify(person("anna")));
    expect(session.state.getState().phase).toBe("signedIn");
    elsewhere(JSON.stringify(person("boris")));
    expect(session.state.getState()).toEqual({ phase: "signedOut", why: "ended" });
    await session.signIn("anna@demo.example", "secret");
    elsewhere(null);
    expect(session.state.getState()).toEqual({ phase: "signedOut", why: "signedOutHere" });
  });

  it("is not taken from somebody at work because the network came back", async () => {
    const far = server();
    const session = await opened();
    await session.signIn("anna@demo.example", "secret");
    far.reachable = false;
    const later = await opened();
    expect(later.state.getState()).toMatchObject({ phase: "signedIn", stale: true });
    far.reachable = true;
    far.signedIn = undefined;
    dispatchEvent(new Event("online"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(later.state.getState().phase).toBe("signedIn");
  });
});
