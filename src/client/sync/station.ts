import type { Person } from "#domain/base/campaign.ts";
import { keepAside } from "#client/facts/aside.ts";
import { openJournal, type Journal, type Place } from "#client/facts/journal.ts";
import { createMemoryJournal } from "#client/facts/memoryJournal.ts";
import { openRecorder, type Recorder } from "#client/facts/recorder.ts";
import type { KeyResponse, MarkResponse, PullResponse, PushRequest, PushResponse } from "#wire/sync.ts";
import { holdOpen, sendingAlone } from "./alone.ts";
import { askToSend } from "./askToSend.ts";
import { deviceNow } from "./deviceClock.ts";
import { renewDeviceKey } from "./deviceKey.ts";
import { createEvenClock, evenClockKept, type EvenClock } from "./evenClock.ts";
import { openDownlink, type Downlink } from "./downlink.ts";
import { request } from "./http.ts";
import { openLive, type Live } from "./live.ts";
import { lookForNewShell } from "./newShell.ts";
import { LEFT } from "./sendLeft.ts";
import { createUplink, type Uplink } from "./uplink.ts";

/** What every signed-in person has on this device: a journal, and the ways up and down. */
export interface Station {
  readonly person: Person;
  readonly journal: Journal;
  readonly recorder: Recorder;
  readonly uplink: Uplink;
  /** The way to the server past a disk that takes nothing: what is unsent here lies in this page's memory alone. */
  readonly straight: Uplink;
  readonly downlink: Downlink;
  readonly live: Live;
  /** Server's clock minus this device's, milliseconds (rule Y3). */
  readonly offset: () => number;
  /** This device's clock, which goes evenly while a call is up. */
  readonly evenClock: EvenClock;
  /**
   * Sends what is left before the person signs out; what the server has safely got is wiped from this browser by the next `stop`.
   * @param unfinished something waits here for the person's return, so nothing is wiped
   */
  leave(unfinished?: boolean): Promise<void>;
  /** Forgets what the disk would not take of where the person was: the work goes on elsewhere. */
  readonly moveOn: () => void;
  stop(): Promise<void>;
}

const pullPath = ({ cursor, epoch }: Place): string =>
  `/api/sync/pull?since=${cursor}${epoch === undefined ? "" : `&epoch=${encodeURIComponent(epoch)}`}`;

/** How long signing out waits for the last facts to go up, milliseconds; what is left stays on the device. */
const LEAVE_PATIENCE = 5_000;

/** How long a new device waits for the first word of the server's clock, milliseconds. */
const FIRST_WORD_PATIENCE = 3_000;

/** How long what is safe on the server stays here all the same, milliseconds: a restored back-up may need it again. */
const KEPT_HERE = 10 * 86_400_000;
/** The same of training (rule T6) and of texts. */
const LASTING_HERE = 62 * 86_400_000;
const TIDY_EVERY = 12 * 3_600_000;

/** A clock that differs less than this is called right: the difference is mostly the network's. */
const RIGHT_ENOUGH = 2_000;

/** A clock that was wrong by so much may have taken the facts of other days for today's, milliseconds. */
const OTHER_DAY = 3_600_000;

/** No request is waited for as long as this, milliseconds. */
const LONGEST_ANSWER = 60_000;

/**
 * Opens the person's database and starts to sync it both ways. Rejects when the browser gives no storage.
 * @param aside names of memories that outlive a reload of the page even while the disk takes nothing
 */
