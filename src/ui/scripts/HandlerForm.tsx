import { useId, type ReactNode, type RefObject } from "react";
import type { DraftProblem } from "#client/scripts/editor.ts";
import type { Language } from "#domain/base/campaign.ts";
import { LONGEST_PHRASING, LONGEST_TITLE } from "#domain/script/draft.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import type { Written } from "./changes.ts";
import { Spoken } from "./Spoken.tsx";
import { editorWords } from "./words.ts";

const mostPhrasings = 3;

export interface HandlerFormProps {
  readonly written: Written;
  readonly language: Language;
  readonly problems: readonly DraftProblem[];
  readonly readOnly: boolean;
  /** The field where writing begins. */
  readonly first: RefObject<HTMLInputElement | null>;
  readonly onChange: (part: Partial<Written>) => void;
}

/** An objection handler, edited in place: it looks like what the agent will see, and every text is a field. */
export function HandlerForm({ written, language, problems, readOnly, first, onChange }: HandlerFormProps) {
  const words = useWords(editorWords);
  const { phrasings } = written;
  const has = (problem: DraftProblem): string | undefined => (problems.includes(problem) ? words.problems[problem] : undefined);
  const long = (text: string, most: number): string | undefined => (text.trim().length > most ? words.problems.tooLong : undefined);
  const put = (at: number, text: string): void => { onChange({ phrasings: phrasings.map((old, index) => (index === at ? text : old)) }); };
  return (
    <div className="handler-form" lang={language}>
      <Field label={words.title} problem={has("noTitle") ?? has("sameTitle") ?? long(written.title, LONGEST_TITLE)}>
        {(field) => <input {...field} ref={first} className="in-place as-title" value={written.title} placeholder={words.titleHint} readOnly={readOnly} autoComplete="off"
          onChange={(event) => { onChange({ title: event.target.value }); }} />}
      </Field>
      <Field label={words.gist} problem={has("noGist") ?? long(written.gist, 200)}>
        {(field) => <input {...field} className="in-place" value={written.gist} placeholder={words.gistHint} readOnly={readOnly} autoComplete="off"
          onChange={(event) => { onChange({ gist: event.target.value }); }} />}
      </Field>
      {phrasings.map((text, at) => (
        <Field key={at} label={words.phrasing(at + 1)} problem={at === 0 ? has("noPhrasing") ?? long(text, LONGEST_PHRASING) : long(text, LONGEST_PHRASING)}
          aside={phrasings.length > 1 && !readOnly ? <Button kind="quiet" icon="cross" name={words.removePhrasing(at + 1)} onPress={() => { onChange({ phrasings: phrasings.filter((_, index) => index !== at) }); }} /> : null}
          below={text.includes("{") ? <p className="handler-spoken soft">{words.readOut} <span><Spoken words={text} /></span></p> : null}>
          {(field) => <textarea {...field} className="in-place as-words" rows={2} value={text} placeholder={words.phrasingHint} readOnly={readOnly}
            onChange={(event) => { put(at, event.target.value); }} />}
        </Field>
      ))}
      {phrasings.length < mostPhrasings && !readOnly
        ? <div><Button kind="quiet" icon="plus" onPress={() => { onChange({ phrasings: [...phrasings, ""] }); }}>{words.addPhrasing}</Button></div>
        : null}
      <Field label={words.synonyms}>
        {(field) => <textarea {...field} className="in-place" rows={1} value={written.synonyms} placeholder={words.synonymsHint} readOnly={readOnly}
          onChange={(event) => { onChange({ synonyms: event.target.value }); }} />}
      </Field>
    </div>
  );
}

interface FieldAttributes { readonly id: string; readonly "aria-invalid": boolean; readonly "aria-describedby": string | undefined }

function Field({ label, problem, aside, below, children }: {
  readonly label: string; readonly problem?: string | undefined; readonly aside?: ReactNode; readonly below?: ReactNode; readonly children: (field: FieldAttributes) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="handler-field">
      <div className="handler-label"><label className="caption" htmlFor={id}>{label}</label><span className="grow" />{aside}</div>
      {children({ id, "aria-invalid": problem !== undefined, "aria-describedby": problem === undefined ? undefined : `${id}-problem` })}
      {below}
      {problem === undefined ? null : <p className="handler-problem tone-bad" id={`${id}-problem`}><Icon name="warning" />{problem}</p>}
    </div>
  );
}
