import { compareFacts } from "../base/envelope.ts";
import type { Fact, FactOf } from "../fact.ts";
import { emptyBook, inOrder, ownerOf, writeCalls, type CallBook } from "./callBook.ts";
import type { Gap } from "./gaps.ts";

/** A mark of the shift, or a deed by which the agent is known to be at work (rule H2). */
export type Act = FactOf<"shift.ready" | "shift.break" | "shift.ended" | "prospect.opened" | "call.dialed">;

/** Whether somebody was noticed to be away. */
export type Absence = FactOf<"shift.away" | "shift.back">;

/** What was said of one target: the first word, and every one on taking it back, oldest first (the last may be late for a day). */
export interface TargetFacts {
  readonly set?: FactOf<"target.set">;
  readonly withdrawn?: readonly FactOf<"target.withdrawn">[];
}

/** All that facts say of one person's days; grown by `writeLedger`, in any order (rule Y5). */
export interface Ledger {
  readonly book: CallBook;
  /** Oldest first. */
  readonly acts: readonly Act[];
  /** Oldest first. */
  readonly absences: readonly Absence[];
  readonly gaps: readonly Gap[];
  /** By `work`: every word on it, oldest first. */
  readonly works: ReadonlyMap<string, readonly FactOf<"work.done">[]>;
  readonly targets: ReadonlyMap<string, TargetFacts>;
  /** Their newest fact: it tells how their clock goes. */
  readonly newest?: Fact;
}

export const emptyLedger: Ledger = { book: emptyBook, acts: [], absences: [], gaps: [], works: new Map(), targets: new Map() };

/** The ledger with these facts of one person written in; the ledger given is not changed. */
export function writeLedger(ledger: Ledger, facts: readonly Fact[]): Ledger {
  const fresh: { acts: Act[]; absences: Absence[]; gaps: Gap[] } = { acts: [], absences: [], gaps: [] };
  // What no fact speaks of stays the same object: a reader that looks at it alone has nothing to do anew.
  let { works, targets, newest } = ledger;
  for (const fact of facts) {
    if (fact.by === ownerOf(fact) && (!newest || compareFacts(fact, newest) > 0)) newest = fact;
    switch (fact.kind) {
      case "shift.ready": case "shift.break": case "shift.ended": case "prospect.opened": case "call.dialed":
        fresh.acts.push(fact);
        break;
      case "shift.away": case "shift.back":
        fresh.absences.push(fact);
        break;
      case "shift.gap":
        fresh.gaps.push(fact);
        break;
      case "work.done":
        works = new Map(works).set(fact.work, inOrder(works.get(fact.work), fact));
        break;
      case "target.set": {
        const old = targets.get(fact.target);
        if (!old?.set || compareFacts(fact, old.set) < 0) targets = new Map(targets).set(fact.target, { ...old, set: fact });
        break;
      }
      case "target.withdrawn": {
        const old = targets.get(fact.target);
        targets = new Map(targets).set(fact.target, { ...old, withdrawn: inOrder(old?.withdrawn, fact) });
        break;
      }
      default: break;
    }
  }
  return {
    book: writeCalls(ledger.book, facts), works, targets,
    acts: merged(ledger.acts, fresh.acts), absences: merged(ledger.absences, fresh.absences), gaps: merged(ledger.gaps, fresh.gaps),
    ...(newest ? { newest } : {}),
  };
}

/** Both in one order, each fact once. */
function merged<F extends Fact>(known: readonly F[], fresh: readonly F[]): readonly F[] {
  if (fresh.length === 0) return known;
  const ids = new Set(known.map(({ id }) => id));
  const news = fresh.filter(({ id }) => !ids.has(id) && ids.add(id));
  return news.length === 0 ? known : [...known, ...news].sort(compareFacts);
}
