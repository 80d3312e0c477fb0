import type { Campaign, Company } from "#domain/base/campaign.ts";
import type { Fact } from "#domain/fact.ts";

// A second opinion. Written from src/domain/RULES.md alone, as slowly and plainly as possible, and it imports nothing of the
// code that counts: whatever both agree upon was understood twice.

/** One call as the rules see it. */
export interface RecountedCall {
  readonly call: string;
  readonly counts: boolean;
  /** The first rule that is not met; none when it counts. */
  readonly why?: "notOver" | "notAnswered" | "noOutcome" | "practice" | "notDecisionMaker" | "unknownCampaign" | "tooShort" | "outcomeDoesNotCount" | "samePersonToday" | "sameCompanyToday" | "outcomeLate" | "struck";
}

export interface Recount {
  readonly contacts: number;
  readonly byHour: readonly number[];
  readonly dialed: number;
  readonly answered: number;
  readonly decisionMaker: number;
  /** Sorted by id. */
  readonly calls: readonly RecountedCall[];
}

/** Y3: the time of a fact is the device's clock plus the difference to the server's clock. */
function when(fact: Fact): number {
  const time = fact.at + fact.offset;
  if (time > 8.64e15) return 8.64e15;
  if (time < -8.64e15) return -8.64e15;
  return time;
}

/** Sorted by time; of the same moment, by id. */
function inOrder(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((a, b) => {
    if (when(a) !== when(b)) return when(a) < when(b) ? -1 : 1;
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  });
}

const written = new Map<string, string>();

/** Q6: the day and the hour on the wall of the company. */
function onTheWall(time: number, timeZone: string): { day: string; hour: number } {
  const key = `${timeZone} ${time}`;
  let text = written.get(key);
  if (text === undefined) {
    text = new Date(time).toLocaleString("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });
    if (written.size > 20_000) written.clear();
    written.set(key, text);
  }
  const [day = "", clock = ""] = text.split(" ");
  return { day, hour: Number(clock.slice(0, 2)) };
}

/** Q12: so many minutes after the midnight that ends a day it is closed; noon of the next day when nothing is set. */
function hasClosed(time: number, day: string, company: Company): boolean {
  let closes = company.closes ?? 720;
  let date = new Date(`${day}T12:00:00Z`);
  date = new Date(date.getTime() + 86_400_000);
  while (closes >= 1440) {
    date = new Date(date.getTime() + 86_400_000);
    closes -= 1440;
  }
  const last = date.toISOString().slice(0, 10);
  const wall = onTheWall(time, company.timeZone);
  if (wall.day !== last) return wall.day > last;
  const clock = new Date(time).toLocaleString("sv-SE", { timeZone: company.timeZone, hour: "2-digit", minute: "2-digit" });
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5)) >= closes;
}

/**
 * One agent's working day.
 * @param all every fact that there is, of anybody, in any order, some perhaps twice
 * @param day `YYYY-MM-DD`
 */
export function recount(all: readonly Fact[], agent: string, day: string, company: Company, campaigns: readonly Campaign[]): Recount {
  // Y2: a fact is taken once, however often it is sent. Q8: only the author's own facts.
  const once = new Map<string, Fact>();
  for (const fact of all) if (fact.by === agent) once.set(fact.id, fact);
  const facts = inOrder([...once.values()]);

  const ids = new Set<string>();
  for (const fact of facts) {
    if (fact.kind === "call.dialed" || fact.kind === "call.answered" || fact.kind === "call.ended" || fact.kind === "outcome.saved") ids.add(fact.call);
  }

  const calls: (RecountedCall & { prospect: string; answeredAt: number; wasDialed: boolean; wasAnswered: boolean; reached: boolean })[] = [];
  for (const id of ids) {
    const own = facts.filter((fact) => "call" in fact && fact.call === id);
    const dialed = own.find((fact) => fact.kind === "call.dialed");
    const answered = own.find((fact) => fact.kind === "call.answered");
    const ended = own.find((fact) => fact.kind === "call.ended");
    // Q7: saved again is a correction, and the later one holds; Q12: but not one that was saved when the day had closed.
    const outcomes = own.filter((fact) => fact.kind === "outcome.saved");
    const outcome = outcomes.filter((fact) => !hasClosed(when(fact), day, company)).at(-1);
    // Q6: answered, or dialed when nobody answered.
    const begun = answered ?? dialed;
    if (!begun || onTheWall(when(begun), company.timeZone).day !== day) continue;
    const campaign = dialed && campaigns.find((one) => one.id === dialed.campaign);
    // T1: practice stands in none of the live figures.
    if (campaign?.practice) continue;

    const why = ((): RecountedCall["why"] => {
      if (!dialed || !campaign) return "unknownCampaign";
      if (!ended) return "notOver"; // Q1
      if (!answered) return "notAnswered"; // Q1
      if (!outcome) return outcomes.length > 0 ? "outcomeLate" : "noOutcome"; // Q12, Q1
      if (campaign.rule.decisionMaker && !outcome.decisionMaker) return "notDecisionMaker"; // Q1
      // Q2: by the clock of the device, so without the differences to the server's.
      if ((ended.at - answered.at) / 1000 < campaign.rule.minSeconds) return "tooShort";
      if (!campaign.outcomes.some((one) => one.code === outcome.outcome && one.counts)) return "outcomeDoesNotCount"; // Q4
      return undefined;
    })();
    calls.push({
      call: id, counts: why === undefined, ...(why === undefined ? {} : { why }), prospect: dialed?.prospect ?? "", answeredAt: answered ? when(answered) : 0,
      wasDialed: dialed !== undefined, wasAnswered: answered !== undefined, reached: answered !== undefined && outcome?.decisionMaker === true,
    });
  }

  // Q3: one prospect is one contact a day, and of several the one that was answered first.
  calls.sort((a, b) => a.answeredAt - b.answeredAt || (a.call < b.call ? -1 : 1));
  const taken = new Set<string>();
  const verdicts = calls.map((one) => {
    if (!one.counts) return one;
    if (taken.has(one.prospect)) return { ...one, counts: false, why: "samePersonToday" as const };
    taken.add(one.prospect);
    return one;
  });

  const byHour = Array.from({ length: 24 }, (_, hour) => verdicts.filter((one) => one.counts && onTheWall(one.answeredAt, company.timeZone).hour === hour).length);
  return {
    contacts: verdicts.filter((one) => one.counts).length,
    byHour,
    dialed: verdicts.filter((one) => one.wasDialed).length,
    answered: verdicts.filter((one) => one.wasAnswered).length,
    decisionMaker: verdicts.filter((one) => one.reached).length,
    calls: verdicts.map(({ call, counts, why }) => ({ call, counts, ...(why === undefined ? {} : { why }) })).sort((a, b) => (a.call < b.call ? -1 : 1)),
  };
}
