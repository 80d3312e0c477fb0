import { useRef, useState } from "react";
import { useStore } from "zustand";
import type { Editor, EditorState } from "#client/scripts/editor.ts";
import type { Handler } from "#domain/script/script.ts";
import { moduleOf } from "#domain/script/script.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { KeySign } from "#ui/kit/KeySign.tsx";
import { useToast } from "#ui/kit/Toast.tsx";
import { blank, changesOf, isBlank, writtenOf, type Written } from "#ui/scripts/changes.ts";
import { HandlerForm } from "#ui/scripts/HandlerForm.tsx";
import { ModuleView } from "#ui/scripts/ModuleView.tsx";
import { Newer } from "#ui/scripts/Newer.tsx";
import { Outline } from "#ui/scripts/Outline.tsx";
import { outlineOf, type Place } from "#ui/scripts/outline.ts";
import { Publication } from "#ui/scripts/Publication.tsx";
import { editorWords } from "#ui/scripts/words.ts";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { Shell } from "./Shell.tsx";
import { useKeys } from "./useKeys.ts";
import "./scripts.css";

/** The editor's screen: the outline of a script, and the piece that is open as the agent will see it. */
export function ScriptsScreen({ editor, onSignOut }: { readonly editor: Editor; readonly onSignOut: () => void }) {
  const words = useWords(editorWords);
  const common = useWords(commonWords);
  const state = useStore(editor.state);
  const toast = useToast();
  const { draft, publishing, handlers } = state;
  const [asked, setAsked] = useState<string>();
  const [chosen, setPlace] = useState<Place | undefined>(() => placeOfDraft(editor.state.getState()));
  const [typed, setTyped] = useState("");
  /** Publishing was tried: from then on a field that is still empty is marked. */
  const [tried, setTried] = useState(false);
  const filter = useRef<HTMLInputElement>(null);
  const title = useRef<HTMLInputElement>(null);

  const script = state.scripts.find(({ id }) => id === (asked ?? draft?.script)) ?? state.scripts.find(({ language }) => language === state.person.language) ?? state.scripts[0];
  const base = handlerOf(state, draft?.id);
  const changes = draft ? changesOf(base ? writtenOf(base) : blank, draft) : [];
  const dirty = draft !== undefined && (base ? changes.length > 0 : !isBlank(draft));
  const draftPlace = placeOfDraft(state);
  // A new handler that has been published is that handler from now on.
  const place: Place | undefined = chosen?.kind === "new" && draftPlace?.kind !== "new"
    ? draftPlace ?? (publishing.phase === "published" ? { kind: "handler", id: publishing.handler.id } : undefined)
    : chosen;
  const shown = place?.kind === "handler" ? handlerOf(state, place.id) ?? (publishing.phase === "published" && publishing.handler.id === place.id ? publishing.handler : undefined) : undefined;
  const isDraft = draft !== undefined && (place?.kind === "new" || (place?.kind === "handler" && place.id === draft.id));
  const module = script && place?.kind === "module" ? moduleOf(script, place.id) : undefined;

  const toDraft = (): void => {
    if (!draft) return;
    setAsked(draft.script);
    setPlace(draftPlace);
  };
  const fresh = (): void => {
    if (!script) return;
    if (dirty && draft) {
      toDraft();
      if (draft.id !== undefined) toast({ text: words.otherDraft(draft.title || words.untitled) });
    } else {
      editor.open(script.id);
      setTried(false);
      setPlace({ kind: "new" });
    }
    requestAnimationFrame(() => title.current?.focus());
  };
  const change = (part: Partial<Written>): void => {
    if (!isDraft && shown) {
      editor.open(shown.script, shown.id);
      setTried(false);
    }
    editor.change(part);
  };
  const discard = (): void => {
    if (!draft) return;
    const { id, script: of, title: name, gist, synonyms, phrasings } = draft;
    editor.discard();
    if (place?.kind === "new") setPlace(undefined);
    toast({ text: words.discarded, undo: { label: common.undo, run: () => {
      editor.open(of, base ? id : undefined);
      editor.change({ title: name, gist, synonyms, phrasings });
      setPlace(base ? { kind: "handler", id: base.id } : { kind: "new" });
    } } });
  };
  const publish = (): void => {
    setTried(true);
    if (draft && editor.problems().length === 0) editor.publish();
  };
  useKeys((event, focus) => {
    if (event.code === "Enter" && event.ctrlKey && !event.repeat && dirty && isDraft && state.online) publish();
    else if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat) return false;
    else if (event.code === "Escape" && focus === "field" && document.activeElement !== filter.current) (document.activeElement as HTMLElement).blur();
    else if (focus === "field") return false;
    else if (event.code === "Slash") filter.current?.focus();
    else if (event.code === "KeyN") fresh();
    else return false;
    return true;
  });

  const frame = (content: React.ReactNode) => (
    <Shell person={state.person} part="scripts" onSignOut={onSignOut}
      strip={state.loaded && !state.online ? <p className="strip" role="status"><Icon name="offline" /><span>{words.offline}</span></p> : null}>
      {content}
    </Shell>
  );
  if (!script) {
    return frame(state.loaded
      ? <main className="plain-page"><h1>{words.empty}</h1><p>{words.emptyHint}</p></main>
      : <main className="waiting" role="status">{words.loading}</main>);
  }
  const all = isDraft ? editor.problems() : [];
  const problems = tried || base ? all : all.filter((problem) => problem === "tooLong" || problem === "sameTitle");
  const written = isDraft ? draft : shown && writtenOf(shown);
  const elsewhere = dirty && !isDraft && place?.kind === "handler";
  return frame(
    <main className="scripts">
      <Outline scripts={state.scripts} script={script} parts={outlineOf(script, handlers, typed)} place={place} typed={typed} filter={filter}
        draft={dirty || (draft && !base) ? (draft.script === script.id ? draft.id !== undefined && base ? draft.id : "new" : undefined) : undefined} draftTitle={draft?.title ?? ""}
        onType={setTyped} onScript={(id) => { setAsked(id); setPlace(undefined); }} onOpen={setPlace} onNew={fresh} />
      <div className="scripts-middle">
        {module ? <ModuleView script={script} module={module} handlers={handlers} onOpen={setPlace} /> : null}
        {written ? (
          <article className="piece" aria-label={written.title || words.newHandler}>
            {elsewhere ? (
              <div className="strip calm piece-strip"><Icon name="pen" /><span className="grow">{words.otherDraft(draft.title || words.untitled)}</span><Button onPress={toDraft}>{words.toDraft}</Button></div>
            ) : null}
            {isDraft && publishing.phase === "newer" ? (
              <Newer newest={publishing.newest} language={script.language} ready={(base?.version ?? 0) >= publishing.newest.version}
                onTake={() => { editor.discard(); setPlace({ kind: "handler", id: publishing.newest.id }); }}
                onKeep={() => {
                  const { title: name, gist, synonyms, phrasings } = draft;
                  editor.open(draft.script, draft.id);
                  editor.change({ title: name, gist, synonyms, phrasings });
                }} />
            ) : null}
            <HandlerForm key={place?.kind === "handler" ? place.id : "new"} written={written} language={script.language} problems={problems} first={title}
              readOnly={elsewhere || publishing.phase === "sending" || (!isDraft && shown !== undefined && !handlers.includes(shown))} onChange={change} />
          </article>
        ) : null}
        {!module && !written ? <div className="scripts-choose"><h1>{words.choose}</h1><p className="soft">{words.chooseHint}</p></div> : null}
      </div>
      {written ? (
        <Publication publishing={publishing.phase === "published" && publishing.handler.id !== shown?.id ? { phase: "idle" } : publishing} base={isDraft ? base : shown}
          changes={isDraft ? changes : []} draft={isDraft && (dirty || !base)} problems={problems.length} online={state.online} onPublish={publish} onDiscard={discard} />
      ) : <aside className="publication">{module ? <p className="soft">{words.readOnly}</p> : <Keys />}</aside>}
    </main>,
  );
}

function Keys() {
  const { keys } = useWords(editorWords);
  return (
    <ul className="scripts-keys soft" aria-hidden="true">
      <li><KeySign code="Slash" />{keys.filter}</li>
      <li><KeySign code="KeyN" />{keys.fresh}</li>
      <li><span><kbd className="key">Ctrl</kbd> <KeySign code="Enter" /></span>{keys.publish}</li>
    </ul>
  );
}

function handlerOf(state: EditorState, id: string | undefined): Handler | undefined {
  return id === undefined ? undefined : state.handlers.find((handler) => handler.id === id);
}

/** Where the draft is written; one that is not published yet has no place of its own in the outline. */
function placeOfDraft(state: EditorState): Place | undefined {
  const { draft } = state;
  if (!draft) return undefined;
  return draft.id !== undefined && draft.based > 0 ? { kind: "handler", id: draft.id } : { kind: "new" };
}
