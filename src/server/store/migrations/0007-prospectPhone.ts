import type { Migration } from "./migration.ts";

/** A number that is dialed by hand is looked up among all prospects (rule D4). */
export const prospectPhone: Migration = {
  number: 7,
  name: "prospectPhone",
  sql: `create index prospect_phone on prospect ((body ->> 'phone'), campaign);`,
};
