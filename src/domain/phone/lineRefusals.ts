/** Why the exchange does not take a line, as far as its answer to REGISTER says (rule P9). */
export type LineRefusal = "password" | "forbidden" | "unknown" | "busy";

/**
 * What a final answer to REGISTER means (RFC 3261 10.3, 21).
 * @param status 300 … 699
 */
export function whyRefused(status: number): LineRefusal {
  // A second challenge after an answer to the first: what was said does not prove who we are.
  if (status === 401 || status === 407) return "password";
  if (status === 404 || status === 410 || status === 604) return "unknown";
  return status >= 400 && status < 500 && status !== 408 && status !== 480 && status !== 486 ? "forbidden" : "busy";
}

/** Whether another password or name could change the answer. */
export const isOfAccount = (status: number): boolean => whyRefused(status) !== "busy";

/** The longest pause between two tries with an account that was refused, milliseconds. */
const LONGEST = 5 * 60_000;
const FIRST = 30_000;

/**
 * How long to wait before asking an exchange again that has refused, milliseconds: 30 s, then twice as long each time; an exchange
 * that counts wrong passwords would otherwise lock the company's address out. What it asks for itself (Retry-After) holds if longer.
 * @param refusals in a row, 1, 2, 3 …
 * @param retryAfter seconds (RFC 3261 20.33)
 */
export function pauseAfterRefusal(refusals: number, retryAfter = 0): number {
  return Math.max(retryAfter * 1000, Math.min(LONGEST, FIRST * 2 ** Math.min(10, Math.max(0, refusals - 1))));
}
