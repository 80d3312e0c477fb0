import { useId, useState, type FormEvent, type ReactNode } from "react";
import { useStore } from "zustand";
import type { CampaignRule, CompanyNorms, NormsKeeper } from "#client/admin/norms.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Choices } from "#ui/kit/Choices.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useInHand } from "#ui/kit/inHand.ts";
import { Panel } from "#ui/kit/Panel.tsx";
import { useToast } from "#ui/kit/Toast.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useLanguage, useWords } from "#ui/words/language.ts";
import { Field } from "./Field.tsx";
import { breakReasons, normsDraftOf, normsOfDraft, usualNorms, weekdays, weighed, type NormsDraft, type NormsProblem } from "./normsDraft.ts";
import { normsWords } from "./normsWords.ts";
import { RuleForm } from "./RuleForm.tsx";

/** What a day asks of everybody, and what counts as a contact in each campaign (rules Q16, Q17). */
export function NormsView({ norms }: { readonly norms: NormsKeeper }) {
  const words = useWords(normsWords);
  const common = useWords(commonWords);
  const { known, trouble } = useStore(norms.state);
  if (!known) {
    return trouble
      ? <div role="alert"><p>{words.troubles[trouble]}</p><Button onPress={() => { norms.refresh(); }}>{common.tryAgain}</Button></div>
      : <p className="waiting" role="status">{common.loading}</p>;
  }
  return (
    <>
      {trouble ? <p className="strip bad" role="alert"><Icon name="cross" />{words.troubles[trouble]}</p> : null}
      <NormsForm key={known.company?.version ?? 0} company={known.company} norms={norms} />
      {known.campaigns.length > 0 ? <Rules campaigns={known.campaigns} norms={norms} /> : null}
    </>
  );
}

/** @param company null while it has no settings: then name and time zone are entered with the first ones */
function NormsForm({ company, norms }: { readonly company: CompanyNorms | null; readonly norms: NormsKeeper }) {
  const words = useWords(normsWords);
  const common = useWords(commonWords);
  const { language } = useLanguage();
  const toast = useToast();
  const { busy } = useStore(norms.state);
  const begun = normsDraftOf(company?.norms ?? usualNorms);
  const [draft, setDraft] = useState(begun);
  const [name, setName] = useState("");
  const [timeZone, setTimeZone] = useState(here);
  const [from, setFrom] = useState<"today" | "tomorrow">("tomorrow");
  const [problem, setProblem] = useState<NormsProblem | undefined>();
  useInHand(name !== "" || JSON.stringify(draft) !== JSON.stringify(begun));
  const change = (more: Partial<NormsDraft>): void => {
    setDraft({ ...draft, ...more });
    setProblem(undefined);
  };
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const wish = normsOfDraft(draft);
    if (typeof wish === "string") return setProblem(wish);
    if (!company) {
      if (name.trim() === "" || name.trim().length > 200) return setProblem("name");
      if (await norms.saveNorms(wish, "today", { name: name.trim(), timeZone })) toast({ text: words.made });
      return;
    }
    if (!(await norms.saveNorms(wish, from))) return;
    toast({ text: words.saved[from], undo: { label: common.undo, run: () => void norms.undo(null).then((done) => { if (done) toast({ text: words.undone }); }) } });
  }
  const small = (label: string, value: string, wrong: boolean, set: (text: string) => void) => (
    <Field key={label} label={label} wrong={wrong}>
      {(field) => <input {...field} inputMode="decimal" autoComplete="off" value={value} onChange={(event) => { set(event.target.value); }} />}
    </Field>
  );
  const time = (label: string, name: "start" | "end" | "closes", hint?: string) => (
    <Field label={label} hint={hint} wrong={problem === (name === "closes" ? "closes" : "hours")}>
      {(field) => <input {...field} type="time" value={draft[name]} onChange={(event) => { change({ [name]: event.target.value }); }} />}
    </Field>
  );
  const day = company?.coming && new Intl.DateTimeFormat(language === "ru" ? "ru-RU" : "en-GB", { day: "numeric", month: "long", timeZone: "UTC" }).format(Date.parse(`${company.coming.from}T00:00:00Z`));
  return (
    <Panel title={words.company}>
      <form className="norms-form" aria-label={words.company} noValidate onSubmit={(event) => void save(event)}>
        <p className="soft">{company ? words.hint : words.first}</p>
        {company ? <p className="soft">{words.zone}: {company.timeZone}</p> : (
          <div className="admin-pair">
            <Field label={words.name} wrong={problem === "name"}>{(field) => <input {...field} autoComplete="organization" value={name} onChange={(event) => { setName(event.target.value); setProblem(undefined); }} />}</Field>
            <Field label={words.zone} hint={words.zoneHint}>{(field) => <select {...field} value={timeZone} onChange={(event) => { setTimeZone(event.target.value); }}>{zones().map((zone) => <option key={zone}>{zone}</option>)}</select>}</Field>
          </div>
        )}
        {day === undefined ? null : <p className="strip calm"><Icon name="help" />{words.coming(day)}</p>}
        <div className="admin-pair">
          {small(words.target, draft.target, problem === "target", (target) => { change({ target }); })}
          <Choices title={words.unit} value={draft.unit} onChoose={(unit) => { change({ unit }); }} options={(["contacts", "points"] as const).map((value) => ({ value, label: words.units[value] }))} />
        </div>
        <div className="admin-pair">{time(words.start, "start")}{time(words.end, "end")}</div>
        <Ticks title={words.weekend} options={weekdays.map((value) => ({ value, label: words.weekdays[value - 1] ?? "" }))} ticked={draft.weekend} onChange={(weekend) => { change({ weekend }); }} />
        <Group title={words.breaks}>{breakReasons.map((one) => small(words.breakNames[one], draft.breaks[one], problem === "breaks", (text) => { change({ breaks: { ...draft.breaks, [one]: text } }); }))}</Group>
        <Group title={words.weights}>{weighed.map((one) => small(words.weightNames[one], draft.weights[one], problem === "weights" || (problem === "contactWeight" && one === "contact"), (text) => { change({ weights: { ...draft.weights, [one]: text } }); }))}</Group>
        {time(words.closes, "closes", words.closesHint)}
        {company ? (
          <div className="admin-field">
            <span>{words.from}</span>
            <Choices title={words.from} value={from} onChoose={setFrom} options={(["tomorrow", "today"] as const).map((value) => ({ value, label: words.froms[value] }))} />
            <p className="soft">{words.fromHints[from]}</p>
          </div>
        ) : null}
        {problem ? <p className="tone-bad" role="alert">{words.problems[problem]}</p> : null}
        <div className="admin-do"><Button kind="main" submit disabled={busy}>{words.save}</Button></div>
      </form>
    </Panel>
  );
}

