import { useEffect, useId, useRef, useState } from "react";
import type { FactOf } from "#domain/fact.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useInHand } from "#ui/kit/inHand.ts";
import { useWords } from "#ui/words/language.ts";
import { countingWords } from "./words.ts";

type Found = FactOf<"contact.checked">["found"];
type Reason = NonNullable<FactOf<"contact.checked">["reason"]>;

const reasons: readonly Reason[] = ["noTalk", "notDecisionMaker", "otherOutcome", "wrongNumber", "other"];

/** What a control call found: confirmed, not reached, or struck with a reason. */
export function CheckContact({ who, check, cancel }: { readonly who: string; readonly check: (found: Found, reason?: Reason) => void; readonly cancel: () => void }) {
  const words = useWords(countingWords);
  const id = useId();
  const first = useRef<HTMLDivElement>(null);
  const [reason, choose] = useState<Reason>("noTalk");
  useInHand();
  useEffect(() => { first.current?.querySelector("button")?.focus(); }, []);
  return (
    <div ref={first} className="check" role="group" aria-label={words.check.openOf(who)}
      onKeyDown={(event) => { if (event.code === "Escape") { event.preventDefault(); event.stopPropagation(); cancel(); } }}>
      <p>{words.check.title}</p>
      <div className="check-row">
        <Button icon="check" onPress={() => { check("confirmed"); }}>{words.check.confirm}</Button>
        <Button onPress={() => { check("notReached"); }}>{words.check.notReached}</Button>
        <Button kind="quiet" onPress={cancel}>{words.check.cancel}</Button>
      </div>
      <label className="soft" htmlFor={id}>{words.check.reason}</label>
      <div className="check-row">
        <select id={id} className="field" value={reason} onChange={(event) => { choose(event.target.value as Reason); }}>
          {reasons.map((one) => <option key={one} value={one}>{words.strikes[one]}</option>)}
        </select>
        <Button kind="danger" icon="cross" onPress={() => { check("notConfirmed", reason); }}>{words.check.strike}</Button>
      </div>
    </div>
  );
}
