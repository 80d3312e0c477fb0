/** The kinds of settings: each reads one non-empty text. `why` continues the sentence that begins with the setting's name. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/** As RTCPeerConnection takes it (W3C WebRTC, section 4.2.2). */
export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

const good = <T>(value: T): Read<T> => ({ ok: true, value });
const bad = (why: string): { readonly ok: false; readonly why: string } => ({ ok: false, why });

export const text = (value: string): Read<string> => good(value);

/** An IPv6 address may stand in brackets, as in a URL. */
export const host = (value: string): Read<string> => good(value.replace(/^\[(.*)\]$/, "$1"));

export function port(value: string): Read<number> {
  const number = Number(value);
  return /^\d{1,5}$/.test(value) && number <= 65_535 ? good(number) : bad(`must be a number from 0 to 65535, not "${value}"`);
}

export function days(value: string): Read<number> {
  const number = Number(value);
  return /^\d{1,5}$/.test(value) && number >= 1 ? good(number) : bad(`must be a number of days from 1 to 99999, not "${value}"`);
}

export function boolean(value: string): Read<boolean> {
  const word = value.toLowerCase();
  if (["on", "1", "true", "yes"].includes(word)) return good(true);
  if (["off", "0", "false", "no"].includes(word)) return good(false);
  return bad(`must be on or off, not "${value}"`);
}

/** A password or key: its value never appears in the sentence. */
export const secretOf =
  (least: number) =>
  (value: string): Read<string> =>
    value.length >= least ? good(value) : bad(`must have at least ${least} characters`);

/** Several with commas between; no value appears in the sentence. */
export const secretsOf =
  (least: number) =>
  (value: string): Read<readonly string[]> => {
    const all = value.split(",").map((one) => one.trim());
    return all.every((one) => one.length >= least) ? good(all) : bad(`must hold secrets of at least ${least} characters, with commas between`);
  };

export function databaseUrl(value: string): Read<string> {
  const url = parse(value);
  return url !== null && ["postgres:", "postgresql:"].includes(url.protocol) && url.pathname.length > 1
    ? good(value)
    : bad("must look like postgres://user:password@host:5432/database");
}

/** The origin alone: a page under a path of its own is not served. */
export function publicOrigin(value: string): Read<string> {
  const url = parse(value);
  if (url === null || !["http:", "https:"].includes(url.protocol)) return bad(`must be an http or https address, not "${value}"`);
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "")
    return bad(`must be an address without a path, such as ${url.origin}`);
  return good(url.origin);
}

/** One or several, with commas between, the best first. */
export function webSocketUrls(value: string): Read<readonly string[]> {
  const urls = value.split(",").map((url) => url.trim());
  const right = urls.every((one) => ["ws:", "wss:"].includes(parse(one)?.protocol ?? ""));
  return right ? good(urls) : bad(`must be a ws or wss address, or several with commas, not "${value}"`);
}

const iceUrl = (value: unknown): boolean => typeof value === "string" && /^(stuns?|turns?):[^\s/]+$/.test(value);

export function iceServers(value: string): Read<readonly IceServer[]> {
  const why = 'must be a JSON list such as [{"urls":"stun:stun.example.com"}]';
  let list: unknown;
  try {
    list = JSON.parse(value);
  } catch {
    return bad(why);
  }
  return Array.isArray(list) && list.every(isIceServer) ? good(list) : bad(why);
}

function isIceServer(one: unknown): one is IceServer {
  if (typeof one !== "object" || one === null || !("urls" in one)) return false;
  const { urls } = one;
  const words = ["username", "credential"].map((name): unknown => (one as Record<string, unknown>)[name]);
  return (Array.isArray(urls) ? urls.length > 0 && urls.every(iceUrl) : iceUrl(urls)) && words.every((word) => word === undefined || typeof word === "string");
}

/** One or several `turn:` addresses (RFC 7065), with commas between. */
export function turnUrls(value: string): Read<readonly string[]> {
  const urls = value.split(",").map((url) => url.trim());
  return urls.every((url) => /^turns?:/.test(url) && iceUrl(url)) ? good(urls) : bad(`must look like turn:turn.example.com:3478, not "${value}"`);
}

function parse(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}
