import type { AgentState } from "#domain/wallboard/agentState.ts";
import type { BoardRow } from "#domain/wallboard/board.ts";
import { useNow } from "#ui/kit/clock.ts";
import { Icon, type IconName } from "#ui/kit/Icon.tsx";
import { length } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { boardWords } from "./words.ts";

const signs: { readonly [S in AgentState["state"]]: IconName } = {
  off: "dot", ready: "check", dialing: "dialing", inCall: "phone", wrapUp: "pen", break: "cup", away: "clock", offline: "offline",
};

/** What somebody is doing and for how long, ticking; or why the row is up. Word, sign and colour say the same. */
export function StateCell({ row }: { readonly row: BoardRow }) {
  const words = useWords(boardWords);
  const now = useNow();
  const { state, trouble } = row;
  const name = state.state === "break" ? words.breaks[state.reason] : state.state === "away" ? words.away[state.source] : state.state === "offline" ? words.causes[state.cause] : words.states[state.state];
  const since = state.state === "off" || state.since === undefined ? "" : length((now - state.since) / 1000);
  if (trouble) {
    // The norm's trouble says the time itself; a lost desk does not, and its call may go on.
    const reason = words.trouble(trouble);
    const text = trouble.kind === "offline" ? `${reason} · ${name} ${since}` : reason;
    return <span className={`board-state ${trouble.kind === "longBreak" || trouble.kind === "longWrapUp" || trouble.kind === "away" ? "tone-warn" : "tone-bad"}`} title={text}><Icon name="warning" /><span className="ellipsis">{text}</span></span>;
  }
  return (
    <span className={`board-state is-${state.state}`}>
      <Icon name={signs[state.state]} /><span className="ellipsis">{name}</span>
      {since === "" ? null : <span className="board-since">{since}</span>}
    </span>
  );
}
