import { createHmac } from "node:crypto";
import type { SeenAs } from "#server/http/handlers.ts";
import { hostOf, type IceSettings, type SipSettings } from "#server/settings.ts";
import type { IceServer, PhoneAccount } from "#wire/api.ts";
import type { Line } from "./lineStore.ts";
import type { PhoneWorld } from "./setup.ts";

/** The domain of the embedded switch when SIP_DOMAIN names none: reserved, so that it is nobody's (RFC 2606). */
export const EMBEDDED_DOMAIN = "sufler.invalid";

/** The domain of the lines on the embedded switch. */
export function embeddedDomain(sip: SipSettings): string {
  return (sip.kind === "embedded" ? sip.domain : null) ?? EMBEDDED_DOMAIN;
}

/** Of a TURN password, seconds: longer than a shift, because an allocation is refreshed with the password it began with. */
const TURN_SECONDS = 12 * 3600;

/** STUN and TURN servers for one person; none unless the settings name some, so that nothing leaves the company's network. */
export function iceServersFor(ice: IceSettings, person: string, now: number): readonly IceServer[] {
  if (!ice.turn) return ice.servers;
  // coturn's "use-auth-secret": the user name tells when it expires, the password proves it.
  const username = `${Math.floor(now / 1000) + TURN_SECONDS}:${person}`;
  const credential = createHmac("sha1", ice.turn.secret).update(username).digest("base64");
  return [...ice.servers, { urls: ice.turn.urls, username, credential }];
}

/** What a browser needs to register the person's line. `pbx` is the account on the company's PBX, where one is set. */
export function accountOf(
  world: Pick<PhoneWorld, "servers" | "domain" | "plan" | "ice">, practiceDomain: string, seenAs: SeenAs, embedded: Line, pbx: Line | undefined, person: string, now: number,
): PhoneAccount | undefined {
  const practice = { server: `${seenAs.secure ? "wss" : "ws"}://${seenAs.host}/sip`, uri: `sip:${embedded.username}@${practiceDomain}`, ...embedded };
  const ice = { iceServers: iceServersFor(world.ice, person, now), ...(world.ice.turn ? { iceSeconds: TURN_SECONDS } : {}) };
  const [server] = world.servers;
  if (server === undefined) return { ...practice, ...ice, practice };
  const uri = `sip:${pbx?.username ?? ""}@${domainOf(world)}`;
  return pbx && { server, uri, ...pbx, ...ice, servers: world.servers, dialPlan: world.plan, ...(world.plan.echo === undefined ? {} : { echo: world.plan.echo }), practice };
}

/** The domain of the PBX's SIP addresses. */
export const domainOf = ({ domain, servers }: Pick<PhoneWorld, "servers" | "domain">): string => (domain === "" ? hostOf(servers) : domain);
