import { beforeEach } from "vitest";
import { memoryDisk, type MemoryDisk } from "#test/kit/memoryJournal.ts";
import { journalContract } from "./journal.ts";

// The journal that simulated days are written in. The one of the browser passes the same suite in test/journeys/journal.test.ts.

const disks = new Map<string, MemoryDisk>();
let made = 0;
beforeEach(() => disks.clear());

journalContract(async (person, ...calls) => {
  const open = (): MemoryDisk => {
    made += 1;
    const disk = memoryDisk(`device-${made}`);
    disks.set(person, disk);
    return disk;
  };
  const journal = (disks.get(person) ?? open()).open();
  const said: unknown[] = [];
  for (const [method, ...args] of calls) {
    if (method === "device") said.push(journal.device);
    else if (method === "wipe") {
      disks.delete(person);
      said.push(undefined);
    } else said.push(structuredClone(await (journal as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>)[method]?.(...args)));
  }
  return said;
}, async () => undefined);
