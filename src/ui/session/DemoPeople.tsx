import { use, useState } from "react";
import type { Role } from "#domain/base/campaign.ts";
import type { Session, SignInRefusal } from "#client/session/session.ts";
import { Icon, type IconName } from "#ui/kit/Icon.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { refusalSentence, sessionWords } from "./words.ts";

export type DemoPerson = Awaited<ReturnType<Session["demoPeople"]>>[number];

const signs: { readonly [R in Role]: IconName } = { agent: "phone", lead: "ear", editor: "pen", closer: "person", admin: "decider" };

const isRole = (role: string): role is Role => role in signs;

/** The people of the demo company, each one click away. Nothing when this is not a demo. */
export function DemoPeople({ people, session }: { readonly people: Promise<readonly DemoPerson[]>; readonly session: Session }) {
  const words = useWords(sessionWords);
  const common = useWords(commonWords);
  const all = use(people);
  const [busy, setBusy] = useState<string>();
  const [refusal, setRefusal] = useState<SignInRefusal>();
  if (all.length === 0) return null;

  async function enter(email: string): Promise<void> {
    setBusy(email);
    setRefusal(undefined);
    setRefusal(await session.signInAsDemo(email));
    setBusy(undefined);
  }

  return (
    <section className="demo-people" aria-labelledby="demo-people">
      <h2 id="demo-people">{words.demo}</h2>
      <p className="soft">{words.demoHint}</p>
      <ul>
        {all.map(({ name, email, role }) => (
          <li key={email}>
            <button type="button" className="demo-person" disabled={busy !== undefined} onClick={() => void enter(email)}>
              {isRole(role) ? <span className="demo-sign"><Icon name={signs[role]} /></span> : null}
              <span className="demo-who"><b className="ellipsis">{name}</b><span className="soft ellipsis">{isRole(role) ? common.roles[role] : role}</span></span>
              {isRole(role) ? <span className="demo-sees">{words.sees[role]}</span> : null}
            </button>
          </li>
        ))}
      </ul>
      <p className="sign-in-said" role="alert">{refusal ? <><Icon name="warning" /><span>{refusalSentence(refusal, words.demoRefusals)}</span></> : null}</p>
    </section>
  );
}
