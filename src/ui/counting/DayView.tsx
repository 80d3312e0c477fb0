import type { ReactNode } from "react";
import type { Company } from "#domain/base/campaign.ts";
import type { DayCount } from "#domain/counting/day.ts";
import { Bars } from "#ui/kit/Bars.tsx";
import { Ring } from "#ui/kit/Ring.tsx";
import { clockFace } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { hoursShown, paceSentence } from "./pace.ts";
import { countingWords } from "./words.ts";
import "./counting.css";

/** The day between two calls: one big ring, the pace, and when the contacts were made. */
export function DayView({ day, company, hour, children }: { readonly day: DayCount; readonly company: Company; readonly hour: number; readonly children?: ReactNode }) {
  const words = useWords(countingWords);
  const hours = hoursShown(day.byHour, company.workStart, company.workEnd);
  return (
    <div className="day-view">
      <div className="big-ring">
        <Ring value={day.count} target={day.target} due={day.pace.due} size={208} width={16} />
        <div className="big-ring-number" aria-hidden="true"><b>{words.number(day.count)}</b><span className="soft">{words.of(day.target, day.unit === "points")}</span></div>
      </div>
      <div className="day-words">
        <p className="day-pace">{paceSentence(day, company, words)}</p>
        <figure aria-label={words.byHour}>
          <Bars values={hours} now={hour} height={56} />
          <div className="hour-names" aria-hidden="true">{hours.map(({ key }) => <span key={key}>{key}</span>)}</div>
          <ul className="unseen">{hours.map(({ key, value }) => <li key={key}>{words.hourLine(clockFace(key * 60), value)}</li>)}</ul>
        </figure>
        {children}
      </div>
    </div>
  );
}
