import { useState, type KeyboardEvent } from "react";
import { Button } from "#ui/kit/Button.tsx";
import { Sheet } from "#ui/kit/Sheet.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { besideWords } from "./besideWords.ts";

interface Props {
  /** Asking a colleague needs the second line. */
  readonly canAsk: boolean;
  readonly ask: (number: string) => void;
  readonly transfer: (number: string) => void;
  readonly onClose: () => void;
}

/** To whom the client goes: a number in any spelling or a colleague's extension; asked first, or at once. */
export function TransferSheet({ canAsk, ask, transfer, onClose }: Props) {
  const words = useWords(besideWords);
  const common = useWords(commonWords);
  const [number, setNumber] = useState("");
  const [empty, setEmpty] = useState(false);
  const go = (way: (number: string) => void): void => {
    const given = number.trim();
    if (/[\p{L}\d*#]/u.test(given)) way(given);
    else setEmpty(true);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.code.endsWith("Enter") || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) go(transfer);
    else if (canAsk) go(ask);
  };
  return (
    <Sheet title={words.title} close={common.close} onClose={onClose} className="transfer">
      <div onKeyDown={onKeyDown}>
        <label className="caption" htmlFor="transfer-to">{words.field}</label>
        <input id="transfer-to" className="field" data-first value={number} maxLength={60} autoComplete="off" inputMode="tel"
          aria-invalid={empty} aria-describedby="transfer-hint" onChange={(event) => { setNumber(event.target.value); setEmpty(false); }} />
        <p id="transfer-hint" className="soft transfer-hint" role="status">{empty ? words.empty : words.hint}</p>
        <p className="beside-keys">
          <Button kind="main" keyCode="Enter" disabled={!canAsk} onPress={() => { go(ask); }}>{words.ask}</Button>
          <Button keyCode="Enter" shift onPress={() => { go(transfer); }}>{words.now}</Button>
        </p>
      </div>
    </Sheet>
  );
}
