import { useState } from "react";
import { useStore } from "zustand";
import type { Admin } from "#client/admin/admin.ts";
import { draftOf, setupOf, wrongIn, type SetupDraft } from "#ui/admin/draft.ts";
import { ImportSheet } from "#ui/admin/ImportSheet.tsx";
import { NormsView } from "#ui/admin/NormsView.tsx";
import { People } from "#ui/admin/People.tsx";
import { SetupForm } from "#ui/admin/SetupForm.tsx";
import { TestView } from "#ui/admin/TestView.tsx";
import { adminWords } from "#ui/admin/words.ts";
import { DeedsPanel } from "#ui/keeping/DeedsPanel.tsx";
import { ErasePanel } from "#ui/keeping/ErasePanel.tsx";
import { Button } from "#ui/kit/Button.tsx";
import { Choices } from "#ui/kit/Choices.tsx";
import { useInHand } from "#ui/kit/inHand.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { sessionWords } from "#ui/session/words.ts";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { Shell } from "./Shell.tsx";
import "./admin.css";

const parts = ["exchange", "numbers", "relay", "test", "norms", "data"] as const;
export type AdminPart = (typeof parts)[number];

/** The admin's screen: people with their lines, and beside them how the telephony is reached and what is kept of people. */
export function AdminScreen({ admin, onSignOut, first = "exchange" }: { readonly admin: Admin; readonly onSignOut: () => void; readonly first?: AdminPart }) {
  const words = useWords(adminWords);
  const session = useWords(sessionWords);
  const common = useWords(commonWords);
  const { person, phone, missing, doing, importing, tested, newer } = useStore(admin.state);
  const [part, show] = useState<AdminPart>(first);
  // What was typed, over what is saved; nothing typed shows what anybody saves at once.
  const [typed, setTyped] = useState<Partial<SetupDraft>>({});
  const saved = phone && draftOf(phone.setup);
  const draft = saved && { ...saved, ...typed };
  const changed = draft !== undefined && JSON.stringify(draft) !== JSON.stringify(saved);
  const wrong = draft && wrongIn(draft).size > 0;
  useInHand(changed || importing !== undefined);
  const failed = doing.phase === "failed" && doing.what === "setup" ? doing.why : undefined;

  async function save(): Promise<void> {
    if (!draft || wrong) return;
    const setup = setupOf(draft);
    const secret = draft.turnSecret !== "" ? draft.turnSecret : setup.turnUrls.length === 0 ? null : undefined;
    if (await admin.saveSetup(setup, secret)) setTyped({});
  }

  return (
    <Shell person={person} part="admin" newer={newer} onSignOut={onSignOut} strip={missing && phone ? <p className="strip" role="status"><Icon name="offline" />{words.missing[missing]}</p> : null}>
      <main className="admin">
        <h1 className="unseen">{session.parts.admin}</h1>
        {phone && draft ? (
          <>
            <People people={phone.people} exchange={phone.setup.servers.length > 0} doing={doing} onSave={(who, line) => admin.saveLine(who, line)} onFile={(file) => { admin.lookAt(file); }} />
            <aside className="admin-side" aria-label={words.tabsName}>
              <div className="admin-tabs"><Choices title={words.tabsName} value={part} onChoose={show} options={parts.map((value) => ({ value, label: words.tabs[value] }))} /></div>
              <div className="admin-body">
                <div className="admin-norms" hidden={part !== "norms"}><NormsView norms={admin.norms} /></div>
                {part === "norms" ? null : part === "data" ? <><ErasePanel keeping={admin.keeping} /><DeedsPanel keeping={admin.keeping} /></> : part === "test"
                  ? <TestView people={phone.people} tested={tested} doing={doing} unsaved={changed} onTest={(who) => { admin.test(setupOf(draft), who); }} />
                  : <SetupForm part={part} draft={draft} fixed={phone.fixed} hasTurnSecret={phone.hasTurnSecret} campaigns={phone.campaigns} onChange={(more) => { setTyped((before) => ({ ...before, ...more })); }} />}
              </div>
              {part === "data" || part === "norms" ? null : <div className="admin-foot">
                <Button kind="main" disabled={!changed || wrong === true || doing.phase === "busy"} onPress={() => void save()}>{doing.phase === "busy" && doing.what === "setup" ? words.saving : words.saveSetup}</Button>
                {changed ? <Button kind="quiet" onPress={() => { setTyped({}); admin.refresh(); }}>{words.discard}</Button> : null}
                <p role="status" className={failed || wrong ? "tone-bad" : "soft"}>
                  {failed ? words.troubles[failed] : wrong ? words.wrong : changed ? words.unsaved : doing.phase === "done" && doing.what === "setup" ? words.saved : ""}
                </p>
              </div>}
            </aside>
          </>
        ) : missing ? (
          <div className="plain-page"><div role="alert"><p>{words.missing[missing]}</p></div><div className="actions"><Button kind="main" onPress={() => { admin.refresh(); }}>{common.tryAgain}</Button></div></div>
        ) : <p className="waiting" role="status">{common.loading}</p>}
      </main>
      {importing ? <ImportSheet importing={importing} doing={doing} onTakeIn={() => { admin.takeIn(); }} onClose={() => { admin.dropImport(); }} /> : null}
    </Shell>
  );
}
