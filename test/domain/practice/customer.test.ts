import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { characterIds, type CharacterId } from "#domain/practice/numbers.ts";
import { planFor, pickupOf } from "#domain/practice/character.ts";
import { objectionIn, situations } from "#domain/practice/situations.ts";
import { Rehearsal } from "./rehearsal.ts";

const talkers = characterIds.filter((id) => pickupOf(id).kind === "answers");
const listeners = talkers.filter((id) => id !== "answeringMachine");
const seeds = Array.from({ length: 40 }, (_, i) => i * 7919);

/** An ordinary agent: waits for the line to end, thinks half a second, speaks. */
function ordinaryCall(character: CharacterId, seed: number, speech = 6000): Rehearsal {
  const call = new Rehearsal(character, seed);
  for (let turn = 0; turn < 20 && !call.over; turn++) {
    call.untilListening();
    if (call.over) break;
    call.pass(500);
    call.speak(speech);
    call.pass(2500);
  }
  call.pass(120_000);
  return call;
}

describe("the decision maker who objects and then agrees", () => {
  it.each(seeds)("greets, reacts, objects, agrees, says good-bye and hangs up (seed %i)", (seed) => {
    const { said, hungUpAt } = ordinaryCall("objectsThenAgrees", seed);
    expect(said[0]).toBe("greeting");
    expect(said[1]).toBe("whoAreYou");
    const objections = said.filter((situation) => objectionIn(situation) !== undefined);
    expect(objections.length).toBeGreaterThanOrEqual(1);
    expect(objections.length).toBeLessThanOrEqual(2);
    expect(new Set(objections).size).toBe(objections.length);
    expect(said.slice(-2)).toEqual(["agree", "goodbye"]);
    expect(hungUpAt).toBeDefined();
  });

  it("agrees after four or five turns, within about a minute", () => {
    for (const seed of seeds) {
      const call = ordinaryCall("objectsThenAgrees", seed, 7000);
      const agreed = call.events.find((event) => event.situation === "agree");
      expect(call.said.indexOf("agree")).toBeGreaterThanOrEqual(3);
      expect(call.said.indexOf("agree")).toBeLessThanOrEqual(4);
      expect(agreed?.at).toBeGreaterThan(25_000);
      expect(agreed?.at).toBeLessThan(60_000);
    }
  });

  it("hangs up three seconds after its good-bye if the agent does not", () => {
    const call = ordinaryCall("objectsThenAgrees", 1);
    const bye = call.events.find((event) => event.situation === "goodbye");
    expect((call.hungUpAt ?? 0) - (bye?.at ?? 0)).toBe(2000 + 3000);
  });
});

