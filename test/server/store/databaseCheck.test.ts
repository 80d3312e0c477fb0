import { describe, expect, it } from "vitest";
import type { Queries } from "#server/store/database.ts";
import { checkDatabase } from "#server/store/databaseCheck.ts";

/** A server that cannot be had here: PostgreSQL of an older version. */
function server(version: string): Queries {
  const rows: Record<string, unknown>[] = [{ version, encoding: "UTF8", lowered: "жук" }];
  return { query: <Row>() => Promise.resolve(rows as Row[]) };
}

describe("the check of a company's own server", () => {
  it("refuses one that is too old in one sentence without the password", async () => {
    await expect(checkDatabase(server("140012"), "postgres://u:hunter2@db.example.com/sufler")).rejects.toThrow(/^The database sufler on db\.example\.com:5432 runs PostgreSQL 14; Sufler needs 15 or newer\.$/);
  });
  it("takes 15 and 18", async () => {
    await checkDatabase(server("150000"), "postgres://u@h/d");
    await checkDatabase(server("180004"), "postgres://u@h/d");
  });
});
