import type { Listening } from "#client/monitoring/listening.ts";
import type { LeadState } from "#client/wallboard/lead.ts";
import { useWords } from "#ui/words/language.ts";
import { AgentRow, textsOfRow } from "./AgentRow.tsx";
import { boardWords } from "./words.ts";
import "./board.css";

export interface BoardProps {
  readonly state: LeadState;
  readonly listening: Listening;
  readonly selected: string | undefined;
  readonly onSelect: (person: string) => void;
  readonly onListen: (person: string) => void;
}

/** The team as a table, in the order in which the wallboard gives it: those in trouble first. */
export function Board({ state, listening, selected, onSelect, onListen }: BoardProps) {
  const words = useWords(boardWords);
  const { columns } = words;
  if (state.loaded && state.rows.length === 0) {
    return <div className="board-empty"><h2>{words.empty}</h2><p className="soft">{words.emptyHint}</p></div>;
  }
  const heard = (person: string): "no" | "soon" | "yes" =>
    listening.phase === "off" || listening.phase === "over" || listening.agent !== person ? "no" : listening.phase === "hearing" ? "yes" : "soon";
  return (
    <table className="board" role="grid" aria-label={words.title} aria-busy={!state.loaded}>
      <thead>
        <tr>
          <th scope="col" className="of-person">{columns.person}</th><th scope="col" className="of-state">{columns.state}</th>
          <th scope="col" className="of-contacts">{columns.contacts}</th>
          <th scope="col" className="of-funnel">{columns.funnel}</th><th scope="col" className="of-line">{columns.line}</th>
          <th scope="col" className="of-objection">{columns.objection}</th><th scope="col" className="of-quality">{columns.quality}</th><th scope="col" className="of-listen"><span className="unseen">{columns.listen}</span></th>
        </tr>
      </thead>
      <tbody>
        {state.loaded
          ? state.rows.map((row, at) => (
            <AgentRow key={row.person.id} row={row} {...textsOfRow(row, state)} online={state.online} selected={row.person.id === selected}
              entry={selected === undefined ? at === 0 : row.person.id === selected} heard={heard(row.person.id)}
              onSelect={onSelect} onListen={onListen} />
          ))
          : <tr><td colSpan={8} className="waiting-row"><span role="status">{words.loading}</span></td></tr>}
      </tbody>
    </table>
  );
}
