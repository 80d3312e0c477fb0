import type { Campaign, Company, Norms } from "#domain/base/campaign.ts";
import type { Fact } from "#domain/fact.ts";
import { planned } from "./plan.ts";
import { hasShown, inOrder, onTheWall, when } from "./wall.ts";

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
  readonly points: number;
  readonly unit: "contacts" | "points";
  readonly count: number;
  readonly target: number;
  /** To the millionth. */
  readonly due: number;
  readonly pace: "done" | "ahead" | "onPace" | "behind";
  readonly byHour: readonly number[];
  readonly dialed: number;
  readonly answered: number;
  readonly decisionMaker: number;
  /** Sorted by id. */
  readonly calls: readonly RecountedCall[];
}

/** Whose day a fact belongs to (Q8): its author's, but a lead's or the server's word is about the agent whom it names. */
function about(fact: Fact, agent: string): boolean {
  if (fact.kind === "contact.checked" || fact.kind === "call.late" || fact.kind === "target.set" || fact.kind === "target.withdrawn") return fact.agent === agent;
  return fact.by === agent;
}

/**
 * One agent's working day.
 * @param all every fact that there is, of anybody, in any order, some perhaps twice
 * @param now a moment of the day that is asked for, milliseconds
 */
export function recount(all: readonly Fact[], agent: string, now: number, settings: Company, campaigns: readonly Campaign[]): Recount {
  const { timeZone } = settings;
  const { day, minutes } = onTheWall(now, timeZone);
  // Q16: the norms of this day: the first that had not yet ended, otherwise the newest.
  let company: Norms = settings;
  for (const past of [...(settings.earlier ?? [])].reverse()) if (past.until > day) company = past;
  // Y2: a fact is taken once, however often it is sent.
  const once = new Map<string, Fact>();
  for (const fact of all) if (about(fact, agent)) once.set(fact.id, fact);
  const facts = inOrder([...once.values()]);
  // Q12: so many minutes after the midnight that ends the day, when the clock shows them first.
  const closes = company.closes ?? 12 * 60;
  const late = (fact: Fact): boolean => hasShown(1440 + closes, when(fact), day, timeZone);

  const byCall = new Map<string, Fact[]>();
  for (const fact of facts) if ("call" in fact) byCall.set(fact.call, [...(byCall.get(fact.call) ?? []), fact]);

  const calls: (RecountedCall & { unit: string; answeredAt: number; wasDialed: boolean; wasAnswered: boolean; reached: boolean })[] = [];
  for (const [id, own] of byCall) {
    const dialed = own.find((fact) => fact.kind === "call.dialed");
    const answered = own.find((fact) => fact.kind === "call.answered");
    const ended = own.find((fact) => fact.kind === "call.ended");
    // Q6: answered, or dialed when nobody answered.
    const begun = answered ?? dialed;
    if (!begun || onTheWall(when(begun), timeZone).day !== day) continue;
    const campaign = dialed && campaigns.find((one) => one.id === dialed.campaign);
    // T1: practice stands in none of the live figures.
    if (campaign?.practice) continue;
    // Q7: the last one before the day closed.
    const saved = own.filter((fact) => fact.kind === "outcome.saved");
    const outcome = saved.filter((fact) => !late(fact)).at(-1);
    // Q13: nobody checks their own calls; of several checks the last in time; withdrawn is as none.
    const check = own.filter((fact) => fact.kind === "contact.checked" && fact.by !== agent && !late(fact)).at(-1);

    const why = ((): RecountedCall["why"] => {
      if (!dialed || !campaign) return "unknownCampaign"; // Q5
      if (!ended) return "notOver"; // Q1
      if (!answered) return "notAnswered"; // Q1
      if (!outcome) return saved.length > 0 ? "outcomeLate" : "noOutcome"; // Q1, Q12
      const { rule, counting } = inForce(campaign, when(answered)); // Q17
      if (rule.decisionMaker && !outcome.decisionMaker) return "notDecisionMaker"; // Q1
      // Q2: ended on another device, the differences to the company's clock count too.
      const end = answered.device === ended.device ? ended.at : ended.at + ended.offset - answered.offset;
      if (seconds(answered, end, facts) < rule.minSeconds) return "tooShort";
      if (!campaign.outcomes.some((one) => one.code === outcome.outcome && counting(one))) return "outcomeDoesNotCount"; // Q4
      if (check?.kind === "contact.checked" && check.found === "notConfirmed") return "struck"; // Q13
      return undefined;
    })();
    // Q3: what there is one contact a day of.
    const per = (campaign && inForce(campaign, answered ? when(answered) : when(begun)).rule.per) ?? "person";
    const unit = per === "call" ? `call ${id}` : per === "company" && dialed?.firm !== undefined ? `company ${dialed.firm}` : `person ${dialed?.prospect ?? ""}`;
    calls.push({
      call: id, counts: why === undefined, ...(why === undefined ? {} : { why }), unit, answeredAt: answered ? when(answered) : 0,
      wasDialed: dialed !== undefined, wasAnswered: answered !== undefined, reached: answered !== undefined && outcome?.decisionMaker === true,
    });
  }

  // Q3: of several the one that was answered first; at the same moment, the one whose id comes first.
  calls.sort((a, b) => a.answeredAt - b.answeredAt || (a.call < b.call ? -1 : 1));
  const taken = new Set<string>();
  const verdicts = calls.map((one) => {
    if (!one.counts) return one;
    if (taken.has(one.unit)) return { ...one, counts: false, why: one.unit.startsWith("company ") ? "sameCompanyToday" as const : "samePersonToday" as const };
    taken.add(one.unit);
    return one;
  });
  const contacts = verdicts.filter((one) => one.counts).length;

  // Q11: other work, of each piece the last word in time; the day is that of its first word.
  const weights = company.weights ?? { contact: 1, meeting: 5, visit: 8, proposal: 2, document: 1 };
  const byWork = new Map<string, Extract<Fact, { kind: "work.done" }>[]>();
  for (const fact of facts) if (fact.kind === "work.done") byWork.set(fact.work, [...(byWork.get(fact.work) ?? []), fact]);
  let sum = contacts * weights.contact;
  for (const words of byWork.values()) {
    if (!words[0] || onTheWall(when(words[0]), timeZone).day !== day) continue;
    const holds = words.filter((word) => !late(word)).at(-1);
    if (holds && holds.type !== "none") sum += weights[holds.type];
  }
  const points = Math.round(sum * 100) / 100;

  // Q10, Q9.
  const { unit, target, due } = planned(facts, day, minutes, company, weights.contact, late);
  const count = unit === "points" ? points : contacts;
  const near = Math.max(1, target / 20);
  return {
    contacts, points, unit, count, target, due: Math.round(due * 1e6) / 1e6,
    pace: count >= target ? "done" : count >= due + near ? "ahead" : count >= due - near ? "onPace" : "behind",
    byHour: Array.from({ length: 24 }, (_, hour) => verdicts.filter((one) => one.counts && Math.floor(onTheWall(one.answeredAt, timeZone).minutes / 60) === hour).length),
    dialed: verdicts.filter((one) => one.wasDialed).length,
    answered: verdicts.filter((one) => one.wasAnswered).length,
    decisionMaker: verdicts.filter((one) => one.reached).length,
    calls: verdicts.map(({ call, counts, why }) => ({ call, counts, ...(why === undefined ? {} : { why }) })).sort((a, b) => (a.call < b.call ? -1 : 1)),
  };
}

