import type { Company, NormUnit } from "../base/campaign.ts";
import { weekdayOf } from "../base/day.ts";
import { compareFacts } from "../base/envelope.ts";
import { companyOn } from "../base/norms.ts";
import type { FactOf } from "../fact.ts";
import { closingOf, isLate } from "./closing.ts";
import type { Ledger } from "./ledger.ts";
import { weightsOf } from "./work.ts";

/** So much, due evenly between two minutes of the day. */
export interface Plan {
  readonly unit: NormUnit;
  readonly amount: number;
  readonly start: number;
  readonly end: number;
}

/** A plan that holds from a minute of the day on, and what was due when it took over, in its unit. */
export interface Stretch {
  readonly from: number;
  readonly plan: Plan;
  readonly target: number;
  readonly due: number;
  /** The word of a lead that it rests on; none for the company's own. */
  readonly set?: FactOf<"target.set">;
}

/** What the company asks of everybody on a day (rule Q10). */
export function companyPlan(settings: Company, day: string): Plan {
  const company = companyOn(settings, day);
  const free = company.weekend?.includes(weekdayOf(day)) ?? false;
  return { unit: company.unit ?? "contacts", amount: free ? 0 : company.target, start: company.workStart, end: company.workEnd };
}

/** The plans of a person's day one after the other, the first from midnight on (rule Q10). */
export function stretchesOf({ targets }: Pick<Ledger, "targets">, day: string, settings: Company): readonly Stretch[] {
  const company = companyOn(settings, day);
  const said = wordsOn(targets, day, company);
  const minutes = [...new Set([0, ...said.map(({ since }) => since)])].sort((a, b) => a - b);
  const stretches: Stretch[] = [];
  for (const from of minutes) {
    const set = said.findLast(({ since }) => since <= from)?.set;
    const last = stretches.at(-1);
    if (last && last.set?.id === set?.id) continue;
    const plan: Plan = set ? { unit: set.unit, amount: set.amount, start: set.start, end: set.end } : companyPlan(company, day);
    const due = last ? converted(dueAt(last, from), last.plan.unit, plan.unit, company) : 0;
    stretches.push({ from, plan, due, target: Math.max(plan.amount, Math.floor(due)), ...(set ? { set } : {}) });
  }
  return stretches;
}

/** The stretch that a minute of the day lies in. */
export function stretchAt(stretches: readonly Stretch[], minute: number): Stretch {
  const found = stretches.findLast(({ from }) => from <= minute) ?? stretches[0];
  if (!found) throw new Error("A day has at least the company's own plan");
  return found;
}

/** What is due at a minute of the day in which this stretch holds; not rounded. */
export function dueAt({ from, plan, target, due }: Stretch, minute: number): number {
  const start = Math.max(from, plan.start);
  const share = minute >= plan.end ? 1 : minute <= start ? 0 : (minute - start) / (plan.end - start);
  return due + Math.max(0, target - due) * share;
}

/** What leads have said of this day, in the order in which they said it; what was taken back, or said when the day had closed, left out. */
function wordsOn(targets: Ledger["targets"], day: string, company: Company): readonly { readonly since: number; readonly set: FactOf<"target.set"> }[] {
  const closing = closingOf(company);
  return [...targets.values()]
    .flatMap(({ set, withdrawn }) => {
      if (!set || set.from > day || set.to < day || isLate(set, day, closing)) return [];
      const word = withdrawn?.findLast((one) => !isLate(one, day, closing));
      return word?.on ? [] : [{ since: set.from === day ? set.since : 0, set }];
    })
    .sort((a, b) => compareFacts(a.set, b.set));
}

function converted(amount: number, from: NormUnit, to: NormUnit, company: Company): number {
  if (from === to) return amount;
  const { contact } = weightsOf(company);
  return to === "points" ? amount * contact : amount / contact;
}
