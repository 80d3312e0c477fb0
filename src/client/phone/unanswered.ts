/**
 * Requests that went out over a SIP socket and have no final answer yet. sip.js does not notice that a socket has died
 * under a request, so this does: it says when a socket has gone silent, and answers 503 in the dead server's stead
 * (RFC 3261 8.1.3.1: a fatal transport error is treated as 503).
 */
export interface Unanswered {
  sent(message: string): void;
  received(message: string): void;
  /** The socket is gone: 503 for everything under way but first INVITEs, which may still be cancelled later. */
  refusals(): readonly string[];
  clear(): void;
}

/** Marks an answer that no server has given (RFC 3261 20.43). */
export const GONE = '399 browser "The connection is gone"';

/**
 * @param silence milliseconds without a word from the server after a request, before `onSilence`; every server answers
 * any request at once, at least with 100 (RFC 3261 17.2.1)
 */
export function createUnanswered(silence: number, onSilence: () => void): Unanswered {
  const pending = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    sent(message) {
      const key = keyOf(message);
      if (message.startsWith("SIP/2.0") || message.startsWith("ACK ") || key === undefined) return;
      pending.set(key, message);
      timer ??= setTimeout(onSilence, silence);
    },
    received(message) {
      clearTimeout(timer);
      timer = undefined;
      const key = keyOf(message);
      if (key !== undefined && /^SIP\/2\.0 [2-6]/.test(message)) pending.delete(key);
    },
    refusals() {
      const lost = [...pending.values()].filter((message) => !isFirstInvite(message));
      this.clear();
      return lost.map(refusal);
    },
    clear() {
      clearTimeout(timer);
      timer = undefined;
      pending.clear();
    },
  };
}

/** The transaction: branch of the topmost Via and method of CSeq (RFC 3261 17.1.3). */
function keyOf(message: string): string | undefined {
  const branch = /^(?:Via|v)\s*:[^\r\n]*?;\s*branch=([^;,\s]+)/im.exec(message)?.[1];
  const method = /^CSeq\s*:\s*\d+\s+(\w+)/im.exec(message)?.[1];
  return branch === undefined || method === undefined ? undefined : `${branch} ${method}`;
}

function isFirstInvite(message: string): boolean {
  return message.startsWith("INVITE ") && !/^(?:To|t)\s*:[^\r\n]*;\s*tag=/im.test(message);
}

function refusal(request: string): string {
  const kept = request.split("\r\n\r\n", 1)[0]?.split("\r\n").filter((line) => /^(?:Via|v|From|f|To|t|Call-ID|i|CSeq)\s*:/i.test(line)) ?? [];
  return ["SIP/2.0 503 Service Unavailable", ...kept, `Warning: ${GONE}`, "Content-Length: 0", "", ""].join("\r\n");
}
