import type { Migration } from "./migration.ts";

/** People and sessions, facts and private records, documents, prospects and leases, the audit log. */
export const firstTables: Migration = {
  number: 1,
  name: "first tables",
  sql: `
-- People and how they sign in. The columns of person, session, account and verification that better-auth reads are mapped in
-- server/auth/auth.ts; role, team, language, gender and line are ours.
create table person (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  role text not null check (role in ('agent', 'lead', 'editor', 'closer', 'admin')),
  team text not null default '',
  language text not null check (language in ('ru', 'en')),
  gender text not null check (gender in ('f', 'm')),
  -- user name of the person's line on the embedded switch
  line text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index person_team on person (team);

create table session (
  id text primary key,
  token text not null unique,
  person text not null references person (id) on delete cascade,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_person on session (person);

create table account (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  person text not null references person (id) on delete cascade,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index account_person on account (person);

create table verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on verification (identifier);

-- The one sequence of facts, private records and documents. Taking numbers locks the row until the transaction ends, so a
-- reader who has seen a number has seen all below it (rule Y6); an identity column would not promise that.
create table sync_counter (
  one boolean primary key default true check (one),
  value bigint not null
);
insert into sync_counter (value) values (0);

-- One browser of one person. mark: every entry up to this number was taken or refused for ever.
create table device (
  id text primary key,
  person text not null references person (id),
  mark bigint not null default 0,
  created_at timestamptz not null default now()
);
create index device_person on device (person);

-- What happened: append-only, no personal text. time is the company's clock in milliseconds (rule Y3); body is the fact as it came.
-- person and device are those of the push, whose transaction holds the device's row: checked again as foreign keys, they would
-- double the time of an insert.
create table fact (
  seq bigint primary key,
  id text not null unique,
  person text not null,
  device text not null,
  kind text not null,
  call text,
  prospect text,
  time bigint not null,
  received_at timestamptz not null default now(),
  body jsonb not null
);
create index fact_person_time on fact (person, time);
create index fact_call on fact (call) where call is not null;
create index fact_prospect on fact (prospect, time) where kind = 'call.dialed';
create index fact_verbatim on fact (time) where kind = 'verbatim.taken';

-- Personal text beside the facts. An erased record keeps its row, so that a late upload cannot bring the text back.
create table private_record (
  seq bigint primary key,
  id text not null unique,
  type text not null check (type in ('number', 'verbatim', 'note')),
  text text,
  person text not null,
  device text not null,
  at double precision not null,
  received_at timestamptz not null default now(),
  erased_at timestamptz,
  check (text is not null or erased_at is not null)
);
create index private_record_received on private_record (received_at);

-- Immutable versions of what is edited and published.
create table document (
  seq bigint primary key,
  type text not null check (type in ('company', 'campaign', 'script', 'handler')),
  id text not null,
  version integer not null check (version > 0),
  body jsonb not null,
  -- null: came with the demo company or a set-up
  published_by text references person (id),
  published_at timestamptz not null default now(),
  unique (type, id, version)
);

create table prospect (
  id text primary key,
  campaign text not null,
  body jsonb not null,
  created_at timestamptz not null default now()
);

-- Whose turn it is to be called, and who has the right to: narrow rows that change all day. called_at and reached_at follow from facts.
create table dialing_turn (
  prospect text primary key references prospect (id) on delete cascade,
  campaign text not null,
  place integer not null,
  called_at bigint,
  reached_at bigint,
  person text references person (id),
  device text references device (id),
  until timestamptz,
  check ((device is null) = (until is null) and (device is null) = (person is null))
) with (fillfactor = 70);
create index dialing_turn_order on dialing_turn (campaign, called_at nulls first, place);
create index dialing_turn_device on dialing_turn (device) where device is not null;

-- Who did what that others must be able to see later.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  person text references person (id),
  action text not null,
  subject text not null,
  detail jsonb not null default '{}'
);
create index audit_at on audit (at);
create index audit_listening on audit ((detail ->> 'session')) where action like 'listen.%';

-- A person's account on the company's PBX; the password is sealed with a key made from SECRET.
create table pbx_line (
  person text primary key references person (id) on delete cascade,
  username text not null,
  sealed text not null
);

-- Small things that the installation remembers.
create table kept (
  name text primary key,
  value jsonb not null
);
`,
};
