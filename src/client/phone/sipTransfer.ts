import { SessionState, UserAgent, type Session } from "sip.js";

/** Milliseconds for the far side to say how a transfer went: as long as a colleague's telephone may ring. */
const WITHIN = 45_000;

/** What a transfer needs of a call, unknown to whoever only passes it on. */
export interface Referable { readonly session: Session; readonly domain: string }

/**
 * Asks the far side to call somebody else (RFC 3515), or to take our place in another call of ours (Replaces, RFC 3891 and
 * 5589). Returns at once.
 * @param done called once, with the last status that is known: NOTIFY's, or the refusal of REFER. The end of a call whose
 * REFER was accepted is success: the far side has taken it from us. 408: it said nothing in time
 */
export function transfer(of: Referable, to: string | Referable, done: (status: number) => void): void {
  const { session, domain } = of;
  const target = typeof to === "string" ? UserAgent.makeURI(`sip:${to}@${domain}`) : to.session;
  let accepted = false;
  let over = false;
  const timer = setTimeout(() => finish(408), WITHIN);

  function finish(status: number): void {
    if (over) return;
    over = true;
    clearTimeout(timer);
    session.stateChange.removeListener(onState);
    done(status);
  }
  function onState(state: SessionState): void {
    if (state === SessionState.Terminated) finish(accepted ? 200 : 487);
  }
  session.stateChange.addListener(onState);

  if (!target) return finish(484);
  session.refer(target, {
    onNotify: (notification) => {
      void notification.accept();
      const status = Number(/^SIP\/2\.0 (\d{3})/.exec(notification.request.body)?.[1] ?? 0);
      if (status >= 200) return finish(status);
      // The subscription is over without a last word: whoever we asked has stopped telling (RFC 3515 2.4.7).
      if (/^terminated/i.test(notification.request.getHeader("subscription-state") ?? "")) finish(accepted && status === 0 ? 200 : 408);
    },
    requestDelegate: {
      onAccept: () => { accepted = true; },
      onRedirect: ({ message }) => finish(message.statusCode ?? 300),
      onReject: ({ message }) => finish(message.statusCode ?? 500),
    },
  }).catch(() => finish(481));
}
