import { afterEach, expect, test, vi } from "vitest";
import type { Flow } from "#server/switch/flow.ts";
import { Strangers } from "#server/switch/strangers.ts";

afterEach(() => { vi.useRealTimers(); });

function socket(address = "192.0.2.1") {
  const closed: string[] = [];
  const flow = { address, lines: new Set<string>(), close: (_: number, why: string) => void closed.push(why) } as unknown as Flow;
  return { flow, closed };
}

test("a socket that proves no line in time is ended, one that does stays", () => {
  vi.useFakeTimers();
  const strangers = new Strangers({ strangers: 10, strangerMs: 1000 });
  const [idle, agent] = [socket(), socket()];
  strangers.came(idle.flow);
  strangers.came(agent.flow);
  vi.advanceTimersByTime(999);
  expect(idle.closed).toEqual([]);
  agent.flow.lines.add("agent1");
  vi.advanceTimersByTime(1);
  expect([idle.closed, agent.closed]).toEqual([["no line proved"], []]);
});

test("of one address the oldest unproved one gives way; an office that proves itself, and other addresses, are not touched", () => {
  vi.useFakeTimers();
  const strangers = new Strangers({ strangers: 3, strangerMs: 1000 });
  const office = Array.from({ length: 50 }, () => socket());
  for (const each of office) {
    strangers.came(each.flow);
    each.flow.lines.add("somebody");
  }
  const [one, two, three, four] = [socket(), socket(), socket(), socket()];
  const elsewhere = socket("192.0.2.2");
  for (const each of [elsewhere, one, two, three]) strangers.came(each.flow);
  expect([one, two, three].flatMap(({ closed }) => closed)).toEqual([]);
  strangers.came(four.flow);
  expect([one, two, three, four].map(({ closed }) => closed.length)).toEqual([1, 0, 0, 0]);
  strangers.gone(one.flow);
  strangers.gone(two.flow);
  strangers.came(socket().flow);
  expect([...office, elsewhere, three, four].flatMap(({ closed }) => closed)).toEqual([]);
});
