import { useState } from "react";
import { dialed } from "#domain/phone/dialPlan.ts";
import { Choices } from "#ui/kit/Choices.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import { planOf, wrongIn, type SetupDraft } from "./draft.ts";
import { Field } from "./Field.tsx";
import { adminWords } from "./words.ts";

export interface SetupFormProps {
  readonly part: "exchange" | "numbers" | "relay";
  readonly draft: SetupDraft;
  readonly fixed: { readonly sip: boolean; readonly ice: boolean };
  readonly hasTurnSecret: boolean;
  readonly campaigns: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (part: Partial<SetupDraft>) => void;
}

/** How the telephony is reached, in three parts of one draft. */
export function SetupForm({ part, ...rest }: SetupFormProps) {
  if (part === "exchange") return <Exchange {...rest} />;
  return part === "numbers" ? <Numbers {...rest} /> : <Relay {...rest} />;
}

type PartProps = Omit<SetupFormProps, "part">;

function Fixed() {
  const words = useWords(adminWords);
  return <p className="strip calm"><Icon name="help" />{words.fixed}</p>;
}

function Exchange({ draft, fixed, onChange }: PartProps) {
  const words = useWords(adminWords);
  const wrong = wrongIn(draft);
  return (
    <>
      {fixed.sip ? <Fixed /> : null}
      <Field label={words.servers} hint={words.serversHint} wrong={wrong.has("servers")} disabled={fixed.sip}>
        {(field) => <textarea {...field} rows={3} value={draft.servers} spellCheck={false} onChange={(event) => { onChange({ servers: event.target.value }); }} />}
      </Field>
      <Field label={words.domain} hint={words.domainHint} wrong={wrong.has("domain")} disabled={fixed.sip}>
        {(field) => <input {...field} value={draft.domain} spellCheck={false} autoComplete="off" onChange={(event) => { onChange({ domain: event.target.value }); }} />}
      </Field>
      {draft.servers.trim() === "" ? <p className="soft">{words.embedded}</p> : null}
    </>
  );
}

const shows = ["none", "from", "asserted", "preferred"] as const;
const forms = ["e164", "digits", "national"] as const;

function Numbers({ draft, campaigns, onChange }: PartProps) {
  const words = useWords(adminWords);
  const wrong = wrongIn(draft);
  const [number, setNumber] = useState("+7 495 123-45-67");
  const result = dialed(planOf(draft), number);
  const short = (name: "prefix" | "country" | "trunk" | "abroad", hint?: string) => (
    <Field label={words[name]} hint={hint} wrong={wrong.has(name)}>
      {(field) => <input {...field} value={draft[name]} inputMode="tel" autoComplete="off" onChange={(event) => { onChange({ [name]: event.target.value }); }} />}
    </Field>
  );
  const list = (name: "barred" | "allowed", hint: string) => (
    <Field label={words[name]} hint={hint} wrong={wrong.has(name)}>
      {(field) => <textarea {...field} rows={2} value={draft[name]} spellCheck={false} onChange={(event) => { onChange({ [name]: event.target.value }); }} />}
    </Field>
  );
  return (
    <>
      <div className="admin-field">
        <span>{words.form}</span>
        <Choices title={words.form} value={draft.form} onChoose={(form) => { onChange({ form }); }} options={forms.map((value) => ({ value, label: words.forms[value] }))} />
      </div>
      <div className="admin-pair">{short("prefix", words.prefixHint)}{short("country")}</div>
      <div className="admin-pair">{short("trunk")}{short("abroad")}</div>
      <div className="admin-pair">{list("barred", words.barredHint)}{list("allowed", words.allowedHint)}</div>
      <Field label={words.tryNumber}>
        {(field) => <input {...field} value={number} inputMode="tel" onChange={(event) => { setNumber(event.target.value); }} />}
      </Field>
      <p role="status" className={result.ok ? "" : "tone-bad"}>{result.ok ? words.isDialed(result.user) : words.isBarred(result.by)}</p>
      <div className="admin-field">
        <span>{words.tones}</span>
        <Choices title={words.tones} value={draft.tones} onChoose={(tones) => { onChange({ tones }); }} options={(["rfc4733", "info"] as const).map((value) => ({ value, label: words.tonesBy[value] }))} />
      </div>
      <Field label={words.echo} hint={words.echoHint} wrong={wrong.has("echo")}>
        {(field) => <input {...field} value={draft.echo} inputMode="tel" autoComplete="off" onChange={(event) => { onChange({ echo: event.target.value }); }} />}
      </Field>
      <Field label={words.shows} hint={words.showsHint}>
        {(field) => <select {...field} value={draft.shows} onChange={(event) => { onChange({ shows: shows.find((one) => one === event.target.value) ?? "none" }); }}>
          {shows.map((one) => <option key={one} value={one}>{words.showsBy[one]}</option>)}
        </select>}
      </Field>
      {draft.shows === "none" ? null : campaigns.map(({ id, name }) => (
        <Field key={id} label={words.shownBy(name)} wrong={!/^(\+?\d{1,20})?$/.test((draft.callers[id] ?? "").replace(/[\s().-]/g, ""))}>
          {(field) => <input {...field} value={draft.callers[id] ?? ""} inputMode="tel" autoComplete="off" onChange={(event) => { onChange({ callers: { ...draft.callers, [id]: event.target.value } }); }} />}
        </Field>
      ))}
    </>
  );
}

function Relay({ draft, fixed, hasTurnSecret, onChange }: PartProps) {
  const words = useWords(adminWords);
  const wrong = wrongIn(draft);
  return (
    <>
      {fixed.ice ? <Fixed /> : null}
      <Field label={words.turn} hint={words.turnHint} wrong={wrong.has("turn")} disabled={fixed.ice}>
        {(field) => <textarea {...field} rows={2} value={draft.turn} spellCheck={false} onChange={(event) => { onChange({ turn: event.target.value }); }} />}
      </Field>
      <Field label={words.turnSecret} hint={hasTurnSecret ? words.secretKept : words.secretNone} disabled={fixed.ice}>
        {(field) => <input {...field} type="password" value={draft.turnSecret} maxLength={500} autoComplete="new-password" onChange={(event) => { onChange({ turnSecret: event.target.value }); }} />}
      </Field>
      <Field label={words.stun} wrong={wrong.has("stun")} disabled={fixed.ice}>
        {(field) => <textarea {...field} rows={2} value={draft.stun} spellCheck={false} onChange={(event) => { onChange({ stun: event.target.value }); }} />}
      </Field>
    </>
  );
}
