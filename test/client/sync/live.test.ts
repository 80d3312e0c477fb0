import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { openLive, type Live } from "#client/sync/live.ts";
import { connection, liveLimits } from "#server/live/connection.ts";
import { person } from "#test/kit/facts.ts";
import { openWire, type Wire } from "#test/kit/proxy.ts";
import { until } from "#test/kit/until.ts";

vi.stubGlobal("WebSocket", WebSocket);

const cleanUp: (() => unknown)[] = [];
afterEach(async () => { for (const one of cleanUp.splice(0).reverse()) await one(); });

/** The server's own half of the live socket, with a quick pulse, behind a wire that a test can take away. */
async function serve(): Promise<{ readonly wire: Wire; readonly present: Set<string>; readonly live: () => Live }> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  const present = new Set<string>();
  sockets.on("connection", (socket) => {
    connection(socket, { person: person("anna"), session: "s" }, {
      said: () => undefined, phone: () => undefined, ready: ({ id }) => void present.add(id), gone: ({ id }) => void present.delete(id),
    }, Date.now, { ...liveLimits, pingMs: 400 });
  });
  await new Promise<void>((resolve) => { http.listen(0, "127.0.0.1", resolve); });
  const wire = await openWire((http.address() as AddressInfo).port);
  cleanUp.push(
    () => new Promise((resolve) => { http.close(resolve); http.closeAllConnections(); }),
    () => { for (const one of sockets.clients) one.terminate(); sockets.close(); },
    () => wire.close(),
  );
  return {
    wire, present,
    live() {
      const live = openLive(wire.url.replace("http", "ws"), "anna-laptop");
      cleanUp.push(() => { live.stop(); });
      return live;
    },
  };
}

describe("the live socket", () => {
  it("that is dead without a word is noticed at both ends, and comes back when the network does", async () => {
    const { wire, present, live } = await serve();
    const page = live();
    await until("the welcome", () => page.state.getState() === "open" && present.size === 1);
    wire.vanish();
    // Nobody closes anything: the page must find out by the silence, and so must the server.
    await until("the page knows", () => page.state.getState() !== "open");
    await until("the server knows", () => present.size === 0);
    expect(page.send({ t: "hold" })).toBe(false);
    wire.mend();
    // A try that began in the void is given up too; waking asks at once, as the page does when it is looked at.
    await until("it is back", () => {
      page.wake();
      return page.state.getState() === "open" && present.size === 1;
    });
  });

  it("has a beat, which the server sends by itself", async () => {
    const { live } = await serve();
    let beats = 0;
    live().onMessage(({ t }) => { if (t === "beat") beats += 1; });
    await until("beats", () => beats >= 2);
  });

  /** A server that says only what the test wants; the page's timers go by the test's clock. */
  async function inHand(beat: number | undefined, then: (page: Live, say: () => Promise<void>) => Promise<void> | void): Promise<void> {
    const http = createServer();
    const sockets = new WebSocketServer({ server: http });
    let heard = 0;
    sockets.on("connection", (socket) => { socket.on("message", () => { socket.send(JSON.stringify({ t: "welcome", protocol: 1, now: 0, ...(beat === undefined ? {} : { beat }) })); }); });
    await new Promise<void>((resolve) => { http.listen(0, "127.0.0.1", resolve); });
    cleanUp.push(() => new Promise((resolve) => { http.close(resolve); http.closeAllConnections(); }), () => { for (const one of sockets.clients) one.terminate(); sockets.close(); });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const page = openLive(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`, "anna-laptop");
    try {
      page.onMessage(() => { heard += 1; });
      await vi.waitUntil(() => page.state.getState() === "open", { timeout: 60_000 });
      await then(page, async () => {
        const before = heard;
        for (const one of sockets.clients) one.send(JSON.stringify({ t: "beat" }));
        await vi.waitUntil(() => heard > before, { timeout: 60_000 });
      });
    } finally {
      page.stop();
      vi.useRealTimers();
    }
  }

  it("is kept as long as a beat comes, and given up after three that did not", () => inHand(1000, async (page, say) => {
    for (let step = 0; step < 5; step += 1) {
      vi.advanceTimersByTime(2900);
      expect(page.state.getState()).toBe("open");
      await say();
    }
    vi.advanceTimersByTime(3000);
    expect(page.state.getState()).toBe("waiting");
  }));

  it("of an older server, which has no beat, is kept", () => inHand(undefined, (page) => {
    vi.advanceTimersByTime(600_000);
    expect(page.state.getState()).toBe("open");
  }));
});
