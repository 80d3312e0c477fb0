import { useRef, useState, type FormEvent } from "react";
import type { DeskView } from "#client/desk/view.ts";
import { readNumber, spellNumber, type HomePlan } from "#domain/phone/number.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Sheet } from "#ui/kit/Sheet.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { dialWords } from "./dialWords.ts";
import "./phone.css";

interface Props {
  readonly home: HomePlan;
  /** A number in groups, as it is read aloud. */
  readonly readable: (e164: string) => string;
  readonly dial: DeskView["dial"];
  readonly online: boolean;
  /** Opens the card of a number that was read, as `spellNumber` writes it. */
  readonly open: (spelled: string) => void;
  readonly history: () => void;
  readonly onClose: () => void;
}

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "0"] as const;

/** A number by hand, by paste or from a link: read at once, said back, and nothing is dialed before the card is open. */
export function DialSheet({ home, readable, dial, online, open, history, onClose }: Props) {
  const words = useWords(dialWords);
  const common = useWords(commonWords);
  const [text, setText] = useState(dial?.text ?? "");
  const field = useRef<HTMLInputElement>(null);
  const reading = readNumber(text, home);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reading.ok) open(spellNumber(reading.number));
  };
  const sentence = reading.ok ? words.reads(readable(reading.number.e164), reading.number.extension) : words.not[reading.why];
  const said = dial?.answer === undefined ? (online ? undefined : words.offline) : words.answer[dial.answer];
  return (
    <Sheet title={words.title} close={common.close} onClose={onClose} className="dial">
      <form onSubmit={submit}>
        <label className="field-label" htmlFor="dial-number">{words.number}</label>
        <input id="dial-number" ref={field} className="field dial-field" type="tel" autoComplete="off" value={text} data-first aria-describedby="dial-reading"
          onChange={(event) => { setText(event.target.value); }} />
        <div className="dial-reading">
          <p id="dial-reading" role="status" className={reading.ok ? "tone-ok" : reading.why === "empty" ? "soft" : "tone-warn"}>{sentence === "" ? words.hint : sentence}</p>
          <p role="alert" className="tone-warn">{said}</p>
        </div>
        <div className="keypad-keys">
          {digits.map((digit) => <Button key={digit} name={words.digit(digit)} onPress={() => { setText(`${text}${digit}`); field.current?.focus(); }}>{digit}</Button>)}
          <Button icon="left" name={words.erase} onPress={() => { setText(text.slice(0, -1)); field.current?.focus(); }} />
        </div>
        <div className="dial-foot">
          <Button kind="main" submit icon="person" keyCode="Enter" disabled={!reading.ok || dial?.answer === "asking"}>{words.open}</Button>
          <Button kind="quiet" icon="clock" name={words.history} title={words.history} onPress={history} />
        </div>
      </form>
    </Sheet>
  );
}
