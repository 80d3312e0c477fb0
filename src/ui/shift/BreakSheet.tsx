import type { KeyboardEvent } from "react";
import type { BreakReason } from "#domain/base/campaign.ts";
import { KeySign } from "#ui/kit/KeySign.tsx";
import { Sheet } from "#ui/kit/Sheet.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { shiftWords } from "./words.ts";
import "./shift.css";

const reasons: readonly BreakReason[] = ["rest", "lunch", "training", "other"];

/** Why the break, with the norm of each; a digit is enough. */
export function BreakSheet({ breaks, take, onClose }: { readonly breaks: Readonly<Record<BreakReason, number>>; readonly take: (reason: BreakReason) => void; readonly onClose: () => void }) {
  const words = useWords(shiftWords);
  const common = useWords(commonWords);
  const onKeyDown = (event: KeyboardEvent): void => {
    const reason = reasons[Number(/^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1]) - 1];
    if (!reason || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    take(reason);
  };
  return (
    <Sheet title={words.breakTitle} close={common.close} onClose={onClose} className="break-sheet">
      <ul className="break-list" onKeyDown={onKeyDown}>
        {reasons.map((reason, index) => (
          <li key={reason}>
            <button type="button" data-first={index === 0 ? "" : undefined} onClick={() => { take(reason); }}>
              <KeySign code={`Digit${index + 1}`} /><span className="grow">{words.reasons[reason]}</span><span className="soft">{words.norm(breaks[reason])}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="soft break-hint">{words.breakHint}</p>
    </Sheet>
  );
}
