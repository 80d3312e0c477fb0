import type { Migration } from "./migration.ts";

/** Where a person's phone is, known to all app servers over this database. Of the moment: unlogged, and in no back-up. */
export const phonesEverywhere: Migration = {
  number: 10,
  name: "phones everywhere",
  sql: `
-- Which socket of which app server holds a person's phone; without a socket it is kept for a moment for the device that had it.
create unlogged table phone_holder (
  person text primary key,
  server text not null references app_server (id) on delete cascade,
  socket text,
  device text
);
create index phone_holder_server on phone_holder (server);

-- What the desk on a live socket last said of its phone, for the admin's list.
alter table live_socket add column phone text;
`,
};
