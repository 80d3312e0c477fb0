import type { CallTrail } from "#client/wallboard/lead.ts";
import type { Campaign, Company, Person } from "#domain/base/campaign.ts";
import { shortName, type Prospect } from "#domain/dialing/prospect.ts";
import { callValues } from "#domain/script/callValues.ts";
import { fillIn } from "#domain/script/fillIn.ts";
import { moduleOf, type Script } from "#domain/script/script.ts";
import { Panel } from "#ui/kit/Panel.tsx";
import { length } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { earWords } from "./words.ts";
import "./monitoring.css";

export interface LiveCallProps {
  readonly agent: Person;
  readonly module?: string | undefined;
  readonly script?: Script | undefined;
  readonly campaign?: Campaign | undefined;
  readonly company?: Company | undefined;
  readonly client?: Prospect | undefined;
  readonly trail?: CallTrail | undefined;
  readonly texts: ReadonlyMap<string, string>;
  /** The client has hung up; the agent's screen is about the outcome now. */
  readonly ended: boolean;
}

const nobody = { firstName: "", company: "" } as const;

/** A call as its agent sees it: the way through the script, the words to be said now, what the client has said. */
export function LiveCall({ agent, module, script, campaign, company, client, trail, texts, ended }: LiveCallProps) {
  const words = useWords(earWords);
  const here = script && module !== undefined ? moduleOf(script, module) : undefined;
  const title = (id: string): string => (script && moduleOf(script, id)?.title) ?? id;
  // Of somebody dialed by hand, or whose card is still on its way, the brackets say what is not known, as on the agent's screen.
  const said = here && campaign && company
    ? fillIn(here.words, { ...words.unknown, ...callValues({ client: client ?? nobody, agent, company, campaign }) }, { agent: agent.gender, client: client?.gender ?? "m" })
    : here?.words;
  const about = client ? [client.position, client.company, client.city].filter((part) => part !== "").join(", ") : "";
  return (
    <>
      {client ? (
        <section className="live-client">
          <b>{shortName(client)}</b>
          {about === "" ? null : <span className="soft">{about}</span>}
        </section>
      ) : null}
      <Panel title={ended ? words.lastWords : words.words}>
        {trail && trail.modules.length > 1 ? (
          <ol className="live-trail" aria-label={words.trail}>
            {trail.modules.map((id, at) => <li key={`${at} ${id}`} aria-current={at === trail.modules.length - 1 ? "step" : undefined}>{title(id)}</li>)}
          </ol>
        ) : null}
        {here ? (
          <>
            <h3 className="live-title">{here.title}</h3>
            <p className="live-words" lang={script?.language}>{said}</p>
            <p className="soft">{here.gist}</p>
          </>
        ) : <p className="soft">{module === undefined ? words.noTrail : words.noWords}</p>}
      </Panel>
      <Panel title={words.said}>
        {trail && trail.captures.length > 0 ? (
          <ul className="live-said">
            {trail.captures.map(({ record, second, module: heardAt }) => {
              const text = texts.get(record);
              return (
                <li key={record}>
                  {text === undefined ? <span className="soft">{words.coming}</span> : <q lang={script?.language}>{text}</q>}
                  <span className="soft">{length(second)}{heardAt === undefined ? "" : ` · ${title(heardAt)}`}</span>
                </li>
              );
            })}
          </ul>
        ) : <p className="soft">{words.saidNothing}</p>}
      </Panel>
    </>
  );
}
