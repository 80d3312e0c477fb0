import type { Migration } from "./migration.ts";

/** Whose personal data were erased: said to every device, replayed after a restore, held against late uploads (rule Y10). */
export const erasure: Migration = {
  number: 5,
  name: "erasure",
  sql: `
create table erasure (
  seq bigint primary key,
  prospect text not null unique,
  person text references person (id),
  at timestamptz not null default now()
);
`,
};
