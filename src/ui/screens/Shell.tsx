import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Person } from "#domain/base/campaign.ts";
import { Brand } from "#ui/kit/Brand.tsx";
import { PersonMenu } from "#ui/person/PersonMenu.tsx";
import { NewerVersion } from "#ui/session/NewerVersion.tsx";
import { addresses, partsOf, type Part } from "#ui/session/parts.ts";
import { sessionWords } from "#ui/session/words.ts";
import { useWords } from "#ui/words/language.ts";
import "./shell.css";

export interface ShellProps {
  readonly person: Person;
  readonly onSignOut: () => void;
  readonly part?: Part;
  /** What the header says between the name of the part and the person. */
  readonly head?: ReactNode;
  /** Sentences about the world, between header and page: no connection, for one. */
  readonly strip?: ReactNode;
  /** A newer page is there. */
  readonly newer?: boolean | undefined;
  readonly children: ReactNode;
}

/** The frame of every screen but the agent's: a header that stays, and one page that fills the rest. */
export function Shell({ person, onSignOut, part, head, strip, newer, children }: ShellProps) {
  const words = useWords(sessionWords);
  const parts = partsOf(person.role);
  return (
    <div className="shell">
      <title>{part === undefined ? "Sufler" : `${words.parts[part]} · Sufler`}</title>
      <header className="shell-head">
        <Brand />
        {parts.length > 1 ? (
          <nav className="shell-nav" aria-label={words.nav}>
            {parts.map((one) => <Link key={one} to={addresses[one]} aria-current={one === part ? "page" : undefined}>{words.parts[one]}</Link>)}
          </nav>
        ) : null}
        {head ?? <span className="grow" />}
        <PersonMenu person={person} onSignOut={onSignOut} />
      </header>
      <div className="shell-strip">{strip}<NewerVersion newer={newer} /></div>
      {children}
    </div>
  );
}