export async function openStation(person: Person, aside: readonly string[] = []): Promise<Station> {
  const closed = await holdOpen(person.id);
  const disk = await openJournal(person.id).catch((error: unknown) => {
    closed();
    throw error;
  });
  const kept = await keepAside(person.id, disk, aside, sessionStorage, deviceNow);
  const { journal } = kept;
  if (await journal.recall(LEFT)) await journal.write({ remember: { [LEFT]: undefined } }).catch(() => undefined);
  let seen = await journal.recall<number>("offset");
  const offset = (): number => seen ?? 0;
  /** How often the company's clock was heard. */
  let heard = 0;
  const heardClock = (now: number, sentAt: number, receivedAt: number): void => {
    // This device's own clock was moved while the answer was on its way.
    if (receivedAt < sentAt || receivedAt - sentAt > LONGEST_ANSWER) return;
    heard += 1;
    const difference = Math.round(now - (sentAt + receivedAt) / 2);
    const next = Math.abs(difference) < RIGHT_ENOUGH ? 0 : difference;
    if (seen !== undefined && Math.abs(next - seen) < RIGHT_ENOUGH && (next === 0) === (seen === 0)) return;
    const moved = Math.abs(next - offset());
    seen = next;
    void journal.write({ remember: { offset: next } }).catch(() => undefined);
    // The facts of another day were read from the disk.
    if (moved > OTHER_DAY) void recorder.reload().catch(() => undefined);
  };
  const memory = createMemoryJournal();
  const recorder = await openRecorder(person.id, journal, { now: deviceNow, offset }, memory);
  const post = (body: PushRequest) => request<PushResponse>("POST", "/api/sync/push", { ...body, by: person.id }, 30_000);
  const straight = createUplink(memory, post, heardClock);
  const uplink = createUplink(journal, post, heardClock, (work) => sendingAlone(person.id, work));
  const downlink = await openDownlink(
    journal, (place) => request<PullResponse>("GET", pullPath(place)), recorder.learn, heardClock,
  );
  const evenClock = createEvenClock({
    offset, rightEnough: RIGHT_ENOUGH, kept: evenClockKept(person.id),
    moved(by) {
      const next = offset() - by;
      seen = Math.abs(next) < RIGHT_ENOUGH ? 0 : next;
      void journal.write({ remember: { offset: seen } }).catch(() => undefined);
    },
    async ask() {
      const before = heard;
      await downlink.pull().catch(() => undefined);
      return heard > before;
    },
  });
  // A wrong clock that has never been compared would put the first facts into another day (rule Y3).
  if (seen === undefined) await Promise.race([downlink.pull(), new Promise((resolve) => setTimeout(resolve, FIRST_WORD_PATIENCE))]);
  // Nothing is waited for from here on: what the socket says first, who is there, must find its listeners.
  const live = openLive(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`, journal.device);

  let leaving = false;
  // The browser asks whether the page may really be closed while something lies in its memory alone.
  function holdBack(event: BeforeUnloadEvent): void {
    if (straight.state.getState().unsent > 0) event.preventDefault();
  }
  const askMark = async (asked: ReturnType<Journal["acknowledged"]>): Promise<void> => {
    const { acked, epoch } = await asked.catch(() => ({ acked: 0, epoch: undefined }));
    const answer = await request<MarkResponse>("GET", `/api/sync/mark?device=${journal.device}&acked=${acked}${epoch === undefined ? "" : `&epoch=${encodeURIComponent(epoch)}`}`);
    if (answer.ok) await uplink.heardMark(answer.body.mark);
    uplink.wake();
    straight.wake();
  };
  recorder.onWritten(uplink.wake);
  recorder.onWritten(straight.wake);
  addEventListener("beforeunload", holdBack);
  const stopListening = live.onMessage((message) => {
    if (message.t !== "fresh" && message.t !== "welcome") return;
    // Before anything new comes down: the acknowledged number is of the life that was known with it.
    const asked = message.t === "welcome" ? journal.acknowledged() : undefined;
    void downlink.pull();
    if (!asked) return;
    void askMark(asked);
    lookForNewShell();
    // A colleague who sat here before may have left something.
    askToSend();
    if (person.role !== "agent") return;
    renewDeviceKey(journal, deviceNow() + offset(), (body) => request<KeyResponse>("POST", "/api/sync/key", body))
      .catch(() => undefined); // without a key what is left waits for its person
  });
  // Should the page be gone before the network is back, the browser wakes the service worker.
  const stopWatching = uplink.state.subscribe(({ reachable }, before) => { if (!reachable && before.reachable) askToSend(); });
  addEventListener("pagehide", askToSend);
  const back = (): void => { live.wake(); uplink.wake(); straight.wake(); void downlink.pull(); };
  // Somebody who looks at the page again should not wait for the next try.
  for (const event of ["online", "focus"]) addEventListener(event, back);
  uplink.wake();
  // By the company's clock as it was heard just now: a computer that wakes up in another year must not take today for long ago.
  const tidy = async (): Promise<void> => {
    const before = heard;
    await downlink.pull();
    const now = deviceNow() + offset();
    if (heard > before) await journal.tidy(now - KEPT_HERE, now - LASTING_HERE);
  };
  // A full disk lets nothing go either; another time will do.
  const tidyUp = (): void => void tidy().catch(() => undefined);
  tidyUp();
  const tidying = setInterval(tidyUp, TIDY_EVERY);

  return {
    person, journal, recorder, uplink, straight, downlink, live, offset, evenClock, moveOn: kept.clear,
    async leave(unfinished = false) {
      await Promise.race([Promise.all([uplink.flush(), straight.flush()]), new Promise((resolve) => setTimeout(resolve, LEAVE_PATIENCE))]);
      leaving = !unfinished;
    },
    async stop() {
      for (const event of ["online", "focus"]) removeEventListener(event, back);
      removeEventListener("pagehide", askToSend);
      stopListening();
      stopWatching();
      clearInterval(tidying);
      evenClock.keep(false);
      live.stop();
      uplink.stop();
      straight.stop();
      removeEventListener("beforeunload", holdBack);
      kept.stop();
      if (leaving) kept.clear();
      const safe = leaving && (await journal.countUnsent()) === 0 && (await journal.countRefused()) === 0;
      if (safe) await journal.wipe();
      else {
        // The service worker does both as soon as it can: send what is left, then wipe.
        if (leaving) await journal.write({ remember: { [LEFT]: true } });
        journal.close();
      }
      closed();
    },
  };
}
