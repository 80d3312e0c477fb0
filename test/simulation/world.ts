import type { Campaign, Company, Person } from "#domain/base/campaign.ts";
import type { Fact } from "#domain/fact.ts";
import { createColleagues, pull, type Since } from "#server/sync/pull.ts";
import { takeBatch } from "#server/sync/push.ts";
import { ledBy } from "#server/sync/ledPeople.ts";
import { sees } from "#server/sync/sight.ts";
import type { Database } from "#server/store/database.ts";
import { createSetBack, markOf, type DeviceSays } from "#server/sync/setBack.ts";
import { storeBatch } from "#server/sync/syncStore.ts";
import { pushSchema } from "#wire/schema.ts";
import type { Answer } from "#client/sync/http.ts";
import type { MarkResponse, PullResponse, PushRequest, PushResponse } from "#wire/sync.ts";
import type { Dice } from "./dice.ts";

/** The server of a simulated company: the real ways to push and pull, over whatever database it is given. */
export interface World {
  readonly dice: Dice;
  readonly db: Database;
  readonly company: Company;
  readonly campaigns: readonly Campaign[];
  /** Requests that the server is working on: virtual time stands still meanwhile. */
  busy: number;
  /** The server's process is there. */
  up: boolean;
  /** How often something happens to a message on its way, 0 to 1. */
  weather: number;
  /** How often the database had gone, a batch was doubled, lost; so that a seed can be seen to have tried something. */
  readonly accidents: Map<string, number>;
  readonly listeners: Set<Listener>;
  /** What the simulated server itself could not do: the day is over then. */
  broken: unknown;
  /** As the page's requests: lost, late, doubled, or refused, as the dice fall. */
  push(from: Sender, body: PushRequest): Promise<Answer<PushResponse>>;
  pull(from: Sender, place: Since): Promise<Answer<PullResponse>>;
  mark(from: Sender, says: DeviceSays): Promise<Answer<MarkResponse>>;
}

export interface Sender { readonly person: Person; readonly online: () => boolean }

/** Whoever has a live socket. */
export interface Listener {
  readonly person: Person;
  readonly device: string;
  readonly poke: () => void;
}

const unreachable = { ok: false, status: 0, why: "unreachable" } as const;

export function openWorld(dice: Dice, db: Database, company: Company, campaigns: readonly Campaign[], weather: number): World {
  const ids: ReadonlySet<string> = new Set(campaigns.map(({ id }) => id));
  const happened = (what: string): void => void world.accidents.set(what, (world.accidents.get(what) ?? 0) + 1);
  const wait = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

  /** The server's own work: virtual time stands still until it is done. */
  const work = async <T>(doing: () => Promise<T>): Promise<T> => {
    world.busy += 1;
    try {
      return await doing();
    } catch (error) {
      world.broken ??= error;
      throw error;
    } finally {
      world.busy -= 1;
    }
  };

  /** The way there and back. */
  const travel = async <T>(from: Sender, asked: () => Promise<Answer<T>>): Promise<Answer<T>> => {
    if (dice.happens(world.weather)) await wait(dice.between(20, 4000));
    if (!from.online() || !world.up || dice.happens(world.weather / 2)) return unreachable;
    const answer = await work(asked);
    if (dice.happens(world.weather)) await wait(dice.between(20, 9000));
    if (!from.online() || dice.happens(world.weather / 2)) {
      happened("answer lost");
      return unreachable;
    }
    return answer;
  };

  const take = async (person: Person, body: PushRequest): Promise<Answer<PushResponse>> => {
    if (body.by !== undefined && body.by !== person.id) return { ok: false, status: 401, why: "somebodyElse" };
    const batch = pushSchema.parse(body);
    const fails = dice.happens(world.weather / 10);
    try {
      return {
        ok: true,
        body: await takeBatch({
          store: (one) => storeBatch(db, one), now: Date.now, campaigns: async () => ids, led: (sender) => ledBy(db, sender), turns: { short: () => undefined, portion: () => 40, whole: (doing) => doing(), inTurn: (_, doing) => doing() },
          late: async () => { if (fails) throw new Error("the database has gone"); return () => []; },
          notice: () => ({ channel: "simulated", text: "" }),
          stored: ({ device, facts }) => {
            for (const one of world.listeners) {
              const concerned = sees(one.person, person) || facts.some((fact) => "agent" in fact && fact.agent === one.person.id);
              if (one.device !== device && concerned && !dice.happens(world.weather / 4)) one.poke();
            }
          },
        }, person, batch),
      };
    } catch (error) {
      if (!fails) throw error;
      happened("database gone");
      return { ok: false, status: 500, why: "trouble" };
    }
  };

  const setBack = createSetBack(db, { post: async () => undefined, tell: () => { for (const one of world.listeners) one.poke(); } }, Date.now, happened, 0);

  const world: World = {
    dice, db, company, campaigns, weather, busy: 0, up: true, accidents: new Map(), listeners: new Set(), broken: undefined,
    push(from, body) {
      // A batch may come a second time, and much later than its successors (a proxy that tries again).
      if (dice.happens(world.weather / 3)) {
        happened("came again late");
        setTimeout(() => { if (world.up) void work(() => take(from.person, body)); }, dice.between(100, 600_000));
      }
      return travel(from, () => take(from.person, body));
    },
    pull: (from, place) => travel(from, async () => ({ ok: true, body: await pull(db, createColleagues(db), from.person, place, Date.now(), setBack) })),
    mark: (from, says) => travel(from, async () => ({ ok: true, body: { mark: (await markOf(db, from.person.id, says, setBack)) ?? 0, now: Date.now() } })),
  };
  return world;
}

/** Every fact that a new device of this person would be told. */
export async function toldAnew(db: Database, person: Person): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  let place: Since = { since: 0 };
  for (;;) {
    const page = await pull(db, createColleagues(db), person, place, Date.now());
    facts.push(...page.facts);
    if (!page.more) return facts;
    place = { since: page.cursor, epoch: page.epoch };
  }
}
