import { newCustomer, stepCustomer, type Customer, type CustomerSignal } from "#domain/practice/customer.ts";
import { pickupOf } from "#domain/practice/character.ts";
import { difficultyOf } from "#domain/practice/difficulty.ts";
import { deafSoFar, hearLevel, silence, type Hearing } from "#domain/practice/hearing.ts";
import { personGender, type Persona } from "#domain/practice/numbers.ts";
import type { Situation } from "#domain/practice/situations.ts";
import { levelOf, packetMs, type G711 } from "./g711.ts";
import type { Line, Replaced } from "./line.ts";
import { openMedia, readOffer, type Media } from "./media.ts";
import { Mouth } from "./mouth.ts";
import { colour, timbreOf, type Timbre } from "./timbre.ts";
import type { Voices } from "./voices.ts";

/** Without sound in both directions for this long after the answer, the call is given up. */
const connectWithin = 15_000;
/** How long a caller whose sound is gone for good may take to come back, as a page does that is opened again (RFC 3891). */
const backWithin = 20_000;
/** Nobody at home rings for this long, then 480. */
const ringsOutAfter = 90_000;
/** No packet for this long is silence: a muted or dead microphone. */
const packetMissing = 60;

export type PracticeCallOptions = {
  readonly persona: Persona;
  readonly voices: Voices;
  readonly line: Line;
  readonly dice: number;
  /** Milliseconds of a clock that does not go back. */
  readonly now: () => number;
  /** Something that should not happen did; the call goes on or ends orderly. */
  readonly trouble: (what: string, error: unknown) => void;
  /** `ms` since the answer. */
  readonly said: (situation: Situation, text: string, ms: number) => void;
  /** The call is over and everything in it is closed. */
  readonly over: () => void;
};

/** One call to a practice customer: joins the signalling, the sound and the pure machine that behaves. */
export class PracticeCall {
  readonly #options: PracticeCallOptions;
  readonly #timbre: Timbre;
  readonly #mouth: Mouth;
  #line: Line;
  #media: Media | undefined;
  /** What the answer needs, made while it rings. */
  #ready: { readonly media: Media; readonly made: Promise<void> } | undefined;
  #customer: Customer;
  #hearing: Hearing = deafSoFar;
  #heardAt = -Infinity;
  #wake: NodeJS.Timeout | undefined;
  #patience: NodeJS.Timeout | undefined;
  #held = false;
  #over = false;
  /** When the call was answered. */
  #accepted = 0;
  /** Packets sent since the sound began. */
  #sent = 0;
  #began: number | undefined;

  constructor(options: PracticeCallOptions) {
    this.#options = options;
    this.#line = options.line;
    this.#timbre = timbreOf(options.persona);
    this.#mouth = new Mouth(this.#timbre.room);
    this.#customer = newCustomer(options.persona.character, options.dice, difficultyOf(options.persona.person));
  }

