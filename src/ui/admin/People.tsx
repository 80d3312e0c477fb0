import { useState } from "react";
import type { Doing, PersonLine } from "#client/admin/admin.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useFocusBack } from "#ui/kit/focus.ts";
import { Icon, type IconName } from "#ui/kit/Icon.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { LineForm } from "./LineForm.tsx";
import { adminWords } from "./words.ts";

export interface PeopleProps {
  readonly people: readonly PersonLine[];
  /** Whether the company has an exchange of its own; otherwise everybody has a line already. */
  readonly exchange: boolean;
  readonly doing: Doing;
  readonly onSave: (person: string, line: { readonly username: string; readonly password: string } | null) => Promise<boolean>;
  readonly onFile: (file: File) => void;
}

const signs: Readonly<Record<PersonLine["phone"], readonly [icon: IconName, tone: string]>> = {
  ready: ["check", "tone-ok"], connecting: ["clock", "soft"], down: ["offline", "tone-warn"], refused: ["warning", "tone-bad"], away: ["dot", "soft"],
};

/** Everybody with role, line and whether the phone is there. */
export function People({ people, exchange, doing, onSave, onFile }: PeopleProps) {
  const words = useWords(adminWords);
  const { roles } = useWords(commonWords);
  const [sought, seek] = useState("");
  const [open, setOpen] = useState<string>();
  const rows = useFocusBack<HTMLTableSectionElement>(open);
  const found = people.filter(({ person, username }) => `${person.name} ${person.email} ${username ?? ""}`.toLowerCase().includes(sought.trim().toLowerCase()));
  return (
    <div className="admin-people">
      <div className="admin-bar">
        <h2 id="admin-people">{words.people}</h2>
        <span className="grow" />
        <input className="field admin-find" type="search" aria-label={words.find} placeholder={words.find} value={sought} onChange={(event) => { seek(event.target.value); }} />
        <label className="button admin-file" title={words.importHint}>
          <Icon name="plus" />{words.importFile}
          <input type="file" accept=".csv,.txt,text/csv,text/plain" onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) onFile(file);
            event.target.value = ""; // so that the mended file can be chosen again
          }} />
        </label>
      </div>
      {doing.phase === "failed" && doing.what === "import" ? <p className="strip bad" role="alert"><Icon name="warning" />{words.troubles[doing.why]}</p> : null}
      {exchange ? null : <p className="admin-note soft">{words.embeddedLines}</p>}
      <div className="admin-rows" tabIndex={0} role="region" aria-labelledby="admin-people">
        <table>
          <thead><tr><th scope="col">{words.person}</th><th scope="col">{words.role}</th><th scope="col">{words.line}</th><th scope="col">{words.phone}</th></tr></thead>
          <tbody ref={rows}>
            {found.map((row) => {
              const { person, username, readable, phone } = row;
              const [icon, tone] = signs[phone];
              return (
                <tr key={person.id}>
                  <td><b>{person.name}</b><br /><span className="soft">{person.email}</span></td>
                  <td>{roles[person.role]}</td>
                  <td data-back={person.id}>
                    {open === person.id ? (
                      <LineForm name={person.name} username={username} doing={doing} onClose={() => { setOpen(undefined); }}
                        onSave={(line) => { void onSave(person.id, line).then((ok) => { if (ok) setOpen(undefined); }); }} />
                    ) : (
                      <span className="admin-line">
                        <span className={username === null ? "soft" : ""}>{username ?? words.noLine}</span>
                        <Button name={username === null ? words.giveLine(person.name) : words.changeLine(person.name)} onPress={() => { setOpen(person.id); }}>{username === null ? words.giveLineShort : words.changeLineShort}</Button>
                        {readable ? null : <span className="tone-bad admin-wide"><Icon name="warning" /> {words.unreadable}</span>}
                      </span>
                    )}
                  </td>
                  <td><span className={`admin-phone ${tone}`}><Icon name={icon} />{words.phones[phone]}</span></td>
                </tr>
              );
            })}
          </tbody>
        </table>
        {found.length === 0 ? <p className="admin-note soft" role="status">{words.nobodyFound}</p> : null}
      </div>
    </div>
  );
}
