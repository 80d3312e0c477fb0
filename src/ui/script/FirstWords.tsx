import { moduleOf, type Script } from "#domain/script/script.ts";
import { useWords } from "#ui/words/language.ts";
import { scriptWords } from "./words.ts";
import "./script.css";

/** What the call will begin with, so that the agent is ready before anybody answers. */
export function FirstWords({ script, fill, size, gistOnly = false }: { readonly script: Script | undefined; readonly fill: (words: string) => string; readonly size: number; readonly gistOnly?: boolean }) {
  const words = useWords(scriptWords);
  const first = script && moduleOf(script, script.start);
  if (!first) return <p className="soft">{words.noScript}</p>;
  return (
    <section className="first-words" aria-label={words.firstWords} style={{ fontSize: size }}>
      <p className="words">{fill(gistOnly ? first.gist : first.words)}</p>
      {first.stage === undefined ? null : <p className="stage">({fill(first.stage)})</p>}
    </section>
  );
}
