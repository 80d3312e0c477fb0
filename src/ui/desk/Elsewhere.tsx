import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import { deskWords } from "./words.ts";

/** Another tab or computer of this person holds the phone. */
export function Elsewhere({ tab, takePhone }: { readonly tab: boolean; readonly takePhone: () => void }) {
  const words = useWords(deskWords);
  return (
    <div className="quiet-page">
      <Icon name="phone" /><h1>{tab ? words.elsewhereTitle : words.otherComputerTitle}</h1><p>{tab ? words.elsewhere : words.otherComputer}</p>
      <Button kind="main" keyCode="Enter" onPress={takePhone}>{words.takePhone}</Button>
    </div>
  );
}

/** The first documents are on their way; the frame stands already, and words come only if it takes a while. */
export function Fetching() {
  const words = useWords(deskWords);
  return <div className="quiet-page late" role="status"><h1>{words.loading}</h1><p>{words.loadingLong}</p></div>;
}
