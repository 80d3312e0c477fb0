import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { createGzip } from "node:zlib";
import type { Database } from "#server/store/database.ts";
import { newestStep } from "#server/store/migrate.ts";
import { rowsOf, tablesOf } from "#server/store/tables.ts";
import { sealing } from "./sealedFile.ts";

/** The form of the file. A later one must still read the earlier ones. */
export const FORMAT = 1;

/**
 * What is left out: sessions and what else holds for moments only. After a restore everybody signs in again, and what was
 * revoked since the back-up does not come back to life.
 */
export const NOT_KEPT: readonly string[] = ["sufler_migrations", "session", "verification", "practice_line", "app_server", "live_socket", "phone_holder", "server_letter", "sign_in_try"];

/** The first line of a back-up. */
export interface Head {
  readonly sufler: "back-up";
  readonly format: number;
  /** The database's form: number of its newest migration. */
  readonly step: number;
  readonly at: string;
}

/** How many rows of each table were written. */
export type Counts = Readonly<Record<string, number>>;

/**
 * Writes everything into one file, as it stands at one moment; the server may go on meanwhile. Gzipped lines of JSON: the head;
 * for each table its columns, then its rows; a last line with the number of lines and their SHA-256, without which the file is
 * not whole. The file appears under its name only when it is whole and on the disk; only its owner may read it.
 * @param file must not exist
 * @param told hears of each table begun
 * @param passphrase encrypts it: it holds numbers, names and clients' words; null leaves it as it is
 */
export async function backUp(db: Database, file: string, at: Date, told: (table: string) => void = () => {}, passphrase: string | null = null): Promise<Counts> {
  const draft = `${file}.part`;
  const sink = createWriteStream(draft, { flags: "w", mode: 0o600 });
  const gzip = createGzip({ level: 6 });
  const written = new Promise<void>((resolve, reject) => {
    sink.once("finish", resolve);
    sink.once("error", reject);
    gzip.once("error", reject);
  });
  written.catch(() => gzip.destroy());
  (passphrase === null ? gzip : gzip.pipe(sealing(passphrase))).pipe(sink);
  const digest = createHash("sha256");
  let lines = 0;
  const write = async (line: unknown): Promise<void> => {
    const text = `${JSON.stringify(line)}\n`;
    digest.update(text);
    lines += 1;
    if (!gzip.write(text)) await Promise.race([once(gzip, "drain"), written]);
  };
  const counts: Record<string, number> = {};
  try {
    await db.transaction(async (tx) => {
      await tx.query("set transaction isolation level repeatable read, read only");
      await write({ sufler: "back-up", format: FORMAT, step: await newestStep(tx), at: at.toISOString() } satisfies Head);
      for (const table of await tablesOf(tx)) {
        if (NOT_KEPT.includes(table.name)) continue;
        told(table.name);
        await write({ table: table.name, columns: table.columns.map(({ name }) => name) });
        for await (const rows of rowsOf(tx, table)) {
          for (const row of rows) await write(row);
          counts[table.name] = (counts[table.name] ?? 0) + rows.length;
        }
      }
    });
    gzip.end(`${JSON.stringify({ end: lines, sha256: digest.digest("hex") })}\n`);
    await written;
    const handle = await open(draft, "r+");
    await handle.sync().finally(() => handle.close());
    await rename(draft, file);
    return counts;
  } catch (error) {
    gzip.destroy();
    sink.destroy();
    await rm(draft, { force: true });
    throw error;
  }
}
