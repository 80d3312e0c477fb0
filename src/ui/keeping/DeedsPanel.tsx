import { useEffect, useState } from "react";
import type { AuditEntry, Keeping } from "#client/admin/keeping.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Panel } from "#ui/kit/Panel.tsx";
import { useLanguage, useWords } from "#ui/words/language.ts";
import { keepingWords } from "./words.ts";
import "./keeping.css";

const PAGE = 50;

/** The audit log: who listened, set targets, checked, published, erased, and changed what. */
export function DeedsPanel({ keeping }: { readonly keeping: Keeping }) {
  const words = useWords(keepingWords);
  const { language } = useLanguage();
  const [entries, setEntries] = useState<readonly AuditEntry[] | undefined>();
  const [unreachable, setUnreachable] = useState(false);
  const load = async (before?: number): Promise<void> => {
    const more = await keeping.audit(before);
    setUnreachable(more === undefined);
    if (more) setEntries((old) => (before === undefined ? more : [...(old ?? []), ...more]));
  };
  // What lies on the server is asked for when the panel is first shown: there is no store to subscribe to.
  useEffect(() => { void load(); }, [keeping]);
  const clock = new Intl.DateTimeFormat(language === "ru" ? "ru-RU" : "en-GB", { day: "2-digit", month: "short", hour: "2-digit", minute: "2-digit" });
  const last = entries?.at(-1);
  return (
    <Panel title={words.deeds}>
      <p className="soft">{words.deedsHint}</p>
      {unreachable ? <p>{words.unreachable}</p> : null}
      {entries?.length === 0 ? <p>{words.noDeeds}</p> : null}
      {entries && entries.length > 0 ? (
        <table className="keeping-deeds">
          <thead><tr><th scope="col">{words.when}</th><th scope="col">{words.who}</th><th scope="col">{words.what}</th></tr></thead>
          <tbody>
            {entries.map((one) => (
              <tr key={one.id}>
                <td className="figures">{clock.format(one.at)}</td>
                <td>{one.by ?? words.somebody}</td>
                <td>{words.actions[one.action]?.(one.subject) ?? words.otherAction(one.action, one.subject)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {last && (entries?.length ?? 0) % PAGE === 0 ? <Button kind="quiet" onPress={() => { void load(last.id); }}>{words.more}</Button> : null}
    </Panel>
  );
}
