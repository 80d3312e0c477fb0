import type { CallRecord } from "./callBook.ts";
import type { CountingRules } from "./verdict.ts";

/**
 * Remembers what was made of each record under the last rules. A record never changes (another fact makes another record), so
 * after a fact only its own call is judged anew: the count stands on the screen in the next frame, however long the day was.
 */
export function remembered<T>(make: (record: CallRecord, rules: CountingRules) => T): (record: CallRecord, rules: CountingRules) => T {
  const known = new WeakMap<CallRecord, { readonly rules: CountingRules; readonly made: T }>();
  return (record, rules) => {
    const before = known.get(record);
    if (before && same(before.rules, rules)) return before.made;
    const made = make(record, rules);
    known.set(record, { rules, made });
    return made;
  };
}

function same(a: CountingRules, b: CountingRules): boolean {
  return a === b || (a.campaigns === b.campaigns && a.gaps === b.gaps && a.timeZone === b.timeZone && a.closes === b.closes);
}
