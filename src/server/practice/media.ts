/** The only file of the practice customers that imports werift: one call's sound, over WebRTC (RFC 8829) in G.711. */
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from "werift";
import { decodeG711, encodeG711, packetSamples, type G711 } from "./g711.ts";

/** Payload types of G.711 are fixed (RFC 3551, table 4). */
const lawOf: Readonly<Record<number, G711>> = { 0: "PCMU", 8: "PCMA" };
const payloadTypeOf: Readonly<Record<G711, number>> = { PCMU: 0, PCMA: 8 };

export type MediaUser = {
  /** 20 ms of the other side's sound (or what its packet holds). */
  readonly heard: (samples: Int16Array) => void;
  /** Sound can flow in both directions from now on. */
  readonly connected: () => void;
  /** The other side is gone, or was never found. */
  readonly lost: () => void;
};

export type Media = {
  /**
   * Does what takes time before the answer to this offer is due: reads it, and finds the addresses of this machine. Nothing goes out
   * yet. Rejects for an offer that does not fit.
   */
  prepare(offer: string): Promise<void>;
  /** Answers an offer: the first, or a later one that holds, resumes or moves the call. Rejects for an offer that does not fit. */
  answer(offer: string): Promise<string>;
  /** Whether the other side does not want to receive, where no offer says so. */
  hold(on: boolean): void;
  /** Sends 20 ms of sound; nothing goes out while the other side does not want to receive. */
  send(samples: Int16Array): void;
  close(): void;
};

/** What an offer wants of our sound. */
export type Offered = {
  /** The law we would speak; undefined when the offer has no G.711 over DTLS-SRTP. */
  readonly law: G711 | undefined;
  /** The other side does not listen to us (sendonly or inactive, RFC 6337 5.3): we are on hold. */
  readonly held: boolean;
};

/** Reads the audio section of an offer (RFC 8866). */
export function readOffer(sdp: string): Offered {
  const [session = "", ...sections] = sdp.split(/^(?=m=)/m);
  const audio = sections.find((section) => section.startsWith("m=audio "));
  const [, , , , transport = "", formats = ""] = /^m=audio (\d+)(\/\d+)? ((\S+)) (.*)$/m.exec(audio ?? "") ?? [];
  const secured = /^UDP\/TLS\/RTP\/SAVPF?$/.test(transport) && /^a=fingerprint:/m.test(session + (audio ?? ""));
  const payloadType = formats.trim().split(" ").map(Number).find((format) => lawOf[format] !== undefined);
  const direction = /^a=(sendrecv|sendonly|recvonly|inactive)/m.exec(audio ?? "")?.[1] ?? /^a=(sendonly|inactive)/m.exec(session)?.[1];
  return {
    law: secured && payloadType !== undefined ? lawOf[payloadType] : undefined,
    held: direction === "sendonly" || direction === "inactive",
  };
}

const sectionsOf = (sdp: string): readonly string[] => sdp.split(/^(?=m=)/m);
const isVoice = (section: string): boolean => section.startsWith("m=audio ");

/**
 * The offer as werift reads it: the voice alone, since one thing that it does not know makes it refuse all, and under a name, which an
 * offer that bundles nothing need not have (RFC 8829 5.10).
 */
function voiceOf(offer: string): string {
  const [session = "", ...sections] = sectionsOf(offer);
  const voice = sections.find(isVoice) ?? "";
  const name = /^a=mid:(\S+)/m.exec(voice)?.[1];
  return `${session.replace(/^a=group:BUNDLE.*\r\n/gm, name === undefined ? "" : `a=group:BUNDLE ${name}\r\n`)}${voice}${name === undefined ? "a=mid:voice\r\n" : ""}`;
}

/** The answer with a place for everything that was offered: what is no voice is refused by port 0 (RFC 3264 6). */
function inPlace(answer: string, offer: string): string {
  const [session = "", ours = ""] = sectionsOf(answer);
  const [, ...sections] = sectionsOf(offer);
  const voice = sections.findIndex(isVoice);
  const refused = (section: string): string => `${section.split("\r\n", 1)[0]?.replace(/^m=(\S+) \S+/, "m=$1 0") ?? ""}\r\n${/^a=mid:.*\r\n/m.exec(section)?.[0] ?? ""}`;
  return session + sections.map((section, n) => (n === voice ? ours : refused(section))).join("");
}

