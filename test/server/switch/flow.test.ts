import { EventEmitter } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { socketFlow } from "#server/switch/flow.ts";
import type { Flow } from "#server/switch/flow.ts";
import { defaultLimits } from "#server/switch/limits.ts";

/** A socket whose reading can be watched: what ws and the kernel would buffer cannot be seen from outside. */
class WatchedSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  isPaused = false;
  closed: [number, string] | undefined;
  pause(): void { this.isPaused = true; }
  resume(): void { this.isPaused = false; }
  ping(): void { /* nobody answers */ }
  send(): void { /* to nobody */ }
  close(code: number, why: string): void { this.closed = [code, why]; }
  terminate(): void { this.readyState = 3; }
}

const answers: (() => void)[] = [];
function open(limits = {}): { socket: WatchedSocket; taken: string[]; gone: string[]; flow: Flow } {
  const socket = new WatchedSocket();
  const [taken, gone]: string[][] = [[], []];
  const flow = socketFlow(socket as unknown as WebSocket, "127.0.0.1", { ...defaultLimits, ...limits }, {
    frame: (_, text) => new Promise<void>((done) => (taken?.push(text), answers.push(done))),
    gone: (_, why) => void gone?.push(why),
    fault: () => undefined,
  });
  return { socket, taken: taken ?? [], gone: gone ?? [], flow };
}

afterEach(() => {
  vi.useRealTimers();
  answers.length = 0;
});

test("frames wait for the one before, and beyond some that wait the socket is not read", async () => {
  const { socket, taken, flow } = open();
  for (let i = 0; i < 20; i++) socket.emit("message", Buffer.from(String(i)));
  expect([taken, socket.isPaused]).toEqual([["0"], false]);
  for (let i = 20; i < 25; i++) socket.emit("message", Buffer.from(String(i)));
  expect([taken, socket.isPaused]).toEqual([["0"], true]);
  for (let turns = 0; turns < 100; turns++) {
    answers.shift()?.();
    await new Promise((done) => setImmediate(done));
  }
  expect(taken).toEqual(Array.from({ length: 25 }, (_, i) => String(i)));
  expect(socket.isPaused).toBe(false);
  flow.close(1000, "");
});

test("a flood is read at its rate, after the burst", async () => {
  vi.useFakeTimers();
  const { socket, taken, flow } = open({ burst: 10, messagesPerSecond: 20 });
  for (let i = 0; i < 40; i++) socket.emit("message", Buffer.from(String(i)));
  const answerAll = async (ms: number) => {
    for (let past = 0; past < ms; past += 10) {
      while (answers.length > 0) {
        answers.shift()?.();
        await vi.advanceTimersByTimeAsync(0);
      }
      await vi.advanceTimersByTimeAsync(10);
    }
  };
  await answerAll(20);
  expect([taken.length, socket.isPaused]).toEqual([10, true]);
  await answerAll(1000);
  expect(taken.length).toBeGreaterThanOrEqual(28);
  expect(taken.length).toBeLessThanOrEqual(32);
  await answerAll(1000);
  expect([taken.length, socket.isPaused]).toEqual([40, false]);
  flow.close(1000, "");
});

test("two pings without a sign of life end it; a pong, a ping or a frame is one; so is being paused by us", async () => {
  vi.useFakeTimers();
  const { socket, gone } = open({ pingMs: 1000 });
  for (const sign of ["pong", "ping", "message"]) {
    await vi.advanceTimersByTimeAsync(1000);
    socket.emit(sign, Buffer.from("x"));
  }
  await vi.advanceTimersByTimeAsync(1000);
  socket.pause();
  await vi.advanceTimersByTimeAsync(3000);
  expect(gone).toEqual([]);
  socket.resume();
  await vi.advanceTimersByTimeAsync(1000);
  expect([gone, socket.readyState]).toEqual([["half open"], 3]);
  expect(vi.getTimerCount()).toBe(0);
});

test("what is sent to a socket that is gone, or not read, throws, and ends it once", () => {
  const { socket, gone, flow } = open({ bufferedBytes: 10 });
  flow.send("fine", false);
  socket.bufferedAmount = 11;
  expect(() => flow.send("too much", false)).toThrow("not read");
  expect(() => flow.send("later", false)).toThrow("closed");
  socket.emit("close");
  expect([gone, socket.readyState]).toEqual([["slow reader"], 3]);
});
