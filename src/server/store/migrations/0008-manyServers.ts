import type { Migration } from "./migration.ts";

/** What several app servers over this database must know of each other. All of it is of the moment: unlogged, and in no back-up. */
export const manyServers: Migration = {
  number: 8,
  name: "many servers",
  sql: `
-- An app server that runs; one that has not been seen for a while is gone, and what it held goes with it.
create unlogged table app_server (
  id text primary key,
  seen_at timestamptz not null default now()
);

-- The live sockets that have said hello: who is there, wherever their browser is connected.
create unlogged table live_socket (
  id text primary key,
  server text not null references app_server (id) on delete cascade,
  person text not null,
  device text not null
);
create index live_socket_server on live_socket (server);

-- What one app server says to another about a live socket there. NOTIFY carries only the name of the server that is meant.
create unlogged table server_letter (
  n bigint generated always as identity primary key,
  server text not null references app_server (id) on delete cascade,
  body jsonb not null
);
create index server_letter_server on server_letter (server, n);

-- Passwords that were tried, by account and by address, each under a hash.
create unlogged table sign_in_try (
  who text not null,
  at timestamptz not null default now()
);
create index sign_in_try_who on sign_in_try (who, at);
create index sign_in_try_at on sign_in_try (at);
`,
};
