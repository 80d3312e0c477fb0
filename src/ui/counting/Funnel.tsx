import type { DayCount } from "#domain/counting/day.ts";
import { Panel } from "#ui/kit/Panel.tsx";
import { useWords } from "#ui/words/language.ts";
import { countingWords } from "./words.ts";
import "./counting.css";

/** From dialed to contact, as bars under one another: each is a part of the one above. */
export function Funnel({ day }: { readonly day: DayCount }) {
  const words = useWords(countingWords);
  const rows = [[words.dialed, day.dialed], [words.answered, day.answered], [words.decisionMaker, day.decisionMaker], [words.contact, day.contacts]] as const;
  return (
    <Panel title={words.today}>
      <dl className="funnel">
        {rows.map(([label, value]) => (
          <div key={label}><dt>{label}</dt><dd>{value}</dd><i style={{ width: `${day.dialed > 0 ? (value / day.dialed) * 100 : 0}%` }} aria-hidden="true" /></div>
        ))}
      </dl>
    </Panel>
  );
}
