import type { Migration } from "./migration.ts";

/** Facts that concern somebody other than their author, facts that are told for longer, and what practice customers said. */
export const training: Migration = {
  number: 2,
  name: "training",
  sql: `
-- The person whom a fact is about when that is not its author: it comes down to them too.
alter table fact add column subject text references person (id);
create index fact_subject on fact (subject, seq) where subject is not null;

-- Facts of training (rule T6): a device that knows nothing yet is told them for longer than the others.
alter table fact add column lasting boolean not null generated always as (kind like 'training.%' or coalesce(call like 'practice-%', false)) stored;
create index fact_lasting on fact (person, time) where lasting;

-- What the practice customers said, until the caller's device has asked for it and made it a fact. No personal text:
-- session is the call's Session-ID (RFC 7989), caller a line of the embedded switch, ms since the answer.
create table practice_line (
  session text not null,
  n integer not null,
  caller text not null,
  ms integer not null,
  situation text not null,
  at timestamptz not null default now(),
  primary key (session, n)
);
create index practice_line_at on practice_line (at);
`,
};
