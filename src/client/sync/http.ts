/** What a request to our own server came to. */
export type Answer<T> =
  | { readonly ok: true; readonly body: T }
  /** `status` 0: the server could not be reached. `retryAfter`: seconds, where the server says when to come again. */
  | { readonly ok: false; readonly status: number; readonly why: string; readonly body?: unknown; readonly retryAfter?: number };

/** One JSON request to our own server with the session cookie, unless `credentials` leaves it out. Never throws. `timeout` in milliseconds. */
export async function request<T>(method: "GET" | "POST", path: string, body?: unknown, timeout = 15_000, credentials: RequestCredentials = "same-origin"): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method, credentials, cache: "no-store", signal: AbortSignal.timeout(timeout),
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json: unknown = text === "" ? undefined : parse(text);
    if (response.ok) return { ok: true, body: json as T };
    const why = typeof json === "object" && json !== null && "why" in json ? String(json.why) : response.statusText;
    const wait = Number(response.headers.get("retry-after") ?? undefined);
    return { ok: false, status: response.status, why, body: json, ...(Number.isFinite(wait) ? { retryAfter: wait } : {}) };
  } catch {
    return { ok: false, status: 0, why: "unreachable" };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
