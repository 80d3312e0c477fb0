import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Person } from "#domain/base/campaign.ts";
import { addresses, homeOf, mayOpen, type LaterPart, type Part } from "#ui/session/parts.ts";
import { sessionWords } from "#ui/session/words.ts";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { Shell } from "./Shell.tsx";

/** A part that has an address but is not built: says what it will be, and the way to what there is. */
export function LaterScreen({ person, part, onSignOut }: { readonly person: Person; readonly part: LaterPart; readonly onSignOut: () => void }) {
  const words = useWords(sessionWords);
  const home = homeOf(person.role);
  return (
    <Plain person={person} part={part} onSignOut={onSignOut} title={words.parts[part]} way={home === part ? undefined : home}>
      {words.later[part]} {home === part ? words.noScreenYet : words.laterHint}
    </Plain>
  );
}

/** Somebody else's part: one sentence, and the way to one's own. */
export function NotYoursScreen({ person, part, onSignOut }: { readonly person: Person; readonly part: Part; readonly onSignOut: () => void }) {
  const words = useWords(sessionWords);
  const common = useWords(commonWords);
  return (
    <Plain person={person} part={part} onSignOut={onSignOut} title={words.parts[part]} way={homeOf(person.role)}>
      {words.notYours(words.parts[part], common.roles[person.role])}
    </Plain>
  );
}

function Plain({ person, part, title, way, onSignOut, children }: {
  readonly person: Person; readonly part: Part; readonly title: string; readonly way: Part | undefined; readonly onSignOut: () => void; readonly children: ReactNode;
}) {
  const words = useWords(sessionWords);
  return (
    <Shell person={person} part={part} onSignOut={onSignOut}>
      <main className="plain-page">
        <h1>{title}</h1>
        <p>{children}</p>
        {way !== undefined && mayOpen(person.role, way) ? <div className="actions"><Link className="button main large" to={addresses[way]}>{words.toYours(words.parts[way])}</Link></div> : null}
      </main>
    </Shell>
  );
}
