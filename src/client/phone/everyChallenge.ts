import { Core } from "sip.js";
import type { Challenge, Credentials } from "./digest.ts";

/**
 * Answers every question for the password that a request meets on its way (RFC 3261 22.3): a proxy's, the one of a second proxy, and
 * that of the far side itself. sip.js answers one, and takes the second for a wrong password.
 */

/** More places than these on one way make no sense. */
const MOST = 4;

interface Proof { readonly by: Credentials; question: Challenge; stale: boolean }

const proofsOf = new WeakMap<Core.OutgoingRequestMessage, Map<string, Proof>>();

/** The request goes to another server now, which asks anew. */
export function forgetProofs(message: Core.OutgoingRequestMessage): void {
  proofsOf.delete(message);
  for (const name of ["Authorization", "Proxy-Authorization"]) Reflect.deleteProperty(message.headers, name);
}

/** Makes all of sip.js's clients answer so. Idempotent. */
export function answerEveryChallenge(): void {
  Reflect.set(Core.UserAgentClient.prototype, "authenticationGuard", guard);
}

/** True: the response is nothing that can be answered with a password. */
function guard(this: Core.UserAgentClient, response: Core.IncomingResponseMessage, dialog?: Core.Dialog): boolean {
  const message = Reflect.get(this, "message") as Core.OutgoingRequestMessage;
  const core = Reflect.get(this, "core") as Core.UserAgentCore;
  const { statusCode } = response;
  if (statusCode !== 401 && statusCode !== 407) return true;
  const [asks, proves] = statusCode === 401 ? ["www-authenticate", "authorization"] as const : ["proxy-authenticate", "proxy-authorization"] as const;
  const question = response.parseHeader(asks) as Challenge | undefined;
  if (!question) return true;
  const proofs = proofsOf.get(message) ?? new Map<string, Proof>();
  const key = `${proves} ${question.realm ?? ""}`;
  const before = proofs.get(key);
  // Asked once more for the same it is a wrong password, unless only the question was too old, once (RFC 7616 3.3).
  if (before ? before.stale || question.stale !== true : proofs.size === MOST) return true;
  const by = before?.by ?? core.configuration.authenticationFactory() as unknown as Credentials | undefined;
  if (!by) return true;
  proofs.set(key, { by, question, stale: before !== undefined });
  // The older proofs too: each goes out with a number of its own.
  for (const proof of proofs.values()) if (!proof.by.authenticate(message, proof.question)) return true;
  proofsOf.set(message, proofs);
  let cseq = (message.cseq += 1);
  if (dialog?.localSequenceNumber) {
    dialog.incrementLocalSequenceNumber();
    cseq = message.cseq = dialog.localSequenceNumber;
  }
  message.setHeader("cseq", `${cseq} ${message.method}`);
  for (const name of ["authorization", "proxy-authorization"]) {
    const own = [...proofs].filter(([which]) => which.startsWith(`${name} `)).map(([, proof]) => proof.by.toString());
    if (own.length > 0) message.setHeader(name, own);
  }
  // As sip.js begins a new transaction for the same request.
  (Reflect.get(this, "init") as () => void).call(this);
  return false;
}
