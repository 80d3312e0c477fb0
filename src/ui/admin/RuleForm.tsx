import { useState, type FormEvent } from "react";
import { useStore } from "zustand";
import type { CampaignRule, NormsKeeper } from "#client/admin/norms.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Choices } from "#ui/kit/Choices.tsx";
import { useInHand } from "#ui/kit/inHand.ts";
import { useToast } from "#ui/kit/Toast.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { Field } from "./Field.tsx";
import { ruleDraftOf, ruleOfDraft, type RuleDraft, type RuleProblem } from "./normsDraft.ts";
import { normsWords } from "./normsWords.ts";

/** What counts as a contact in one campaign. */
export function RuleForm({ campaign, norms }: { readonly campaign: CampaignRule; readonly norms: NormsKeeper }) {
  const words = useWords(normsWords);
  const common = useWords(commonWords);
  const toast = useToast();
  const { busy } = useStore(norms.state);
  const [draft, setDraft] = useState(() => ruleDraftOf(campaign));
  const [problem, setProblem] = useState<RuleProblem | undefined>();
  useInHand(JSON.stringify(draft) !== JSON.stringify(ruleDraftOf(campaign)));
  const change = (more: Partial<RuleDraft>): void => {
    setDraft({ ...draft, ...more });
    setProblem(undefined);
  };
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const rule = ruleOfDraft(draft);
    if (typeof rule === "string") return setProblem(rule);
    if (!(await norms.saveRule(campaign.id, rule, draft.counting))) return;
    toast({ text: words.ruleSaved(campaign.name), undo: { label: common.undo, run: () => void norms.undo(campaign.id).then((done) => { if (done) toast({ text: words.ruleUndone(campaign.name) }); }) } });
  }
  return (
    <form className="norms-form" aria-label={words.rule} noValidate onSubmit={(event) => void save(event)}>
      <label className="norms-tick"><input type="checkbox" checked={draft.decisionMaker} onChange={(event) => { change({ decisionMaker: event.target.checked }); }} />{words.decisionMaker}</label>
      <Field label={words.seconds} wrong={problem === "seconds"}>
        {(field) => <input {...field} inputMode="numeric" autoComplete="off" value={draft.seconds} onChange={(event) => { change({ seconds: event.target.value }); }} />}
      </Field>
      <div className="admin-field">
        <span>{words.per}</span>
        <Choices title={words.per} value={draft.per} onChoose={(per) => { change({ per }); }} options={(["person", "company", "call"] as const).map((value) => ({ value, label: words.pers[value] }))} />
      </div>
      <fieldset className="norms-outcomes">
        <legend>{words.counting}</legend>
        {campaign.outcomes.map(({ code, label, criterion }) => (
          <label className="norms-tick" key={code}>
            <input type="checkbox" checked={draft.counting.includes(code)}
              onChange={(event) => { change({ counting: campaign.outcomes.flatMap((one) => ((one.code === code ? event.target.checked : draft.counting.includes(one.code)) ? [one.code] : [])) }); }} />
            <span>{label}<span className="soft">{criterion}</span></span>
          </label>
        ))}
      </fieldset>
      {problem ? <p className="tone-bad" role="alert">{words.problems[problem]}</p> : null}
      <div className="admin-do"><Button kind="main" submit disabled={busy}>{words.saveRule}</Button></div>
    </form>
  );
}
