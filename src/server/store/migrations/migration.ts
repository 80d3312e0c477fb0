/** One step of the database's shape. Steps are run once each, in order of `number`, in one transaction each; a published step is never edited. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}
