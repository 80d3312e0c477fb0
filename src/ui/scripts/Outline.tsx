import { useId, useRef, type KeyboardEvent, type RefObject } from "react";
import type { Handler, Script } from "#domain/script/script.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Choices } from "#ui/kit/Choices.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { KeySign } from "#ui/kit/KeySign.tsx";
import { useWords } from "#ui/words/language.ts";
import { samePlace, type OutlineParts, type Place } from "./outline.ts";
import { editorWords } from "./words.ts";

export interface OutlineProps {
  readonly scripts: readonly Script[];
  readonly script: Script;
  readonly parts: OutlineParts;
  readonly place: Place | undefined;
  /** The handler that has unpublished changes, or "new". */
  readonly draft: string | undefined;
  readonly draftTitle: string;
  readonly typed: string;
  readonly filter: RefObject<HTMLInputElement | null>;
  readonly onType: (text: string) => void;
  readonly onScript: (id: string) => void;
  readonly onOpen: (place: Place) => void;
  readonly onNew: () => void;
}

/** Modules and handlers of one script; worked by the arrows alone. */
export function Outline({ scripts, script, parts, place, draft, draftTitle, typed, filter, onType, onScript, onOpen, onNew }: OutlineProps) {
  const words = useWords(editorWords);
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = event.code === "ArrowDown" ? 1 : event.code === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    const items = [...(list.current?.querySelectorAll<HTMLButtonElement>(".outline-item") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + step))]?.focus();
    event.preventDefault();
  };
  const item = (to: Place, title: string, mark?: string, warn = false) => {
    const here = samePlace(place, to);
    return (
      <li key={to.kind === "new" ? "new" : to.id}>
        <button type="button" className="outline-item" aria-current={here ? "true" : undefined} onClick={() => { onOpen(to); }}>
          <span className="ellipsis">{title}</span>{mark === undefined ? null : <span className={warn ? "outline-mark tone-warn" : "outline-mark"}>{mark}</span>}
        </button>
      </li>
    );
  };
  const handlerItem = ({ id, title }: Handler) => draft === id
    ? item({ kind: "handler", id }, draftTitle || words.untitled, words.draftMark, true)
    : item({ kind: "handler", id }, title);
  const none = parts.modules.length === 0 && parts.handlers.length === 0 && draft !== "new";
  return (
    <nav className="outline" aria-label={words.outline} onKeyDown={move}>
      <div className="outline-head">
        {scripts.length > 1
          ? <Choices title={words.script} value={script.id} onChoose={onScript} options={scripts.map(({ id, language }) => ({ value: id, label: words.scriptLanguage[language] }))} />
          : null}
        <p className="outline-title"><b className="ellipsis">{script.title}</b> <span className="soft">{words.version(script.version)}</span></p>
        <div className="outline-filter">
          <Icon name="search" />
          <input ref={filter} className="field" type="search" aria-label={words.filter} placeholder={words.filter} value={typed} autoComplete="off" spellCheck={false}
            onChange={(event) => { onType(event.target.value); }}
            onKeyDown={(event) => { if (event.code === "Escape") { if (typed !== "") onType(""); else event.currentTarget.blur(); } }} />
          <KeySign code="Slash" />
        </div>
        <Button icon="plus" keyCode="KeyN" className="outline-new" onPress={onNew}>{words.newHandler}</Button>
      </div>
      <div className="outline-list" ref={list}>
        {none ? <p className="soft outline-none">{words.nothingFound}</p> : null}
        {parts.handlers.length > 0 || draft === "new" ? (
          <Group title={words.handlers} count={parts.handlers.length}>
            {draft === "new" ? item({ kind: "new" }, draftTitle || words.untitled, words.draftMark, true) : null}
            {parts.handlers.map(handlerItem)}
          </Group>
        ) : null}
        {parts.modules.length > 0 ? (
          <Group title={words.modules} count={parts.modules.length}>
            {parts.modules.map(({ id, title }) => item({ kind: "module", id }, title, id === script.start ? words.startMark : undefined))}
          </Group>
        ) : null}
      </div>
    </nav>
  );
}

function Group({ title, count, children }: { readonly title: string; readonly count: number; readonly children: React.ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 className="caption" id={id}>{title} <span className="faint">{count}</span></h2>
      <ul>{children}</ul>
    </section>
  );
}
