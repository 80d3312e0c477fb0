import type { Campaign } from "#domain/base/campaign.ts";
import type { DayCount } from "#domain/counting/day.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import { callLines, outcomeName } from "#ui/counting/todayCalls.ts";
import { VerdictSign } from "#ui/counting/TodaySheet.tsx";
import { countingWords } from "#ui/counting/words.ts";
import { Panel } from "#ui/kit/Panel.tsx";
import { useWords } from "#ui/words/language.ts";

export interface PersonCallsProps {
  readonly day: DayCount;
  readonly prospects: ReadonlyMap<string, Prospect>;
  readonly campaigns: ReadonlyMap<string, Campaign>;
  readonly timeZone: string;
}

/** The calls behind somebody's number, newest first, each with its reason to count or not: the same as the agent sees. */
export function PersonCalls({ day, prospects, campaigns, timeZone }: PersonCallsProps) {
  const words = useWords(countingWords);
  const names = new Map([...prospects].map(([id, { firstName, lastName }]) => [id, `${firstName} ${lastName}`]));
  const campaignOf = new Map(day.calls.map(({ record }) => [record.call, record.dialed && campaigns.get(record.dialed.campaign)]));
  return (
    <Panel title={words.todayTitle(day.calls.length)}>
      <ol className="person-calls">
        {callLines(day, names, timeZone).toReversed().map((line) => {
          const outcome = (code: string): string => outcomeName(campaignOf.get(line.call), code);
          return (
            <li key={line.call}>
              <span className="soft">{line.time}</span>
              <span>
                <span className="person-call-who"><span className="ellipsis">{line.who ?? words.unknown}</span><span className="soft">{line.talk ?? ""}</span></span>
                {line.outcome === undefined ? null : <span className="soft">{outcome(line.outcome)}</span>}
                <VerdictSign line={line} outcome={outcome} />
              </span>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