/** With one of the candidates where older readers look for an address, who otherwise think that we do not speak ICE (RFC 8839 4.2.1.3). */
function placed(answer: string): string {
  const all = [...answer.matchAll(/^a=candidate:\S+ 1 udp \d+ (\d+\.\d+\.\d+\.\d+) (\d+) typ host/gim)];
  const [, address, port] = all.find(([, one]) => !one?.startsWith("127.")) ?? all[0] ?? [];
  return address === undefined || port === undefined ? answer
    : answer.replace(/^m=audio 9 /m, `m=audio ${port} `).replace(/^c=IN IP4 0\.0\.0\.0/m, `c=IN IP4 ${address}`).replace(/^a=rtcp:9 IN IP4 0\.0\.0\.0/m, `a=rtcp:${port} IN IP4 ${address}`);
}

/** Prepares one call's peer connection. Addresses are gathered from this machine only: no STUN, no TURN. */
export function openMedia(law: G711, user: MediaUser): Media {
  const peer = new RTCPeerConnection({
    iceServers: [],
    // A laptop without any network still reaches itself.
    iceAdditionalHostAddresses: ["127.0.0.1"],
    iceUseIpv6: false,
    codecs: {
      audio: [
        new RTCRtpCodecParameters({ mimeType: `audio/${law}`, clockRate: 8000, channels: 1, payloadType: payloadTypeOf[law] }),
        // Offered so that callers may send tones (RFC 4733); the customer does not mind them.
        new RTCRtpCodecParameters({ mimeType: "audio/telephone-event", clockRate: 8000, channels: 1, payloadType: 126 }),
      ],
    },
  });
  const track = new MediaStreamTrack({ kind: "audio" });
  const transceiver = peer.addTransceiver(track, { direction: "sendrecv" });
  let sequenceNumber = Math.floor(Math.random() * 0x8000);
  let timestamp = Math.floor(Math.random() * 0x7fff_ffff);
  let silentBefore = true;
  let connected = false;
  let closed = false;
  let held = false;

  transceiver.onTrack.subscribe((remote) => {
    remote.onReceiveRtp.subscribe((packet) => {
      const spoken = lawOf[packet.header.payloadType];
      if (spoken !== undefined && !closed) user.heard(decodeG711(spoken, packet.payload));
    });
  });
  peer.connectionStateChange.subscribe((state) => {
    if (closed) return;
    if (state === "connected" && !connected) {
      connected = true;
      user.connected();
    }
    if (state === "failed" || state === "closed") user.lost();
  });

  let prepared: string | undefined;
  const prepare = async (offer: string): Promise<void> => {
    await peer.setRemoteDescription({ type: "offer", sdp: voiceOf(offer) });
    prepared = offer;
    await Promise.all(peer.iceTransports.map((transport) => transport.gather()));
  };

  return {
    prepare,
    async answer(offer) {
      if (prepared !== offer) await prepare(offer);
      prepared = undefined;
      // As DTLS client werift would wait 100 ms before its first word; the browser speaks at once (RFC 5763 5 leaves it to us).
      for (const transport of peer.dtlsTransports) if (transport.role === "auto") transport.role = "server";
      await peer.setLocalDescription(await peer.createAnswer());
      held = readOffer(offer).held;
      const { localDescription } = peer;
      if (!localDescription) throw new Error("There is no answer to this offer.");
      // That the way is told in the candidates alone, only those understand who say so (RFC 8840 4.1.1).
      const described = inPlace(/^a=ice-options:.*\btrickle\b/m.test(offer) ? localDescription.sdp : placed(localDescription.sdp), offer);
      // Nothing is bundled that was not offered so (RFC 9143 7.3).
      return /^a=group:BUNDLE/m.test(offer) ? described : described.replace(/^a=group:BUNDLE.*\r\n/gm, "");
    },
    hold(on) { held = on; },
    send(samples) {
      timestamp = (timestamp + packetSamples) >>> 0;
      if (!connected || held || closed) {
        silentBefore = true;
        return;
      }
      sequenceNumber = (sequenceNumber + 1) & 0xffff;
      // The marker tells of the first packet after silence (RFC 3551 4.1).
      const header = new RtpHeader({ payloadType: payloadTypeOf[law], sequenceNumber, timestamp, ssrc: 1, marker: silentBefore });
      silentBefore = false;
      track.writeRtp(new RtpPacket(header, Buffer.from(encodeG711(law, samples))));
    },
    close() {
      closed = true;
      void peer.close();
    },
  };
}
