import { isAbsolute, join } from "node:path";
import {
  boolean, databaseUrl, days, host, iceServers, port, publicOrigin, secretOf, secretsOf, text, turnUrls, webSocketUrls, type IceServer, type Read,
} from "./settingKinds.ts";
import table from "./settings.json" with { type: "json" };

/** Where the people's lines are registered. */
export type SipSettings =
  | { readonly kind: "embedded"; readonly domain: string | null }
  | { readonly kind: "pbx"; /** In order of preference; at least one. */ readonly servers: readonly string[]; readonly domain: string; readonly linesFile: string | null };

/** How peer connections find a path. TURN passwords made from `turn.secret` are short-lived (coturn's REST scheme). */
export interface IceSettings {
  readonly servers: readonly IceServer[];
  readonly turn: { readonly urls: readonly string[]; readonly secret: string } | null;
}

/** All that can be set from outside, checked and filled in. Paths are absolute. */
export interface Settings {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** null: the embedded PostgreSQL */
  readonly databaseUrl: string | null;
  /** null: as the data folder remembers, or as a new one begins */
  readonly demo: boolean | null;
  readonly demoPassword: string | null;
  /** Origin without a slash at the end; null: made from host and port once the server listens. */
  readonly publicUrl: string | null;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  readonly trustProxy: boolean;
  /** null: the data folder's own */
  readonly secret: string | null;
  /** Earlier secrets: what was sealed with them is sealed anew. */
  readonly secretsBefore: readonly string[];
  readonly sip: SipSettings;
  readonly ice: IceSettings;
  /** Days that private texts are kept; null: for ever. */
  readonly keepTextsDays: number | null;
  /** Encrypts back-ups; null: they lie as they are. */
  readonly backUpPassphrase: string | null;
}

export type SettingsReading = { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly problem: string };

/** The rows that `npm start -- --help` and the README show. */
export const settingRows: readonly { readonly name: string; readonly standard: string; readonly says: string }[] = table;

const readers = {
  PORT: port,
  HOST: host,
  DATA_DIR: text,
  DATABASE_URL: databaseUrl,
  DEMO: boolean,
  DEMO_PASSWORD: secretOf(8),
  PUBLIC_URL: publicOrigin,
  TLS_CERT: text,
  TLS_KEY: text,
  TRUST_PROXY: boolean,
  SECRET: secretOf(32),
  SECRET_BEFORE: secretsOf(32),
  SIP_SERVER: webSocketUrls,
  SIP_DOMAIN: text,
  SIP_LINES: text,
  ICE_SERVERS: iceServers,
  TURN_URL: turnUrls,
  TURN_SECRET: text,
  KEEP_TEXTS_DAYS: days,
  BACKUP_PASSPHRASE: secretOf(12),
} satisfies Record<string, (value: string) => Read<unknown>>;

/** Every name that is read; the table of settings.json has a row for each (a test compares them). */
export const settingNames: readonly string[] = Object.keys(readers);

type Values = { [Name in keyof typeof readers]: Extract<ReturnType<(typeof readers)[Name]>, { ok: true }>["value"] | null };

/**
 * Reads the settings from environment variables; an empty one counts as not given.
 * @param env such as process.env
 * @param projectFolder where relative paths start
 * @returns the settings, or one sentence on the first that is wrong; values that may be secret are never repeated in it
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>, projectFolder: string): SettingsReading {
  const values: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(readers)) {
    const given = env[name]?.trim() ?? "";
    if (given === "") {
      values[name] = null;
      continue;
    }
    const result = read(given);
    if (!result.ok) return { ok: false, problem: `${name} ${result.why}.` };
    values[name] = result.value;
  }
  return together(values as Values, (path) => (isAbsolute(path) ? path : join(projectFolder, path)));
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** An unencrypted WebSocket that leaves this machine: a page that came by https may not open it. */
export const isUnsafe = (server: string): boolean => /^ws:/i.test(server) && !isLoopback(new URL(server).hostname);

/** The domain where none is given: the host of the first server. */
export const hostOf = ([first = ""]: readonly string[]): string => (URL.canParse(first) ? new URL(first).hostname : "");

/** What the single settings mean together. */
function together(v: Values, absolute: (path: string) => string): SettingsReading {
  const address = v.HOST ?? "127.0.0.1";
  const publicHost = v.PUBLIC_URL === null ? null : new URL(v.PUBLIC_URL).hostname;
  const https = v.PUBLIC_URL?.startsWith("https:") ?? false;
  const wrong = (problem: string): SettingsReading => ({ ok: false, problem });

  if ((v.TLS_CERT === null) !== (v.TLS_KEY === null)) return wrong("TLS_CERT and TLS_KEY belong together: give both or neither.");
  if (!isLoopback(address) && v.TLS_CERT === null && !https)
    return wrong(
      `HOST=${address} can be reached from other machines, and browsers give microphone, offline work and encryption only to https pages: give TLS_CERT and TLS_KEY, or the https PUBLIC_URL of the proxy in front.`,
    );
  if (publicHost !== null && !isLoopback(publicHost) && !https)
    return wrong("PUBLIC_URL must begin with https: browsers give microphone, offline work and encryption only to https pages.");
  if (v.DEMO === true && !isLoopback(address))
    return wrong(`DEMO=on needs a HOST that only this machine can reach, not ${address}: the demo offers everybody its password.`);
  if (v.SIP_LINES !== null && v.SIP_SERVER === null) return wrong("SIP_LINES names accounts on the company's PBX and needs SIP_SERVER.");
  if ((v.TLS_CERT !== null || https) && v.SIP_SERVER?.some(isUnsafe) === true)
    return wrong("SIP_SERVER must begin with wss: a page that came by https may not open an unencrypted WebSocket.");
  if (v.ICE_SERVERS !== null && v.TURN_URL !== null) return wrong("ICE_SERVERS and TURN_URL exclude each other: put the TURN server into one of them.");
  if ((v.TURN_URL === null) !== (v.TURN_SECRET === null)) return wrong("TURN_URL and TURN_SECRET belong together: give both or neither.");

  return {
    ok: true,
    settings: {
      port: v.PORT ?? 7000,
      host: address,
      dataDir: absolute(v.DATA_DIR ?? "data"),
      databaseUrl: v.DATABASE_URL,
      demo: v.DEMO,
      demoPassword: v.DEMO_PASSWORD,
      publicUrl: v.PUBLIC_URL,
      tls: v.TLS_CERT !== null && v.TLS_KEY !== null ? { certFile: absolute(v.TLS_CERT), keyFile: absolute(v.TLS_KEY) } : null,
      trustProxy: v.TRUST_PROXY ?? false,
      secret: v.SECRET,
      secretsBefore: v.SECRET_BEFORE ?? [],
      sip:
        v.SIP_SERVER === null
          ? { kind: "embedded", domain: v.SIP_DOMAIN }
          : { kind: "pbx", servers: v.SIP_SERVER, domain: v.SIP_DOMAIN ?? hostOf(v.SIP_SERVER), linesFile: v.SIP_LINES === null ? null : absolute(v.SIP_LINES) },
      ice: { servers: v.ICE_SERVERS ?? [], turn: v.TURN_URL !== null && v.TURN_SECRET !== null ? { urls: v.TURN_URL, secret: v.TURN_SECRET } : null },
      keepTextsDays: v.KEEP_TEXTS_DAYS,
      backUpPassphrase: v.BACKUP_PASSPHRASE,
    },
  };
}
