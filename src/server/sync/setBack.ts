import type { News } from "#server/live/news.ts";
import type { Database } from "#server/store/database.ts";
import { headOf } from "./pullStore.ts";
import { beginEpoch, deviceOf } from "./syncStore.ts";

/** Told by whoever knows of more than the database holds, with the life of it in which that was (rule Y8). */
export type SetBack = (epoch: string) => Promise<void>;

/** It happens seldom; who claims it falsely makes everybody start over no oftener than this, milliseconds. */
const SELDOM = 3_600_000;

/**
 * A database that was put back by other means than ours (a copied folder, a snapshot, a standby that had not heard everything) does not
 * know it, and gives numbers out again that readers have passed. A reader or a device proves it: then another life begins.
 */
export function createSetBack(db: Database, news: Pick<News, "post" | "tell">, now: () => number, told: (what: string) => void, seldom = SELDOM): SetBack {
  let last = -Infinity;
  return async (epoch) => {
    if (now() - last < seldom) return;
    const begun = await db.transaction(async (tx) => {
      if (!(await beginEpoch(tx, epoch))) return false;
      await news.post(tx, { of: "anything" });
      return true;
    });
    if (!begun) return;
    last = now();
    told("The database knows less than it did: every reader starts over, and every device sends again what is missing");
    news.tell({ of: "anything" });
  };
}

/** What a device says of itself when it asks for its mark: the number it takes for acknowledged, and the life of the database it knows. */
export interface DeviceSays { readonly device: string; readonly acked?: number | undefined; readonly epoch?: string | undefined }

/** The device's mark; undefined when it is somebody else's. */
export async function markOf(db: Database, person: string, { device, acked = 0, epoch }: DeviceSays, setBack: SetBack): Promise<number | undefined> {
  const known = await deviceOf(db, device);
  if (known && known.person !== person) return undefined;
  const mark = known?.mark ?? 0;
  if (acked > mark && epoch !== undefined && (await headOf(db)).epoch === epoch) await setBack(epoch);
  return mark;
}
