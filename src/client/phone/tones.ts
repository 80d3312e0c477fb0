import type { CallMedia } from "./callMedia.ts";
import type { SipCall } from "./sipLine.ts";

/** How digits reach the far side: in the sound (RFC 4733), or beside it by SIP INFO, for a PBX that wants it so. */
export type Tones = "rfc4733" | "info";

/** How long a comma waits, and what passes before an extension, milliseconds: the menu wants to be listened to. */
const PAUSE = 2000;
/** Of one digit, milliseconds; PBXs that measure take no shorter ones. */
const LENGTH = 160;

export interface ToneSender {
  send(tones: string): void;
  /** Sends an extension once the way for the sound is there; called once. */
  extension(tones: string, connection: RTCPeerConnection): void;
  stop(): void;
}

export function createToneSender(how: Tones, media: Pick<CallMedia, "sendDtmf">, sip: () => Pick<SipCall, "info"> | undefined): ToneSender {
  let stopped = false;
  /** INFO goes out one by one: a request that overtakes another would turn the digits round. */
  let last = Promise.resolve();

  const pause = () => new Promise<void>((resolve) => { setTimeout(resolve, PAUSE); });
  async function tell(tone: string): Promise<void> {
    if (stopped) return;
    if (tone === ",") await pause();
    else await sip()?.info("application/dtmf-relay", `Signal=${tone}\r\nDuration=${LENGTH}\r\n`);
  }

  function send(tones: string): void {
    // A far side that has not agreed on telephone events gets INFO all the same.
    if (how === "rfc4733" && media.sendDtmf(tones)) return;
    for (const tone of tones) last = last.then(() => tell(tone));
  }

  return {
    send,
    extension(tones, connection) {
      // What is sent before there is a way is lost, and nobody hears of it.
      const go = () => {
        if (stopped || connection.connectionState !== "connected") return;
        connection.removeEventListener("connectionstatechange", go);
        send(`,${tones}`);
      };
      connection.addEventListener("connectionstatechange", go);
      go();
    },
    stop() { stopped = true; },
  };
}