describe("taking turns", () => {
  it("answers 0.8 to 1.7 seconds after the agent's last sound", () => {
    for (const seed of seeds) {
      const call = new Rehearsal("polite", seed);
      call.untilListening();
      call.speak(4000);
      const silentSince = call.now - 200;
      const before = call.said.length;
      while (call.said.length === before) call.pass(10);
      expect(call.now - silentSince).toBeGreaterThanOrEqual(800);
      expect(call.now - silentSince).toBeLessThanOrEqual(1700);
    }
  });

  it.each(listeners)("%s does not cut in on a slow speaker who pauses within a sentence", (character) => {
    const call = new Rehearsal(character, 3);
    call.untilListening();
    if (character === "hangsUpAtOnce") return;
    const before = call.said.length;
    for (let i = 0; i < 5; i++) {
      call.speak(900);
      call.pass(450);
    }
    expect(call.said.length).toBe(before);
  });

  it("learns to wait longer for someone whose pauses it nearly took for the end", () => {
    const call = new Rehearsal("polite", 3);
    call.untilListening();
    call.speak(2000);
    call.pass(700);
    call.speak(2000);
    const silentSince = call.now - 200;
    const before = call.said.length;
    while (call.said.length === before) call.pass(10);
    expect(call.now - silentSince).toBeGreaterThanOrEqual(1200);
  });

  it("a cough is not an answer", () => {
    const call = new Rehearsal("polite", 3);
    call.untilListening();
    call.speak(150);
    call.pass(2500);
    expect(call.said).toEqual(["greeting"]);
  });

  it("talking over it for 0.4 seconds stops it; a short yes does not", () => {
    const call = new Rehearsal("polite", 3, 4000);
    call.untilListening();
    call.speak(2000);
    while (call.customer.phase.name !== "speaking") call.pass(10);
    call.pass(1500);
    call.speak(150);
    expect(call.events.some((event) => event.what === "stops")).toBe(false);
    const over = call.now;
    call.speak(2000);
    const stop = call.events.find((event) => event.what === "stops");
    expect((stop?.at ?? Infinity) - over).toBeLessThanOrEqual(420);
  });

  it("a line cut off at its beginning is said again after the agent's turn, a heard one is not", () => {
    for (const [cutAfter, times] of [[300, 2], [1800, 1]] as const) {
      const call = new Rehearsal("polite", 3, 4000);
      call.untilListening();
      call.speak(2000);
      while (call.customer.phase.name !== "speaking") call.pass(10);
      call.pass(cutAfter);
      call.speak(2000);
      call.pass(2000);
      call.untilListening();
      call.speak(2000);
      call.pass(3000);
      expect(call.said.filter((situation) => situation === "politeInterest")).toHaveLength(times);
    }
  });

  it("speaks up at last when the agent never pauses, and is not silenced by that same sound", () => {
    const call = new Rehearsal("polite", 3);
    call.untilListening();
    call.signal({ type: "voice", at: call.now });
    call.pass(36_000);
    expect(call.said).toContain("politeInterest");
    expect(call.events.some((event) => event.what === "stops")).toBe(false);
  });

  it("two takes of one situation in a call differ", () => {
    const call = new Rehearsal("silent", 5);
    for (let turn = 0; turn < 3; turn++) {
      call.untilListening();
      call.speak(4000);
      call.pass(4000);
    }
    const takes = call.events.filter((event) => event.situation === "murmur").map((event) => event.take);
    expect(takes.length).toBeGreaterThan(1);
    expect(new Set(takes).size).toBe(takes.length);
  });
});

describe("a silent agent", () => {
  it.each(listeners.filter((id) => id !== "hangsUpAtOnce"))("%s asks twice whether anybody is there, then goes", (character) => {
    const call = new Rehearsal(character, 11);
    call.pass(60_000);
    expect(call.said.slice(1)).toEqual(["checking", "checkingAgain", "cannotHear"]);
    expect(call.hungUpAt).toBeLessThan(40_000);
  });

  it("is asked six seconds after the line", () => {
    const call = new Rehearsal("polite", 11);
    call.untilListening();
    const since = call.now;
    call.pass(5800);
    expect(call.said).toHaveLength(1);
    call.pass(400);
    expect(call.said.at(-1)).toBe("checking");
    expect(call.now - since).toBeLessThan(6500);
  });

  it("who answers the question goes on where they were", () => {
    const call = new Rehearsal("polite", 11);
    call.untilListening();
    call.pass(7000);
    call.untilListening();
    call.speak(3000);
    call.pass(2500);
    expect(call.said).toEqual(["greeting", "checking", "politeInterest"]);
  });
});

describe("hold", () => {
  it("is not asked about for a minute, and ends in hanging up", () => {
    const call = new Rehearsal("polite", 11);
    call.untilListening();
    call.signal({ type: "held", at: call.now });
    call.pass(59_000);
    expect(call.said).toHaveLength(1);
    call.pass(2000);
    expect(call.over).toBe(true);
  });

  it("a line cut off by hold is said again after it", () => {
    const call = new Rehearsal("polite", 11);
    call.untilListening();
    call.speak(2000);
    while (call.customer.phase.name !== "speaking") call.pass(10);
    call.signal({ type: "held", at: call.now });
    expect(call.events.at(-1)?.what).toBe("stops");
    call.pass(20_000);
    call.signal({ type: "resumed", at: call.now });
    call.speak(2000);
    call.pass(2000);
    expect(call.said).toEqual(["greeting", "politeInterest", "politeInterest"]);
  });
});

