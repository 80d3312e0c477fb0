/** Grows when a tab and a server of different versions would misunderstand each other. */
export const PROTOCOL = 1;

/** Why the server closes a live socket (RFC 6455 section 7.4.2: 4000–4999 are ours). */
export const closeCodes = { signedOut: 4001, protocol: 4002, flood: 4003, restart: 4004 } as const;

/** The largest batch of entries in one push. */
export const MAX_BATCH = 2000;

/** The largest body of one push, in bytes: a thousand entries of the longest text have room in it. */
export const MAX_PUSH_BYTES = 16 * 1024 * 1024;

/** The largest body of one append, in bytes: it comes without a session. */
export const MAX_APPEND_BYTES = 1024 * 1024;

/** Stands before the batch that a device's key signs, so that its signature means nothing anywhere else. */
export const APPEND_PREFIX = "sufler-append-1\n";

/** The longest private text, in characters. */
export const MAX_TEXT = 4000;

/** The most calls that one assignment asks for. */
export const MAX_PRACTICE = 50;

/** The most that a lead can ask for in a day, contacts or points. */
export const MAX_TARGET = 10_000;

/** The most lines of a practice customer that are kept of one call; nobody of them talks for so long. */
export const MAX_LINES = 200;

/** Longest file of SIP accounts that an admin may give, bytes. */
export const MAX_LINES_FILE = 512 * 1024;
