/** The client's side of a call: a phone that nobody here wrote (JsSIP), which answers by itself and speaks in a tone. */
import JsSIP from "jssip";
import { hear, toneTrack, watchTone } from "./tones.ts";

type Session = { readonly connection: RTCPeerConnection; answer(options: object): void; terminate(options?: object): void; refer(target: string): void; hold(options: object, done: () => void): boolean; unhold(options: object, done: () => void): boolean; on(event: string, listener: (...args: never[]) => void): void };

const sessions: Session[] = [];
const events: string[] = [];
let watched: Awaited<ReturnType<typeof watchTone>> | undefined;
let caller: ((to: string) => void) | undefined;
let follows = true;
let manner: "answer" | "ring" | "busy" | "decline" = "answer";

const page = {
  events,
  behave(as: typeof manner) { manner = as; },
  /** Whether it calls whom it is asked to call (REFER). */
  follow(on: boolean) { follows = on; },
  /** Resolves once the other side has agreed: until then JsSIP takes no second wish. */
  hold: (on: boolean) => new Promise<void>((resolve, reject) => {
    if (!sessions.at(-1)?.[on ? "hold" : "unhold"]({}, resolve)) reject(new Error("no call that can be held"));
  }),
  start: (account: { server: string; uri: string; username: string; password: string }, tone: number) => new Promise<void>((resolve, reject) => {
    const agent = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(account.server)], uri: account.uri, authorization_user: account.username, password: account.password, register: true, session_timers: false,
    });
    caller = (to) => void agent.call(to, { mediaStream: new MediaStream([toneTrack(tone)]), pcConfig: { iceServers: [] } });
    agent.on("registered", () => resolve());
    agent.on("registrationFailed", (event: { cause?: string }) => reject(new Error(event.cause ?? "not registered")));
    agent.on("newRTCSession", ({ session, originator }: { session: Session; originator: string }) => {
      sessions.push(session);
      // A browser gives no page more than five hundred connections, and a session that is kept keeps its own.
      if (sessions.length > 20) sessions.shift();
      // What never came up is not the call that is heard.
      session.on("failed", () => sessions.splice(sessions.indexOf(session), 1));
      for (const name of ["progress", "accepted", "confirmed", "ended", "failed", "hold", "unhold"]) session.on(name, () => events.push(name));
      // Somebody takes the place of whom we speak with (RFC 3891), or we are asked to call somebody else (RFC 3515).
      const taken = { mediaStream: new MediaStream([toneTrack(tone)]), pcConfig: { iceServers: [] } };
      session.on("replaces", ((data: { accept(init: (next: Session) => void): void }) => {
        data.accept((next) => { if (!sessions.includes(next)) sessions.push(next); next.answer(taken); });
      }) as never);
      session.on("refer", ((data: { accept(init: (next: Session) => void, options: object): void; reject(): void }) => {
        if (follows) data.accept(() => undefined, taken);
        else data.reject();
      }) as never);
      if (originator === "local") return;
      if (manner === "busy") return session.terminate({ status_code: 486 });
      if (manner === "decline") return session.terminate({ status_code: 603 });
      if (manner === "answer") session.answer({ mediaStream: new MediaStream([toneTrack(tone)]), pcConfig: { iceServers: [] } });
    });
    agent.start();
  }),
  hangUp: () => sessions.at(-1)?.terminate(),
  /** Hands the far side of the call on (REFER). */
  transfer(to: string) { sessions.at(-1)?.refer(to); },
  /** Calls, with the same tone. */
  call(to: string) { caller?.(to); },
  /** Begins to listen to this tone in the call that is up. */
  async watch(tone: number) {
    const track = sessions.at(-1)?.connection.getReceivers()[0]?.track;
    if (track) watched = await watchTone(track, tone);
  },
  longestSilence: () => watched?.longestSilence(),
  async hears(tones: readonly number[], ms = 600) {
    const track = sessions.at(-1)?.connection.getReceivers()[0]?.track;
    return track && hear(track, tones, ms);
  },
};
export type FarPage = typeof page;
Object.assign(window, { page });
