/**
 * A page with a JsSIP telephone for practice.browser.test.ts: its microphone can talk (a tone that swells five times a
 * second, as syllables do), its ear writes down how loud each 21 ms were. Nothing of Sufler's own client is in it.
 */
import * as JsSIP from "jssip";

interface Session {
  readonly connection: RTCPeerConnection;
  hold(options: object, done: () => void): boolean;
  unhold(options: object, done: () => void): boolean;
  renegotiate(options: object, done: () => void): boolean;
  sendDTMF(tones: string, options?: object): void;
  isEstablished(): boolean;
  terminate(): void;
}

export interface PracticePhone {
  register(user: string, password: string, domain: string, url: string): Promise<void>;
  /** Resolves with "confirmed", or with the cause of the failure. */
  call(target: string): Promise<string>;
  talk(on: boolean): void;
  /** dBFS of each 1024 samples (at 48 kHz) heard so far. */
  readonly levels: number[];
  /** Who ended the call: "local" or "remote". */
  endedBy: string | undefined;
  change(how: "hold" | "resume" | "restartIce" | "update"): Promise<void>;
  tones(): void;
  established(): boolean;
  hangUp(): void;
}

declare global {
  interface Window { practicePhone: PracticePhone }
}

const sound = new AudioContext({ sampleRate: 48_000 });
const microphone = sound.createMediaStreamDestination();
const gate = sound.createGain();
gate.gain.value = 0;
gate.connect(microphone);
{
  const [tone, swell, depth, mouth] = [sound.createOscillator(), sound.createOscillator(), sound.createGain(), sound.createGain()];
  tone.frequency.value = 450;
  swell.frequency.value = 5;
  depth.gain.value = 0.14;
  mouth.gain.value = 0.16;
  swell.connect(depth).connect(mouth.gain);
  tone.connect(mouth).connect(gate);
  tone.start();
  swell.start();
}

const levels: number[] = [];

function listen(stream: MediaStream): void {
  const element = new Audio();
  element.muted = true; // Chromium hands a remote track to WebAudio only while an element plays it
  element.srcObject = stream;
  void element.play();
  const meter = sound.createScriptProcessor(1024, 1, 1);
  meter.onaudioprocess = ({ inputBuffer }) => {
    let sum = 0;
    for (const sample of inputBuffer.getChannelData(0)) sum += sample * sample;
    levels.push(10 * Math.log10(sum / 1024 + 1e-10));
  };
  sound.createMediaStreamSource(stream).connect(meter).connect(sound.destination);
}

let agent: JsSIP.UA;
let session: Session;

window.practicePhone = {
  levels,
  endedBy: undefined,
  register: (user, password, domain, url) =>
    new Promise((done, failed) => {
      agent = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(url)], uri: `sip:${user}@${domain}`, password });
      agent.on("registered", () => done());
      agent.on("registrationFailed", () => failed(new Error("not registered")));
      agent.start();
    }),
  call: (target) =>
    new Promise((done) => {
      const eventHandlers = {
        confirmed: () => {
          listen(new MediaStream(session.connection.getReceivers().map((receiver) => receiver.track)));
          done("confirmed");
        },
        failed: ({ cause }: { cause: string }) => done(cause),
        ended: ({ originator }: { originator: string }) => {
          window.practicePhone.endedBy = originator;
        },
      };
      session = agent.call(target, { mediaStream: microphone.stream, pcConfig: { iceServers: [] }, eventHandlers } as object) as unknown as Session;
    }),
  talk: (on) => void gate.gain.setValueAtTime(on ? 1 : 0, sound.currentTime),
  change: (how) =>
    new Promise((done, failed) => {
      const asked = how === "hold" ? session.hold({}, done)
        : how === "resume" ? session.unhold({}, done)
        : session.renegotiate(how === "update" ? { useUpdate: true } : { rtcOfferConstraints: { iceRestart: true } }, done);
      if (!asked) failed(new Error(`JsSIP would not ${how}`));
    }),
  tones() {
    session.sendDTMF("12");
    session.sendDTMF("3", { transportType: "RFC2833" });
  },
  established: () => session.isEstablished(),
  hangUp: () => session.terminate(),
};
