import { packetMs, packetSamples } from "./g711.ts";
import type { Line } from "./line.ts";
import { openMedia, readOffer, type Media } from "./media.ts";

/** So much later one hears oneself, packets: long enough that nobody takes it for the headset's own side tone. */
const LATER = 600 / packetMs;
/** The number behind which everybody hears themselves: whether one is heard, and how, before the first client is called. */
export class EchoCall {
  readonly #line: Line;
  readonly #over: () => void;
  readonly #trouble: (what: string, error: unknown) => void;
  readonly #atMost: number;
  #media: Media | undefined;
  #said: Int16Array[] = [];
  #forgotten: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param atMost it hangs up after so many milliseconds: a forgotten one must not go on for ever */
  constructor({ line, over, trouble, atMost }: { readonly line: Line; readonly over: () => void; readonly trouble: (what: string, error: unknown) => void; readonly atMost: number }) {
    this.#atMost = atMost;
    this.#line = line;
    this.#over = over;
    this.#trouble = trouble;
  }

  invited(sdp: string | undefined): void {
    const offered = sdp === undefined ? undefined : readOffer(sdp);
    if (sdp === undefined || offered?.law === undefined) {
      this.#line.reject(488, ['Warning: 304 practice "G.711 over DTLS-SRTP only"']);
      return this.#close();
    }
    const media = openMedia(offered.law, {
      heard: (samples) => this.#heard(samples),
      connected: () => undefined,
      lost: () => this.stop(),
    });
    this.#media = media;
    this.#forgotten = setTimeout(() => this.stop(), this.#atMost);
    media.answer(sdp).then((answer) => { if (!this.#closed) this.#line.accept(answer); }, (error: unknown) => {
      this.#trouble("An offer could not be answered", error);
      this.#line.reject(488);
      this.#close();
    });
  }

  async reoffered(sdp: string): Promise<string> {
    if (!this.#media) throw new Error("There is no sound yet.");
    return this.#media.answer(sdp);
  }

  reanswered(sdp: string): void {
    this.#media?.hold(readOffer(sdp).held);
  }

  ended(): void {
    this.#close();
  }

  stop(): void {
    if (this.#closed) return;
    this.#line.hangUp();
    this.#close();
  }

  /** Every packet that comes sends one: the caller's own clock is the only one. */
  #heard(samples: Int16Array): void {
    this.#said.push(samples);
    const back = this.#said.length > LATER ? this.#said.shift() : undefined;
    this.#media?.send(back ?? new Int16Array(packetSamples));
  }

  tick(): void {
    // Nothing is due by our clock.
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#forgotten);
    this.#media?.close();
    this.#over();
  }
}
