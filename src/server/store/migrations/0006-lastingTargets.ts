import type { Migration } from "./migration.ts";

/** Targets are told for as long as training is (rule T6): one may be set for weeks to come. */
export const lastingTargets: Migration = {
  number: 6,
  name: "lasting targets",
  sql: `
drop index fact_lasting;
alter table fact drop column lasting;
alter table fact add column lasting boolean not null
  generated always as (kind like 'training.%' or kind like 'target.%' or coalesce(call like 'practice-%', false)) stored;
create index fact_lasting on fact (person, time) where lasting;
`,
};
