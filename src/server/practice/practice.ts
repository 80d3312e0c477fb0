/**
 * The practice customers: simulated clients behind the demo numbers, who pick up, speak, listen, object and give in.
 * For the demo, practice and training; they are reached through the embedded switch only.
 */
import { characterOf, echoNumber, isDemoNumber, type Persona } from "#domain/practice/numbers.ts";
import { seedOf } from "#domain/practice/dice.ts";
import type { Situation } from "#domain/practice/situations.ts";
import { EchoCall } from "./echoCall.ts";
import { packetMs } from "./g711.ts";
import { callerOf, dialedNumber, openLine, readMessage, replacedBy, userPart, type Caller, type Line, type SipMessage } from "./line.ts";
import { PracticeCall } from "./practiceCall.ts";
import { openVoices } from "./voices.ts";

/** How long a finished call still takes late requests and repeats its answers (64×T1, RFC 3261 17). */
const aftermath = 32_000;

/** Something that a customer said: for the look back after a practice call, and for tests. */
export type Said = {
  readonly callId: string;
  /** The call's name from end to end (RFC 7989); undefined when the caller gave none. */
  readonly session: string | undefined;
  /** User name of the line that called. */
  readonly caller: string;
  readonly persona: Persona;
  readonly situation: Situation;
  readonly text: string;
  /** Counts up within the call. */
  readonly n: number;
  /** Since the answer. */
  readonly ms: number;
};

export type PracticeOptions = {
  /** The switch's in-process pipe of SIP messages. */
  readonly attach: (local: { serves(user: string): boolean; receive(message: string): void }) => { send(message: string): void; close(): void };
  readonly domain: string;
  /** Folder with the recordings and their index. */
  readonly voices: string;
  /** Gets no phone numbers. */
  readonly log?: (event: string, detail?: Record<string, unknown>) => void;
  /** Milliseconds of a clock that does not go back. */
  readonly now?: () => number;
  /** With a seed, the first, second, … call to a number always take the same course. */
  readonly seed?: number;
  /** More calls at once than this are answered by 503; 64 unless told: each takes about 1 % of the one core that serves everybody. */
  readonly mostCalls?: number;
  readonly said?: (line: Said) => void;
  /** Nobody listens to oneself for longer, milliseconds; 90 s unless told. */
  readonly echoAtMost?: number;
};

export type Practice = {
  /** How many calls are ringing or in progress. */
  calls(): number;
  /** Whether a call of this Session-ID is ringing or in progress. */
  goesOn(session: string): boolean;
  /** Hangs up every call and lets go of the switch. */
  stop(): Promise<void>;
};

type Answering = Pick<PracticeCall, "invited" | "reoffered" | "reanswered" | "ended" | "stop" | "tick">;

