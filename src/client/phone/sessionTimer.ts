/**
 * Session timers (RFC 4028): a call whose far side has silently gone must not be taken for a call for ever. One of the two
 * refreshes the session at half of the agreed time; who is not refreshed in time ends the call. Knows no SIP library.
 */

/** What we ask for, seconds: half of it may pass in a hidden tab whose timers come a minute late. */
export const ASKED = 1800;
/** The shortest that anybody may ask for, seconds (RFC 4028 section 4). */
export const SHORTEST = 90;

/** Which of the two refreshes: by the roles in the request at hand, uac is who sent it. */
export type Refresher = "uac" | "uas";

export interface Expires { readonly seconds: number; readonly refresher?: Refresher }

/** Headers of a SIP message, by name. */
export interface Headers { getHeader(name: string): string | undefined; getHeaders(name: string): readonly string[] }

/** Reads Session-Expires (its short form is x). Undefined when it is not there or makes no sense. */
export function readExpires(message: Headers): Expires | undefined {
  const value = message.getHeader("session-expires") ?? message.getHeader("x");
  const [, digits, rest = ""] = /^\s*(\d{1,9})\s*(;.*)?$/s.exec(value ?? "") ?? [];
  if (digits === undefined || Number(digits) < 1) return undefined;
  const refresher = /;\s*refresher\s*=\s*"?(uac|uas)\b/i.exec(rest)?.[1]?.toLowerCase() as Refresher | undefined;
  return { seconds: Number(digits), ...(refresher ? { refresher } : {}) };
}

/** The Min-SE of a 422, seconds; never less than the RFC's own. */
export function readLeast(message: Headers): number {
  return Math.max(SHORTEST, Number.parseInt(message.getHeader("min-se") ?? "", 10) || 0);
}

/** Does the far side take part? */
export function knowsTimers(message: Headers): boolean {
  return [...message.getHeaders("supported"), ...message.getHeaders("k")].some((value) => value.split(",").some((tag) => tag.trim().toLowerCase() === "timer"));
}

/** Does the far side take this method? */
export function allows(message: Headers, method: string): boolean {
  return message.getHeaders("allow").some((value) => value.split(",").some((one) => one.trim().toUpperCase() === method));
}

/** What stands in a request that begins or refreshes a session. `least` rises when somebody answered 422. */
export function askHeaders(least: number, agreed?: Agreed): readonly string[] {
  const seconds = Math.max(agreed?.seconds ?? ASKED, least);
  const role = agreed ? `;refresher=${agreed.ours ? "uac" : "uas"}` : "";
  return [`Session-Expires: ${seconds}${role}`, `Min-SE: ${least}`];
}

/** What both sides have agreed on. */
export interface Agreed { readonly seconds: number; /** We refresh. */ readonly ours: boolean }

/** What a 2xx to our request means: without Session-Expires the session has no timer (section 7.2). Without a role it is ours. */
export function agreedByAnswer(answer: Headers): Agreed | undefined {
  const expires = readExpires(answer);
  return expires && { seconds: expires.seconds, ours: expires.refresher !== "uas" };
}

/**
 * What we answer to a request of the far side that begins or refreshes the session (section 9), and what holds from then on.
 * Who asks may choose who refreshes; who does not choose does it itself.
 */
export function answerTo(request: Headers, before?: Agreed): { readonly agreed: Agreed | undefined; readonly headers: readonly string[] } {
  const expires = readExpires(request);
  const knows = knowsTimers(request);
  if (!expires && !(knows && before)) return { agreed: undefined, headers: [] };
  const seconds = expires?.seconds ?? before?.seconds ?? ASKED;
  // Somebody who does not know timers cannot be asked to refresh.
  const refresher: Refresher = knows ? expires?.refresher ?? (expires ? "uac" : "uas") : "uas";
  return {
    agreed: { seconds, ours: refresher === "uas" },
    headers: [`Session-Expires: ${seconds};refresher=${refresher}`, ...(refresher === "uac" ? ["Require: timer"] : [])],
  };
}

/** How a refresh went: `late` may be tried again, `gone` says that the far side no longer knows the call (481, 408). */
export type Refreshed = "done" | "late" | "gone";

export interface SessionTimer {
  /** A new agreement, by whatever request: the time runs anew. Undefined: no timer any more. */
  set(agreed: Agreed | undefined): void;
  readonly agreed: Agreed | undefined;
  stop(): void;
}

/** A refresh that did not get through is tried again so often, milliseconds. */
const AGAIN = 10_000;

/** @param refresh asks the far side; sets the new agreement itself @param ranOut the session is over: say BYE */
export function createSessionTimer(refresh: () => Promise<Refreshed>, ranOut: () => void): SessionTimer {
  let agreed: Agreed | undefined;
  let half: ReturnType<typeof setTimeout> | undefined;
  let end: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  function stop(): void {
    clearTimeout(half);
    clearTimeout(end);
    half = end = undefined;
  }

  async function refreshNow(): Promise<void> {
    const by = agreed;
    const result = await refresh().catch((): Refreshed => "late");
    // What was agreed on meanwhile has timers of its own.
    if (stopped || agreed !== by || result === "done") return;
    if (result === "gone") {
      stop();
      ranOut();
    } else half = setTimeout(() => void refreshNow(), AGAIN);
  }

  return {
    get agreed() { return agreed; },
    set(next) {
      if (stopped) return;
      stop();
      agreed = next && { ...next };
      if (!agreed) return;
      const whole = agreed.seconds * 1000;
      if (agreed.ours) half = setTimeout(() => void refreshNow(), whole / 2);
      // Who waits ends a little before the time is up, so that both sides end together (section 10).
      end = setTimeout(() => { stop(); ranOut(); }, whole - Math.min(32_000, whole / 3));
    },
    stop() {
      stopped = true;
      stop();
    },
  };
}
