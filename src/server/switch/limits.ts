/** What one socket may cost the others. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** A frame above this ends the socket (WebSocket close code 1009). */
  readonly frameBytes: number;
  /** Start line and headers; 513 above. */
  readonly headBytes: number;
  /** Messages that one socket may send at a stretch before it is slowed down to `messagesPerSecond`. */
  readonly burst: number;
  readonly messagesPerSecond: number;
  /** Requests of one socket under way at once, an answered INVITE for 32 s more (RFC 6026); 503 above. */
  readonly transactions: number;
  /** Calls of one socket that the switch keeps in mind at once; 486 above. */
  readonly dialogs: number;
  /** Bytes waiting for a slow reader before its socket is cut. */
  readonly bufferedBytes: number;
  /** Wrong passwords before the socket is ended. */
  readonly wrongPasswords: number;
  /** Sockets of one address on which no line has been proved yet; above it the oldest of them is ended. An office behind one address fits in. */
  readonly strangers: number;
  /** How long a socket may stay without a proved line. */
  readonly strangerMs: number;
  /** Contacts of one line (RFC 3261 10.3 leaves the number to the registrar). */
  readonly bindings: number;
  /** Between two WebSocket pings; a socket that is silent for two of them is dead. */
  readonly pingMs: number;
  /** How long a line that lost its socket in a call may take to come back before the other side gets BYE. */
  readonly graceMs: number;
  /** RFC 3261 16.6 step 11: how long a branch may ring; more than three minutes. */
  readonly timerCMs: number;
  /** How long a nonce is taken (RFC 7616 3.3). */
  readonly nonceMs: number;
}

export const defaultLimits: Limits = {
  frameBytes: 64 * 1024,
  headBytes: 16 * 1024,
  burst: 200,
  messagesPerSecond: 100,
  transactions: 500,
  dialogs: 50,
  bufferedBytes: 1024 * 1024,
  wrongPasswords: 10,
  strangers: 500,
  strangerMs: 60_000,
  bindings: 10,
  pingMs: 15_000,
  graceMs: 20_000,
  timerCMs: 185_000,
  nonceMs: 300_000,
};
