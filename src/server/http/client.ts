import type { IncomingMessage } from "node:http";
import type { SeenAs } from "./handlers.ts";

/** Whom to believe about the other end of a connection. */
export interface ProxyRules {
  /** All requests come through the company's own proxy (TRUST_PROXY). */
  readonly trust: boolean;
  readonly publicUrl: string | null;
}

/**
 * The client's address: of the socket, or the last one of X-Forwarded-For when the proxy is trusted, because that one was
 * written by the proxy itself; all before it anybody can make up.
 */
export function addressOf(request: IncomingMessage, rules: ProxyRules): string {
  const socket = request.socket.remoteAddress ?? "unknown";
  if (!rules.trust) return socket;
  const header = request.headers["x-forwarded-for"];
  const last = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",").at(-1)?.trim();
  return last === undefined || last === "" ? socket : last;
}

/** How the browser names this server: its Host header, and https when TLS ends here or at the trusted proxy. */
export function seenAs(request: IncomingMessage, rules: ProxyRules): SeenAs {
  const encrypted = "encrypted" in request.socket && request.socket.encrypted === true;
  const publicHost = rules.publicUrl === null ? undefined : new URL(rules.publicUrl);
  const host = (rules.trust ? first(request.headers["x-forwarded-host"]) : undefined) ?? request.headers.host ?? publicHost?.host ?? "localhost";
  const forwarded = rules.trust ? first(request.headers["x-forwarded-proto"]) : undefined;
  return { host, secure: encrypted || forwarded === "https" || (publicHost?.protocol === "https:" && publicHost.host === host) };
}

function first(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header[0] : header?.split(",")[0]?.trim();
  return value === "" ? undefined : value;
}
