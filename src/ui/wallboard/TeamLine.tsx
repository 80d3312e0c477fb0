import type { LeadState } from "#client/wallboard/lead.ts";
import { wallClock } from "#domain/base/day.ts";
import { useCompanyNow } from "#ui/kit/clock.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { clockFace } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { teamDay } from "./team.ts";
import { boardWords } from "./words.ts";

/** The team in one line, for the header. */
export function TeamLine({ state }: { readonly state: LeadState }) {
  const words = useWords(boardWords);
  const now = useCompanyNow();
  const team = teamDay(state.rows);
  return (
    <>
      <span className="team-people ellipsis">{state.loaded ? <><b>{words.title}</b> <span className="soft">· {words.people(team.people, team.working)}</span></> : null}</span>
      <span className="grow" />
      {state.loaded && team.people > 0 ? (
        <>
          <span className="team-count"><b>{words.ofTarget(team.contacts, team.target)}</b> <span className="soft">{team.unit === "points" ? words.points : words.contacts(team.target)}{team.pace === undefined ? "" : `, ${words.pace(team.pace)}`}</span></span>
          <span className={`team-trouble ${team.troubled > 0 ? "tone-bad" : "tone-ok"}`} role="status"><Icon name={team.troubled > 0 ? "warning" : "check"} />{team.troubled > 0 ? words.attention(team.troubled) : words.allWell}</span>
        </>
      ) : null}
      {state.company ? <span className="soft">{clockFace(wallClock(now, state.company.timeZone).minutes)}</span> : null}
    </>
  );
}
