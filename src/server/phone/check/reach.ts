import { lookup } from "node:dns/promises";
import { connect, isIP } from "node:net";
import { checkServerIdentity, connect as connectTls, type PeerCertificate } from "node:tls";
import type { CertificateFault, CheckStep } from "#wire/phoneCheck.ts";
import { codeOf } from "#server/startProblem.ts";

/** How long each step may take, ms. */
export const PATIENCE = 6_000;

/** A name that leads nowhere, or where the server's own machine keeps its secrets (link-local: cloud metadata). */
export type Found = { readonly ok: true; readonly address: string } | { readonly ok: false; readonly step: CheckStep };

/** Looks the host's name up once; all later steps go to that address, so that a name cannot change its meaning in between. */
export async function find(host: string): Promise<Found> {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  const refused = (fault: "unknown" | "noAnswer" | "linkLocal"): Found => ({ ok: false, step: { step: "name", ok: false, fault } });
  try {
    const { address } = isIP(bare) ? { address: bare } : await within(lookup(bare), "lookup");
    if (/^(169\.254\.|fe[89ab]|::ffff:169\.254\.)/i.test(address)) return refused("linkLocal");
    return { ok: true, address };
  } catch (error) {
    return refused(codeOf(error) === "ENOTFOUND" ? "unknown" : "noAnswer");
  }
}

/** Whether anybody listens there. */
export function knock(address: string, port: number): Promise<CheckStep> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (step: CheckStep): void => { socket.destroy(); resolve(step); };
    socket.setTimeout(PATIENCE, () => end({ step: "port", ok: false, fault: "noAnswer" }));
    socket.once("connect", () => end({ step: "port", ok: true }));
    socket.once("error", (error) => end({ step: "port", ok: false, fault: codeOf(error) === "ECONNREFUSED" ? "refused" : codeOf(error) === "ETIMEDOUT" ? "noAnswer" : "unreachable" }));
  });
}

/** What a browser would say of the certificate; `name` as it stands in the URL. */
export function certificate(address: string, port: number, name: string, now: number): Promise<CheckStep> {
  const bare = name.replace(/^\[(.*)\]$/, "$1");
  return new Promise((resolve) => {
    // Looked at, not relied on: nothing secret goes over this connection.
    const socket = connectTls({ host: address, port, rejectUnauthorized: false, ...(isIP(bare) ? {} : { servername: bare }) });
    const end = (step: CheckStep): void => { socket.destroy(); resolve(step); };
    const bad = (fault: CertificateFault, until?: string): void => end({ step: "certificate", ok: false, fault, ...(until === undefined ? {} : { until }) });
    socket.setTimeout(PATIENCE, () => bad("noTls"));
    socket.once("error", () => bad("noTls"));
    socket.once("secureConnect", () => {
      const given = socket.getPeerCertificate();
      const until = day(given);
      if (until !== undefined && Date.parse(given.valid_to) < now) return bad("expired", until);
      // Before the issuer, who may well be known to the browsers here: the name is wrong for them too.
      if (checkServerIdentity(bare, given) !== undefined) return bad("wrongName", until);
      const why = String(socket.authorizationError ?? "");
      if (socket.authorized) return end({ step: "certificate", ok: true, ...(until === undefined ? {} : { until }) });
      return bad(faults[why] ?? "unknownIssuer");
    });
  });
}

const faults: Readonly<Record<string, CertificateFault>> = {
  CERT_HAS_EXPIRED: "expired", CERT_NOT_YET_VALID: "notYet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "selfSigned", SELF_SIGNED_CERT_IN_CHAIN: "unknownIssuer",
};

/** YYYY-MM-DD. */
function day(given: PeerCertificate): string | undefined {
  const until = Date.parse(given.valid_to);
  return Number.isNaN(until) ? undefined : new Date(until).toISOString().slice(0, 10);
}

async function within<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`${what} took too long`)), PATIENCE); });
  return Promise.race([work, late]).finally(() => { clearTimeout(timer); });
}
