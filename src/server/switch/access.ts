/** Who is on a socket: digest by 401 for REGISTER and 407 for the rest (RFC 3261 22). */
import { challenges, proves, readCredentials } from "./digest.ts";
import type { LineSecret } from "./digest.ts";
import type { Flow } from "./flow.ts";
import { values } from "./head.ts";
import type { Limits } from "./limits.ts";
import type { Served } from "./transactions.ts";
import { parseUri } from "./sipLibrary.ts";
import { addressOf } from "./bindings.ts";

export interface AccessWorld {
  readonly domain: string;
  readonly limits: Limits;
  readonly now: () => number;
  readonly findLine: (username: string) => Promise<LineSecret | undefined>;
}

/** Gives the line that the request proves to be of; undefined when the request has been answered instead, or its socket is gone. */
export async function authenticate(world: AccessWorld, served: Served): Promise<string | undefined> {
  const { flow, request } = served;
  const registrar = request.method === "REGISTER";
  const field = registrar ? "authorization" : "proxy-authorization";
  const credentials = readCredentials(values(request.head, field), world.domain);
  if (!credentials) return challenge(world, served, registrar, false);
  flow.claim = credentials.username;
  const secret = await world.findLine(credentials.username).finally(() => (flow.claim = undefined));
  if (flow.ended()) return undefined;
  const meant = parseUri(credentials.uri);
  const rightUri = credentials.uri === request.target || (meant !== undefined && addressOf(meant) === addressOf(request.uri));
  if (!secret || !rightUri || !proves(credentials, request.method, secret)) {
    refuse(flow, world.limits);
    return challenge(world, served, registrar, false);
  }
  if (!flow.nonces.take(credentials.nonce, credentials.nc, world.now())) return challenge(world, served, registrar, true);
  flow.lines.add(credentials.username);
  flow.wrongPasswords = 0;
  return credentials.username;
}

function challenge(world: AccessWorld, served: Served, registrar: boolean, stale: boolean): undefined {
  const name = registrar ? "WWW-Authenticate" : "Proxy-Authenticate";
  const nonce = served.flow.nonces.issue(world.now());
  const lines = challenges(world.domain, nonce, stale).map((value) => ({ name, value }));
  served.reply(registrar ? 401 : 407, { lines });
}

function refuse(flow: Flow, limits: Limits): void {
  flow.wrongPasswords += 1;
  // After the answer, so that an honest client with an old password still learns why.
  if (flow.wrongPasswords >= limits.wrongPasswords) setImmediate(() => flow.close(1008, "too many wrong passwords"));
}