/** The zone of this computer. */
const here = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
/** All that the browser knows; its own may go by a name that is not among them. */
const zones = (): readonly string[] => [...new Set([here(), ...Intl.supportedValuesOf("timeZone"), "UTC"])].sort();

function Rules({ campaigns, norms }: { readonly campaigns: readonly CampaignRule[]; readonly norms: NormsKeeper }) {
  const words = useWords(normsWords);
  const [chosen, choose] = useState(campaigns[0]?.id ?? "");
  const campaign = campaigns.find(({ id }) => id === chosen) ?? campaigns[0];
  return (
    <Panel title={words.rule}>
      <p className="soft">{words.ruleHint}</p>
      <Field label={words.campaign}>
        {(field) => <select {...field} value={campaign?.id} onChange={(event) => { choose(event.target.value); }}>{campaigns.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>}
      </Field>
      {campaign ? <RuleForm key={`${campaign.id} ${campaign.version}`} campaign={campaign} norms={norms} /> : null}
    </Panel>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <fieldset className="norms-group"><legend>{title}</legend><div>{children}</div></fieldset>;
}

/** Some of several values side by side. */
function Ticks<T extends string | number>({ title, options, ticked, onChange }: { readonly title: string; readonly options: readonly { readonly value: T; readonly label: string }[]; readonly ticked: readonly T[]; readonly onChange: (ticked: readonly T[]) => void }) {
  const id = useId();
  return (
    <div className="admin-field">
      <span id={id}>{title}</span>
      <div className="choices" role="group" aria-labelledby={id}>
        {options.map(({ value, label }) => (
          <label key={value}>
            <input type="checkbox" checked={ticked.includes(value)} onChange={(event) => { onChange(options.flatMap((one) => ((one.value === value ? event.target.checked : ticked.includes(one.value)) ? [one.value] : []))); }} />
            {label}
          </label>
        ))}
      </div>
    </div>
  );
}
