import { createStore } from "zustand/vanilla";
import type { Person } from "#domain/base/campaign.ts";
import { lookForNewShell, newShell } from "#client/sync/newShell.ts";
import { request, type Answer } from "#client/sync/http.ts";
import type { AdminPhoneResponse, ImportPhoneLines, ImportPhoneLinesResponse, SavePhoneLine, SavePhoneSetup, TestPhone, TestPhoneResponse } from "#wire/api.ts";
import { MAX_LINES_FILE } from "#wire/protocol.ts";
import type { Admin, AdminState, AdminTrouble, Part } from "./admin.ts";
import { checkBrowser } from "./browserCheck.ts";
import { createKeeping } from "./keeping.ts";
import { createNorms } from "./norms.ts";

/** How often the list of phones is looked at, milliseconds. */
const LOOK = 5_000;
/** The server tests for up to four times six seconds. */
const TEST_PATIENCE = 40_000;

/** What the server answers in `why`, as far as the screen has words for it. */
const known: ReadonlySet<string> = new Set(["newer", "fixed", "server", "needsWss", "needsTurnSecret"] satisfies AdminTrouble[]);

export function openAdmin(person: Person): Admin {
  const state = createStore<AdminState>(() => ({ person, doing: { phase: "idle" } }));
  /** The file that is being looked at, until it is taken in or dropped: it holds passwords, so it is in no state. */
  let file: string | undefined;
  let stopped = false;
  const keeping = createKeeping();

  const troubleOf = (answer: Extract<Answer<unknown>, { ok: false }>): AdminTrouble => {
    if (answer.status === 0) return "offline";
    if (known.has(answer.why)) return answer.why as AdminTrouble;
    if (answer.status === 429) return "tooMany";
    if (answer.status === 401 || answer.status === 403) return "forbidden";
    return answer.status < 500 ? "invalid" : "trouble";
  };

  async function act<T>(what: Part, path: string, body: unknown, timeout?: number): Promise<T | undefined> {
    state.setState({ doing: { phase: "busy", what } });
    const answer = await request<T>("POST", path, body, timeout);
    state.setState({ doing: answer.ok ? { phase: "done", what } : { phase: "failed", what, why: troubleOf(answer) } });
    return answer.ok ? answer.body : undefined;
  }
  const take = (phone: AdminPhoneResponse | undefined): boolean => {
    if (phone) state.setState({ phone });
    return phone !== undefined;
  };

  async function look(): Promise<void> {
    const answer = await request<AdminPhoneResponse>("GET", "/api/admin/phone");
    if (stopped) return;
    if (answer.ok) {
      const { missing, ...rest } = state.getState();
      state.setState({ ...rest, phone: answer.body }, true);
      // The server was away: perhaps it has come back as a newer one.
      if (missing) lookForNewShell();
    } else state.setState({ missing: answer.status === 0 ? "offline" : "trouble" });
  }
  void look();
  // Only while somebody looks: phones come and go all day.
  const looking = setInterval(() => { if (document.visibilityState === "visible" && state.getState().doing.phase !== "busy") void look(); }, LOOK);
  const renewed = (): void => { if (newShell.getState()) state.setState({ newer: true }); };
  const stopWatching = newShell.subscribe(renewed);
  renewed();
  addEventListener("focus", lookForNewShell);

  async function lookAt(given: File): Promise<void> {
    if (given.size > MAX_LINES_FILE) {
      state.setState({ doing: { phase: "failed", what: "import", why: "fileTooLarge" } });
      return;
    }
    try {
      file = base64(new Uint8Array(await given.arrayBuffer()));
    } catch {
      state.setState({ doing: { phase: "failed", what: "import", why: "unreadableFile" } });
      return;
    }
    const preview = await act<ImportPhoneLinesResponse>("import", "/api/admin/phone/lines", { file, commit: false } satisfies ImportPhoneLines);
    if (preview) state.setState({ importing: { name: given.name, preview }, doing: { phase: "idle" } });
  }
  function dropImport(): void {
    file = undefined;
    const { importing: _, ...rest } = state.getState();
    state.setState(rest, true);
  }

  return {
    state, keeping, norms: createNorms(),
    refresh: () => void look(),
    saveSetup: async (setup, turnSecret) => take(await act<AdminPhoneResponse>("setup", "/api/admin/phone/setup", {
      based: state.getState().phone?.version ?? 0, setup, ...(turnSecret === undefined ? {} : { turnSecret }),
    } satisfies SavePhoneSetup)),
    saveLine: async (who, line) => take(await act<AdminPhoneResponse>("line", "/api/admin/phone/line", { person: who, line } satisfies SavePhoneLine)),
    lookAt: (given) => void lookAt(given),
    async takeIn() {
      if (file === undefined) return;
      const taken = await act<ImportPhoneLinesResponse>("import", "/api/admin/phone/lines", { file, commit: true } satisfies ImportPhoneLines);
      const importing = state.getState().importing;
      // Somebody may have left since the preview: then the rows say so, and nothing was taken in.
      if (taken && importing && !taken.committed) state.setState({ importing: { ...importing, preview: taken }, doing: { phase: "idle" } });
      else if (taken) {
        dropImport();
        await look();
      }
    },
    dropImport,
    async test({ servers: named, domain }, who) {
      // Without an exchange of its own the company calls through the switch in our server.
      const servers = named.length > 0 ? named : [`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/sip`];
      const found = await act<TestPhoneResponse>("test", "/api/admin/phone/test", { servers, domain, ...(who === undefined ? {} : { person: who }) } satisfies TestPhone, TEST_PATIENCE);
      if (!found) return;
      state.setState({ doing: { phase: "busy", what: "test" }, tested: { at: Date.now(), servers: found.servers, browser: [] } });
      const browser = await checkBrowser(servers, found.iceServers.map(({ urls, ...more }) => ({ ...more, urls: [urls].flat() })));
      if (!stopped) state.setState({ doing: { phase: "done", what: "test" }, tested: { at: Date.now(), servers: found.servers, browser } });
    },
    stop() {
      keeping.stop();
      stopped = true;
      clearInterval(looking);
      stopWatching();
      removeEventListener("focus", lookForNewShell);
      file = undefined;
      return Promise.resolve();
    },
  };
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
