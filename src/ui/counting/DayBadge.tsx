import type { Company } from "#domain/base/campaign.ts";
import type { DayCount } from "#domain/counting/day.ts";
import { Bars } from "#ui/kit/Bars.tsx";
import { Ring } from "#ui/kit/Ring.tsx";
import { useWords } from "#ui/words/language.ts";
import { hoursShown, paceSentence } from "./pace.ts";
import { countingWords } from "./words.ts";
import "./counting.css";

/** The day in the header: the ring, the count, the pace. The count alone is what a screen reader announces. */
export function DayBadge({ day, company, hour }: { readonly day: DayCount; readonly company: Company; readonly hour: number }) {
  const words = useWords(countingWords);
  return (
    <div className="day-badge">
      <Ring value={day.count} target={day.target} due={day.pace.due} />
      <b role="status" aria-label={day.unit === "points" ? words.regionPoints : words.region}>{words.count(day.count, day.target)}</b>
      {day.unit === "points" ? <span className="soft">{words.alsoContacts(day.contacts)}</span> : null}
      <span className={`ellipsis ${day.pace.state === "done" || day.pace.state === "ahead" ? "tone-ok" : "soft"}`}>{paceSentence(day, company, words)}</span>
      <Bars values={hoursShown(day.byHour, company.workStart, company.workEnd)} now={hour} height={22} />
    </div>
  );
}
