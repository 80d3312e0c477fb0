import type { ReactNode } from "react";
import type { Company } from "#domain/base/campaign.ts";
import type { DayCount } from "#domain/counting/day.ts";
import { pointsOf } from "#domain/counting/work.ts";
import { Panel } from "#ui/kit/Panel.tsx";
import { useWords } from "#ui/words/language.ts";
import { countingWords } from "./words.ts";
import "./counting.css";

/** From dialed to contact, as bars under one another: each is a part of the one above. Below it what else stands against the day. */
export function Funnel({ day, company, children }: { readonly day: DayCount; readonly company: Company; readonly children?: ReactNode }) {
  const words = useWords(countingWords);
  const rows = [[words.dialed, day.dialed], [words.answered, day.answered], [words.decisionMaker, day.decisionMaker], [words.contact, day.contacts]] as const;
  return (
    <Panel title={words.today}>
      <dl className="funnel">
        {rows.map(([label, value]) => (
          <div key={label}><dt>{label}</dt><dd>{value}</dd><i style={{ width: `${day.dialed > 0 ? (value / day.dialed) * 100 : 0}%` }} aria-hidden="true" /></div>
        ))}
      </dl>
      {day.work.length > 0 ? <p className="funnel-work"><span className="soft">{words.work.title}</span><b>{words.work.sum(day.work.length, Math.round((day.points - pointsOf(day.contacts, [], company)) * 100) / 100)}</b></p> : null}
      {children}
    </Panel>
  );
}
