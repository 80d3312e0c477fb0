import { objectionIn, type Objection, type Situation } from "./situations.ts";

type Millis = number;

export type CustomerLine = { readonly at: Millis; readonly situation: Situation };

/** An objection, and what became of it. */
export type Raised = {
  readonly at: Millis;
  readonly objection: Objection;
  /** The handler that the agent opened before the customer spoke again; undefined when none was. */
  readonly handler: string | undefined;
  /** From the objection to the handler. */
  readonly foundIn: Millis | undefined;
};

export type LookBack = {
  readonly raised: readonly Raised[];
  /** From the answer to the mark "decision maker"; undefined when it was never set. */
  readonly untilDecisionMaker: Millis | undefined;
};

export type PracticeCallRecord = {
  readonly answeredAt: Millis;
  readonly decisionMakerAt: Millis | undefined;
  /** In order of time. */
  readonly lines: readonly CustomerLine[];
  /** Handlers as they came on screen, in order of time. */
  readonly handlers: readonly { readonly at: Millis; readonly handler: string }[];
};

/** What a practice call was about: what the customer raised, which handler met it and how soon (rule T7). All times of one clock, ms. */
export function lookBack(call: PracticeCallRecord): LookBack {
  const { lines, handlers, answeredAt, decisionMakerAt } = call;
  const raised = lines.flatMap((line, i): Raised[] => {
    const objection = objectionIn(line.situation);
    if (objection === undefined) return [];
    const until = lines[i + 1]?.at ?? Infinity;
    const met = handlers.find(({ at }) => at >= line.at && at < until);
    return [{ at: line.at, objection, handler: met?.handler, foundIn: met && met.at - line.at }];
  });
  return { raised, untilDecisionMaker: decisionMakerAt === undefined ? undefined : decisionMakerAt - answeredAt };
}
