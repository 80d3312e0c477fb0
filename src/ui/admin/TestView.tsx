import { useId, useState } from "react";
import type { BrowserStep, CheckStep, Doing, PersonLine, Tested } from "#client/admin/admin.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import { adminWords } from "./words.ts";

export interface TestViewProps {
  readonly people: readonly PersonLine[];
  readonly tested: Tested | undefined;
  readonly doing: Doing;
  /** The form says something else than what is saved. */
  readonly unsaved: boolean;
  readonly onTest: (person: string | undefined) => void;
}

/** What is wrong on the way to the exchange, a sentence each, from the server's end and from this browser's. */
export function TestView({ people, tested, doing, unsaved, onTest }: TestViewProps) {
  const words = useWords(adminWords);
  const id = useId();
  const owners = people.filter(({ username, readable }) => username !== null && readable);
  const [chosen, choose] = useState<string>();
  const person = chosen ?? owners[0]?.person.id ?? "";
  const busy = doing.phase === "busy" && doing.what === "test";
  const steps = tested ? [...tested.servers.flatMap((one) => one.steps), ...tested.browser] : [];
  return (
    <>
      <p className="soft">{words.testHint}</p>
      <div className="admin-field">
        <label htmlFor={id}>{words.withLine}</label>
        <select id={id} className="field" value={person} onChange={(event) => { choose(event.target.value); }}>
          {owners.map((one) => <option key={one.person.id} value={one.person.id}>{one.person.name} ({one.username})</option>)}
          <option value="">{words.withoutLine}</option>
        </select>
      </div>
      {unsaved ? <p className="tone-warn">{words.unsavedTest}</p> : null}
      <div className="admin-do"><Button kind="main" disabled={busy} onPress={() => { onTest(person === "" ? undefined : person); }}>{busy ? words.testing : words.test}</Button></div>
      <div role="status">
        {doing.phase === "failed" && doing.what === "test" ? <p className="tone-bad"><Icon name="warning" /> {words.troubles[doing.why]}</p> : null}
        {!busy && steps.length > 0 && tested?.browser.length !== 0 && steps.every((step) => step.ok) ? <p className="tone-ok"><Icon name="check" /> {words.allWell}</p> : null}
      </div>
      {tested?.servers.map(({ server, steps: found }) => (
        <section key={server} className="admin-found" aria-label={`${words.fromServer}: ${server}`}>
          <h3>{words.fromServer}: <span className="soft">{server}</span></h3>
          <ul>{found.map((step) => <Found key={step.step} ok={step.ok} text={serverText(step, words)} />)}</ul>
        </section>
      ))}
      {tested && tested.browser.length > 0 ? (
        <section className="admin-found" aria-label={words.fromBrowser}>
          <h3>{words.fromBrowser}</h3>
          <ul>{tested.browser.map((step) => <Found key={step.what + ("server" in step ? step.server : "")} ok={step.ok} text={browserText(step, words)} />)}</ul>
        </section>
      ) : null}
    </>
  );
}

function Found({ ok, text }: { readonly ok: boolean; readonly text: string }) {
  return <li className={ok ? "admin-ok" : "admin-fault"}><Icon name={ok ? "check" : "warning"} /><span>{text}</span></li>;
}

type Words = (typeof adminWords)["en"];

/** The sentence for one step of the server's. */
export function serverText(step: CheckStep, words: Words): string {
  if (step.ok) {
    if (step.step === "certificate" && step.until !== undefined) return words.until(step.until);
    return step.step === "register" && step.algorithm !== undefined ? words.proved(step.algorithm) : words.ok[step.step];
  }
  switch (step.step) {
    case "name": return words.name[step.fault];
    case "port": return words.port[step.fault];
    case "certificate": return words.certificate[step.fault];
    case "upgrade": return words.upgrade(step.fault, step.status);
    case "register": return words.register(step.fault, step.status);
  }
}

/** The sentence for one step of this browser's. */
export function browserText(step: BrowserStep, words: Words): string {
  if (step.ok) return step.what === "socket" ? `${words.browserOk.socket} ${step.server}` : words.browserOk[step.what];
  switch (step.what) {
    case "microphone": return words.microphone[step.fault];
    case "socket": return `${step.server}: ${words.socket[step.fault]}`;
    case "media": return words.media;
    case "relay": return words.relayFault[step.fault];
  }
}
