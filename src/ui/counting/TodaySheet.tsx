import { useState, type ReactNode } from "react";
import type { OutcomeKind } from "#domain/base/campaign.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useFocusBack } from "#ui/kit/focus.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { Sheet } from "#ui/kit/Sheet.tsx";
import { useToast } from "#ui/kit/Toast.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { Notes, type NoteNames } from "./CallNotes.tsx";
import { Reply } from "./Reply.tsx";
import type { CallLine } from "./todayCalls.ts";
import { verdictReason, verdictSentence } from "./verdict.ts";
import { countingWords } from "./words.ts";
import "./counting.css";

interface Props {
  /** Oldest first. */
  readonly calls: readonly CallLine[];
  readonly outcomesFor: (answered: boolean) => readonly OutcomeKind[];
  readonly names: NoteNames;
  /** May this call be given its first outcome here. */
  readonly maySay: (call: string) => boolean;
  readonly correct: (call: string, outcome: string, decisionMaker: boolean) => void;
  readonly dispute: (call: string, words: string) => void;
  readonly onClose: () => void;
  /** Below the calls: how the time of the day was spent. */
  readonly children?: ReactNode;
}

/** Every call of the day with its reason to count or not; a wrong outcome is put right here, one that is missing given, a struck contact answered for. */
export function TodaySheet({ calls, outcomesFor, names, maySay, correct, dispute, onClose, children }: Props) {
  const words = useWords(countingWords);
  const common = useWords(commonWords);
  const toast = useToast();
  const [replying, reply] = useState<string>();
  const table = useFocusBack<HTMLTableElement>(replying);
  const { outcome } = names;
  const change = (line: CallLine, to: string): void => {
    const before = line.outcome;
    correct(line.call, to, line.decisionMaker);
    toast({ text: words.corrected(outcome(to)), ...(before === undefined ? {} : { undo: { label: common.undo, run: () => { correct(line.call, before, line.decisionMaker); } } }) });
  };
  const decide = (line: CallLine, code: string): void => {
    correct(line.call, code, !line.decisionMaker);
    toast({ text: words.deciderSaid(!line.decisionMaker), undo: { label: common.undo, run: () => { correct(line.call, code, line.decisionMaker); } } });
  };
  const sent = (line: CallLine, text: string): void => {
    dispute(line.call, text);
    reply(undefined);
    toast({ text: words.replied });
  };
  return (
    <Sheet title={words.todayTitle(calls.length)} close={common.close} onClose={onClose} className="today">
      {calls.length === 0 ? <p className="soft">{words.noCalls}</p> : (
        <table className="calls" ref={table}>
          <thead><tr><th>{words.columns.time}</th><th>{words.columns.who}</th><th className="number">{words.columns.talk}</th><th>{words.columns.outcome}</th><th className="decider"><abbr title={words.deciderOf}>{words.deciderColumn}</abbr></th><th>{words.columns.verdict}</th></tr></thead>
          <tbody>
            {calls.toReversed().map((line) => (
              <tr key={line.call}>
                <td className="soft">{line.time}</td>
                <td className="ellipsis">{line.who ?? words.unknown}</td>
                <td className="number">{line.badLine ? <span className="tone-warn" title={words.badLine}><Icon name="warning" /><span className="unseen">{words.badLine}</span> </span> : null}{line.talk ?? "—"}</td>
                <td>
                  {line.outcome === undefined && !maySay(line.call) ? <span className="faint">{words.noOutcomeYet}</span> : (
                    <select className="correct" aria-label={`${line.outcome === undefined ? words.giveOutcome : words.correct}: ${line.time} ${line.who ?? words.unknown}`} value={line.outcome ?? ""} onChange={(event) => { change(line, event.target.value); }}>
                      {line.outcome === undefined ? <option value="" disabled>{words.giveOutcome}</option> : null}
                      {options(line, outcomesFor, outcome).map(({ code, label }) => <option key={code} value={code}>{label}</option>)}
                    </select>
                  )}
                </td>
                <td className="decider">
                  {line.outcome === undefined || !line.answered ? null : <input type="checkbox" aria-label={`${words.deciderOf}: ${line.time} ${line.who ?? words.unknown}`} checked={line.decisionMaker} onChange={() => { decide(line, line.outcome ?? ""); }} />}
                </td>
                <td data-back={line.call}>
                  <VerdictSign line={line} outcome={outcome} />
                  <Notes notes={line.notes} names={names} />
                  {line.verdict.counts || line.verdict.why !== "struck" ? null : replying === line.call
                    ? <Reply send={(text) => { sent(line, text); }} cancel={() => { reply(undefined); }} />
                    : <Button kind="quiet" icon="pen" name={words.replyTo(line.who ?? words.unknown)} onPress={() => { reply(line.call); }}>{words.reply}</Button>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {children}
    </Sheet>
  );
}

/** The outcomes that fit, with the one that was saved even when the campaign no longer offers it. */
function options(line: CallLine, outcomesFor: Props["outcomesFor"], outcome: NoteNames["outcome"]): readonly { readonly code: string; readonly label: string }[] {
  const fitting = outcomesFor(line.answered);
  return line.outcome === undefined || fitting.some(({ code }) => code === line.outcome) ? fitting : [...fitting, { code: line.outcome, label: outcome(line.outcome) }];
}

/** The verdict on one call: sign, word, reason. */
export function VerdictSign({ line, outcome }: { readonly line: Pick<CallLine, "verdict">; readonly outcome: (code: string) => string }) {
  const words = useWords(countingWords);
  return line.verdict.counts
    ? <span className="verdict tone-ok"><Icon name="check" />{verdictSentence(line.verdict, words, outcome)}</span>
    : <span className={`verdict ${line.verdict.why === "struck" ? "tone-bad" : "soft"}`}><Icon name="cross" />{verdictReason(line.verdict, words, outcome)}</span>;
}