  /** INVITE has come. */
  invited(sdp: string | undefined): void {
    const offered = sdp === undefined ? undefined : readOffer(sdp);
    if (sdp === undefined || offered?.law === undefined) return this.#reject(488, ['Warning: 304 practice "G.711 over DTLS-SRTP only"']);
    const pickup = pickupOf(this.#options.persona.character);
    if (pickup.kind === "busy") return this.#reject(486);
    this.#line.ring();
    if (pickup.kind === "ringsOut") {
      this.#patience = setTimeout(() => this.#reject(480), ringsOutAfter);
      return;
    }
    const [least, most] = pickup.ringMs;
    const media = this.#openMedia(offered.law);
    const made = media.prepare(sdp);
    // Told when the answer is due.
    made.catch(() => undefined);
    this.#ready = { media, made };
    this.#patience = setTimeout(() => void this.#pickUp(sdp, media, made), least + this.#timbre.ring * (most - least));
  }

  /** A later offer: hold, resume, another address. */
  async reoffered(sdp: string): Promise<string> {
    if (!this.#media) throw new Error("There is no sound yet.");
    const { law, held } = readOffer(sdp);
    if (law === undefined) throw new Error("The offer has no G.711.");
    const answer = await this.#media.answer(sdp);
    this.#hold(held);
    return answer;
  }

  /** The caller has answered our own description anew. */
  reanswered(sdp: string): void {
    const { held } = readOffer(sdp);
    this.#media?.hold(held);
    this.#hold(held);
  }

  #hold(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    this.#tell({ type: held ? "held" : "resumed", at: this.#options.now() });
  }

  isCalled(other: Replaced): boolean {
    return !this.#over && this.#line.is(other);
  }

  /** The caller calls from another page, in the place of the answered call (RFC 3891): the same customer goes on, over new sound. */
  replaced(line: Line, sdp: string | undefined): void {
    const law = sdp === undefined ? undefined : readOffer(sdp).law;
    if (sdp === undefined || law === undefined) return line.reject(488);
    const media = this.#openMedia(law);
    media.answer(sdp).then((answer) => {
      if (this.#over) {
        media.close();
        return line.reject(481);
      }
      line.accept(answer);
      const [old, before] = [this.#line, this.#media];
      this.#line = line;
      this.#media = media;
      this.#waitForSound(connectWithin);
      old.hangUp();
      before?.close();
      this.#hold(readOffer(sdp).held);
    }).catch((error: unknown) => {
      this.#options.trouble("A call could not be given to another page", error);
      media.close();
      line.reject(488);
    });
  }

  /** The caller has ended the call; of a line that was replaced it means nothing any more. */
  ended(line: Line): void {
    if (line === this.#line) this.#close();
  }

  /** Ends the call from our side, with whatever answer or request it takes. */
  stop(): void {
    if (this.#over) return;
    if (this.#media) this.#line.hangUp();
    else this.#line.reject(480);
    this.#close();
  }

  /** Sends what is due by the clock; to be called every 20 ms or so. */
  tick(): void {
    if (this.#began === undefined || this.#over) return;
    const now = this.#options.now();
    const due = Math.floor((now - this.#began) / packetMs);
    // After a stall of the process the lost time is not sent in a burst.
    if (due - this.#sent > 10) this.#sent = due - 1;
    for (; this.#sent < due && !this.#over; this.#sent++) {
      const { samples, ended } = this.#mouth.next();
      this.#media?.send(samples);
      if (ended) this.#tell({ type: "lineEnded", at: now });
    }
    if (now - this.#heardAt > packetMissing) this.#hear(silence, now);
  }

  async #pickUp(offer: string, media: Media, made: Promise<void>): Promise<void> {
    this.#ready = undefined;
    this.#media = media;
    try {
      await made;
      const answer = await media.answer(offer);
      if (this.#over) return;
      this.#waitForSound(connectWithin);
      this.#accepted = this.#options.now();
      this.#line.accept(answer);
    } catch (error) {
      this.#options.trouble("An offer could not be answered", error);
      this.#media = undefined;
      media.close();
      this.#reject(488);
    }
  }

  #openMedia(law: G711): Media {
    const media = openMedia(law, {
      heard: (samples) => {
        if (this.#media !== media) return;
        this.#heardAt = this.#options.now();
        this.#hear(levelOf(samples), this.#heardAt);
      },
      connected: () => { if (this.#media === media) this.#connected(); },
      lost: () => { if (this.#media === media) this.#waitForSound(backWithin); },
    });
    return media;
  }

  #waitForSound(ms: number): void {
    clearTimeout(this.#patience);
    if (!this.#over) this.#patience = setTimeout(() => this.stop(), ms);
  }

  #connected(): void {
    if (this.#over) return;
    clearTimeout(this.#patience);
    // The customer has picked up long ago, and speaks on.
    if (this.#began !== undefined) return;
    const now = this.#options.now();
    this.#began = now;
    this.#heardAt = now;
    this.#tell({ type: "answered", at: now });
  }

  #hear(level: number, at: number): void {
    const { state, heard } = hearLevel(this.#hearing, level, at);
    this.#hearing = state;
    if (heard && !this.#held) this.#tell(heard);
  }

  #tell(signal: CustomerSignal): void {
    if (this.#over) return;
    const { state, orders } = stepCustomer(this.#customer, signal);
    this.#customer = state;
    for (const order of orders) {
      switch (order.type) {
        case "say":
          this.#say(order.situation, order.take);
          break;
        case "stopSaying":
          this.#mouth.stop();
          break;
        case "wake":
          this.#wakeAt(order.at);
          break;
        case "hangUp":
          this.#line.hangUp();
          this.#close();
          break;
      }
    }
  }

  #say(situation: Situation, take: number): void {
    const { persona, voices, said } = this.#options;
    const takes = voices.takes(persona.language, personGender(persona.person), situation);
    const chosen = takes[take % takes.length];
    if (!chosen) throw new Error(`Nothing is recorded for ${situation}.`);
    this.#mouth.say(colour(chosen.sound(), this.#timbre));
    said(situation, chosen.text, this.#options.now() - this.#accepted);
  }

  #wakeAt(at: number | undefined): void {
    clearTimeout(this.#wake);
    if (at === undefined || this.#over) return;
    this.#wake = setTimeout(() => {
      const now = this.#options.now();
      // Timers may fire a fraction of a millisecond early.
      if (now < at) this.#wakeAt(at);
      else this.#tell({ type: "woke", at: now });
    }, Math.max(0, at - this.#options.now()));
  }

  #reject(status: number, headers: readonly string[] = []): void {
    if (this.#over) return;
    this.#line.reject(status, headers);
    this.#close();
  }

  #close(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#wake);
    clearTimeout(this.#patience);
    this.#ready?.media.close();
    this.#media?.close();
    this.#options.over();
  }
}