/** Q17: what was in force at a moment: the last rule that had been replaced by no later moment. */
function inForce(campaign: Campaign, at: number): { readonly rule: Campaign["rule"]; readonly counting: (outcome: Campaign["outcomes"][number]) => boolean } {
  let found: ReturnType<typeof inForce> = { rule: campaign.rule, counting: (outcome) => outcome.counts };
  for (const past of [...(campaign.earlier ?? [])].reverse()) if (at < past.until) found = { rule: past.rule, counting: ({ code }) => past.counting.some((one) => one === code) };
  return found;
}

/** Q2: by the clock of the device, so without the differences to the server's; less what gaps of that device cover, overlapping gaps once. */
function seconds(answered: Fact, end: number, facts: readonly Fact[]): number {
  const start = answered.at;
  const edges: number[] = [];
  const gaps = facts.flatMap((fact) => (fact.kind === "shift.gap" && fact.device === answered.device ? [[Math.max(fact.since, start), Math.min(fact.at, end)] as const] : []));
  for (const [from, to] of gaps) if (from < to) edges.push(from, to);
  edges.sort((a, b) => a - b);
  let slept = 0;
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    if (gaps.some((gap) => gap[0] <= from && to <= gap[1])) slept += to - from;
  }
  return Math.max(0, end - start - slept) / 1000;
}
