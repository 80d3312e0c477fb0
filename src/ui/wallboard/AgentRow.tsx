import { memo, useEffect, useRef } from "react";
import type { LeadState } from "#client/wallboard/lead.ts";
import type { BoardRow } from "#domain/wallboard/board.ts";
import { shortName } from "#domain/dialing/prospect.ts";
import { moduleOf } from "#domain/script/script.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import { Funnel } from "./Funnel.tsx";
import { PaceBar } from "./PaceBar.tsx";
import { StateCell } from "./StateCell.tsx";
import { canBeHeard } from "./team.ts";
import { boardWords } from "./words.ts";

export interface AgentRowProps {
  readonly row: BoardRow;
  /** Names and texts for what the row only has ids of. */
  readonly library: Pick<LeadState, "scripts" | "handlers" | "prospects" | "texts" | "online">;
  readonly selected: boolean;
  /** Reached by Tab: one row of the table is. */
  readonly entry: boolean;
  readonly heard: "no" | "soon" | "yes";
  readonly onSelect: (person: string) => void;
  readonly onListen: (person: string) => void;
}

/** One person of the team. Of two hundred rows only those are drawn again that a key has changed. */
export const AgentRow = memo(function AgentRow({ row, library, selected, entry, heard, onSelect, onListen }: AgentRowProps) {
  const words = useWords(boardWords);
  const ref = useRef<HTMLTableRowElement>(null);
  const choose = (): void => { onSelect(row.person.id); };
  // The arrows move through rows that may lie below the fold.
  // Whoever is in the table by keyboard goes along with the selection.
  useEffect(() => {
    const element = ref.current;
    if (!selected || !element) return;
    element.scrollIntoView({ block: "nearest" });
    const focused = document.activeElement;
    if (focused?.closest("tbody") === element.parentElement && !element.contains(focused)) element.focus({ preventScroll: true });
  }, [selected]);
  return (
    <tr ref={ref} className={row.state.state === "off" ? "is-off" : undefined} aria-selected={selected} tabIndex={entry ? 0 : -1} onClick={choose} onFocus={choose}>
      <th scope="row" className="ellipsis" title={row.person.name}>{row.person.name}</th>
      <td><StateCell row={row} /></td>
      <td className="board-count"><span><b>{words.number(row.day.count)}</b> {words.of(row.day.target, row.day.unit === "points")}</span><PaceBar day={row.day} /></td>
      <td><Funnel day={row.day} /></td>
      <td><OnTheLine row={row} library={library} /></td>
      <td><LastObjection row={row} library={library} /></td>
      <td>{row.line ? <LineWordSign line={row.line} /> : <span className="faint">{words.noLine}</span>}</td>
      <td className="board-listen">
        {heard === "yes" ? <span className="tone-ok board-heard"><Icon name="ear" />{words.heard}</span>
          : heard === "soon" ? <span className="soft board-heard"><Icon name="ear" />…</span>
          : library.online && canBeHeard(row) ? <Button onPress={() => { onListen(row.person.id); }}>{words.listen}</Button> : null}
      </td>
    </tr>
  );
});

const lineTones = { good: "soft", fair: "tone-warn", bad: "tone-bad" } as const;

/** How the line of the call is, in a word; whose side it is on hover, and beside the table when the row is chosen. */
function LineWordSign({ line }: { readonly line: NonNullable<BoardRow["line"]> }) {
  const words = useWords(boardWords);
  return <span className={lineTones[line.grade]} title={line.bad && words.qualityWhy[line.bad]}>{words.quality[line.grade]}</span>;
}

function OnTheLine({ row, library }: Pick<AgentRowProps, "row" | "library">) {
  const words = useWords(boardWords);
  if (!row.now) return <span className="faint">{words.noLine}</span>;
  const { prospect, script, version, module } = row.now;
  const person = library.prospects.get(prospect);
  const document = script === undefined ? undefined : library.scripts.get(`${script}@${version}`);
  const title = document && module !== undefined ? moduleOf(document, module)?.title : undefined;
  const name = person ? shortName(person) : words.someone;
  return <span className="board-line" title={title === undefined ? name : `${name} · ${title}`}>{row.now.practice ? <span className="practice-mark">{words.practice}</span> : null}<span className="ellipsis">{name}</span>{title === undefined ? null : <span className="soft ellipsis">{title}</span>}</span>;
}

function LastObjection({ row, library }: Pick<AgentRowProps, "row" | "library">) {
  const words = useWords(boardWords);
  const { objection } = row;
  if (!objection) return <span className="faint">{words.noLine}</span>;
  const handler = objection.handler === undefined ? undefined
    : library.handlers.get(`${objection.handler}@${objection.handlerVersion}`) ?? library.handlers.get(objection.handler);
  const text = objection.record === undefined ? undefined : library.texts.get(objection.record);
  const said = text === undefined ? (objection.record === undefined ? undefined : words.wordsComing) : words.quote(text);
  // An objection of an earlier call steps back behind the one of this call.
  const earlier = row.state.state !== "inCall" || objection.at < row.state.since;
  return (
    <span className={earlier ? "board-objection soft" : "board-objection"} title={[handler?.title, said].filter((part) => part !== undefined).join(" · ")}>
      {handler ? <span className="ellipsis">{handler.title}</span> : said === undefined ? words.noLine : null}
      {said === undefined ? null : <span className="ellipsis">{said}</span>}
    </span>
  );
}
