/** A call in which nothing is heard for so many looks, one a second, is silent: not a packet came, which even a muted microphone sends. */
const SILENT_AFTER = 5;
/** When something is done about it: by then a far side that has gone is known to be gone. */
const STILL_AFTER = 10;
const EVERY = 1_000;

export type Said = "silent" | "stillSilent" | "sound";

/** What is known of a call's sound between two looks. */
export interface Heard { readonly packets: number; readonly quiet: number }

/**
 * One look. A far side that does not want to send (hold) is not silent, it rests.
 * @returns `said`: what must be told now
 */
export function lookForSound({ packets, quiet }: Heard, now: { readonly packets: number; readonly expected: boolean }): Heard & { readonly said?: Said } {
  if (now.packets !== packets || !now.expected) return { packets: now.packets, quiet: 0, ...(quiet >= SILENT_AFTER ? { said: "sound" } : {}) };
  return { packets, quiet: quiet + 1, ...(quiet + 1 === SILENT_AFTER ? { said: "silent" } : quiet + 1 === STILL_AFTER ? { said: "stillSilent" } : {}) };
}

/**
 * Says when nothing has come from the far side for five seconds, for ten, and when something comes again. Looks are counted, not
 * time: a computer that slept has not listened.
 * @param expected false while we hold the call
 * @param looked told at every look whether the call is alive, and so many milliseconds before at the latest: sound has come, or none is due
 * and the way for it is whole
 */
export function watchSilence(connection: RTCPeerConnection, expected: () => boolean, tell: (said: Said) => void, looked: (alive: boolean, before: number) => void): () => void {
  let heard: Heard = { packets: -1, quiet: 0 };
  let stopped = false;
  async function look(): Promise<void> {
    const [transceiver] = connection.getTransceivers();
    const wants = transceiver?.currentDirection === "sendrecv" || transceiver?.currentDirection === "recvonly";
    let packets = 0;
    let before = Infinity;
    (await transceiver?.receiver.getStats())?.forEach((entry: { readonly type: string; readonly timestamp: number; readonly packetsReceived?: number; readonly lastPacketReceivedTimestamp?: number }) => {
      if (entry.type !== "inbound-rtp") return;
      packets += entry.packetsReceived ?? 0;
      before = Math.min(before, Math.max(0, Math.round(entry.timestamp - (entry.lastPacketReceivedTimestamp ?? entry.timestamp))));
    });
    if (stopped) return;
    const due = wants && expected();
    if (packets !== heard.packets) looked(true, before);
    else looked(!due && connection.connectionState === "connected", 0);
    const { said, ...next } = lookForSound(heard, { packets, expected: due });
    heard = next;
    if (said) tell(said);
  }
  const timer = setInterval(() => void look().catch(() => undefined), EVERY);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}
