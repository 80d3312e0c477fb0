import type { Migration } from "./migration.ts";

/** With what an absent person's device proves that what it sends was written on it. */
export const deviceKeys: Migration = {
  number: 4,
  name: "device keys",
  sql: `
-- The public half of a key pair (SPKI); the private half lies in the browser, which does not give it out.
-- until: when it ends if the person has not signed in on that device again.
create table device_key (
  device text primary key references device (id) on delete cascade,
  person text not null references person (id) on delete cascade,
  key bytea not null,
  until timestamptz not null
);
create index device_key_person on device_key (person);
`,
};
