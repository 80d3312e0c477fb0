/** One way to break one rule. */
export interface Mutation {
  readonly rule: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly put: string;
  /** The file of the test that must go red, in a test whose title quotes the rule. */
  readonly test: string;
}
export const mutations: readonly Mutation[];