describe("the others", () => {
  it("the answering machine speaks, is not stopped, records and ends", () => {
    const call = new Rehearsal("answeringMachine", 1, 5000);
    call.pass(1500);
    call.speak(10_000);
    expect(call.said).toEqual(["machine"]);
    expect(call.events.some((event) => event.what === "stops")).toBe(false);
    call.pass(20_000);
    expect(call.over).toBe(true);
  });

  it("the one who hangs up at once is gone seconds after the agent's first words", () => {
    for (const seed of seeds) {
      const call = new Rehearsal("hangsUpAtOnce", seed, 1000);
      call.untilListening();
      if (!call.over) call.speak(10_000);
      expect(call.hungUpAt).toBeLessThan(6000);
    }
  });

  it("two calls to one character differ", () => {
    for (const character of talkers) {
      const calls = new Set(seeds.map((seed) => JSON.stringify(ordinaryCall(character, seed, 3000).events.map((event) => [event.situation, (event.take ?? 0) % 3]))));
      expect(calls.size, character).toBeGreaterThan(2);
    }
  });

  it("whatever is recorded is said in some call", () => {
    const said = new Set<string>(seeds.flatMap((seed) => talkers.flatMap((character) => ordinaryCall(character, seed, 3000).said)));
    const silent = new Rehearsal("polite", 1);
    silent.pass(60_000);
    for (const situation of silent.said) said.add(situation);
    expect(situations.filter((situation) => !said.has(situation))).toEqual([]);
  });

  it("the same seed makes the same call", () => {
    expect(ordinaryCall("angry", 42).events).toEqual(ordinaryCall("angry", 42).events);
    expect(planFor("angry", 42)).toEqual(planFor("angry", 42));
  });
});

describe("whatever the agent does", () => {
  const deeds = fc.array(
    fc.oneof(
      fc.record({ do: fc.constant("speak" as const), ms: fc.integer({ min: 20, max: 15_000 }) }),
      fc.record({ do: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 9000 }) }),
      fc.record({ do: fc.constantFrom("held" as const, "resumed" as const, "voice" as const, "quiet" as const, "answered" as const), ms: fc.constant(0) }),
    ),
    { maxLength: 40 },
  );

  function live(character: CharacterId, seed: number, doings: readonly { do: string; ms: number }[]): Rehearsal {
    const call = new Rehearsal(character, seed);
    for (const deed of doings) {
      if (deed.do === "speak") call.speak(deed.ms);
      else if (deed.do === "pass") call.pass(deed.ms);
      else if (deed.do === "quiet") call.signal({ type: "quiet", at: call.now, since: call.now });
      else call.signal({ type: deed.do as "voice", at: call.now });
    }
    return call;
  }

  it("left alone afterwards, every customer hangs up within seven minutes and orders nothing more", () => {
    fc.assert(
      fc.property(fc.constantFrom(...talkers), fc.integer(), deeds, (character, seed, doings) => {
        const call = live(character, seed, doings);
        if (!call.over) call.pass(420_000);
        expect(call.over).toBe(true);
        expect(call.wakeAt).toBeUndefined();
        expect(call.events.filter((event) => event.what === "hangsUp")).toHaveLength(1);
        const events = call.events.length;
        call.speak(3000);
        call.signal({ type: "resumed", at: call.now });
        expect(call.events).toHaveLength(events);
      }),
      { numRuns: 400 },
    );
  });

  it("every customer in a call has a moment at which it goes on by itself", () => {
    fc.assert(
      fc.property(fc.constantFrom(...talkers), fc.integer(), deeds, (character, seed, doings) => {
        const call = live(character, seed, doings);
        if (!call.over) expect(call.wakeAt).toBeGreaterThan(call.now - 1);
      }),
    );
  });
});
