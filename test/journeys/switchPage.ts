/**
 * A page with a telephone of JsSIP or sip.js, for switch.calls.test.ts: it speaks by a tone of its own and measures the
 * tone that it hears. Nothing of Sufler's own client is in it.
 */
import * as JsSIP from "jssip";
import { Inviter, Registerer, SessionState, UserAgent, Web } from "sip.js";
import type { Invitation, Session } from "sip.js";

export interface PagePhone {
  start(kind: "jssip" | "sipjs", user: string, tone: number): Promise<void>;
  call(target: string): Promise<void>;
  /** Waits for a call and takes it, after ringing for a moment. */
  answer(): Promise<void>;
  /** Waits for a call and lets it ring. */
  ring(): Promise<void>;
  hangUp(): Promise<void>;
  /** JsSIP only: re-INVITE or UPDATE. */
  hold(on: boolean, by: "invite" | "update"): Promise<void>;
  dtmf(digit: string): Promise<void>;
  /** JsSIP only; resolves with the final status that NOTIFY told. */
  transfer(target: string): Promise<string>;
  /** What happened so far: "ringing", "answered", "ended: cause", "dtmf 5", "held", "resumed". */
  events: string[];
  /** Level of a tone in what is heard, in dB. */
  hears(tone: number): number;
}

declare global {
  interface Window {
    phone: PagePhone;
    setup: { url: string; domain: string; passwords: Record<string, string> };
  }
}

const sound = new AudioContext();
const events: string[] = [];
let own: MediaStream;
let analyser: AnalyserNode | undefined;

function listen(stream: MediaStream): void {
  const element = new Audio();
  element.muted = true; // Chromium hands a remote track to WebAudio only while an element plays it
  element.srcObject = stream;
  void element.play();
  analyser = sound.createAnalyser();
  analyser.fftSize = 8192;
  sound.createMediaStreamSource(stream).connect(analyser);
}

function speak(tone: number): void {
  const oscillator = sound.createOscillator();
  oscillator.frequency.value = tone;
  const out = sound.createMediaStreamDestination();
  oscillator.connect(out);
  oscillator.start();
  own = out.stream;
}

/** A fresh track for each call: both libraries stop the one they were given. */
const voice = () => new MediaStream(own.getAudioTracks().map((track) => track.clone()));

async function until<T>(look: () => T | undefined | false): Promise<T> {
  for (;;) {
    const seen = look();
    if (seen) return seen;
    await new Promise((done) => setTimeout(done, 10));
  }
}

type Line = Pick<PagePhone, "call" | "answer" | "ring" | "hangUp" | "hold" | "dtmf" | "transfer">;
let line: Line;

interface JsSession {
  readonly connection: RTCPeerConnection;
  on(event: string, listener: (data: Record<string, unknown>) => void): void;
  answer(options: object): void;
  terminate(): void;
  hold(options: object, done: () => void): boolean;
  unhold(options: object, done: () => void): boolean;
  sendDTMF(digit: string, options: object): void;
  refer(target: string, options: object): void;
}

