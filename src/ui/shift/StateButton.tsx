import type { BreakReason, Gender } from "#domain/base/campaign.ts";
import type { AgentState } from "#domain/wallboard/agentState.ts";
import { useNow } from "#ui/kit/clock.ts";
import { Icon, type IconName } from "#ui/kit/Icon.tsx";
import { length } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { shiftWords } from "./words.ts";
import "./shift.css";

const signs: Readonly<Record<AgentState["state"], readonly [IconName, string]>> = {
  off: ["clock", "soft"], ready: ["dot", "tone-ok"], dialing: ["dialing", ""], inCall: ["phone", "tone-ok"], wrapUp: ["pen", ""], break: ["cup", "tone-warn"], away: ["clock", "soft"], offline: ["offline", "soft"],
};

interface Props {
  readonly agent: AgentState;
  readonly gender: Gender;
  readonly breaks?: Readonly<Record<BreakReason, number>> | undefined;
  readonly open: boolean;
  /** Opens the choice of breaks; undefined while no break can be taken. */
  readonly choose?: (() => void) | undefined;
}

/** What the agent is doing and for how long, at the left of the header. A break can be taken from here. */
export function StateButton({ agent, gender, breaks, open, choose }: Props) {
  const words = useWords(shiftWords);
  const now = useNow();
  const [icon, tone] = signs[agent.state];
  const seconds = agent.since === undefined ? undefined : (now - agent.since) / 1000;
  const norm = agent.state === "break" ? breaks?.[agent.reason] : undefined;
  const over = norm !== undefined && seconds !== undefined && seconds > norm * 60;
  const inside = (
    <>
      <span className={`state-sign ${over ? "tone-bad" : tone}`}><Icon name={icon} /></span>
      <span>{words.state[agent.state](gender)}{agent.state === "break" ? `: ${words.reasons[agent.reason].toLowerCase()}` : ""}</span>
      {seconds === undefined ? null : <b className="state-time">{length(seconds)}</b>}
      {norm === undefined ? null : <span className={over ? "tone-bad" : "soft"}>{words.of(norm)}</span>}
    </>
  );
  return choose
    ? <button type="button" className="pill state" aria-expanded={open} onMouseDown={(event) => { event.preventDefault(); }} onClick={choose}>{inside}<Icon name="down" /></button>
    : <span className="pill state">{inside}</span>;
}
