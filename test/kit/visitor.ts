import type { Browser, BrowserContext, Page } from "playwright-core";
import { onTestFailed } from "vitest";
import { until } from "./until.ts";

/** A person at a computer of their own: a browser context with a voice and ears that the test can use. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Problems that the page itself reported. */
  readonly errors: readonly string[];
  /** Speaks into the microphone: a tone of the visitor's own pitch, for so many milliseconds. */
  say(ms: number): Promise<void>;
  /** Loudness (dB of full scale) of every voice that comes in, at these pitches and in the band of speech. */
  hear(pitches?: readonly number[]): Promise<readonly Heard[]>;
  close(): Promise<void>;
}

export interface Heard {
  /** dB at each asked pitch. */
  readonly tones: readonly number[];
  /** Root mean square of the sound, 0 to 1. */
  readonly loud: number;
  /** The most that was ever heard since the last look. */
  readonly most: number;
}

/**
 * Put into the page before its own code: the microphone is a tone that sounds only while the visitor speaks,
 * and every remote track is also listened to. Nothing of the product is replaced.
 */
function earsAndVoice(pitch: number): void {
  const w = window as unknown as Record<string, unknown>;
  let audio: AudioContext | undefined;
  let gain: GainNode | undefined;
  let out: MediaStreamAudioDestinationNode | undefined;
  const context = (): AudioContext => {
    if (audio) return audio;
    audio = new AudioContext();
    const oscillator = audio.createOscillator();
    oscillator.frequency.value = pitch;
    gain = audio.createGain();
    gain.gain.value = 0;
    out = audio.createMediaStreamDestination();
    oscillator.connect(gain).connect(out);
    oscillator.start();
    return audio;
  };
  navigator.mediaDevices.getUserMedia = async () => {
    context();
    return new MediaStream((out as MediaStreamAudioDestinationNode).stream.getAudioTracks().map((track) => track.clone()));
  };
  w["testSay"] = async (ms: number) => {
    context();
    (gain as GainNode).gain.value = 0.5;
    await new Promise((resolve) => setTimeout(resolve, ms));
    (gain as GainNode).gain.value = 0;
  };
  interface Ear { readonly analyser: AnalyserNode; readonly track: MediaStreamTrack; most: number }
  const ears: Ear[] = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener("track", ({ track }) => {
        const stream = new MediaStream([track]);
        // Chromium feeds a remote track into WebAudio only while an audio element has it too.
        const element = new Audio();
        element.muted = true;
        element.srcObject = stream;
        void element.play().catch(() => undefined);
        const analyser = context().createAnalyser();
        analyser.fftSize = 8192;
        context().createMediaStreamSource(stream).connect(analyser);
        ears.push({ analyser, track, most: 0 });
      });
    }
  };
  const loudness = (ear: Ear): number => {
    const wave = new Float32Array(2048);
    ear.analyser.getFloatTimeDomainData(wave);
    return Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length);
  };
  setInterval(() => { for (const ear of ears) ear.most = Math.max(ear.most, loudness(ear)); }, 20);
  w["testHear"] = (pitches: number[]) => ears.filter((ear) => ear.track.readyState === "live").map((ear) => {
    const spectrum = new Float32Array(ear.analyser.frequencyBinCount);
    ear.analyser.getFloatFrequencyData(spectrum);
    const width = context().sampleRate / ear.analyser.fftSize;
    const tones = pitches.map((one) => {
      const bin = Math.round(one / width);
      return Math.max(spectrum[bin - 1] ?? -200, spectrum[bin] ?? -200, spectrum[bin + 1] ?? -200);
    });
    const { most } = ear;
    ear.most = 0;
    return { tones, loud: loudness(ear), most };
  });
}

/** Opens a context of its own for one person, or sits down at one that is there. `pitch` in hertz is the person's voice. */
export async function visitor(at: Browser | BrowserContext, pitch = 450, options: { readonly locale?: string; readonly dark?: boolean } = {}): Promise<Visitor> {
  const context = !("newContext" in at) ? at : await at.newContext({
    viewport: { width: 1366, height: 640 }, locale: options.locale ?? "ru-RU", colorScheme: options.dark ? "dark" : "light",
  });
  await context.addInitScript(earsAndVoice, pitch);
  const page = await context.newPage();
  // A failed journey leaves a picture of what each person saw.
  onTestFailed(async ({ task }) => {
    const name = `${task.name.slice(0, 50)} ${pitch}`.replace(/[^\w]+/g, "-");
    await page.screenshot({ path: `test-results/${name}.png` }).catch(() => undefined);
  });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource|WebSocket connection/.test(message.text())) errors.push(message.text());
  });
  return {
    context, page, errors,
    say: (ms) => page.evaluate((long) => (window as unknown as { testSay: (ms: number) => Promise<void> }).testSay(long), ms),
    hear: (pitches = []) => page.evaluate((asked) => (window as unknown as { testHear: (pitches: number[]) => Heard[] }).testHear(asked), [...pitches]),
    close: () => context.close(),
  };
}

/** Waits until somebody on the other end has spoken and then been silent for `ms`. */
export async function theirTurnOver(who: Visitor, ms = 700, timeoutMs = 30_000): Promise<void> {
  let spoke = false;
  let quietSince = 0;
  await until("the other side to speak and fall silent", async () => {
    const loudest = Math.max(0, ...(await who.hear()).map(({ most }) => most));
    if (loudest > 0.01) {
      spoke = true;
      quietSince = 0;
      return false;
    }
    quietSince ||= Date.now();
    return spoke && Date.now() - quietSince > ms;
  }, timeoutMs);
}
