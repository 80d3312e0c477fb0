import type { EditorState } from "#client/scripts/editor.ts";
import { moduleOf, type Handler, type Module, type Script } from "#domain/script/script.ts";
import { blank, changesOf, isBlank, writtenOf, type Change, type Written } from "./changes.ts";
import type { Place } from "./outline.ts";

/** What the editor's screen shows, made from what there is and what was chosen. */
export interface EditorView {
  readonly script?: Script;
  readonly place?: Place;
  readonly module?: Module;
  /** The texts in the fields; undefined when no handler is open. */
  readonly written?: Written;
  /** The published handler that is open; undefined for a new one. */
  readonly shown?: Handler;
  /** What is open is the draft, and not something published. */
  readonly isDraft: boolean;
  /** The published version that the draft goes on from. */
  readonly base?: Handler;
  readonly changes: readonly Change[];
  /** The draft holds something that would be lost. */
  readonly dirty: boolean;
  /** Something is open that cannot be edited before the draft is done with: there is one draft at a time. */
  readonly elsewhere: boolean;
  readonly readOnly: boolean;
  /** The line of the outline that is marked as a draft. */
  readonly marked?: string;
}

/** @param asked the script that was chosen, if any; otherwise the draft's, otherwise the one in the person's language */
export function viewOf(state: EditorState, asked: string | undefined, chosen: Place | undefined): EditorView {
  const { draft, publishing, handlers, scripts, person } = state;
  const script = scripts.find(({ id }) => id === (asked ?? draft?.script)) ?? scripts.find(({ language }) => language === person.language) ?? scripts[0];
  const base = handlerOf(state, draft?.id);
  const changes = draft ? changesOf(base ? writtenOf(base) : blank, draft) : [];
  const dirty = draft !== undefined && (base ? changes.length > 0 : !isBlank(draft));
  const done = publishing.phase === "published" ? publishing.handler : undefined;
  const place = placeNow(state, chosen, done);
  const shown = place?.kind === "handler" ? handlerOf(state, place.id) ?? (done?.id === place.id ? done : undefined) : undefined;
  const isDraft = draft !== undefined && (place?.kind === "new" || (place?.kind === "handler" && place.id === draft.id));
  const module = script && place?.kind === "module" ? moduleOf(script, place.id) : undefined;
  const written = isDraft ? draft : shown && writtenOf(shown);
  const elsewhere = dirty && !isDraft && place?.kind === "handler";
  const marked = draft && (dirty || !base) && draft.script === script?.id ? base?.id ?? "new" : undefined;
  return {
    isDraft, changes, dirty, elsewhere,
    // A handler that was just published is edited again only when it has come back from the server: without it there is no version to go on from.
    readOnly: elsewhere || publishing.phase === "sending" || (!isDraft && shown !== undefined && !handlers.includes(shown)),
    ...(script ? { script } : {}), ...(place ? { place } : {}), ...(module ? { module } : {}), ...(written ? { written } : {}),
    ...(shown ? { shown } : {}), ...(base ? { base } : {}), ...(marked === undefined ? {} : { marked }),
  };
}

/** Where the draft is written; one that is not published yet has no place of its own in the outline. */
export function placeOfDraft({ draft }: EditorState): Place | undefined {
  if (!draft) return undefined;
  return draft.id !== undefined && draft.based > 0 ? { kind: "handler", id: draft.id } : { kind: "new" };
}

/** A new handler that has been published is that handler from now on. */
function placeNow(state: EditorState, chosen: Place | undefined, done: Handler | undefined): Place | undefined {
  if (chosen?.kind !== "new" || placeOfDraft(state)?.kind === "new") return chosen;
  return placeOfDraft(state) ?? (done && { kind: "handler", id: done.id });
}

function handlerOf(state: EditorState, id: string | undefined): Handler | undefined {
  return id === undefined ? undefined : state.handlers.find((handler) => handler.id === id);
}
