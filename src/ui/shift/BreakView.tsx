import type { AgentState } from "#domain/wallboard/agentState.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useNow } from "#ui/kit/clock.ts";
import { Ring } from "#ui/kit/Ring.tsx";
import { length } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { shiftWords } from "./words.ts";
import "./shift.css";

/** On a break: what is left of the norm. Nothing else wants anything from the agent. */
export function BreakView({ agent, norm, ready }: { readonly agent: Extract<AgentState, { state: "break" }>; readonly norm: number; readonly ready: () => void }) {
  const words = useWords(shiftWords);
  const now = useNow();
  const gone = Math.max(0, (now - agent.since) / 1000);
  const left = norm * 60 - gone;
  return (
    <div className="stage-frame">
      <div className="break-view">
        <div className="big-ring">
          <Ring value={Math.max(0, left)} target={norm * 60} size={208} width={16} />
          <div className="big-ring-number"><b className="break-time">{length(gone)}</b><span className="soft">{words.of(norm)}</span></div>
        </div>
        <div>
          <h1>{words.reasons[agent.reason]}</h1>
          <p className={left < 0 ? "tone-bad" : "soft"}>{left < 0 ? words.over(Math.ceil(-left / 60)) : words.left(length(left))}</p>
        </div>
      </div>
      <div className="stage-foot"><Button kind="main" large keyCode="Enter" onPress={ready}>{words.ready}</Button></div>
    </div>
  );
}
