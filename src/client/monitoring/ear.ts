import { createStore } from "zustand/vanilla";
import type { ToClient } from "#wire/live.ts";
import { describe } from "./description.ts";
import type { Ear, EarLevels, Listening } from "./listening.ts";
import { noIceServers, type IceServers, type LiveSocket } from "./liveSocket.ts";

/** Within which there must be sound, milliseconds. */
const PATH_WITHIN = 10_000;
const LEVELS_EVERY = 150;

const silence: EarLevels = { agent: 0, client: 0 };
const voices = ["agent", "client"] as const;
type Voice = (typeof voices)[number];
type Over = Extract<Listening, { phase: "over" }>["why"];

/** The lead's ear: one call at a time, two voices with a volume each. Never asks for a microphone. */
export function createEar(live: LiveSocket, iceServers: IceServers = noIceServers): Ear {
  const state = createStore<Listening>(() => ({ phase: "off" }));
  const levels = createStore<EarLevels>(() => silence);
  const volumes: Record<Voice, number> = { agent: 1, client: 1 };
  let sound: Sound | undefined;
  let ask = "";
  let patience: ReturnType<typeof setTimeout> | undefined;
  let measuring: ReturnType<typeof setInterval> | undefined;

  /** Everything is let go; the state stays as it is. */
  function release(): void {
    ask = "";
    clearTimeout(patience);
    clearInterval(measuring);
    sound?.close();
    sound = undefined;
    levels.setState(silence, true);
  }

  function finish(next: Listening): void {
    release();
    state.setState(next, true);
  }

  /** Ends a session that is ours to end, and says why to the server. */
  function end(why: Over): void {
    const now = state.getState();
    if (now.phase === "off" || now.phase === "over") return;
    if ("session" in now) live.send({ t: "unlisten", session: now.session, why: why === "noPath" ? "noPath" : why === "lead" ? "lead" : "failed" });
    finish({ phase: "over", agent: now.agent, why });
  }

  const patient = (why: Over): void => {
    clearTimeout(patience);
    patience = setTimeout(() => end(why), PATH_WITHIN);
  };

  async function answer(session: string, sdp: string): Promise<void> {
    const servers = await iceServers().catch(() => []);
    const now = state.getState();
    if (now.phase !== "connecting" || now.session !== session || sound) return;
    const opened = openSound(servers, volumes, (connected) => {
      if (sound !== opened) return;
      if (!connected) return end(state.getState().phase === "hearing" ? "failed" : "noPath");
      clearTimeout(patience);
      state.setState({ phase: "hearing", agent: now.agent, session, since: Date.now() }, true);
      measuring ??= setInterval(() => void opened.levels().then((loud) => { if (sound === opened) levels.setState(loud, true); }), LEVELS_EVERY);
    });
    sound = opened;
    try {
      const description = await opened.answer(sdp);
      if (sound === opened) live.send({ t: "signal", session, description });
    } catch {
      if (sound === opened) end("failed");
    }
  }

  function hear(message: ToClient): void {
    const now = state.getState();
    if (now.phase === "asking" && message.t === "listening" && message.ask === ask) {
      state.setState({ phase: "connecting", agent: now.agent, session: message.session }, true);
      patient("noPath");
    } else if (now.phase === "asking" && message.t === "refused" && message.ask === ask) {
      finish({ phase: "over", agent: now.agent, why: message.why === "wrongMessage" ? "failed" : message.why });
    } else if ("session" in now && "session" in message && message.session === now.session) {
      if (message.t === "signal" && message.description.type === "offer") void answer(now.session, message.description.sdp);
      else if (message.t === "listenEnded") finish({ phase: "over", agent: now.agent, why: message.why });
    }
  }

  live.onMessage(hear);
  // The server ends the session of a lead whose socket it has lost.
  live.state.subscribe((now) => { if (now !== "open") end("failed"); });

  return {
    state, levels,
    listen(agent) {
      end("lead");
      release();
      ask = crypto.randomUUID();
      state.setState({ phase: "asking", agent }, true);
      if (live.send({ t: "listen", ask, agent })) patient("failed");
      else end("failed");
    },
    stop() {
      end("lead");
      finish({ phase: "off" });
    },
    volume(voice, to) {
      volumes[voice] = Math.min(1, Math.max(0, to));
      sound?.volume(voice, volumes[voice]);
    },
  };
}

interface Sound {
  /** Takes the offer: first the agent's voice, second the client's. */
  answer(sdp: string): ReturnType<typeof describe>;
  levels(): Promise<EarLevels>;
  volume(voice: Voice, to: number): void;
  close(): void;
}

function openSound(iceServers: RTCIceServer[], volumes: Readonly<Record<Voice, number>>, onPath: (connected: boolean) => void): Sound {
  const connection = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
  const speakers: Record<Voice, HTMLAudioElement> = { agent: new Audio(), client: new Audio() };
  for (const voice of voices) speakers[voice].volume = volumes[voice];
  connection.onconnectionstatechange = () => {
    if (connection.connectionState === "connected") onPath(true);
    if (connection.connectionState === "failed") onPath(false);
  };
  return {
    async answer(sdp) {
      await connection.setRemoteDescription({ type: "offer", sdp });
      voices.forEach((voice, place) => {
        const track = connection.getTransceivers()[place]?.receiver.track;
        if (!track) throw new Error("The offer has no two voices");
        speakers[voice].srcObject = new MediaStream([track]);
        // Began with a click on "Listen", so the browser lets it play.
        speakers[voice].play().catch(() => undefined);
      });
      return describe(connection);
    },
    async levels() {
      const [agent = 0, client = 0] = await Promise.all(voices.map((_, place) => levelOf(connection.getReceivers()[place])));
      return { agent, client };
    },
    volume(voice, to) { speakers[voice].volume = to; },
    close() {
      connection.onconnectionstatechange = null;
      connection.close();
      for (const voice of voices) {
        speakers[voice].pause();
        speakers[voice].srcObject = null;
      }
    },
  };
}

/** The level of what arrives, 0 to 1 (webrtc-stats: inbound-rtp). */
async function levelOf(receiver: RTCRtpReceiver | undefined): Promise<number> {
  let level = 0;
  const report = await receiver?.getStats();
  report?.forEach((entry: { readonly type: string; readonly audioLevel?: number }) => {
    if (entry.type === "inbound-rtp") level = Math.max(level, entry.audioLevel ?? 0);
  });
  return Math.round(level * 100) / 100;
}