async function jssip(user: string): Promise<Line> {
  const { url, domain, passwords } = window.setup;
  const pcConfig = { iceServers: [] };
  let session: JsSession | undefined;
  const agent = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(url)], uri: `sip:${user}@${domain}`, password: passwords[user] ?? "", connection_recovery_min_interval: 1 });
  agent.on("registered", () => events.push("registered"));
  agent.on("newRTCSession", (data: unknown) => {
    const { session: fresh, originator } = data as { session: JsSession; originator: string };
    session = fresh;
    if (originator === "remote") events.push("ringing");
    const hear = (connection: RTCPeerConnection) => connection.addEventListener("track", (event) => listen(event.streams[0] ?? new MediaStream([event.track])));
    if (fresh.connection) hear(fresh.connection);
    else fresh.on("peerconnection", ({ peerconnection }) => hear(peerconnection as RTCPeerConnection));
    fresh.on("progress", () => originator === "local" && events.push("progress"));
    fresh.on("confirmed", () => events.push("answered"));
    fresh.on("ended", ({ cause, message }) => events.push(`ended: ${String(cause)} ${(message as { getHeader(name: string): string } | null)?.getHeader("reason") ?? ""}`.trim()));
    fresh.on("failed", ({ cause }) => events.push(`ended: ${String(cause)}`));
    fresh.on("newDTMF", ({ originator: by, dtmf }) => by === "remote" && events.push(`dtmf ${(dtmf as { tone: string }).tone}`));
    fresh.on("hold", ({ originator: by }) => by === "remote" && events.push("held"));
    fresh.on("unhold", ({ originator: by }) => by === "remote" && events.push("resumed"));
    fresh.on("refer", (refer) => (refer["accept"] as (init: (next: JsSession) => void, options: object) => void)((next) => (session = next), { mediaStream: voice(), pcConfig }));
  });
  agent.start();
  await until(() => agent.isRegistered());
  const current = () => until(() => session);
  return {
    call: async (target) => void agent.call(target, { mediaStream: voice(), pcConfig }),
    ring: async () => void (await current()),
    answer: async () => (await current()).answer({ mediaStream: voice(), pcConfig }),
    hangUp: async () => (await current()).terminate(),
    async hold(on, by) {
      const now = await current();
      await until(() => now[on ? "hold" : "unhold"]({ useUpdate: by === "update" }, () => undefined));
    },
    dtmf: async (digit) => (await current()).sendDTMF(digit, { transportType: "INFO" }),
    async transfer(target) {
      const now = await current();
      return new Promise((done) => now.refer(target, {
        eventHandlers: { accepted: (data: { status_line: { status_code: number } }) => done(String(data.status_line.status_code)), failed: () => done("failed"), requestFailed: () => done("refused") },
      }));
    },
  };
}

async function sipjs(user: string): Promise<Line> {
  const { url, domain, passwords } = window.setup;
  let session: Session | undefined;
  const uri = UserAgent.makeURI(`sip:${user}@${domain}`);
  if (!uri) throw new Error("no URI");
  const follow = (fresh: Session) => {
    session = fresh;
    fresh.stateChange.addListener((state) => {
      if (state === SessionState.Terminated) events.push("ended: terminated");
      if (state !== SessionState.Established) return;
      events.push("answered");
      listen((fresh.sessionDescriptionHandler as Web.SessionDescriptionHandler).remoteMediaStream);
    });
  };
  const agent = new UserAgent({
    uri, authorizationUsername: user, authorizationPassword: passwords[user] ?? "", transportOptions: { server: url }, logBuiltinEnabled: false,
    sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(async () => voice()),
    sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] }, iceGatheringTimeout: 500 },
    delegate: {
      onInvite(invitation) {
        events.push("ringing");
        follow(invitation);
        invitation.delegate = { onCancel: () => void events.push("cancelled") };
      },
    },
  });
  await agent.start();
  const registerer = new Registerer(agent);
  await registerer.register();
  await until(() => registerer.state === "Registered");
  const current = () => until(() => session);
  const unknown = () => Promise.reject(new Error("only with JsSIP"));
  return {
    async call(target) {
      const to = UserAgent.makeURI(target);
      if (!to) throw new Error("no URI");
      const inviter = new Inviter(agent, to);
      follow(inviter);
      await inviter.invite();
    },
    ring: async () => void (await current()),
    answer: async () => ((await current()) as Invitation).accept(),
    hangUp: async () => void (await (await current()).bye()),
    dtmf: async (digit) => void (await (await current()).info({ requestOptions: { body: { contentDisposition: "render", contentType: "application/dtmf-relay", content: `Signal=${digit}\r\nDuration=100` } } })),
    hold: unknown,
    transfer: unknown,
  };
}

window.phone = {
  events,
  async start(kind, user, tone) {
    await sound.resume();
    speak(tone);
    line = await (kind === "jssip" ? jssip(user) : sipjs(user));
  },
  call: (target) => line.call(target),
  answer: () => line.answer(),
  ring: () => line.ring(),
  hangUp: () => line.hangUp(),
  hold: (on, by) => line.hold(on, by),
  dtmf: (digit) => line.dtmf(digit),
  transfer: (target) => line.transfer(target),
  hears(tone) {
    if (!analyser) return -200;
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const at = Math.round(tone / (sound.sampleRate / analyser.fftSize));
    return Math.max(...bins.slice(at - 1, at + 2));
  },
};
