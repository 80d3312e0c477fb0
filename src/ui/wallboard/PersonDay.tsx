import type { BoardRow } from "#domain/wallboard/board.ts";
import { Bars } from "#ui/kit/Bars.tsx";
import { Panel } from "#ui/kit/Panel.tsx";
import { clockFace } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { boardWords } from "./words.ts";

export interface PersonDayProps {
  readonly row: BoardRow;
  /** Hours of the working day, first and last. */
  readonly hours: readonly [number, number];
  /** Minutes since midnight. */
  readonly workEnd: number;
}

/** One person's day in numbers: the funnel with its figures, and contacts hour by hour. */
export function PersonDay({ row, hours: [first, last], workEnd }: PersonDayProps) {
  const words = useWords(boardWords);
  const { day } = row;
  const steps = [day.dialed, day.answered, day.decisionMaker, day.contacts];
  const most = Math.max(1, ...steps);
  const hours = day.byHour.map((value, key) => ({ key, value })).filter(({ key, value }) => value > 0 || (key >= first && key <= last));
  return (
    <Panel title={words.today} aside={<span className="soft"><b className="person-count">{words.number(day.count)}</b> {words.of(day.target, day.unit === "points")}</span>}>
      <dl className="person-funnel">
        {steps.map((value, at) => (
          <div key={words.funnelSteps[at]}>
            <dt>{words.funnelSteps[at]}</dt>
            <dd><i style={{ width: `${(value / most) * 100}%` }} aria-hidden="true" /><span>{value}</span></dd>
          </div>
        ))}
      </dl>
      {day.contacts > 0 ? (
        <figure className="person-hours">
          <figcaption className="soft">{words.byHour}</figcaption>
          <Bars values={hours} height={36} />
          <span className="person-scale soft" aria-hidden="true"><span>{clockFace((hours[0]?.key ?? 0) * 60)}</span><span>{clockFace(((hours.at(-1)?.key ?? 0) + 1) * 60)}</span></span>
          <span className="unseen">{hours.filter(({ value }) => value > 0).map(({ key, value }) => `${clockFace(key * 60)}: ${value}`).join(", ")}</span>
        </figure>
      ) : null}
      {day.pace.finish === undefined || day.pace.state === "done" ? null
        : <p className="soft">{day.pace.finish > workEnd ? words.tooLate : words.finish(clockFace(day.pace.finish))}</p>}
    </Panel>
  );
}
