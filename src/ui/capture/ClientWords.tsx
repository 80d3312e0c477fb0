import { useEffect, useRef } from "react";
import type { Capture } from "#client/desk/deskState.ts";
import { length } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { captureWords } from "./words.ts";
import { WrittenDown } from "./WrittenDown.tsx";

interface Props {
  readonly text: string;
  /** The words are an answer that the script did not foresee. */
  readonly unforeseen: boolean;
  /** Oldest first. */
  readonly captures: readonly Capture[];
  readonly title: (module: string) => string;
  readonly asked?: number | undefined;
  readonly onText: (text: string) => void;
  readonly onKeep: () => void;
}

/** The client's own words, taken down in two seconds with the time in the call and the module on screen. */
export function ClientWords({ text, unforeseen, captures, title, asked, onText, onKeep }: Props) {
  const words = useWords(captureWords);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => { if (list.current) list.current.scrollTop = list.current.scrollHeight; }, [captures.length]);
  return (
    <WrittenDown name={words.clientWords} hint={unforeseen ? words.unforeseenHint : words.wordsHint} keyCode="Quote" rows={2} text={text} asked={asked} onText={onText} onKeep={onKeep}
      aside={unforeseen ? <span className="tone-warn written-state">{words.unforeseen}</span> : null}>
      {captures.length === 0 ? null : (
        <ol className="captures" ref={list}>
          {captures.map((capture) => (
            <li key={capture.record}>
              <q>{capture.text}</q>
              <span className="soft"> {length(capture.second)}{capture.module === undefined ? "" : ` · ${title(capture.module)}`}{capture.unforeseen ? ` · ${words.unforeseen}` : ""}</span>
            </li>
          ))}
        </ol>
      )}
    </WrittenDown>
  );
}
