import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import { deskWords } from "./words.ts";

/** Another tab of this person holds the phone. */
export function Elsewhere() {
  const words = useWords(deskWords);
  return <div className="quiet-page"><Icon name="phone" /><h1>{words.elsewhereTitle}</h1><p>{words.elsewhere}</p></div>;
}

/** The first documents are on their way; the frame stands already, and words come only if it takes a while. */
export function Fetching() {
  const words = useWords(deskWords);
  return <div className="quiet-page late" role="status"><h1>{words.loading}</h1><p>{words.loadingLong}</p></div>;
}
