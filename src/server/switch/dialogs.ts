/**
 * The calls that went through the switch: just enough of each (RFC 3261 12) to end it for the other side when one
 * side's socket dies.
 */
import { addressOf } from "./bindings.ts";
import { joinMessage, values } from "./head.ts";
import type { SipRequest, SipResponse } from "./message.ts";
import type { Outgoing } from "./sipLibrary.ts";

export interface Side {
  readonly flowId: string;
  /** From or To as it stands in messages, the tag included. */
  readonly name: string;
  /** User and host of that name. */
  readonly address: string;
  readonly tag: string;
  /** The Contact URI: where requests to this side go. */
  readonly target: string;
  /** Highest CSeq that this side has sent. */
  readonly cseq: number;
}

export interface Dialog {
  readonly callId: string;
  readonly caller: Side;
  readonly callee: Side;
}

/** The dialog that a 2xx to INVITE makes, undefined when the 2xx is too poor for one. */
export function dialogOf(invite: SipRequest, response: SipResponse, callerFlow: string, calleeFlow: string): Dialog | undefined {
  const to = values(response.head, "to")[0];
  const from = values(invite.head, "from")[0];
  const [callerContact, calleeContact] = [invite.contacts[0], response.contacts[0]];
  if (!to || !from || !callerContact || !calleeContact || !invite.from.tag || !response.to.tag) return undefined;
  return {
    callId: invite.callId,
    caller: { flowId: callerFlow, name: from, address: addressOf(invite.from.uri), tag: invite.from.tag, target: callerContact.text, cseq: invite.cseq },
    callee: { flowId: calleeFlow, name: to, address: addressOf(response.to.uri), tag: response.to.tag, target: calleeContact.text, cseq: 0 },
  };
}

/** BYE in the name of a side that is gone, with Reason (RFC 3326). */
export function farewell(dialog: Dialog, gone: "caller" | "callee", domain: string, branch: string): Outgoing {
  const [from, to] = gone === "caller" ? [dialog.caller, dialog.callee] : [dialog.callee, dialog.caller];
  const via = `SIP/2.0/WS ${domain};branch=${branch}`;
  const cseq = from.cseq + 1;
  const lines = [
    { name: "Via", value: via }, { name: "Max-Forwards", value: "70" }, { name: "From", value: from.name },
    { name: "To", value: to.name }, { name: "Call-ID", value: dialog.callId }, { name: "CSeq", value: `${cseq} BYE` },
    { name: "Reason", value: 'SIP;cause=480;text="Connection lost"' },
  ];
  return {
    method: "BYE", target: to.target, callId: dialog.callId, cseq, branch, via, from: from.name, routes: [],
    text: joinMessage({ start: `BYE ${to.target} SIP/2.0`, lines }, "", 0),
  };
}

export class Dialogs {
  readonly #kept = new Map<string, Dialog>();

  add(dialog: Dialog): void {
    const key = keyOf(dialog.callId, dialog.caller.tag, dialog.callee.tag);
    if (!this.#kept.has(key)) this.#kept.set(key, dialog);
  }

  /** The call that a message says to be part of. */
  of(message: SipRequest | SipResponse): Dialog | undefined {
    return this.#kept.get(keyOf(message.callId, message.from.tag ?? "", message.to.tag ?? ""));
  }

  remove(dialog: Dialog): void {
    this.#kept.delete(keyOf(dialog.callId, dialog.caller.tag, dialog.callee.tag));
  }

  /** A request of one side: its CSeq, and its new Contact when the method refreshes the target (RFC 3261 12.2, RFC 3311). */
  sent(request: SipRequest): void {
    this.#change(request, request.from.tag, (side) => ({
      ...side, cseq: Math.max(side.cseq, request.cseq), target: refreshed(request) ?? side.target,
    }));
  }

  /** A 2xx inside the dialog: the answering side's new Contact. */
  accepted(response: SipResponse): void {
    this.#change(response, response.to.tag, (side) => ({
      ...side, target: refreshed(response) ?? side.target,
    }));
  }

  ofFlow(flowId: string): Dialog[] {
    return [...this.#kept.values()].filter((dialog) => dialog.caller.flowId === flowId || dialog.callee.flowId === flowId);
  }

  get size(): number {
    return this.#kept.size;
  }

  #change(message: SipRequest | SipResponse, tag: string | undefined, change: (side: Side) => Side): void {
    const dialog = this.of(message);
    if (!dialog) return;
    const which = dialog.caller.tag === tag ? "caller" : "callee";
    this.#kept.set(keyOf(dialog.callId, dialog.caller.tag, dialog.callee.tag), { ...dialog, [which]: change(dialog[which]) });
  }
}

function refreshed(message: SipRequest | SipResponse): string | undefined {
  return message.method === "INVITE" || message.method === "UPDATE" ? message.contacts[0]?.text : undefined;
}

function keyOf(callId: string, a: string, b: string): string {
  return JSON.stringify([callId, ...[a, b].sort()]);
}
