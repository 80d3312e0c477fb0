import { SIPExtension, UserAgent, type Core, type Web, type Invitation, type Session, type SessionDescriptionHandler } from "sip.js";
import type { Millis } from "#domain/base/envelope.ts";
import { readableAddresses } from "./addresses.ts";
import { neverArrived } from "./callName.ts";
import { answerUpdates } from "./dialogKeeper.ts";
import { bestChallenge, Credentials } from "./digest.ts";
import { answerEveryChallenge } from "./everyChallenge.ts";
import { createFlowTimer } from "./flowTimer.ts";
import { makePatient, readableRedirect } from "./firstInvite.ts";
import type { Attempt } from "./keepConnected.ts";
import { readable } from "./readable.ts";
import { createUnanswered } from "./unanswered.ts";

export interface SipAccount {
  /** WebSocket URL. */
  readonly server: string;
  /** `sip:user@domain`. */
  readonly uri: string;
  readonly username: string;
  readonly password: string;
}

/** Milliseconds after which a server that has said nothing to a request is taken for dead. */
const SILENCE = 5000;
/** A registrar that wants to be asked for more than a day at once makes no sense. Seconds. */
const LONGEST_REGISTRATION = 86_400;
/** A server that wants to hear of us more often than so makes no sense. Seconds. */
const LEAST_FLOW = 5;
/** What to wait for at the end, milliseconds. */
const GOODBYE = 1000;

/** sip.js for one account: one socket, one registration. */
export interface Agent {
  readonly account: SipAccount;
  readonly ua: UserAgent;
  /** Since anything went or came over the socket, milliseconds. */
  idle(): number;
  /** Registers for so many seconds; 0 unregisters. Rejects when no answer came. */
  register(seconds: number): Promise<Attempt & { readonly granted: number }>;
}

