import type { Period, TimeSum } from "#domain/wallboard/periods.ts";
import { timeSum } from "#domain/wallboard/periods.ts";
import { Panel } from "#ui/kit/Panel.tsx";
import { useWords } from "#ui/words/language.ts";
import { shiftWords } from "./words.ts";
import "./shift.css";

/** In the order in which they are shown: work first, then what is no work, then what is not known. */
const order = ["inCall", "dialing", "wrapUp", "ready", "break", "away", "offline"] as const;

/** How the shift was spent: one bar, and its numbers as a table. What is not known is said as such, and blames nobody. */
export function TimeBar({ periods }: { readonly periods: readonly Period[] }) {
  const words = useWords(shiftWords);
  const sum = timeSum(periods);
  if (sum.whole < 1000) return null;
  const shown = order.filter((state) => (sum.states[state] ?? 0) > 0);
  return (
    <Panel title={words.time.title} aside={<span className="soft">{words.time.whole(words.time.length(sum.whole))}</span>}>
      <div className="time-bar" aria-hidden="true">{shown.map((state) => <i key={state} className={`is-${state}`} style={{ flexGrow: sum.states[state] }} />)}</div>
      <table className="time-table">
        <caption className="unseen">{words.time.title}</caption>
        <tbody>
          {shown.map((state) => (
            <tr key={state}>
              <th scope="row"><i className={`is-${state}`} aria-hidden="true" />{words.time.states[state]}{detail(state, sum, words)}</th>
              <td>{words.time.length(sum.states[state] ?? 0)}</td>
              <td className="soft">{words.time.share(Math.round(((sum.states[state] ?? 0) / sum.whole) * 100))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** Which breaks, how absence was noticed, why nothing is known: each with its time. */
function detail(state: (typeof order)[number], sum: TimeSum, words: (typeof shiftWords)["en"]) {
  const parts: readonly string[] = state === "break" ? named(sum.breaks, words.reasons, words.time.length)
    : state === "away" ? named(sum.away, words.time.away, words.time.length)
    : state === "offline" ? named(sum.offline, words.time.offline, words.time.length) : [];
  return parts.length === 0 ? null : <span className="soft time-detail">{parts.join(", ")}</span>;
}

function named<K extends string>(sums: Readonly<Partial<Record<K, number>>>, names: Readonly<Record<K, string>>, length: (ms: number) => string): readonly string[] {
  const all = Object.entries(sums) as [K, number][];
  return all.map(([key, value]) => (all.length === 1 ? names[key].toLowerCase() : `${names[key].toLowerCase()} ${length(value)}`));
}
