import { SessionState, UserAgent, type Core, type Inviter, type Session } from "sip.js";
import { GONE } from "./unanswered.ts";

/**
 * What another page must know of a call to take it over, or to end it: how the PBX knows it (RFC 3261 12). Plain data,
 * no secret: it lies in the page's own database while the call is up.
 */
export interface CallName {
  readonly callId: string;
  readonly localTag: string;
  readonly localUri: string;
  readonly remoteUri: string;
  /** Only of an answered call. */
  readonly answered?: FarEnd;
  /** The CANCEL that would call off what is not answered yet (RFC 3261 9.1). */
  readonly cancel?: string;
  /** Whoever rings already: should they have been answered unheard, a CANCEL comes too late, and BYE ends that (RFC 3261 15). */
  readonly ringing?: readonly FarEnd[];
}

/** The PBX's own tag, contact and way. */
interface FarEnd { readonly remoteTag: string; readonly target: string; readonly routes: readonly string[]; readonly cseq: number }

/** The name of an answered call. */
export function answeredName(session: Session): CallName | undefined {
  const dialog = session.dialog as Core.SessionDialog | undefined;
  return session.state !== SessionState.Established || !dialog ? undefined : {
    callId: dialog.callId, localTag: dialog.localTag, localUri: dialog.localURI.toString(), remoteUri: dialog.remoteURI.toString(),
    answered: farEndOf(dialog),
  };
}

/** The name of a call that was begun here. */
export function nameOf(inviter: Inviter): CallName | undefined {
  if (inviter.state === SessionState.Established) return answeredName(inviter);
  const { request: invite } = inviter;
  if (inviter.state !== SessionState.Establishing) return undefined;
  const ringing = [...inviter.userAgent.userAgentCore.dialogs.values()].filter((dialog) => dialog.callId === invite.callId && dialog.localTag === invite.fromTag).map(farEndOf);
  return {
    callId: invite.callId, localTag: invite.fromTag, localUri: invite.fromURI.toString(), remoteUri: invite.toURI.toString(),
    cancel: cancelOf(invite.toString()), ringing,
  };
}

function farEndOf(dialog: Core.Dialog): FarEnd {
  return { remoteTag: dialog.remoteTag, target: dialog.remoteTarget.toString(), routes: dialog.routeSet, cseq: dialog.localSequenceNumber ?? 0 };
}

function cancelOf(invite: string): string {
  const kept = invite.split("\r\n\r\n", 1)[0]?.split("\r\n").filter((line) => /^(?:Via|From|To|Call-ID|CSeq|Max-Forwards|Route):/i.test(line)) ?? [];
  const start = invite.slice(0, invite.indexOf("\r\n")).replace(/^INVITE/, "CANCEL");
  return [start, ...kept.map((line) => line.replace(/^(CSeq: \d+) INVITE$/i, "$1 CANCEL")), "Content-Length: 0", "", ""].join("\r\n");
}

/** Says the last word to a call of a page that is no more. Whatever the PBX answers, there is nothing left to do. */
export function sayFor(ua: UserAgent, { callId, localTag, localUri, remoteUri, answered, cancel, ringing = [] }: CallName): void {
  if (cancel !== undefined) ua.transport.send(cancel).catch(() => undefined);
  for (const end of answered ? [answered] : ringing) {
    const [from, to, target] = [localUri, remoteUri, end.target].map((text) => UserAgent.makeURI(text));
    if (!from || !to || !target) continue;
    // The page may have asked for more since its call was written down; a number may be left out, not used twice (RFC 3261 12.2.1.1).
    const options = { callId, cseq: end.cseq + 1000, fromTag: localTag, toTag: end.remoteTag, routeSet: [...end.routes] };
    ua.userAgentCore.request(ua.userAgentCore.makeOutgoingRequestMessage("BYE", target, from, to, options));
  }
}

/** How to say BYE once more in this dialog after sip.js has forgotten it (RFC 3261 15.1.1). */
export function farewellOf(session: Session): () => void {
  const dialog = session.dialog as Core.SessionDialog | undefined;
  const core = session.userAgent.userAgentCore;
  if (!dialog) return () => undefined;
  const { remoteTarget, localURI, remoteURI, callId, localTag, remoteTag, routeSet } = dialog;
  // One above the BYE that was lost, and one more for the challenge that it may have met.
  const cseq = (dialog.localSequenceNumber ?? 0) + 3;
  return () => {
    core.request(core.makeOutgoingRequestMessage("BYE", remoteTarget, localURI, remoteURI, { callId, cseq, fromTag: localTag, toTag: remoteTag, routeSet }));
  };
}

/** An answer that sip.js or `unanswered` made themselves, because none came: sip.js's own has no headers at all. */
export function neverArrived(answer: { getHeader(name: string): string | undefined }): boolean {
  return answer.getHeader("cseq") === undefined || answer.getHeader("warning") === GONE;
}
