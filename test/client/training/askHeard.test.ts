import { createStore } from "zustand/vanilla";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Body } from "#client/facts/recorder.ts";
import type { Answer } from "#client/sync/http.ts";
import { createAskHeard } from "#client/training/askHeard.ts";
import type { Fact } from "#domain/fact.ts";
import { emptyTraining, writeTraining, type TrainingLog } from "#domain/training/log.ts";
import { fact, HOUR, TEN } from "#test/kit/facts.ts";
import { practiceCall } from "#test/kit/practiceFacts.ts";
import type { LinesResponse } from "#wire/api.ts";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const untold = (name: string, by = "anna"): Fact[] => practiceCall(name, TEN, { by }).filter(({ kind }) => kind !== "practice.heard");
const told: Answer<LinesResponse> = { ok: true, body: { lines: [{ ms: 400, says: "greeting" }] } };
const refused = (status: number): Answer<LinesResponse> => ({ ok: false, status, why: "" });

/** A desk of anna's whose server gives these answers, one after the other; the last one for ever. */
function desk(facts: readonly Fact[], answers: readonly Answer<LinesResponse>[], { now = TEN + HOUR, disk = (): boolean => true } = {}) {
  const log = createStore<TrainingLog>(() => writeTraining(emptyTraining, facts));
  const asked: string[] = [];
  const written: Body[] = [];
  const asker = createAskHeard("anna", log, {
    record: async (bodies) => {
      if (!disk()) throw new Error("the disk is full");
      written.push(...bodies);
      log.setState((old) => writeTraining(old, bodies.map((body) => fact(body, now))), true);
    },
  }, () => now, async (call) => {
    asked.push(call);
    return answers[Math.min(asked.length, answers.length) - 1] as Answer<LinesResponse>;
  });
  return { log, asked, written, asker };
}

it("[T7] asks once about each of the own calls that are over, and makes the answer a fact", async () => {
  const { asked, written } = desk([...untold("1"), ...untold("2"), ...untold("boris's", "boris"), ...practiceCall("known", TEN), ...untold("unanswered").filter(({ kind }) => kind !== "call.answered")], [told]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual(["practice-1", "practice-2"]);
  expect(written).toEqual(["practice-1", "practice-2"].map((call) => ({ kind: "practice.heard", call, lines: [{ ms: 400, says: "greeting" }] })));
});

it("asks when a call is over, not before; again while the server has not seen its end", async () => {
  const going = untold("1").filter(({ kind }) => kind !== "call.ended" && kind !== "outcome.saved");
  const { log, asked, written } = desk(going, [refused(409), refused(409), told]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
  log.setState((old) => writeTraining(old, untold("1")), true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(3);
  expect(written).toHaveLength(1);
});

it("waits without a server, and asks when it is back", async () => {
  const { asked, asker, written } = desk(untold("1"), [refused(0), refused(500), told]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(1);
  asker.ask();
  await vi.advanceTimersByTimeAsync(60_000);
  asker.ask();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([asked.length, written.length]).toEqual([3, 1]);
});

it("asks again when the disk refused, and not about calls that the server has forgotten", async () => {
  let full = true;
  const { written, asker } = desk(untold("1"), [told], { disk: () => !full });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(written).toEqual([]);
  full = false;
  asker.ask();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(written).toHaveLength(1);
  const old = desk(untold("2"), [told], { now: TEN + 48 * HOUR });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(old.asked).toEqual([]);
});

it("is silent once it is stopped", async () => {
  const { asked, asker } = desk(untold("1"), [refused(409)]);
  await vi.advanceTimersByTimeAsync(1_000);
  asker.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(1);
});
