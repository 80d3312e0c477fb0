import type { Company } from "#domain/base/campaign.ts";
import type { DayCount } from "#domain/counting/day.ts";
import { clockFace } from "#ui/kit/times.ts";
import type { CountingWords } from "./words.ts";

/** How the day stands against the clock, in a few words: without blame, and without a finish that lies beyond the end of work. */
export function paceSentence({ count, unit, target, pace }: Pick<DayCount, "count" | "unit" | "target" | "pace">, company: Pick<Company, "workEnd">, words: CountingWords): string {
  if (target === 0) return words.free;
  if (pace.state === "done") return words.done;
  if (pace.due >= target) return words.over(count, unit === "points");
  if (count === 0) return words.none;
  const state = pace.state === "behind" ? words.behind(Math.ceil(pace.due)) : words[pace.state];
  if (pace.finish === undefined || pace.finish > company.workEnd) return state;
  return `${state}, ${words.finish(clockFace(pace.finish))}`;
}

/** The hours worth a bar: those of the working day, and any other with a contact in it. */
export function hoursShown(byHour: readonly number[], workStart: number, workEnd: number): readonly { readonly key: number; readonly value: number }[] {
  const worked = byHour.flatMap((value, hour) => (value > 0 ? [hour] : []));
  const first = Math.min(Math.floor(workStart / 60), ...worked);
  const last = Math.max(Math.ceil(workEnd / 60) - 1, ...worked);
  return byHour.flatMap((value, key) => (key >= first && key <= last ? [{ key, value }] : []));
}