/** Opens the practice customers on a switch. Throws when the recordings are not complete. */
export function createPractice(options: PracticeOptions): Practice {
  const log = options.log ?? (() => undefined);
  const mostCalls = options.mostCalls ?? 64;
  const now = options.now ?? (() => performance.now());
  const voices = openVoices(options.voices);
  const lines = new Map<string, Line>();
  /** With who called whom, the Session-ID, and the Call-IDs under which it went on from page to page. */
  const live = new Map<Answering, Caller & { readonly number: string; readonly callIds: Set<string> }>();
  const called = new Map<string, number>();
  const buried = new Set<NodeJS.Timeout>();
  let ticking: NodeJS.Timeout | undefined;

  const pipe = options.attach({ serves: isDemoNumber, receive });

  function receive(text: string): void {
    const message = readMessage(text);
    if (!message) return log("practice.unreadable");
    const known = lines.get(message.callId);
    if (known) return known.receive(message);
    const number = dialedNumber(message);
    const line = number === undefined ? bystander(userPart(message)) : answerer(message, number, callerOf(message));
    line.receive(message);
  }

  /** Whatever belongs to no call gets its answer (481, 405, 200 to OPTIONS) from a line of its own. */
  function bystander(user: string): Line {
    const line = openLine(user, options.domain, (reply) => pipe.send(reply), { invited: () => undefined, reoffered: refuse, reanswered: () => undefined, ended: () => undefined });
    bury(() => line.dispose());
    return line;
  }

  /**
   * The call whose place an INVITE asks for: answered, and this very caller's; whoever else knows its tags does not get it
   * (RFC 3891 section 8).
   */
  function replacedCall(message: SipMessage, number: string, { caller }: Caller): PracticeCall | number | undefined {
    const wanted = replacedBy(message);
    if (wanted === "broken") return 400;
    if (!wanted) return undefined;
    for (const [call, of] of live) {
      if (call instanceof PracticeCall && call.isCalled(wanted) && of.caller === caller && of.number === number) return call;
    }
    return 481;
  }

  function answerer(message: SipMessage, number: string, caller: Caller): Line {
    const { callId } = message;
    let call: Answering | undefined;
    const line = openLine(number, options.domain, (text) => pipe.send(text), {
      invited: (sdp) => {
        const persona = characterOf(number);
        if (!persona && number !== echoNumber) return line.reject(404);
        const replaced = replacedCall(message, number, caller);
        if (typeof replaced === "number") return line.reject(replaced);
        if (replaced) {
          call = replaced;
          live.get(call)?.callIds.add(callId);
          return replaced.replaced(line, sdp);
        }
        if (live.size >= mostCalls) return line.reject(503, ["Retry-After: 10"]);
        call = persona ? begin(callId, number, persona, line, caller) : beginEcho(callId, line, caller);
        call.invited(sdp);
      },
      reoffered: async (sdp) => {
        try {
          return await (call?.reoffered(sdp) ?? refuse());
        } catch (error) {
          trouble("A later offer was refused", error);
          throw error;
        }
      },
      reanswered: (sdp) => call?.reanswered(sdp),
      ended: () => call?.ended(line),
    });
    lines.set(callId, line);
    // An INVITE that never becomes a call (malformed, refused) must not stay.
    queueMicrotask(() => {
      if (!call) end(callId);
    });
    return line;
  }

  function begin(callId: string, number: string, persona: Persona, line: Line, caller: Caller): PracticeCall {
    let said = 0;
    const nth = (called.get(number) ?? 0) + 1;
    if (options.seed !== undefined) called.set(number, nth);
    const dice = options.seed === undefined ? seedOf(callId) : seedOf(`${options.seed} ${number} ${nth}`);
    const call = new PracticeCall({
      persona,
      voices,
      line,
      dice,
      now,
      trouble,
      said: (situation, text, ms) => options.said?.({ callId, ...caller, persona, situation, text, n: said++, ms }),
      over: () => {
        over(callId, call);
        log("practice.ended", { character: persona.character, language: persona.language });
      },
    });
    live.set(call, { ...caller, number, callIds: new Set([callId]) });
    ticking ??= setInterval(() => {
      for (const each of live.keys()) each.tick();
    }, packetMs);
    log("practice.called", { character: persona.character, language: persona.language });
    return call;
  }

  function beginEcho(callId: string, line: Line, caller: Caller): Answering {
    const call = new EchoCall({ line, trouble, over: () => over(callId, call), atMost: options.echoAtMost ?? 90_000 });
    live.set(call, { ...caller, number: echoNumber, callIds: new Set([callId]) });
    log("practice.echo");
    return call;
  }

  function over(callId: string, call: Answering): void {
    const { callIds = [callId] } = live.get(call) ?? {};
    live.delete(call);
    if (live.size === 0) {
      clearInterval(ticking);
      ticking = undefined;
    }
    for (const each of callIds) end(each);
  }

  function trouble(what: string, error: unknown): void {
    log("practice.trouble", { what, error: error instanceof Error ? error.message : String(error) });
  }

  function end(callId: string): void {
    const line = lines.get(callId);
    if (!line) return;
    bury(() => {
      lines.delete(callId);
      line.dispose();
    });
  }

  function bury(last: () => void): void {
    const timer = setTimeout(() => {
      buried.delete(timer);
      last();
    }, aftermath);
    timer.unref();
    buried.add(timer);
  }

  return {
    calls: () => live.size,
    goesOn: (session) => [...live.values()].some((one) => one.session === session),
    async stop() {
      for (const call of live.keys()) call.stop();
      // The pipe takes messages one after the other: BYE must be through before it is closed.
      await new Promise((done) => setImmediate(done));
      for (const timer of buried) clearTimeout(timer);
      buried.clear();
      for (const line of lines.values()) line.dispose();
      lines.clear();
      pipe.close();
    },
  };
}

async function refuse(): Promise<string> {
  throw new Error("There is no call to change.");
}
