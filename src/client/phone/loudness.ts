import type { Levels } from "./phone.ts";

export const silence: Levels = { mine: 0, theirs: 0 };

/** How loud both voices of a connection are, from its own measurements (webrtc-stats: media-source, inbound-rtp). */
export async function loudnessOf(connection: RTCPeerConnection): Promise<Levels> {
  const [sender] = connection.getSenders();
  const [receiver] = connection.getReceivers();
  const [mine, theirs] = await Promise.all([levelIn(sender, "media-source"), levelIn(receiver, "inbound-rtp")]);
  return { mine, theirs };
}

/** The level in the statistics of one sender or receiver, 0 to 1, in steps that a screen can show. */
export async function levelIn(from: RTCRtpSender | RTCRtpReceiver | undefined, kind: "media-source" | "inbound-rtp"): Promise<number> {
  let level = 0;
  const report = await from?.getStats();
  report?.forEach((entry: { readonly type: string; readonly audioLevel?: number }) => {
    if (entry.type === kind) level = Math.max(level, entry.audioLevel ?? 0);
  });
  return Math.round(level * 100) / 100;
}
