import type { Handler } from "#domain/script/script.ts";
import type { Language } from "#domain/base/campaign.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import { editorWords } from "./words.ts";

export interface NewerProps {
  readonly newest: Handler;
  readonly language: Language;
  /** Has the newest version come down to this browser, so that the draft can go on from it. */
  readonly ready: boolean;
  readonly onTake: () => void;
  readonly onKeep: () => void;
}

/** Somebody published while a draft was being written: their version, above the draft, and the two ways on. */
export function Newer({ newest, language, ready, onTake, onKeep }: NewerProps) {
  const words = useWords(editorWords);
  return (
    <section className="newer" role="alert">
      <p className="newer-head"><Icon name="warning" /><span><b>{words.newer}</b><br />{words.newerHint}</span></p>
      <div className="newer-theirs" lang={language}>
        <p className="caption">{words.theirs(newest.version)}</p>
        <p className="newer-title"><b>{newest.title}</b> <span className="soft">{newest.gist}</span></p>
        {newest.phrasings.map((text) => <p key={text} className="newer-phrasing">{text}</p>)}
        <p className="soft">{newest.synonyms.join(", ")}</p>
      </div>
      <div className="newer-do">
        <Button disabled={!ready} onPress={onKeep}>{words.keepMine}</Button>
        <Button kind="quiet" onPress={onTake}>{words.takeTheirs}</Button>
      </div>
    </section>
  );
}
