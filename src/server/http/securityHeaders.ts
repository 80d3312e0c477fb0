/** What every answer says to the browser about what its page may do. */
export interface HeaderRules {
  /** Web addresses of the company's PBX, as of now; none for the embedded switch. */
  readonly sipServers: () => readonly string[];
}

/** @param seen as the browser names this server */
export function securityHeaders(rules: HeaderRules, seen: { readonly host: string; readonly secure: boolean }): Readonly<Record<string, string>> {
  // "self" covers WebSockets in new browsers only, so that ours is named. A host that is no host is not repeated.
  const own = /^[\w.:[\]-]{1,255}$/.test(seen.host) ? ` ${seen.secure ? "wss" : "ws"}://${seen.host}` : "";
  const pbx = [...new Set(rules.sipServers().map((server) => ` ${new URL(server).origin}`))].join("");
  return {
    "content-security-policy": [
      "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'", "media-src 'self' blob:",
      `connect-src 'self'${own}${pbx}`, "worker-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "object-src 'none'",
    ].join("; "),
    "permissions-policy": "microphone=(self), speaker-selection=(self), autoplay=(self), camera=(), geolocation=(), payment=(), usb=(), display-capture=()",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    ...(seen.secure ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