export function createAgent(account: SipAccount, mediaOf: (session: Session) => SessionDescriptionHandler | undefined, onDropped: () => void, onRing: (invitation: Invitation, agent: Pick<Agent, "account">) => void, instance: string | undefined, now: () => Millis): Agent {
  const uri = UserAgent.makeURI(account.uri);
  if (!uri) throw new Error("The account's address is no SIP URI");
  const ua = new UserAgent({
    uri,
    authorizationUsername: account.username,
    authorizationPassword: account.password,
    transportOptions: { server: account.server, connectionTimeout: 8, traceSip: false },
    ...(instance === undefined ? {} : { instanceId: instance }),
    logBuiltinEnabled: false,
    logConfiguration: false,
    userAgentString: "Sufler",
    // `createIncoming` lets the caller hear it ring.
    sendInitialProvisionalResponse: false,
    sipExtension100rel: SIPExtension.Supported,
    sipExtensionReplaces: SIPExtension.Supported,
    // A proxy before the registrar may want to be on the way to us (RFC 3327 5.1).
    sipExtensionExtraSupported: ["timer", "path"],
    sessionDescriptionHandlerFactory: (session) => {
      const media = mediaOf(session);
      // Only for calls to us, which are described when they are answered.
      if (!media) throw new Error("No media for this session");
      return media;
    },
  });

  answerEveryChallenge();
  makePatient(ua.userAgentCore);
  answerUpdates(ua.userAgentCore);

  // Rejects when a new connection overtakes the end of the old one, which is what is wanted.
  const giveUp = () => { ua.transport.disconnect().catch(() => undefined); };
  const unanswered = createUnanswered(SILENCE, giveUp);
  const flow = createFlowTimer(() => (ua.transport as Web.Transport).ws, giveUp);
  let busyAt = now();
  const send = ua.transport.send.bind(ua.transport);
  ua.transport.send = (message) => {
    const sent = send(message);
    busyAt = now();
    if (ua.transport.isConnected()) unanswered.sent(message);
    return sent;
  };
  const receive = ua.transport.onMessage;
  ua.transport.onMessage = (came) => {
    busyAt = now();
    const message = readableAddresses(readable(came), uri.host);
    unanswered.received(message);
    receive?.(readableRedirect(bestChallenge(message), uri.host));
  };
  ua.userAgentCore.configuration.authenticationFactory = () =>
    // Of sip.js's own it is asked no more than this (everyChallenge.ts).
    new Credentials(account.username, ua.configuration.authorizationPassword) as unknown as Core.DigestAuthentication;
  ua.delegate = {
    onInvite: (invitation) => onRing(invitation, { account }),
    onDisconnect: () => {
      flow.stop();
      // Not from inside the transport's own change of state.
      queueMicrotask(() => {
        for (const refusal of unanswered.refusals()) receive?.(refusal);
        onDropped();
      });
    },
  };

  const registrar = uri.clone();
  registrar.user = undefined;
  const core = ua.userAgentCore;
  const first = core.makeOutgoingRequestMessage("REGISTER", registrar, uri, uri, {});
  let cseq = first.cseq;
  /** What the registrar wants at least, seconds, once it has said so (423, RFC 3261 10.2.8). */
  let least = 0;
  /** By its instance's name the registrar knows us over a new socket (RFC 5626 4.1), unless a proxy on the way cannot keep one (439). */
  let outbound = true;

  /** Not sip.js's own Registerer: a dropped socket leaves that one waiting for half a minute. */
  function register(wanted: number): ReturnType<Agent["register"]> {
    const seconds = wanted === 0 ? 0 : Math.max(wanted, least);
    return new Promise((resolve, reject) => {
      const contact = `Contact: ${ua.contact.toString({ register: true })}${outbound ? ";reg-id=1" : ""};+sip.instance="<urn:uuid:${ua.instanceId}>";expires=${seconds}`;
      cseq += 1;
      const options = { callId: first.callId, fromTag: first.fromTag, cseq, routeSet: [] };
      const message = core.makeOutgoingRequestMessage("REGISTER", registrar, uri ?? first.fromURI, uri ?? first.toURI, options, [contact]);
      core.register(message, {
        onAccept: ({ message: answer }) => {
          cseq = message.cseq;
          const flowTimer = Number.parseInt(answer.getHeader("flow-timer") ?? "", 10);
          flow.every(wanted > 0 && flowTimer >= LEAST_FLOW ? flowTimer : undefined);
          // All other requests go this way from now on (RFC 3608 6.1).
          core.configuration.routeSet = answer.getHeaders("service-route");
          const ours = answer.getHeaders("contact").find((one) => one.includes(`${ua.contact.uri.user ?? ""}@`));
          const granted = Number(/;\s*expires=(\d+)/i.exec(ours ?? "")?.[1] ?? answer.getHeader("expires") ?? seconds);
          resolve({ outcome: "ready", granted: Math.max(10, granted) });
        },
        onRedirect: ({ message: answer }) => resolve({ outcome: "refused", status: answer.statusCode ?? 300, granted: 0 }),
        onReject: ({ message: answer }) => {
          cseq = message.cseq;
          const longer = answer.statusCode === 423 ? Number.parseInt(answer.getHeader("min-expires") ?? "", 10) : NaN;
          if (longer > seconds && longer <= LONGEST_REGISTRATION) {
            least = longer;
            register(wanted).then(resolve, reject);
          } else if (answer.statusCode === 439 && outbound) {
            outbound = false;
            register(wanted).then(resolve, reject);
          } else if (neverArrived(answer)) reject(new Error("The registration was lost on its way"));
          else resolve({ outcome: "refused", status: answer.statusCode ?? 500, granted: 0, ...retryAfterOf(answer.getHeader("retry-after")) });
        },
      });
    });
  }

  return { account, ua, register, idle: () => now() - busyAt };
}

/** Ends the agent's calls and registration; waits a moment for the server, not for ever. */
export async function farewell({ ua, ...agent }: Agent, orderly = true): Promise<void> {
  const patience = new Promise<void>((resolve) => { setTimeout(resolve, GOODBYE); });
  if (orderly && ua.isConnected()) await Promise.race([agent.register(0).catch(() => undefined), patience]);
  await Promise.race([ua.stop().catch(() => undefined), patience]);
}

function retryAfterOf(header: string | undefined): { retryAfter?: number } {
  const seconds = Number.parseInt(header ?? "", 10);
  return Number.isFinite(seconds) ? { retryAfter: seconds } : {};
}

export function sameLine(a: SipAccount, b: SipAccount): boolean {
  return a.server === b.server && a.uri === b.uri && a.username === b.username;
}
