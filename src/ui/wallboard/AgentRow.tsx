import { memo, useEffect, useRef } from "react";
import type { LeadState } from "#client/wallboard/lead.ts";
import { shortName, type Prospect } from "#domain/dialing/prospect.ts";
import type { BoardRow } from "#domain/wallboard/board.ts";
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
  /** Names and texts of what the row only has ids of. */
  readonly client: Prospect | undefined;
  readonly module: string | undefined;
  readonly handler: string | undefined;
  readonly said: string | undefined;
  /** The server is there. */
  readonly online: boolean;
  readonly selected: boolean;
  /** Reached by Tab: one row of the table is. */
  readonly entry: boolean;
  readonly heard: "no" | "soon" | "yes";
  readonly onSelect: (person: string) => void;
  readonly onListen: (person: string) => void;
}

/** What a row shows, found by its ids. */
export function textsOfRow({ now, objection }: BoardRow, { scripts, handlers, prospects, texts }: Pick<LeadState, "scripts" | "handlers" | "prospects" | "texts">): Pick<AgentRowProps, "client" | "module" | "handler" | "said"> {
  const script = now?.script === undefined ? undefined : scripts.get(`${now.script}@${now.version}`);
  return {
    client: now && prospects.get(now.prospect),
    module: script && now?.module !== undefined ? moduleOf(script, now.module)?.title : undefined,
    handler: objection?.handler === undefined ? undefined : (handlers.get(`${objection.handler}@${objection.handlerVersion}`) ?? handlers.get(objection.handler))?.title,
    said: objection?.record === undefined ? undefined : texts.get(objection.record),
  };
}

/** One person of the team. Of two hundred rows only those are drawn again that a fact or a key has changed: everything given is the same object otherwise. */
export const AgentRow = memo(function AgentRow({ row, client, module, handler, said, online, selected, entry, heard, onSelect, onListen }: AgentRowProps) {
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
      <td><OnTheLine row={row} client={client} module={module} /></td>
      <td><LastObjection row={row} handler={handler} said={said} /></td>
      <td>{row.line ? <LineWordSign line={row.line} /> : <span className="faint">{words.noLine}</span>}</td>
      <td className="board-listen">
        {heard === "yes" ? <span className="tone-ok board-heard"><Icon name="ear" />{words.heard}</span>
          : heard === "soon" ? <span className="soft board-heard"><Icon name="ear" />…</span>
          : online && canBeHeard(row) ? <Button onPress={() => { onListen(row.person.id); }}>{words.listen}</Button> : null}
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

function OnTheLine({ row: { now }, client, module }: Pick<AgentRowProps, "row" | "client" | "module">) {
  const words = useWords(boardWords);
  if (!now) return <span className="faint">{words.noLine}</span>;
  const name = client ? shortName(client) : words.someone;
  return <span className="board-line" title={module === undefined ? name : `${name} · ${module}`}>{now.practice ? <span className="practice-mark">{words.practice}</span> : null}<span className="ellipsis">{name}</span>{module === undefined ? null : <span className="soft ellipsis">{module}</span>}</span>;
}

function LastObjection({ row, handler, said: text }: Pick<AgentRowProps, "row" | "handler" | "said">) {
  const words = useWords(boardWords);
  const { objection } = row;
  if (!objection) return <span className="faint">{words.noLine}</span>;
  const said = text === undefined ? (objection.record === undefined ? undefined : words.wordsComing) : words.quote(text);
  // An objection of an earlier call steps back behind the one of this call.
  const earlier = row.state.state !== "inCall" || objection.at < row.state.since;
  return (
    <span className={earlier ? "board-objection soft" : "board-objection"} title={[handler, said].filter((part) => part !== undefined).join(" · ")}>
      {handler !== undefined ? <span className="ellipsis">{handler}</span> : said === undefined ? words.noLine : null}
      {said === undefined ? null : <span className="ellipsis">{said}</span>}
    </span>
  );
}
