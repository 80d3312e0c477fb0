import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { LineState } from "#client/desk/deskState.ts";
import type { SoundState } from "#client/desk/soundDesk.ts";
import type { Levels } from "#client/phone/phone.ts";
import { onLine, type Call } from "#domain/phone/call.ts";
import { sideUp, type Lines } from "#domain/phone/lines.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useNow } from "#ui/kit/clock.ts";
import { Icon, type IconName } from "#ui/kit/Icon.tsx";
import { LevelMeter } from "#ui/kit/LevelMeter.tsx";
import { length } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { LineSign } from "./LineSign.tsx";
import { phoneWords } from "./words.ts";
import "./devices.css";
import "./phone.css";

type UpSide = Exclude<Lines["side"], { readonly phase: "free" | "incoming" }>;
type PhoneCommand = "hangUp" | "mute" | "hold" | "keypad" | "transfer";

interface Props {
  readonly call: Call;
  /** The second line, and whom the agent speaks with. */
  readonly lines: Lines;
  readonly line: LineState;
  /** Whom the call is with. */
  readonly who?: string | undefined;
  readonly levels: StoreApi<Levels>;
  readonly sound: StoreApi<SoundState>;
  /** The microphone is open for the next call, so that the agent sees it work before dialing. */
  readonly prepared: boolean;
  readonly run: (command: PhoneCommand) => void;
}

/** The phone, at the same place in every state; its buttons rest when there is nothing for them to do. */
export function PhoneBar({ call, lines, line, who, levels, sound, prepared, run }: Props) {
  const words = useWords(phoneWords);
  const { side, focus } = lines;
  const second = sideUp(side) ? side : undefined;
  const busy = onLine(call) || second !== undefined;
  // The keys are about whom the agent speaks with.
  const spoken = second && (focus !== "call" || !onLine(call)) ? second : onLine(call) ? call : undefined;
  const talking = call.phase === "talking" || second?.phase === "talking";
  const holding = second ? second.phase === "talking" && !onLine(call) : call.phase === "talking";
  const hold = spoken?.phase === "talking" ? spoken.hold : "none";
  const held = hold === "held" || hold === "askedBack";
  const muted = spoken !== undefined && spoken.muted;
  // Who waits is not heard and hears nothing: bars that moved would say otherwise.
  const heard = spoken === undefined ? undefined : held || spoken.phase === "returning" ? "nobody" : spoken === second ? "other" : "client";
  const passing = call.phase === "talking" && !lines.transfer && (!second || second.phase === "talking");
  return (
    <footer className="phone-bar" aria-label={words.bar}>
      <div className="phone-said">
        <CallLine call={onLine(call) ? call : second ?? call} line={line} who={onLine(call) ? who : undefined} />
        {busy || prepared ? <Voices levels={levels} muted={muted} heard={heard} /> : null}
        {talking ? <LineSign sound={sound} /> : null}
      </div>
      <Button icon={muted ? "microphoneOff" : "microphone"} name={words.mute} keyCode="KeyM" pressed={muted} disabled={!busy} onPress={() => { run("mute"); }}>{words.muteShort}</Button>
      <Button icon="pause" keyCode="KeyH" pressed={held} disabled={!holding} onPress={() => { run("hold"); }}>{words.hold}</Button>
      <Button icon="keypad" keyCode="KeyK" disabled={!talking} onPress={() => { run("keypad"); }}>{words.keys}</Button>
      <Button icon="right" kind={second && passing ? "main" : "plain"} keyCode="KeyT" disabled={!passing} onPress={() => { run("transfer"); }}>{words.transfer}</Button>
      <Button className="hang-up" kind={busy ? "danger" : "plain"} icon="hangUp" keyCode="End" disabled={!busy && side.phase !== "incoming"} onPress={() => { run("hangUp"); }}>{words.hangUp}</Button>
    </footer>
  );
}

/** What the call is doing, since when, and with whom. Without a call: how the line is. */
function CallLine({ call, line, who }: Pick<Props, "line" | "who"> & { readonly call: Call | UpSide }) {
  const words = useWords(phoneWords);
  const now = useNow();
  if (call.phase === "idle" || call.phase === "ended") {
    const [tone, icon] = lineSigns[line];
    return <span className={`phone-line ${tone}`}><Icon name={icon} /><span className="phone-state">{words.line[line]}</span></span>;
  }
  const state = call.phase === "talking"
    ? { none: words.talking, asked: words.holdAsked, held: words.held, askedBack: words.holdAskedBack }[call.hold]
    : words[call.phase];
  return (
    <span className={`phone-line ${call.phase === "talking" ? call.hold === "none" ? "tone-ok" : "tone-warn" : "tone-accent"}`}>
      <Icon name={call.phase === "talking" ? call.hold === "none" ? "phone" : "pause" : "dialing"} />
      <b className="phone-time" role="timer">{length((now - call.since) / 1000)}</b>
      <span className="phone-state">{state}</span>
      {who === undefined ? null : <span className="phone-who ellipsis">{who}</span>}
    </span>
  );
}

const lineSigns: Readonly<Record<LineState, readonly [string, IconName]>> = {
  off: ["soft", "phone"], connecting: ["soft", "dialing"], ready: ["tone-ok", "phone"], refused: ["tone-bad", "warning"], down: ["tone-warn", "warning"], elsewhere: ["soft", "phone"], otherComputer: ["soft", "phone"],
};

/** "Am I heard?" is answered without asking. `heard`: who speaks to the agent; undefined between calls, where the microphone alone is shown. */
function Voices({ levels, muted, heard }: { readonly levels: StoreApi<Levels>; readonly muted: boolean; readonly heard: "client" | "other" | "nobody" | undefined }) {
  const words = useWords(phoneWords);
  const { mine, theirs } = useStore(levels);
  return (
    <>
      {muted ? <span className="tone-warn phone-muted"><Icon name="microphoneOff" />{words.notHeard}</span>
        : heard === "nobody" ? null : <span className="phone-voice" title={heard === undefined ? words.lamp : undefined}><LevelMeter level={mine} />{words.you}</span>}
      {heard === "client" || heard === "other" ? <span className="phone-voice"><LevelMeter level={theirs} />{words[heard]}</span> : null}
    </>
  );
}
