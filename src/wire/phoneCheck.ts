/** What "test the connection" found, step by step; the screen has a sentence for each fault. The first fault ends the steps. */
export type CheckStep =
  | { readonly step: "name"; readonly ok: true }
  | { readonly step: "name"; readonly ok: false; readonly fault: "unknown" | "noAnswer" | "linkLocal" }
  | { readonly step: "port"; readonly ok: true }
  | { readonly step: "port"; readonly ok: false; readonly fault: "refused" | "noAnswer" | "unreachable" }
  /** `until`: the last day on which it holds, YYYY-MM-DD. */
  | { readonly step: "certificate"; readonly ok: true; readonly until?: string }
  | { readonly step: "certificate"; readonly ok: false; readonly fault: CertificateFault; readonly until?: string }
  | { readonly step: "upgrade"; readonly ok: true }
  /** `status`: of HTTP, when the server answered with one instead of a WebSocket. */
  | { readonly step: "upgrade"; readonly ok: false; readonly fault: "status" | "subprotocol" | "noAnswer" | "noHttp"; readonly status?: number }
  /** `algorithm`: by which the password was proved; none when the server asked for no proof. */
  | { readonly step: "register"; readonly ok: true; readonly algorithm?: "SHA-256" | "SHA-512-256" | "MD5" }
  | { readonly step: "register"; readonly ok: false; readonly fault: "wrongPassword" | "forbidden" | "unknownLine" | "algorithm" | "noAnswer" | "status"; readonly status?: number };

export type CertificateFault = "expired" | "notYet" | "wrongName" | "selfSigned" | "unknownIssuer" | "noTls";

/** One server's steps. */
export interface ServerCheck { readonly server: string; readonly steps: readonly CheckStep[] }
