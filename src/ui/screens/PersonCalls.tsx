import { useState } from "react";
import type { Check } from "#client/wallboard/lead.ts";
import type { Campaign } from "#domain/base/campaign.ts";
import type { DayCount } from "#domain/counting/day.ts";
import { checkInTime } from "#domain/counting/verdict.ts";
import { shortName, type Prospect } from "#domain/dialing/prospect.ts";
import { Notes, type NoteNames } from "#ui/counting/CallNotes.tsx";
import { CheckContact } from "#ui/counting/CheckContact.tsx";
import { callLines, outcomeName, type CallLine } from "#ui/counting/todayCalls.ts";
import { VerdictSign } from "#ui/counting/TodaySheet.tsx";
import { countingWords } from "#ui/counting/words.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useFocusBack } from "#ui/kit/focus.ts";
import { Panel } from "#ui/kit/Panel.tsx";
import { useToast } from "#ui/kit/Toast.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";

export interface PersonCallsProps {
  readonly person: string;
  readonly day: DayCount;
  readonly prospects: ReadonlyMap<string, Prospect>;
  readonly campaigns: ReadonlyMap<string, Campaign>;
  readonly names: Omit<NoteNames, "outcome">;
  readonly check: (check: Check) => void;
}

/** The calls behind somebody's number, newest first, each with its reason to count or not: the same as the agent sees. A contact is checked here. */
export function PersonCalls({ person, day, prospects, campaigns, names, check }: PersonCallsProps) {
  const words = useWords(countingWords);
  const common = useWords(commonWords);
  const toast = useToast();
  const [checking, choose] = useState<string>();
  const list = useFocusBack<HTMLOListElement>(checking);
  const who = new Map([...prospects].map(([id, prospect]) => [id, shortName(prospect)]));
  const recordOf = new Map(day.calls.map(({ record }) => [record.call, record]));
  const found = (line: CallLine, what: Check["found"], reason?: Check["reason"]): void => {
    const record = recordOf.get(line.call);
    const before = record && checkInTime(record, names);
    const say = (one: Pick<Check, "found" | "reason"> | undefined): void => {
      check({ call: line.call, agent: person, found: one?.found ?? "withdrawn", ...(one?.reason === undefined ? {} : { reason: one.reason }) });
    };
    say({ found: what, ...(reason === undefined ? {} : { reason }) });
    choose(undefined);
    toast({ text: words.check.done[what], undo: { label: common.undo, run: () => { say(before); } } });
  };
  return (
    <Panel title={words.todayTitle(day.calls.length)}>
      <ol className="person-calls" ref={list}>
        {callLines(day, who, names.timeZone).toReversed().map((line) => {
          const dialed = recordOf.get(line.call)?.dialed;
          const outcome = (code: string): string => outcomeName(dialed && campaigns.get(dialed.campaign), code);
          const checkable = line.verdict.counts || line.verdict.why === "struck" || line.notes.some(({ kind }) => kind === "confirmed" || kind === "notReached");
          return (
            <li key={line.call}>
              <span className="soft">{line.time}</span>
              <span>
                <span className="person-call-who"><span className="ellipsis">{line.who ?? words.unknown}</span><span className="soft">{line.talk ?? ""}</span></span>
                {line.outcome === undefined ? null : <span className="soft">{outcome(line.outcome)}</span>}
                <span className="person-call-verdict" data-back={line.call}>
                  <VerdictSign line={line} outcome={outcome} />
                  {checkable && checking !== line.call ? <Button kind="quiet" name={`${words.check.openOf(line.who ?? words.unknown)}, ${line.time}`} onPress={() => { choose(line.call); }}>{words.check.open}</Button> : null}
                </span>
                <Notes notes={line.notes} names={{ ...names, outcome }} />
                {checking === line.call ? <CheckContact who={line.who ?? words.unknown} check={(what, reason) => { found(line, what, reason); }} cancel={() => { choose(undefined); }} /> : null}
              </span>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
