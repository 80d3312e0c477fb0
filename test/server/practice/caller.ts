/** A caller made of a second werift peer and hand-written SIP over the in-process pipe: a client that is not the code under test. */
import { randomBytes } from "node:crypto";
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from "werift";
import { decodeG711, encodeG711, levelOf } from "#server/practice/g711.ts";

type Agent = { serves(user: string): boolean; receive(message: string): void };
type Response = { readonly status: number; readonly method: string; readonly text: string };

/** The switch's side of the pipe: hands requests of callers to the practice and its messages back by Call-ID. */
export class Pipe {
  agent: Agent | undefined;
  readonly callers = new Map<string, (text: string) => void>();
  closed = false;

  readonly attach = (agent: Agent): { send(message: string): void; close(): void } => {
    this.agent = agent;
    return {
      send: (message) => this.callers.get(/^Call-ID: (.*)\r$/m.exec(message)?.[1] ?? "")?.(message),
      close: () => {
        this.closed = true;
      },
    };
  };

  deliver(text: string): void {
    this.agent?.receive(text);
  }
}

const packet = 160;

export class Caller {
  readonly callId = randomBytes(6).toString("hex");
  /** Names the call from end to end (RFC 7989). */
  readonly session = randomBytes(16).toString("hex");
  readonly responses: Response[] = [];
  readonly requests: string[] = [];
  /** Answers an offer that came in a 2xx, in its ACK. */
  answerLate: ((text: string) => string) | undefined;
  /** Levels (dBFS) of the 20 ms packets that were heard, with their moment, their number and their place in the sound, in samples. */
  readonly heard: { readonly at: number; readonly level: number; readonly sequence: number; readonly timestamp: number }[] = [];
  readonly samples: number[] = [];
  readonly peer: RTCPeerConnection;
  connectedAt: number | undefined;
  private readonly track = new MediaStreamTrack({ kind: "audio" });
  private readonly pipe: Pipe;
  private readonly number: string;
  /** The call in whose place this one wants to be (RFC 3891). */
  replaces: Caller | undefined;
  /** What the INVITE requires of whoever takes it. */
  requires = "";
  /** The calling line. */
  line = "agent1";
  private readonly tag = randomBytes(4).toString("hex");
  private toTag = "";
  private cseq = 0;
  private branch = "";
  private talking = false;
  private readonly clock: NodeJS.Timeout;
  private readonly law: "PCMU" | "PCMA";

  constructor(pipe: Pipe, number: string, law: "PCMU" | "PCMA" = "PCMU") {
    this.pipe = pipe;
    this.number = number;
    this.law = law;
    pipe.callers.set(this.callId, (text) => this.receive(text));
    const payloadType = law === "PCMU" ? 0 : 8;
    this.peer = new RTCPeerConnection({
      iceServers: [],
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ["127.0.0.1"],
      codecs: { audio: [new RTCRtpCodecParameters({ mimeType: `audio/${law}`, clockRate: 8000, channels: 1, payloadType })] },
    });
    const transceiver = this.peer.addTransceiver(this.track, { direction: "sendrecv" });
    transceiver.onTrack.subscribe((remote) => {
      remote.onReceiveRtp.subscribe((rtp) => {
        const samples = decodeG711(law, rtp.payload);
        this.heard.push({ at: performance.now(), level: levelOf(samples), sequence: rtp.header.sequenceNumber, timestamp: rtp.header.timestamp });
        this.samples.push(...samples);
      });
    });
    this.peer.connectionStateChange.subscribe((state) => {
      if (state === "connected") this.connectedAt ??= performance.now();
    });
    let n = 0;
    let sequenceNumber = 0;
    const began = performance.now();
    let sent = 0;
    this.clock = setInterval(() => {
      for (; sent < (performance.now() - began) / 20; sent++) {
        // Speech-like: a tone that swells five times a second, as syllables do.
        const sound = Int16Array.from({ length: packet }, () => {
          n++;
          return this.talking ? Math.round(9000 * Math.sin((2 * Math.PI * 450 * n) / 8000) * (0.55 - 0.45 * Math.cos((2 * Math.PI * n) / 1600))) : 0;
        });
        sequenceNumber = (sequenceNumber + 1) & 0xffff;
        const header = new RtpHeader({ payloadType, sequenceNumber, timestamp: (sent * packet) >>> 0, ssrc: 1 });
        if (this.connectedAt !== undefined) this.track.writeRtp(new RtpPacket(header, Buffer.from(encodeG711(this.law, sound))));
      }
    }, 20);
  }

