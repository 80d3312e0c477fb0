import { useId, useState, type FormEvent } from "react";
import type { Keeping } from "#client/admin/keeping.ts";
import { isUnnamed, type Prospect } from "#domain/dialing/prospect.ts";
import { readableNumber } from "#domain/phone/readable.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Panel } from "#ui/kit/Panel.tsx";
import { useToast } from "#ui/kit/Toast.tsx";
import { useWords } from "#ui/words/language.ts";
import { keepingWords } from "./words.ts";
import "./keeping.css";

type Found = "none" | "unreachable" | readonly Prospect[];

/** Finds somebody on the lists and erases their data, with a few seconds to think better of it. */
export function ErasePanel({ keeping }: { readonly keeping: Keeping }) {
  const words = useWords(keepingWords);
  const toast = useToast();
  const id = useId();
  const [text, setText] = useState("");
  const [found, setFound] = useState<Found | undefined>();
  const look = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const people = await keeping.find(text.trim());
    setFound(people === undefined ? "unreachable" : people.length === 0 ? "none" : people);
  };
  const nameOf = (one: Prospect): string => (isUnnamed(one) ? readableNumber(one.phone) : [one.lastName, one.firstName, one.middleName].filter(Boolean).join(" "));
  const erase = (one: Prospect): void => {
    const name = nameOf(one);
    const before = found;
    setFound(Array.isArray(found) ? found.filter((other: Prospect) => other !== one) : found);
    const takeBack = keeping.erase(one.id, (ok) => { toast({ text: ok ? words.erased(name) : words.failed(name) }); });
    toast({ text: words.erasing(name), undo: { label: words.undo, run: () => { if (takeBack()) setFound(before); } } });
  };
  return (
    <Panel title={words.erase}>
      <p className="soft">{words.eraseHint}</p>
      <form className="keeping-find" onSubmit={(event) => { void look(event); }}>
        <label className="field-label" htmlFor={id}>{words.find}</label>
        <input id={id} className="field" type="search" value={text} minLength={2} maxLength={100} required autoComplete="off" spellCheck={false} onChange={(event) => { setText(event.target.value); }} />
        <Button submit icon="search">{words.search}</Button>
      </form>
      <div aria-live="polite">
        {found === "none" ? <p>{words.nobody}</p> : found === "unreachable" ? <p>{words.unreachable}</p> : null}
        {Array.isArray(found) ? (
          <ul className="keeping-found">
            {found.map((one: Prospect) => (
              <li key={one.id}>
                <span className="grow"><b>{nameOf(one)}</b> {[one.company, isUnnamed(one) ? "" : readableNumber(one.phone)].filter(Boolean).join(", ")}</span>
                <Button kind="quiet" icon="cross" name={words.eraseOne(nameOf(one))} onPress={() => { erase(one); }}>{words.eraseButton}</Button>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Panel>
  );
}
