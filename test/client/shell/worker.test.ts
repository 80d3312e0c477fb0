import { afterEach, expect, it, vi } from "vitest";

/** A browser's caches, by name, in the order in which they were made (Service Workers, CacheStorage.match). */
function cacheStorage(kept: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const names = Object.keys(kept);
  const inside = (name: string, request: Request | string) => {
    const body = kept[name]?.[typeof request === "string" ? request : new URL(request.url).pathname];
    return body === undefined ? undefined : new Response(body);
  };
  return {
    keys: async () => names,
    open: async (name: string) => ({ match: async (request: Request | string) => inside(name, request) }),
    match: async (request: Request | string, { cacheName }: { cacheName?: string } = {}) =>
      names.filter((name) => cacheName === undefined || cacheName === name).map((name) => inside(name, request)).find((found) => found !== undefined),
  };
}

afterEach(() => { vi.unstubAllGlobals(); vi.resetModules(); });

it("opens the newest page that it has when there is no network, and still finds the files of the build before", async () => {
  const listeners = new Map<string, (event: unknown) => void>();
  vi.stubGlobal("self", { location: { origin: "http://sufler.test" }, addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener) });
  vi.stubGlobal("__SHELL__", []);
  vi.stubGlobal("__BUILD__", "new");
  vi.stubGlobal("caches", cacheStorage({
    "sufler-shell-old": { "/": "old page", "/assets/part-old.js": "old part" },
    "sufler-shell-new": { "/": "new page", "/assets/part-new.js": "new part" },
  }));
  vi.stubGlobal("fetch", async () => { throw new TypeError("Failed to fetch"); });
  // The worker has a compiler project of its own; `import` would draw it into this one.
  await vi.importActual("#client/shell/worker.ts");

  const answered = async (path: string, mode: "navigate" | "cors"): Promise<string> => {
    let answer: Promise<Response> | undefined;
    const request = { method: "GET", url: `http://sufler.test${path}`, mode };
    listeners.get("fetch")?.({ request, respondWith: (given: Promise<Response>) => { answer = given; } });
    return (await answer)?.text() ?? "";
  };
  expect(await answered("/desk", "navigate")).toBe("new page");
  expect(await answered("/assets/part-new.js", "cors")).toBe("new part");
  expect(await answered("/assets/part-old.js", "cors")).toBe("old part");
});
