import { createStore } from "zustand/vanilla";
import { checkHandler } from "#domain/script/draft.ts";
import type { Handler } from "#domain/script/script.ts";
import { newest } from "#client/sync/downlink.ts";
import { request } from "#client/sync/http.ts";
import { wantsReload, watchReload } from "#client/sync/renewal.ts";
import type { Station } from "#client/sync/station.ts";
import type { PublishHandler, PublishResponse } from "#wire/api.ts";
import type { Editor, EditorState, HandlerDraft, Publishing } from "./editor.ts";

/** The draft of the handler that is open. */
export const DRAFT = "handlerDraft";

/** Opens the editor on the newest published scripts and handlers; a draft outlives the tab. */
export async function openEditor(station: Station): Promise<Editor> {
  const { downlink, journal, live, person } = station;
  let draft = await journal.recall<HandlerDraft>(DRAFT);
  let publishing: Publishing = { phase: "idle" };
  const state = createStore<EditorState>(() => look());

  function look(): EditorState {
    const { scripts, handlers, loaded } = downlink.library.getState();
    return {
      person, publishing, loaded, scripts: newest(scripts.values()), handlers: newest(handlers.values()),
      online: live.state.getState() === "open", ...(draft ? { draft } : {}), ...(wantsReload(station) ? { newer: true } : {}),
    };
  }
  function refresh(): void {
    state.setState(look(), true);
  }
  function put(next: HandlerDraft | undefined, phase: Publishing = { phase: "idle" }): void {
    draft = next;
    publishing = phase;
    refresh();
    void journal.write({ remember: { [DRAFT]: next } }).catch(() => undefined); // a disk that takes nothing: it lies aside
  }

  /** The handler that the draft would become. A new one gets its id at the first try, so that trying again makes no second one. */
  function wanted(from: HandlerDraft): Omit<Handler, "version"> {
    return {
      id: from.id ?? crypto.randomUUID(), script: from.script, title: from.title.trim(), gist: from.gist.trim(),
      synonyms: from.synonyms.split(/[,\n;]/).map((one) => one.trim()).filter((one) => one !== ""),
      phrasings: from.phrasings.map((one) => one.trim()).filter((one) => one !== ""),
    };
  }
  function problemsOf(from: HandlerDraft): ReturnType<Editor["problems"]> {
    const others = state.getState().handlers.filter((one) => one.script === from.script);
    return checkHandler({ ...from, id: from.id ?? "" }, others);
  }

  async function publish(): Promise<void> {
    if (!draft || publishing.phase === "sending" || problemsOf(draft).length > 0) return;
    const handler = wanted(draft);
    put({ ...draft, id: handler.id }, { phase: "sending" });
    const answer = await request<PublishResponse>("POST", "/api/scripts/handlers", { handler, based: draft.based } satisfies PublishHandler);
    const said = answer.ok ? answer.body : answer.status === 409 ? (answer.body as PublishResponse) : undefined;
    if (said?.ok) {
      put(undefined, { phase: "published", handler: said.handler });
      await downlink.pull();
    } else if (said) put(draft, { phase: "newer", newest: said.handler });
    else {
      const status = answer.ok ? 0 : answer.status;
      put(draft, { phase: "failed", why: status === 0 ? "offline" : status === 403 || status === 401 ? "forbidden" : status < 500 ? "invalid" : "server" });
    }
  }

  const stops = [downlink.library.subscribe(refresh), live.state.subscribe(refresh), watchReload(station, refresh)];
  return {
    state,
    open(script, id) {
      const handler = state.getState().handlers.find((one) => one.id === id);
      put(handler
        ? { id: handler.id, based: handler.version, script: handler.script, title: handler.title, gist: handler.gist, synonyms: handler.synonyms.join(", "), phrasings: handler.phrasings }
        : { based: 0, script, title: "", gist: "", synonyms: "", phrasings: [""] });
    },
    change: (part) => { if (draft) put({ ...draft, ...part }); },
    problems: () => (draft ? problemsOf(draft) : []),
    publish: () => void publish(),
    discard: () => put(undefined),
    async stop() {
      for (const stop of stops) stop();
    },
  };
}
