import type { Phone } from "#client/phone/phone.ts";
import type { ListenEnd, ToClient } from "#wire/live.ts";
import { describe } from "./description.ts";
import { noIceServers, type IceServers, type LiveSocket } from "./liveSocket.ts";

/** How often it is looked whether the call is still the same, milliseconds. Only while somebody listens. */
const LOOK_EVERY = 200;

interface Sending {
  readonly connection: RTCPeerConnection;
  readonly watch: ReturnType<typeof setInterval>;
}

/**
 * On the server's word, and on no other, sends both voices of the call that is up to a lead, over a connection of
 * their own: the call's own path knows nothing of it, so neither agent nor client can notice (rule M1).
 */
export function createVoiceSender(live: LiveSocket, phone: Pick<Phone, "voices">, iceServers: IceServers = noIceServers): { stop(): void } {
  const sessions = new Map<string, Sending>();

  function close(session: string): void {
    const sending = sessions.get(session);
    sessions.delete(session);
    clearInterval(sending?.watch);
    // Its tracks are the call's own and live on.
    sending?.connection.close();
  }

  function end(session: string, why: ListenEnd): void {
    if (!sessions.has(session)) return;
    close(session);
    live.send({ t: "unlisten", session, why });
  }

  async function send(session: string): Promise<void> {
    const servers = await iceServers().catch(() => []);
    const voices = phone.voices();
    if (!voices) {
      live.send({ t: "unlisten", session, why: "call" });
      return;
    }
    close(session);
    const connection = new RTCPeerConnection({ iceServers: servers, bundlePolicy: "max-bundle" });
    // The call's own tracks and no clones: muted and held then mean the same in the lead's ear as in the client's.
    const mine = connection.addTransceiver(voices.mine, { direction: "sendonly" }).sender;
    connection.addTransceiver(voices.theirs, { direction: "sendonly" });
    const watch = setInterval(() => {
      const now = phone.voices();
      if (now?.theirs !== voices.theirs) end(session, "call");
      else if (mine.track !== now.mine) mine.replaceTrack(now.mine).catch(() => end(session, "failed"));
    }, LOOK_EVERY);
    sessions.set(session, { connection, watch });
    connection.onconnectionstatechange = () => { if (connection.connectionState === "failed") end(session, "noPath"); };
    try {
      const description = await describe(connection);
      if (sessions.get(session)?.connection === connection) live.send({ t: "signal", session, description });
    } catch {
      end(session, "failed");
    }
  }

  function hear(message: ToClient): void {
    if (message.t === "sendVoices") void send(message.session);
    else if (message.t === "listenEnded") close(message.session);
    else if (message.t === "signal" && message.description.type === "answer") {
      const { session, description } = message;
      sessions.get(session)?.connection.setRemoteDescription(description).catch(() => end(session, "failed"));
    }
  }

  const closeAll = (): void => { for (const session of sessions.keys()) close(session); };
  const stopListening = live.onMessage(hear);
  // Without the server's word nobody is sent anything: it has ended the session when it lost us.
  const stopWatching = live.state.subscribe((state) => { if (state !== "open") closeAll(); });
  return {
    stop() {
      stopListening();
      stopWatching();
      for (const session of sessions.keys()) end(session, "agentGone");
    },
  };
}
