import { useState, type ClipboardEvent, type KeyboardEvent } from "react";
import { Button } from "#ui/kit/Button.tsx";
import { Sheet } from "#ui/kit/Sheet.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { phoneWords } from "./words.ts";

const tones = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;

/** Tones into the call: by key, by click, or a whole pasted number. */
export function Keypad({ tone, onClose }: { readonly tone: (digit: string) => void; readonly onClose: () => void }) {
  const words = useWords(phoneWords);
  const common = useWords(commonWords);
  const [sent, setSent] = useState("");
  const send = (digits: string): void => {
    for (const digit of digits) tone(digit);
    setSent((before) => `${before}${digits}`.slice(-18));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[\d*#]$/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) send(event.key);
  };
  const onPaste = (event: ClipboardEvent): void => {
    event.preventDefault();
    send(event.clipboardData.getData("text").replace(/[^\d*#]/g, "").slice(0, 32));
  };
  return (
    <Sheet title={words.keys} close={common.close} onClose={onClose} className="keypad">
      <div onKeyDown={onKeyDown} onPaste={onPaste} tabIndex={-1} data-first>
        <output className="keypad-sent" aria-label={words.sent}>{sent === "" ? <span className="faint">{words.keypadHint}</span> : sent}</output>
        <div className="keypad-keys">
          {tones.map((digit) => <Button key={digit} name={words.tone(digit)} onPress={() => { send(digit); }}>{digit}</Button>)}
        </div>
      </div>
    </Sheet>
  );
}
