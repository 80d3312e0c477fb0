import type { Migration } from "./migration.ts";

/** Names one life of the one sequence, so that a cursor of another life (before a back-up was restored) is never believed. */
export const epoch: Migration = {
  number: 3,
  name: "epoch",
  sql: `
alter table sync_counter add column epoch text not null default gen_random_uuid();
`,
};
