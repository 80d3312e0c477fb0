import { moduleOf, type Script } from "#domain/script/script.ts";
import { useWords } from "#ui/words/language.ts";
import { sized } from "./sized.ts";
import { scriptWords } from "./words.ts";
import "./script.css";

/** What the call will begin with, so that the agent is ready before anybody answers. */
export function FirstWords({ script, fill, size, gistOnly = false, titled = false }: { readonly script: Script | undefined; readonly fill: (words: string) => string; readonly size: number; readonly gistOnly?: boolean; readonly titled?: boolean }) {
  const words = useWords(scriptWords);
  const first = script && moduleOf(script, script.start);
  if (!first) return <p className="soft">{words.noScript}</p>;
  return (
    <section className="first-words" aria-label={words.firstWords} style={sized(size)}>
      {titled ? <h2 className="caption">{words.firstWords}</h2> : null}
      <p className="words" lang={script.language}>{fill(gistOnly ? first.gist : first.words)}</p>
      {first.stage === undefined ? null : <p className="stage" lang={script.language}>({fill(first.stage)})</p>}
    </section>
  );
}
