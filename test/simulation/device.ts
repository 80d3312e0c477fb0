import type { Person } from "#domain/base/campaign.ts";
import type { Journal } from "#client/facts/journal.ts";
import { openRecorder, type Recorder } from "#client/facts/recorder.ts";
import { openDownlink, type Downlink } from "#client/sync/downlink.ts";
import { sendAll } from "#client/sync/sendAll.ts";
import { createUplink, type Uplink } from "#client/sync/uplink.ts";
import { memoryDisk, type MemoryDisk } from "#test/kit/memoryJournal.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import type { PushRequest } from "#wire/sync.ts";
import type { Listener, World } from "./world.ts";

/** A browser of one person: its disk outlives the tab that is open in it. */
export interface Device {
  readonly person: Person;
  readonly name: string;
  readonly disk: MemoryDisk;
  /** Device's clock minus the company's, milliseconds. */
  skew: number;
  /** The network of this device is there. */
  online: boolean;
  /** The tab; undefined while none is open. */
  tab: Tab | undefined;
  open(): Promise<Tab>;
  /** As SIGKILL: what is not on the disk is gone. */
  crash(): void;
  /** Its person has gone, and a colleague's page at the same computer sends what was left, as `sendLeft.ts` does in the browser (rule Y9). */
  sendLeft(): Promise<void>;
  /** The live socket comes back, as it does after every interruption. */
  welcome(): void;
}

export interface Tab {
  readonly recorder: Recorder;
  readonly uplink: Uplink;
  readonly downlink: Downlink;
  /** By the device's clock. */
  readonly now: () => number;
}

const RIGHT_ENOUGH = 2_000;

/** A disk with the real recorder, uplink and downlink on it, joined as `station.ts` joins them in the browser. */
export function newDevice(world: World, person: Person, name: string, skew: number): Device {
  const { dice } = world;
  // Some disks are slow, and some are now and then too full for what comes down.
  const slow = dice.happens(0.3) ? () => new Promise<void>((resolve) => { setTimeout(resolve, dice.between(0, 30)); }) : undefined;
  const disk = memoryDisk(name, slow, dice.happens(0.2) ? () => dice.happens(0.1) : undefined);
  const from = { person, online: () => self.online };
  let end: (() => void) | undefined;
  const self: Device = {
    person, name, disk, skew, online: true, tab: undefined,
    async open() {
      const journal = disk.open();
      const asJournal = journal as unknown as Journal;
      const now = (): number => Date.now() + self.skew;
      let seen = await journal.recall<number>("offset");
      const heardClock = (said: number, sentAt: number, receivedAt: number): void => {
        const difference = Math.round(said - (sentAt + receivedAt) / 2 - self.skew);
        const next = Math.abs(difference) < RIGHT_ENOUGH ? 0 : difference;
        if (seen !== undefined && Math.abs(next - seen) < RIGHT_ENOUGH && (next === 0) === (seen === 0)) return;
        seen = next;
        void journal.write({ remember: { offset: next } });
      };
      let dead = false;
      const alive = await openRecorder(person.id, asJournal, { now, offset: () => seen ?? 0 });
      // A page that has died hears no more of its disk; its timers died with it, and so did its patience with the write under way.
      const recorder: Recorder = {
        ...alive,
        record: (...what) => new Promise((resolve, reject) => {
          alive.record(...what).then(resolve, (error: unknown) => { if (!dead) reject(error as Error); });
        }),
      };
      const uplink = createUplink(asJournal, (body) => world.push(from, { ...body, by: person.id }), heardClock);
      const downlink = await openDownlink(asJournal, ({ cursor, epoch }) => world.pull(from, { since: cursor, epoch }), recorder.learn, heardClock);
      recorder.onWritten(uplink.wake);
      const listener: Listener = { person, device: name, poke: () => { if (self.online) void downlink.pull(); } };
      world.listeners.add(listener);
      const tab = { recorder, uplink, downlink, now };
      self.tab = tab;
      end = () => {
        dead = true;
        world.listeners.delete(listener);
        journal.gone();
        uplink.stop();
      };
      self.welcome();
      return tab;
    },
    crash() {
      end?.();
      self.tab = undefined;
    },
    async sendLeft() {
      const journal = disk.open();
      const post = (body: PushRequest): ReturnType<World["push"]> => world.push(from, { ...body, by: person.id });
      const mark = await post({ protocol: PROTOCOL, device: name, entries: [] });
      if (!mark.ok) return;
      await journal.acknowledge(mark.body.acked, []);
      await sendAll({ journal, post, size: 50, stopped: () => self.tab !== undefined });
    },
    welcome() {
      const { tab } = self;
      if (!tab || !self.online || !world.up) return;
      const asked = disk.open().acknowledged();
      void tab.downlink.pull();
      void asked.then((says) => world.mark(from, { device: name, ...says })).then(async (answer) => {
        if (self.tab !== tab) return;
        if (answer.ok) await tab.uplink.heardMark(answer.body.mark);
        tab.uplink.wake();
      });
    },
  };
  return self;
}
