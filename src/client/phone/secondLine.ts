import type { CallId, Millis } from "#domain/base/envelope.ts";
import type { LineOrder, PhoneSignal } from "#domain/phone/lines.ts";
import { joinCalls } from "./conference.ts";
import type { LiveCall, LiveCallParts } from "./liveCall.ts";
import type { LeftCall } from "./phone.ts";
import type { Ringer } from "./ringer.ts";
import type { Caller, SipIncoming } from "./sipIncoming.ts";
import { transfer } from "./sipTransfer.ts";

/** Somebody calls: what the phone knows of them. */
export interface Ringing extends Caller { readonly call: CallId }

/** The call beside the client's: who calls us, or a colleague who is asked. Obeys the orders of that machine. */
export interface SecondLine {
  current(): LiveCall | undefined;
  /** Somebody calls over one of our lines. */
  rung(incoming: SipIncoming): void;
  /**
   * @param number whom to call or to give the client to, with `invite` and with `refer` without `other`
   * @param left with what is ordered about a call of a page that is no more
   */
  obey(order: LineOrder, number?: string, left?: LeftCall): void;
  /** Whom the agent speaks with, of those that are up. */
  heard(): LiveCall | undefined;
  /** A call has begun or is over: what is said about who is heard holds for it too. */
  changed(): void;
  /** Ends what is up and turns away who rings. */
  end(): void;
  /** The page goes: what was answered can be taken back by the next one, the rest ends. */
  pageGoes(): void;
}

export interface SecondLineParts {
  readonly now: () => Millis;
  readonly tell: (signal: PhoneSignal) => void;
  readonly ringer: Pick<Ringer, "ring" | "stop">;
  readonly client: () => LiveCall | undefined;
  /** Begins a call; `answer` when it is one that we take, `replaces` when it is taken back. */
  readonly begin: (call: CallId, number: string, by: Pick<LiveCallParts, "answer" | "replaces">) => LiveCall;
  /** Ends a call of a page that is no more. */
  readonly letGo: (left: LeftCall) => void;
  /** What is put into a SIP address for a number or an extension; undefined: the dial plan bars it. */
  readonly userOf: (number: string) => string | undefined;
  /** Somebody calls. Undefined listener: nobody is there to be asked. */
  readonly ring: (who: Ringing) => boolean;
}

export function createSecondLine({ now, tell, ringer, client, begin, letGo, userOf, ring }: SecondLineParts): SecondLine {
  const waiting = new Map<CallId, SipIncoming>();
  let current: LiveCall | undefined;
  let ears: readonly CallId[] | undefined;
  let part: (() => void) | undefined;

  const callOf = (id: CallId) => [client(), current].find((each) => each?.id === id);

  function park(): void {
    for (const each of [client(), current]) each?.park(ears !== undefined && !ears.includes(each.id));
  }

  function reject(id: CallId, status: number): void {
    waiting.get(id)?.reject(status);
    waiting.delete(id);
  }

  function take(id: CallId): void {
    const incoming = waiting.get(id);
    if (!incoming) return;
    current = begin(id, incoming.caller.number ?? "", {
      answer(media, hear) {
        waiting.delete(id);
        return incoming.answer(media, hear);
      },
    });
  }

  function refer(id: CallId, other: CallId | undefined, number: string | undefined): void {
    const done = (status: number) => tell({ type: "transferDone", call: id, at: now(), status });
    const of = callOf(id)?.referable();
    const to = other === undefined ? userOf(number ?? "") : callOf(other)?.referable();
    // Whoever ordered it must know of it before it fails.
    if (!of || to === undefined) queueMicrotask(() => done(of ? 403 : 481));
    else transfer(of, to, done);
  }

  return {
    current: () => current,
    rung(incoming) {
      const call = crypto.randomUUID();
      waiting.set(call, incoming);
      incoming.onGone((reason) => {
        if (!waiting.delete(call)) return;
        if (current?.id === call) current.hangUp();
        tell({ type: "lineEnded", call, at: now(), reason });
      });
      if (waiting.has(call) && !ring({ call, ...incoming.caller })) reject(call, 480);
    },
    obey(order, number, left) {
      switch (order.type) {
        case "invite": current = begin(order.call, number ?? "", {}); return park();
        case "takeBack":
          // Whoever ordered it must know of it before it fails.
          if (!left) return queueMicrotask(() => tell({ type: "failed", call: order.call, at: now(), why: "lost" }));
          current = begin(order.call, left.number, { replaces: { name: left.name, held: order.held } });
          current.mute(order.muted);
          return park();
        case "take": take(order.call); return park();
        case "reject": return reject(order.call, order.status);
        case "hangUp":
          reject(order.call, 480);
          if (left) letGo(left);
          return callOf(order.call)?.hangUp();
        case "mute": return callOf(order.call)?.mute(order.on);
        case "hold": return callOf(order.call)?.hold(order.on);
        case "talkTo":
          ears = order.calls;
          return park();
        case "ring": return order.how === "off" ? ringer.stop() : ringer.ring(order.how);
        case "refer": return refer(order.call, order.other, number);
        case "join": {
          part?.();
          part = undefined;
          const [a, b] = [callOf(order.call)?.media(), callOf(order.other)?.media()];
          if (order.on && a && b) part = joinCalls(a, b);
        }
      }
    },
    heard: () => (ears?.[0] === undefined ? undefined : callOf(ears[0])),
    changed() {
      // The end of a call is told before the call is let go.
      queueMicrotask(() => { if (current?.over()) current = undefined; });
      park();
    },
    pageGoes() {
      if (current?.name()?.answered === undefined) current?.hangUp();
      for (const id of waiting.keys()) reject(id, 480);
    },
    end() {
      current?.hangUp();
      for (const id of waiting.keys()) reject(id, 480);
      part?.();
      ringer.stop();
    },
  };
}
