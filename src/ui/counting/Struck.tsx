import { wallClock } from "#domain/base/day.ts";
import type { CountedCall } from "#domain/counting/day.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { clockFace } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { countingWords } from "./words.ts";
import "./counting.css";

/** Calls that were struck after a control call and not yet answered for. */
export function struckCalls(calls: readonly CountedCall[]): readonly CountedCall[] {
  return calls.filter(({ verdict, record }) => !verdict.counts && verdict.why === "struck" && !record.dispute);
}

/** The contact that was struck last, why, and the way to reply: seen between calls, not hidden in a list. */
export function Struck({ calls, names, timeZone, open }: { readonly calls: readonly CountedCall[]; readonly names: ReadonlyMap<string, string>; readonly timeZone: string; readonly open: () => void }) {
  const words = useWords(countingWords);
  const last = struckCalls(calls).at(-1);
  if (!last || last.verdict.counts || last.verdict.why !== "struck" || !last.record.dialed) return null;
  const who = names.get(last.record.dialed.prospect) ?? words.unknown;
  return (
    <div className="struck" role="status">
      <p><Icon name="cross" /><b>{words.struckTitle(who, clockFace(wallClock(last.record.dialed.at + last.record.dialed.offset, timeZone).minutes))}</b></p>
      <p className="soft">{words.struckWhy(words.strikes[last.verdict.reason])}</p>
      <Button keyCode="KeyL" onPress={open}>{words.all}</Button>
    </div>
  );
}
