import { useRef, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import type { Editor } from "#client/scripts/editor.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useInHand } from "#ui/kit/inHand.ts";
import { KeySign } from "#ui/kit/KeySign.tsx";
import { useToast } from "#ui/kit/Toast.tsx";
import type { Written } from "#ui/scripts/changes.ts";
import { HandlerForm } from "#ui/scripts/HandlerForm.tsx";
import { ModuleView } from "#ui/scripts/ModuleView.tsx";
import { Newer } from "#ui/scripts/Newer.tsx";
import { Outline } from "#ui/scripts/Outline.tsx";
import { outlineOf, type Place } from "#ui/scripts/outline.ts";
import { Publication } from "#ui/scripts/Publication.tsx";
import { placeOfDraft, viewOf } from "#ui/scripts/view.ts";
import { editorWords } from "#ui/scripts/words.ts";
import { commonWords } from "#ui/words/common.ts";
import { Waiting } from "#ui/session/Opened.tsx";
import { sessionWords } from "#ui/session/words.ts";
import { useWords } from "#ui/words/language.ts";
import { Shell } from "./Shell.tsx";
import { useKeys } from "./useKeys.ts";
import "./scripts.css";

/** The editor's screen: the outline of a script, and the piece that is open as the agent will see it. */
export function ScriptsScreen({ editor, onSignOut }: { readonly editor: Editor; readonly onSignOut: () => void }) {
  const session = useWords(sessionWords);
  const words = useWords(editorWords);
  const common = useWords(commonWords);
  const toast = useToast();
  const state = useStore(editor.state);
  const [asked, setAsked] = useState<string>();
  const [chosen, setPlace] = useState<Place | undefined>(() => placeOfDraft(editor.state.getState()));
  const [typed, setTyped] = useState("");
  /** Publishing was tried: from then on a field that is still empty is marked. */
  const [tried, setTried] = useState(false);
  const filter = useRef<HTMLInputElement>(null);
  const title = useRef<HTMLInputElement>(null);
  const { draft, publishing } = state;
  const view = viewOf(state, asked, chosen);
  const { script, place, module, written, shown, isDraft, base, changes, dirty, elsewhere } = view;
  useInHand(dirty);

  /** Opens a handler in the machinery with these texts in it; `undefined` makes a new one. */
  const write = (of: string, id: string | undefined, { title: name, gist, synonyms, phrasings }: Written): void => {
    editor.open(of, id);
    editor.change({ title: name, gist, synonyms, phrasings });
  };
  const toDraft = (): void => {
    setAsked(draft?.script);
    setPlace(placeOfDraft(state));
  };
  const fresh = (): void => {
    if (!script) return;
    if (dirty && draft) {
      toDraft();
      if (base) toast({ text: words.otherDraft(draft.title || words.untitled) });
    } else {
      editor.open(script.id);
      setTried(false);
      setPlace({ kind: "new" });
    }
    requestAnimationFrame(() => title.current?.focus());
  };
  const change = (part: Partial<Written>): void => {
    // Reading makes no draft; the first letter does.
    if (!isDraft && shown) {
      editor.open(shown.script, shown.id);
      setTried(false);
    }
    editor.change(part);
  };
  const discard = (): void => {
    if (!draft) return;
    editor.discard();
    if (place?.kind === "new") setPlace(undefined);
    toast({ text: words.discarded, undo: { label: common.undo, run: () => {
      write(draft.script, base?.id, draft);
      setPlace(base ? { kind: "handler", id: base.id } : { kind: "new" });
    } } });
  };
  const publish = (): void => {
    setTried(true);
    if (editor.problems().length === 0) editor.publish();
  };
  useKeys((event, focus) => {
    const field = document.activeElement;
    if (event.code === "Enter" && event.ctrlKey && !event.repeat && dirty && isDraft && state.online) publish();
    else if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat) return false;
    else if (event.code === "Escape" && field instanceof HTMLElement && focus === "field" && field !== filter.current) field.blur();
    else if (focus === "field") return false;
    else if (event.code === "Slash") filter.current?.focus();
    else if (event.code === "KeyN") fresh();
    else return false;
    return true;
  });

  const frame = (content: ReactNode) => (
    <Shell newer={state.newer} person={state.person} part="scripts" onSignOut={onSignOut}
      strip={state.loaded && !state.online ? <p className="strip" role="status"><Icon name="offline" /><span>{words.offline}</span></p> : null}>
      {content}
    </Shell>
  );
  if (!script) {
    return frame(state.loaded
      ? <main className="plain-page"><h1>{words.empty}</h1><p>{words.emptyHint}</p></main>
      : <Waiting title={session.parts.scripts}>{words.loading}</Waiting>);
  }
  const all = isDraft ? editor.problems() : [];
  const problems = tried || base ? all : all.filter((problem) => problem === "tooLong" || problem === "sameTitle");
  return frame(
    <main className="scripts">
      <Outline scripts={state.scripts} script={script} parts={outlineOf(script, state.handlers, typed)} place={place} typed={typed} filter={filter}
        draft={view.marked} draftTitle={draft?.title ?? ""}
        onType={setTyped} onScript={(id) => { setAsked(id); setPlace(undefined); }} onOpen={setPlace} onNew={fresh} />
      <div className="scripts-middle">
        {written ? <h1 className="unseen">{written.title || words.newHandler}</h1> : null}
        {module ? <ModuleView script={script} module={module} handlers={state.handlers} onOpen={setPlace} /> : null}
        {written ? (
          <article className="piece" aria-label={written.title || words.newHandler}>
            {elsewhere && draft ? (
              <div className="strip calm piece-strip"><Icon name="pen" /><span className="grow">{words.otherDraft(draft.title || words.untitled)}</span><Button onPress={toDraft}>{words.toDraft}</Button></div>
            ) : null}
            {isDraft && draft && publishing.phase === "newer" ? (
              <Newer newest={publishing.newest} language={script.language} ready={(base?.version ?? 0) >= publishing.newest.version}
                onTake={() => { editor.discard(); setPlace({ kind: "handler", id: publishing.newest.id }); }} onKeep={() => { write(draft.script, draft.id, draft); }} />
            ) : null}
            <HandlerForm key={place?.kind === "handler" ? place.id : "new"} written={written} language={script.language} problems={problems} first={title}
              readOnly={view.readOnly} onChange={change} />
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
