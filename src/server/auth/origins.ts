/** Which pages may ask this server to do something: the guard against requests that another site makes in a person's name. */
export interface OriginRules {
  readonly tls: boolean;
  readonly host: string;
  /** The port that the server listens on. */
  readonly port: number;
  /** Origin without a slash at the end. */
  readonly publicUrl: string | null;
}

/** What a browser says about where a request comes from. */
export interface Sender {
  readonly origin: string | undefined;
  /** Fetch Metadata (W3C): every browser of today sends it to a trustworthy address. */
  readonly site: string | undefined;
  readonly host: string | undefined;
}

/** The origins under which our own pages are opened. */
export function trustedOrigins(rules: OriginRules): readonly string[] {
  const scheme = rules.tls ? "https" : "http";
  const hosts = new Set(["localhost", "127.0.0.1", "[::1]"]);
  if (rules.host !== "0.0.0.0" && rules.host !== "::") hosts.add(rules.host.includes(":") && !rules.host.startsWith("[") ? `[${rules.host}]` : rules.host);
  const own = [...hosts].map((host) => new URL(`${scheme}://${host}:${rules.port}`).origin);
  return rules.publicUrl === null ? own : [rules.publicUrl, ...own];
}

/**
 * May a request that changes something, or opens a WebSocket, be obeyed? A browser always names the origin of such a request;
 * one without an origin comes from a program, which holds no cookie of somebody else.
 */
export function mayAct(sender: Sender, rules: OriginRules): boolean {
  if (sender.origin === undefined) return sender.site === undefined || sender.site === "same-origin" || sender.site === "none";
  if (trustedOrigins(rules).includes(sender.origin)) return true;
  // Opened under a name that nobody told us. Without TLS it could be a foreign name that was bent to our address (DNS rebinding);
  // with it the certificate has vouched for the name.
  return rules.tls && sender.host !== undefined && sender.origin === `https://${sender.host}`;
}