  async invite(sdp?: string): Promise<void> {
    let offer = sdp;
    if (offer === undefined) {
      await this.peer.setLocalDescription(await this.peer.createOffer());
      offer = this.peer.localDescription?.sdp ?? "";
    }
    this.request("INVITE", offer);
  }

  /** A later offer with another direction; resolves with the answer's direction. */
  async reinvite(direction: "sendrecv" | "sendonly" | "inactive"): Promise<string> {
    for (const transceiver of this.peer.getTransceivers()) transceiver.setDirection(direction);
    await this.peer.setLocalDescription(await this.peer.createOffer());
    const offer = this.peer.localDescription?.sdp ?? "";
    const before = this.responses.length;
    this.request("INVITE", offer);
    const answered = await until(() => this.responses.slice(before).find((response) => response.status >= 200), "answer to re-INVITE");
    return /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(answered.text)?.[1] ?? `status ${answered.status}`;
  }

  request(method: string, body = "", cseq = method === "ACK" || method === "CANCEL" ? this.cseq : ++this.cseq): void {
    if (method !== "CANCEL") this.branch = `z9hG4bK${randomBytes(6).toString("hex")}`;
    this.pipe.deliver(
      [
        `${method} sip:${this.number}@test.invalid SIP/2.0`,
        `Via: SIP/2.0/WS caller.invalid;branch=${this.branch}`,
        "Max-Forwards: 69",
        `From: <sip:${this.line}@test.invalid>;tag=${this.tag}`,
        `To: <sip:${this.number}@test.invalid>${this.toTag && method !== "CANCEL" ? `;tag=${this.toTag}` : ""}`,
        `Call-ID: ${this.callId}`,
        `Session-ID: ${this.session};remote=${"0".repeat(32)}`,
        `CSeq: ${cseq} ${method}`,
        "Contact: <sip:agent1@caller.invalid;transport=ws>",
        "Record-Route: <sip:test.invalid;lr;transport=ws>",
        ...(this.replaces && method === "INVITE" ? [`Replaces: ${this.replaces.callId};to-tag=${this.replaces.toTag};from-tag=${this.replaces.tag}`, "Require: replaces"] : []),
        ...(this.requires === "" ? [] : [`Require: ${this.requires}`]),
        ...(body ? ["Content-Type: application/sdp"] : []),
        `Content-Length: ${Buffer.byteLength(body)}`,
        "",
        body,
      ].join("\r\n"),
    );
  }

  private receive(text: string): void {
    const status = /^SIP\/2\.0 (\d+)/.exec(text)?.[1];
    if (status === undefined) {
      this.requests.push(text);
      const head = text.split("\r\n").filter((line) => /^(Via|From|To|Call-ID|CSeq):/.test(line));
      this.pipe.deliver(["SIP/2.0 200 OK", ...head, "Content-Length: 0", "", ""].join("\r\n"));
      return;
    }
    const method = /^CSeq: \d+ (\w+)/m.exec(text)?.[1] ?? "";
    this.responses.push({ status: Number(status), method, text });
    if (method !== "INVITE" || Number(status) < 200) return;
    this.toTag = /^To: .*;tag=(\S+)\r$/m.exec(text)?.[1] ?? this.toTag;
    this.request("ACK", this.answerLate?.(text) ?? "");
    // An offer that a test wrote itself has no peer connection behind it.
    if (Number(status) < 300 && this.peer.signalingState === "have-local-offer") void this.peer.setRemoteDescription({ type: "answer", sdp: text.slice(text.indexOf("\r\n\r\n") + 4) });
  }

  statuses(method: string): number[] {
    return this.responses.filter((response) => response.method === method).map((response) => response.status);
  }

  talk(on: boolean): void {
    this.talking = on;
  }

  get hungUp(): boolean {
    return this.requests.some((request) => request.startsWith("BYE "));
  }

  /** Whether speech (above the room's noise) has been heard within the last so many ms. */
  hears(within = 200): boolean {
    return this.heard.some(({ at, level }) => level > -45 && performance.now() - at < within);
  }

  async close(): Promise<void> {
    clearInterval(this.clock);
    await this.peer.close();
  }
}

/** Waits for a condition, looked at every 10 ms. How long is no promise of the customers': a busy machine is given its time. */
export async function until<T>(look: () => T | undefined | false, what: string): Promise<T> {
  const end = performance.now() + 45_000;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`Waited in vain for: ${what}`);
    await pass(10);
  }
}

/** Lets so many milliseconds pass: speech and silence take their time. */
export const pass = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms); });
