import type { InviterOptions } from "sip.js";
import { askHeaders, SHORTEST } from "./sessionTimer.ts";

/** What the far side is told of who calls, when the company wants another number shown than the line's own. */
export interface CallerId {
  /** As the PBX wants it: E.164, or an extension of its own. */
  readonly number: string;
  readonly name?: string;
  /** In From itself, or beside it by P-Asserted-Identity or P-Preferred-Identity (RFC 3325 sections 9.1, 9.2). */
  readonly by: "from" | "asserted" | "preferred";
}

export interface CallWishes {
  /** The call's name from end to end (Session-ID, RFC 7989), by which the far side and its logs can tell it. */
  readonly session?: string | undefined;
  readonly callerId?: CallerId | undefined;
  /** May a redirection lead the call to this user? When not given, to anybody. */
  readonly mayFollow?: ((user: string) => boolean) | undefined;
}

const headers = { from: undefined, asserted: "P-Asserted-Identity", preferred: "P-Preferred-Identity" } as const;

/** How the INVITE says who calls, under which name the call goes, and that its session is timed. */
export function inviterOptions({ session, callerId }: CallWishes, domain: string, more: readonly string[]): InviterOptions {
  const identity = callerId && `sip:${escapeUser(callerId.number)}@${domain}`;
  // As a quoted string (RFC 3261 25.1); sip.js puts the quotes around the name in From, and nothing else.
  const name = callerId?.name?.replace(/[\r\n]/g, " ").replace(/["\\]/g, "\\$&");
  const named = name === undefined ? "" : `"${name}" `;
  const header = callerId && headers[callerId.by];
  return {
    extraHeaders: [
      ...askHeaders(SHORTEST), ...more,
      ...(session === undefined ? [] : [`Session-ID: ${session};remote=${"0".repeat(32)}`]),
      ...(header && identity ? [`${header}: ${named}<${identity}>`] : []),
    ],
    ...(callerId?.by === "from" && identity ? { params: { fromUri: identity, ...(name === undefined ? {} : { fromDisplayName: name }) } } : {}),
  };
}

/** RFC 3261 25.1, user: `+`, `*` and digits as they are, `#` and whatever else escaped. */
export function escapeUser(user: string): string {
  return user.replace(/[^0-9A-Za-z+*_.!~'()-]/g, (sign) => encodeURIComponent(sign));
}
