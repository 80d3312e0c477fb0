import { describe, expect, it } from "vitest";
import { nextLease, wasTried } from "#domain/dialing/nextProspect.ts";
import { outcomesFor, proposeOutcome } from "#domain/dialing/proposeOutcome.ts";
import type { Lease } from "#domain/dialing/prospect.ts";
import type { Walk } from "#domain/script/walk.ts";
import { campaign } from "#test/kit/facts.ts";

const lease = (id: string, until: number): Lease => ({
  until, history: [],
  prospect: { id, campaign: "storage", language: "en", firstName: "A", lastName: "B", gender: "f", position: "Director", company: "C", phone: "+74950005100", city: "Leeds", timeZone: "Europe/London" },
});

describe("the next prospect", () => {
  it("[D1] is never one whose lease is over", () => {
    expect(nextLease([lease("a", 10), lease("b", 99)], new Set(), 50)?.prospect.id).toBe("b");
    expect(nextLease([lease("a", 10)], new Set(), 10)).toBeUndefined();
  });
  it("[D2] is nobody who was called today from here", () => {
    expect(nextLease([lease("a", 99), lease("b", 99)], new Set(["a"]), 50)?.prospect.id).toBe("b");
  });
});

describe("an attempt", () => {
  it("[D2] by which nothing rang at the client's does not use up the day's attempt", () => {
    for (const end of ["noMicrophone", "serverDown", "mediaFailed", "forbidden", "noRoute"] as const) expect(wasTried(false, end)).toBe(false);
    for (const end of ["busy", "noAnswer", "cancelled", "declined", "wrongNumber", "lost", undefined] as const) expect(wasTried(false, end)).toBe(true);
    expect(wasTried(true, "mediaFailed")).toBe(true);
  });
});

describe("the preselected outcome", () => {
  const walk = (more: Partial<Extract<Walk, { phase: "open" }>>): Walk => ({ phase: "open", call: "a", script: "s", version: 1, trail: ["m"], marks: [], ...more });
  it("[D3] is what the branch proposed, else what its marks say", () => {
    expect(proposeOutcome(campaign, walk({ outcome: "callBack", marks: ["agreed", "decisionMaker"] }), true, "agentHungUp")).toEqual({ outcome: "callBack", decisionMaker: true });
    expect(proposeOutcome(campaign, walk({ marks: ["refused"] }), true, "clientHungUp")).toEqual({ outcome: "refused", decisionMaker: false });
    expect(proposeOutcome(campaign, walk({}), true, "clientHungUp")).toEqual({ decisionMaker: false });
  });
  it("[D3] names the way the call ended when nobody answered, and never a decision maker", () => {
    expect(proposeOutcome(campaign, { phase: "closed" }, false, "busy")).toEqual({ outcome: "busy", decisionMaker: false });
    expect(proposeOutcome(campaign, { phase: "closed" }, false, "noAnswer")).toEqual({ outcome: "noAnswer", decisionMaker: false });
    // No outcome of this campaign names such an end: the agent says what it was.
    expect(proposeOutcome(campaign, { phase: "closed" }, false, "declined")).toEqual({ decisionMaker: false });
    expect(outcomesFor(campaign, false).map((kind) => kind.code)).toEqual(["noAnswer", "busy"]);
  });
});
