import { useEffect, useRef, useState } from "react";
import { Button } from "#ui/kit/Button.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { countingWords } from "./words.ts";

/** The agent's own words on a contact that was struck. */
export function Reply({ send, cancel }: { readonly send: (text: string) => void; readonly cancel: () => void }) {
  const words = useWords(countingWords);
  const common = useWords(commonWords);
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, write] = useState("");
  useEffect(() => { field.current?.focus(); }, []);
  return (
    <form className="reply" onSubmit={(event) => { event.preventDefault(); if (text.trim() !== "") send(text); }}
      onKeyDown={(event) => { if (event.code === "Escape") { event.preventDefault(); event.stopPropagation(); cancel(); } }}>
      <textarea ref={field} className="field" rows={3} maxLength={1000} aria-label={words.replyField} value={text} onChange={(event) => { write(event.target.value); }} />
      <p className="soft">{words.replyHint}</p>
      <div className="reply-foot"><Button kind="main" submit disabled={text.trim() === ""}>{words.send}</Button><Button kind="quiet" onPress={cancel}>{common.cancel}</Button></div>
    </form>
  );
}
