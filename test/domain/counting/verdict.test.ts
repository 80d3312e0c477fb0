import { describe, expect, it } from "vitest";
import { emptyBook, talkSeconds, writeCalls } from "#domain/counting/callBook.ts";
import { contacts, verdictsOfDay, type Verdict } from "#domain/counting/verdict.ts";
import { verdictOf } from "#domain/counting/verdict.ts";
import type { Fact } from "#domain/fact.ts";
import { campaign, campaigns, fact, HOUR, SECOND, TEN, wholeCall } from "#test/kit/facts.ts";

const rules = { timeZone: "Europe/Moscow", campaigns };
const DAY = "2026-11-23";

function verdict(facts: Fact[], call = "a", with_: typeof rules = rules): Verdict | undefined {
  return verdictsOfDay(writeCalls(emptyBook, facts), DAY, with_).get(call);
}

describe("whether an attempt is a contact", () => {
  it("[Q1] needs an end, an answer and an outcome", () => {
    const [dialed, answered, ended, outcome] = wholeCall("a", TEN) as [Fact, Fact, Fact, Fact];
    expect(verdict([dialed, answered, ended, outcome])).toEqual({ counts: true });
    expect(verdict([dialed, answered])).toEqual({ counts: false, why: "notOver" });
    expect(verdict([dialed, ended, outcome])).toEqual({ counts: false, why: "notAnswered" });
    expect(verdict([dialed, answered, ended])).toEqual({ counts: false, why: "noOutcome" });
  });

  it("[Q1] needs the decision maker where the campaign asks for one", () => {
    expect(verdict(wholeCall("a", TEN, { decisionMaker: false }))).toEqual({ counts: false, why: "notDecisionMaker" });
    const anybody = new Map([[campaign.id, { ...campaign, rule: { ...campaign.rule, decisionMaker: false } }]]);
    expect(verdict(wholeCall("a", TEN, { decisionMaker: false }), "a", { ...rules, campaigns: anybody })).toEqual({ counts: true });
  });

  it("[Q2] needs the campaign's seconds from answer to end, by the clock of the device", () => {
    expect(verdict(wholeCall("a", TEN, { seconds: 29.9 }))).toEqual({ counts: false, why: "tooShort", seconds: 29, needed: 30 });
    expect(verdict(wholeCall("a", TEN, { seconds: 30 }))).toEqual({ counts: true });
    // The server's clock was seen in mid-call: the length does not change by it.
    const skewed = wholeCall("a", TEN, { seconds: 40 }).map((one) => (one.kind === "call.ended" ? { ...one, offset: -HOUR } : one));
    const record = writeCalls(emptyBook, skewed).get("a");
    expect(record && talkSeconds(record)).toBe(40);
  });

  it("[Q2] is counted by the company's clock when another computer of the agent took the call over and ended it", () => {
    // That computer's clock is an hour fast, and known to be.
    const moved = wholeCall("a", TEN, { seconds: 40 }).map((one) => (one.kind === "call.ended" ? { ...one, device: "laptop", at: one.at + HOUR, offset: -HOUR } : one));
    const record = writeCalls(emptyBook, moved).get("a");
    expect(record && talkSeconds(record)).toBe(40);
  });

  it("[Q3] counts one prospect once a day: the call answered first, in whatever order they come", () => {
    const first = wholeCall("b", TEN, { prospect: "orlova" });
    const second = wholeCall("a", TEN + HOUR, { prospect: "orlova" });
    for (const facts of [[...first, ...second], [...second, ...first]]) {
      expect(verdict(facts, "b")).toEqual({ counts: true });
      expect(verdict(facts, "a")).toEqual({ counts: false, why: "samePersonToday", first: "b" });
    }
    // A first call that is no contact by itself leaves the place to the second.
    expect(verdict([...wholeCall("b", TEN, { prospect: "orlova", seconds: 3 }), ...second], "a")).toEqual({ counts: true });
  });

  it("[Q4] needs an outcome that the dictionary lets count", () => {
    expect(verdict(wholeCall("a", TEN, { outcome: "callBack" }))).toEqual({ counts: false, why: "outcomeDoesNotCount", outcome: "callBack" });
    expect(verdict(wholeCall("a", TEN, { outcome: "invented" }))).toEqual({ counts: false, why: "outcomeDoesNotCount", outcome: "invented" });
  });

  it("[Q5] is never given to practice, and a campaign that is not known gives none", () => {
    expect(verdictOf({ ...campaign, practice: true }, { seconds: 99, outcome: "meeting", decisionMaker: true })).toEqual({ counts: false, why: "practice" });
    expect(verdict(wholeCall("a", TEN, { campaign: "foreign" }))).toEqual({ counts: false, why: "unknownCampaign" });
  });

  it("[Q6] belongs to the company's day in which it was answered", () => {
    const beforeMidnight = Date.UTC(2026, 10, 23, 20, 59, 58); // 23:59:58 in Moscow; answered at 00:00:03.
    const facts = wholeCall("a", beforeMidnight);
    expect(verdict(facts)).toBeUndefined();
    expect(verdictsOfDay(writeCalls(emptyBook, facts), "2026-11-24", rules).get("a")).toEqual({ counts: true });
  });

  it("[Q7] follows the outcome that was saved last", () => {
    const facts = wholeCall("a", TEN);
    const corrected = fact({ kind: "outcome.saved", call: "a", outcome: "callBack", decisionMaker: true }, TEN + HOUR);
    for (const order of [[...facts, corrected], [corrected, ...facts]]) {
      expect(verdict(order)).toEqual({ counts: false, why: "outcomeDoesNotCount", outcome: "callBack" });
    }
  });

  it("[Q8] cannot be changed by somebody else's facts", () => {
    const facts = wholeCall("a", TEN, { outcome: "callBack" });
    const forged = fact({ kind: "outcome.saved", call: "a", outcome: "meeting", decisionMaker: true }, TEN + HOUR, { by: "oleg" });
    expect(verdict([...facts, forged])).toMatchObject({ counts: false });
  });

  it("[Y3] dates a fact by the device's clock plus the difference to the server's", () => {
    // A laptop that is twelve hours slow: 22:00 of the day before on it, 10:00 in the company.
    const slow = wholeCall("a", TEN - 12 * HOUR).map((one) => ({ ...one, offset: 12 * HOUR }));
    expect(verdict(slow)).toEqual({ counts: true });
    expect(contacts(verdictsOfDay(writeCalls(emptyBook, slow), DAY, rules))).toBe(1);
    expect(SECOND).toBe(1000);
  });
});
