/** Where the server says what it does. Everything passes `mask` first, so that no line holds personal data or a key. */
export interface Log {
  info(line: string): void;
  trouble(line: string, error?: unknown): void;
}

/**
 * @param write takes every line
 * @param alarm takes troubles as well, in one line each: what the person at the terminal should see
 */
export function createLog(write: (line: string) => void, alarm: (line: string) => void): Log {
  return {
    info: (line) => write(mask(line)),
    trouble(line, error) {
      write(mask(error === undefined ? line : `${line}: ${describe(error)}`));
      alarm(mask(error instanceof Error ? `${line}: ${error.message}` : line));
    },
  };
}

/** A database error's `detail` repeats values of the row, so only message, code and stack are told. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? ` [${error.code}]` : "";
  return `${error.stack ?? error.message}${code}`;
}

/** Blots out e-mail addresses, phone numbers, and what follows words such as password or token. */
export function mask(line: string): string {
  return line
    .replace(/\b(password|token|secret|cookie|authorization|credential)("?\s*[:=]\s*"?)[^\s",;]+/gi, "$1$2***")
    // At most as long as an address can be (RFC 5321): without a bound, a long line would take minutes.
    .replace(/[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+/g, "***@***")
    .replace(/\+?\d(?:[\s()./\p{Pd}]*\d){8,14}(?!\d)/gu, "***");
}
