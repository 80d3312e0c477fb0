import type { Campaign, Company, Person } from "#domain/base/campaign.ts";
import type { Fact, FactBody } from "#domain/fact.ts";

/** Moscow is UTC+3 without summer time: 2026-11-23 10:00 there. */
export const TEN = Date.UTC(2026, 10, 23, 7);
export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

let made = 0;

/** A fact of anna's at a moment, with an id of its own. */
export function fact(body: FactBody, at: number, more: Partial<Pick<Fact, "id" | "by" | "device" | "offset">> = {}): Fact {
  made += 1;
  return { ...body, id: `f${String(made).padStart(6, "0")}`, at, offset: 0, by: "anna", device: "anna-laptop", ...more };
}

export const company: Company = {
  name: "North Wind", timeZone: "Europe/Moscow", target: 70, workStart: 9 * 60, workEnd: 18 * 60,
  breaks: { rest: 15, lunch: 45, training: 60, other: 10 },
};

export const campaign: Campaign = {
  id: "storage", name: "Storage", language: "en", script: "storage-en", practice: false, variables: {},
  rule: { decisionMaker: true, minSeconds: 30 },
  outcomes: [
    { code: "meeting", label: "Meeting agreed", criterion: "A day and an hour are named.", counts: true, after: "answered", mark: "agreed" },
    { code: "refused", label: "Refused", criterion: "The decision maker said no.", counts: true, after: "answered", mark: "refused" },
    { code: "callBack", label: "Call back", criterion: "A time was promised.", counts: false, after: "answered" },
    { code: "noAnswer", label: "No answer", criterion: "It rang and nobody took it.", counts: false, after: "unanswered", ends: ["noAnswer"] },
    { code: "busy", label: "Busy", criterion: "The line was busy.", counts: false, after: "unanswered", ends: ["busy"] },
  ],
};
export const campaigns = new Map([[campaign.id, campaign]]);

export function person(id: string, name = id): Person {
  return { id, name, email: `${id}@demo.example`, role: "agent", team: "north", language: "en", gender: "f" };
}

/** A whole call as facts: dialed at `at`, answered five seconds later, `seconds` of talk, outcome ten seconds after. */
export function wholeCall(call: string, at: number, more: { seconds?: number; outcome?: string; decisionMaker?: boolean; prospect?: string; campaign?: string; by?: string } = {}): Fact[] {
  const { seconds = 60, outcome = "meeting", decisionMaker = true, prospect = `p-${call}`, by = "anna" } = more;
  const answered = at + 5 * SECOND;
  const ended = answered + seconds * SECOND;
  return [
    fact({ kind: "call.dialed", call, campaign: more.campaign ?? "storage", prospect, number: `n-${call}` }, at, { by }),
    fact({ kind: "call.answered", call }, answered, { by }),
    fact({ kind: "call.ended", call, why: "agentHungUp" }, ended, { by }),
    fact({ kind: "outcome.saved", call, outcome, decisionMaker }, ended + 10 * SECOND, { by }),
  ];
}
