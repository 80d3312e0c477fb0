/** A start that cannot go on for a reason outside the program: shown as its one sentence, without a stack trace. */
export class StartProblem extends Error {}

/** The code of a system error, such as "EACCES" or PostgreSQL's "28P01"; null for any other error. */
export function codeOf(error: unknown): string | null {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : null;
}
