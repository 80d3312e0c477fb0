import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import { dialingWords } from "./words.ts";
import "./dialing.css";

/** There is nobody to call: why, and what to do about it. */
export function NobodyView({ offline, barred, lookAgain }: { readonly barred: number; readonly offline: boolean; readonly lookAgain: () => void }) {
  const words = useWords(dialingWords);
  return (
    <div className="stage-frame">
      <div className="nobody">
        <Icon name={offline ? "offline" : "list"} />
        <h1>{offline ? words.offlineEmpty : words.empty}</h1>
        <p>{offline ? words.offlineEmptyWhy : words.emptyWhy}</p>
        {barred > 0 ? <p>{words.barred(barred)}</p> : null}
      </div>
      <div className="stage-foot"><Button kind="main" large keyCode="Enter" name={words.next} onPress={lookAgain}>{words.next}</Button></div>
    </div>
  );
}
