import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useAskedFocus } from "#ui/kit/focus.ts";
import { KeySign, useShortcut } from "#ui/kit/KeySign.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import { captureWords } from "./words.ts";
import "./capture.css";

interface Props {
  readonly name: string;
  readonly hint: string;
  readonly keyCode: string;
  readonly text: string;
  readonly rows: number;
  /** Grows every time that the field is asked to take the focus. */
  readonly asked?: number | undefined;
  readonly aside?: ReactNode;
  readonly onText: (text: string) => void;
  /** Enter: what is written is taken down for good. */
  readonly onKeep: () => void;
  readonly children?: ReactNode;
}

/** A field that takes something down by Enter and gives the keys back to the call. */
export function WrittenDown({ name, hint, keyCode, text, rows, asked, aside, onText, onKeep, children }: Props) {
  const words = useWords(captureWords);
  const field = useRef<HTMLTextAreaElement>(null);
  const [kept, setKept] = useState(false);
  const shortcut = useShortcut(keyCode);
  useAskedFocus(field, asked);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const enter = event.key === "Enter" && !event.shiftKey;
    if (!enter && event.key !== "Escape") return;
    event.preventDefault();
    // Escape leaves the field, and only the field; Enter must not do the obvious thing of the screen too.
    event.stopPropagation();
    if (event.repeat) return;
    if (enter && text.trim() !== "") { onKeep(); setKept(true); }
    field.current?.blur();
  };
  return (
    <div className="panel written">
      <div className="panel-title">
        <span className="caption">{name}</span>
        {aside}
        <span className="grow" />
        {text.trim() !== "" ? aside ? null : <span className="faint written-state">{words.keepHint}</span>
          : <>{kept ? <span className="tone-ok written-state" role="status"><Icon name="check" />{words.kept}</span> : null}<KeySign code={keyCode} /></>}
      </div>
      <textarea ref={field} className="field" aria-label={name} aria-keyshortcuts={shortcut} placeholder={hint} rows={rows} value={text}
        onChange={(event) => { setKept(false); onText(event.target.value); }} onKeyDown={onKeyDown} onFocus={() => { setKept(false); }} />
      {children}
    </div>
  );
}
