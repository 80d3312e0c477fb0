import type { Company, Weights, WorkKind } from "../base/campaign.ts";
import { dayOf } from "../base/day.ts";
import { timeOf, type Millis } from "../base/envelope.ts";
import { companyOn } from "../base/norms.ts";
import { closingOf, isLate } from "./closing.ts";
import type { Ledger } from "./ledger.ts";

export const workKinds: readonly WorkKind[] = ["meeting", "visit", "proposal", "document"];

/** When a company has set no weights of its own. */
const usual: Weights = { contact: 1, meeting: 5, visit: 8, proposal: 2, document: 1 };

export function weightsOf({ weights = usual }: Pick<Company, "weights">): Weights {
  return weights;
}

/** A piece of other work that holds (rule Q11). */
export interface Work {
  readonly work: string;
  readonly type: WorkKind;
  /** When it was entered first. */
  readonly at: Millis;
}

/** A person's other work of a day, oldest first: of each piece the last word before the day closed holds. */
export function workOf({ works }: Pick<Ledger, "works">, day: string, settings: Company): readonly Work[] {
  const company = companyOn(settings, day);
  const closing = closingOf(company);
  return [...works].flatMap(([work, words]): readonly Work[] => {
    const first = words[0];
    if (!first || dayOf(timeOf(first), company.timeZone) !== day) return [];
    const holds = words.findLast((word) => !isLate(word, day, closing));
    return !holds || holds.type === "none" ? [] : [{ work, type: holds.type, at: timeOf(first) }];
  }).sort((a, b) => a.at - b.at || (a.work < b.work ? -1 : 1));
}

/** Contacts and other work in points, to the hundredth (rule Q11). */
export function pointsOf(contacts: number, work: readonly Work[], company: Company): number {
  const weights = weightsOf(company);
  const sum = workKinds.reduce((points, kind) => points + weights[kind] * work.filter(({ type }) => type === kind).length, weights.contact * contacts);
  return Math.round(sum * 100) / 100;
}
