import { Button } from "#ui/kit/Button.tsx";
import { useWords } from "#ui/words/language.ts";
import { sessionWords } from "./words.ts";

/** In place of a screen that has a bug, or whose file could not be fetched. Only a reload helps: neither mends itself. */
export function Fallen() {
  const words = useWords(sessionWords);
  return (
    <main className="plain-page">
      <div role="alert"><h1>{words.fallen}</h1><p>{words.fallenHint}</p></div>
      <div className="actions"><Button kind="main" large onPress={() => { location.reload(); }}>{words.reload}</Button></div>
    </main>
  );
}
