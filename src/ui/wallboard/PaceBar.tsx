import type { DayCount } from "#domain/counting/day.ts";
import { useWords } from "#ui/words/language.ts";
import { boardWords } from "./words.ts";

/** Contacts as a bar; the notch stands where one should be by now. */
export function PaceBar({ day }: { readonly day: DayCount }) {
  const words = useWords(boardWords);
  const part = (value: number): string => `${Math.min(100, day.target > 0 ? (value / day.target) * 100 : 100)}%`;
  const hint = words.paceHint(day.count, Math.round(day.pace.due), day.target);
  return (
    <span className={`board-pace is-${day.pace.state}`} role="img" aria-label={hint} title={hint}>
      <i style={{ width: part(day.count) }} /><u style={{ left: part(day.pace.due) }} />
    </span>
  );
}
