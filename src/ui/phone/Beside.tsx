import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { BesideWho } from "#client/desk/deskState.ts";
import { onLine, type Call } from "#domain/phone/call.ts";
import { sideUp, type Lines } from "#domain/phone/lines.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useNow } from "#ui/kit/clock.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { length } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { besideWords } from "./besideWords.ts";
import { canNotify, useIncomingNotice } from "./incomingNotice.ts";

export type BesideCommand = "take" | "reject" | "swap" | "join" | "toClient" | "hangUp";

interface Props {
  readonly call: Call;
  readonly lines: Lines;
  readonly who: BesideWho | undefined;
  /** The browser keeps the page from ringing. */
  readonly silent: StoreApi<boolean>;
  readonly run: (command: BesideCommand) => void;
}

/** The second line: over the phone bar, so that nothing else moves when somebody calls. Nothing to say, nothing shown. */
export function Beside({ call, lines, who, silent, run }: Props) {
  const words = useWords(besideWords);
  const { side } = lines;
  const known = side.phase === "free" ? side.last?.call === who?.call : side.call === who?.call;
  const name = (known ? who?.name ?? who?.number : undefined) ?? words.unknown;
  const detail = known && who?.name !== undefined ? who.number : undefined;
  useIncomingNotice(side.phase === "incoming" ? name : undefined);
  const note = noteOf(lines, call, name, words);
  if (side.phase === "free" && note === undefined) return null;
  return (
    <section className="beside" aria-label={words.region}>
      {note === undefined ? null : <p className="beside-note" role="status"><Icon name={lines.transfer ? "dialing" : "warning"} />{note}</p>}
      {side.phase === "incoming" ? <Incoming call={call} lines={lines} name={name} detail={detail} silent={silent} run={run} /> : null}
      {sideUp(side) ? <Up call={call} lines={lines} name={name} run={run} /> : null}
    </section>
  );
}

type Words = ReturnType<typeof useWords<(typeof besideWords)["en"]>>;

function noteOf(lines: Lines, call: Call, name: string, words: Words): string | undefined {
  if (lines.transfer) return words.transferring;
  if (lines.failed) return words.failed(words.refusal(lines.failed.status));
  if (lines.heldBy.call) return words.heldByClient;
  if (lines.heldBy.side) return words.heldBySide;
  const last = lines.side.phase === "free" ? lines.side.last : undefined;
  if (!last) return undefined;
  switch (last.why) {
    case "missed": return words.missed(name);
    case "away": return words.away(name);
    case "engaged": return words.engaged(name);
    // What the agent has just done needs no words; the client's own end is told by the card.
    case "agentHungUp": case "cancelled": case "rejected": case "transferred": return undefined;
    default: return onLine(call) || call.phase === "idle" ? words.over(name, words.end[last.why]) : undefined;
  }
}

function Incoming({ call, lines, name, detail, silent, run }: Omit<Props, "who"> & { readonly name: string; readonly detail: string | undefined }) {
  const words = useWords(besideWords);
  const blocked = useStore(silent);
  const may = (!onLine(call) || call.phase === "talking") && !lines.transfer;
  return (
    <>
      <p className="beside-who" role="alert"><Icon name="phone" /><span className="soft">{lines.ringing === "waiting" ? words.knocks : words.incoming}</span><b className="ellipsis">{name}</b>{detail === undefined ? null : <span className="soft">{detail}</span>}</p>
      <p className="beside-hint soft">{may ? blocked ? words.silent : words.uncounted : words.later}</p>
      <p className="beside-keys">
        <Button kind="main" icon="phone" keyCode="KeyA" disabled={!may} onPress={() => { run("take"); }}>{words.take}</Button>
        <Button icon="hangUp" keyCode="KeyE" onPress={() => { run("reject"); }}>{words.reject}</Button>
        {canNotify() ? <Button kind="quiet" onPress={() => void Notification.requestPermission()}>{words.allow}</Button> : null}
      </p>
    </>
  );
}

function Up({ call, lines, name, run }: Omit<Props, "who" | "silent"> & { readonly name: string }) {
  const words = useWords(besideWords);
  const now = useNow();
  const { side, focus, transfer } = lines;
  if (!sideUp(side)) return null;
  const client = call.phase === "talking";
  const both = client && side.phase === "talking" && !transfer;
  const says = focus === "both" ? words.joined : side.phase === "returning" ? words.returning : side.phase === "dialing" ? words.asking : side.phase === "ringing" ? words.rings : focus === "side" || !onLine(call) ? words.onLine : words.waits;
  return (
    <>
      <p className={focus === "both" ? "beside-who beside-joined" : "beside-who"}>
        <Icon name={focus === "call" && client ? "pause" : "phone"} />
        <span className="soft">{says}</span>{focus === "both" ? null : <b className="ellipsis">{name}</b>}
        <span className="soft" role="timer">{length((now - side.since) / 1000)}</span>
      </p>
      {client && focus === "side" ? <p className="beside-hint soft">{words.clientWaits}</p> : null}
      <p className="beside-keys">
        {client
          ? <>
              <Button keyCode="KeyX" disabled={!both} onPress={() => { run("swap"); }}>{words.swap}</Button>
              <Button keyCode="KeyJ" disabled={!both} pressed={focus === "both"} onPress={() => { run("join"); }}>{focus === "both" ? words.part : words.join}</Button>
              <Button keyCode="KeyC" onPress={() => { run("toClient"); }}>{words.toClient}</Button>
            </>
          : <Button kind="danger" icon="hangUp" keyCode="End" onPress={() => { run("hangUp"); }}>{words.endCall}</Button>}
      </p>
    </>
  );
}
