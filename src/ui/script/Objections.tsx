import { useRef, useState, type KeyboardEvent } from "react";
import type { Handler } from "#domain/script/script.ts";
import { useAskedFocus } from "#ui/kit/focus.ts";
import { KeySign, useShortcut } from "#ui/kit/KeySign.tsx";
import { Panel } from "#ui/kit/Panel.tsx";
import { useWords } from "#ui/words/language.ts";
import { scriptWords } from "./words.ts";
import "./script.css";

interface Props {
  /** Handlers for what is typed; the likeliest of this module for an empty text. */
  readonly find: (text: string) => readonly Handler[];
  readonly open: (handler: string) => void;
  /** The handler on screen. */
  readonly over?: string | undefined;
  /** Can a handler be opened now? Before the answer the list can only be read. */
  readonly active: boolean;
  /** Grows every time that the field is asked to take the focus. */
  readonly asked?: number | undefined;
}

/** Objections: the likeliest under ⇧digit, all of them by typing. */
export function Objections({ find, open, over, active, asked }: Props) {
  const words = useWords(scriptWords);
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const shortcut = useShortcut("Slash");
  useAskedFocus(field, asked);

  const searching = text.trim() !== "";
  // The list has the focus itself: arrows choose in it as they do from the field.
  const [browsing, setBrowsing] = useState(false);
  const choosing = searching || browsing;
  const found = find(text);
  const chosen = Math.min(at, found.length - 1);
  const take = (handler: Handler | undefined): void => {
    if (!handler || !active) return;
    open(handler.id);
    setText("");
    setAt(0);
    field.current?.blur();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setAt((found.length + chosen + (event.key === "ArrowDown" ? 1 : -1)) % Math.max(1, found.length));
    } else if (event.key === "Enter") take(found[chosen]);
    else if (event.key === "Escape") { setText(""); setAt(0); field.current?.blur(); }
    else return;
    event.preventDefault();
    // Escape leaves the field, and only the field.
    event.stopPropagation();
  };
  return (
    <div className="objections">
      <Panel title={words.objections}>
        <div className="find">
          <input ref={field} className="field" type="text" role="combobox" aria-label={words.find} aria-expanded={found.length > 0} aria-controls={found.length > 0 ? "objections" : undefined} aria-autocomplete="list"
            aria-keyshortcuts={shortcut} aria-activedescendant={searching && found[chosen] ? `objection-${found[chosen].id}` : undefined}
            placeholder={words.find} value={text} autoComplete="off" spellCheck={false} disabled={!active}
            onChange={(event) => { setText(event.target.value); setAt(0); }} onKeyDown={onKeyDown} />
          <KeySign code="Slash" />
        </div>
      </Panel>
      {found.length === 0
        ? <p className="soft objections-none">{searching ? words.nothingFound : words.noHandlers}</p>
        : (
          <ul id="objections" role="listbox" aria-label={searching ? words.found : words.likely} className={active ? "objection-list" : "objection-list resting"}
            tabIndex={0} aria-activedescendant={browsing && found[chosen] ? `objection-${found[chosen].id}` : undefined}
            onFocus={() => { setBrowsing(true); }} onBlur={() => { setBrowsing(false); }} onKeyDown={onKeyDown}>
            {found.map((handler, index) => (
              <li key={handler.id} id={`objection-${handler.id}`} role="option" aria-selected={choosing ? index === chosen : handler.id === over}
                onMouseDown={(event) => { event.preventDefault(); }} onClick={() => { take(handler); }}>
                {searching ? <span className="objection-mark" /> : <KeySign code={`Digit${index + 1}`} shift />}
                <span className="ellipsis">{handler.title}</span>
              </li>
            ))}
          </ul>
        )}
    </div>
  );
}
