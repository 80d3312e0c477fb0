import type { Fact, PrivateRecord } from "#domain/fact.ts";
import { MAX_TEXT } from "#wire/protocol.ts";
import { privateRecordSchema, readFact, type NumberedEntry } from "#wire/schema.ts";
import type { Refusal } from "#wire/sync.ts";
import { OWN_NAMES } from "./lateCalls.ts";
import { saidOfAgent } from "./ledPeople.ts";

/** A batch as it may be stored: what is good, and why the rest is not. */
export interface ReadBatch {
  readonly facts: readonly { readonly n: number; readonly fact: Fact }[];
  readonly records: readonly { readonly n: number; readonly record: PrivateRecord }[];
  readonly refused: readonly Refusal[];
  /** Highest number of the batch; 0 for an empty one. */
  readonly last: number;
}

export interface Sender {
  readonly person: string;
  readonly device: string;
  /** The device belongs to this person. */
  readonly owned: boolean;
  readonly campaigns: ReadonlySet<string>;
  /** The agents whom this person leads (rules T3, Q15). */
  readonly led: ReadonlySet<string>;
}

/**
 * Parts the good entries of a batch from the bad ones, each with its reason; one bad entry never holds up the others.
 * Time is never a reason: a clock that goes wrong is the count's business (rule Y3), and a fact is never lost for it.
 */
export function readBatch(entries: readonly NumberedEntry[], sender: Sender): ReadBatch {
  const facts: { n: number; fact: Fact }[] = [];
  const records: { n: number; record: PrivateRecord }[] = [];
  const refused: Refusal[] = [];
  let last = 0;
  for (const entry of entries) {
    const { n } = entry;
    last = Math.max(last, n);
    const refuse = (why: Refusal["why"]): void => void refused.push({ n, id: idOf(entry.fact ?? entry.record), why });
    if ("fact" in entry) {
      const fact = readFact(entry.fact);
      if (!fact) refuse("shape");
      else {
        const why = foreign(fact, sender) ?? (mayNotSay(fact, sender) ? "author" : undefined) ?? ("campaign" in fact && !sender.campaigns.has(fact.campaign) ? "campaign" : undefined);
        if (why) refuse(why);
        else facts.push({ n, fact });
      }
    } else {
      const result = privateRecordSchema.safeParse(entry.record);
      if (!result.success) refuse("shape");
      else {
        const why = foreign(result.data, sender) ?? (result.data.text.length > MAX_TEXT ? "size" : undefined);
        if (why) refuse(why);
        else records.push({ n, record: result.data });
      }
    }
  }
  return { facts, records, refused, last };
}

/** What only a lead says of an agent, and what only the server says; nor may a note of the server's be forestalled by its name (rule Q14). */
function mayNotSay(fact: Fact, sender: Sender): boolean {
  return fact.kind === "call.late" || fact.id.startsWith(OWN_NAMES) || (saidOfAgent(fact) && !sender.led.has(fact.agent));
}

function foreign(one: { readonly by: string; readonly device: string }, sender: Sender): "author" | "device" | undefined {
  if (one.by !== sender.person) return "author";
  return one.device === sender.device && sender.owned ? undefined : "device";
}

function idOf(value: unknown): string {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string" ? value.id.slice(0, 80) : "";
}
