import type { Publishing } from "#client/scripts/editor.ts";
import type { Handler } from "#domain/script/script.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import type { Change } from "./changes.ts";
import { editorWords } from "./words.ts";

export interface PublicationProps {
  readonly publishing: Publishing;
  /** The published version that the draft goes on from; undefined for a new handler. */
  readonly base: Handler | undefined;
  readonly changes: readonly Change[];
  /** Is there a draft of what is shown. */
  readonly draft: boolean;
  /** Fields that are marked as not right yet. */
  readonly problems: number;
  readonly online: boolean;
  readonly onPublish: () => void;
  readonly onDiscard: () => void;
}

/** Beside a handler: what publishing will change, in words; and what became of it. */
export function Publication({ publishing, base, changes, draft, problems, online, onPublish, onDiscard }: PublicationProps) {
  const words = useWords(editorWords);
  const sending = publishing.phase === "sending";
  return (
    <aside className="publication" aria-label={words.changes}>
      <div role="status">
        {publishing.phase === "published" ? (
          <p className="publication-done"><Icon name="check" /><span><b>{words.published(publishing.handler.title, publishing.handler.version)}</b><br />{words.publishedHint}</span></p>
        ) : null}
      </div>
      {draft ? (
        <>
          <h2 className="caption">{words.changes}</h2>
          {base ? null : <p>{words.isNew}</p>}
          {base && changes.length === 0 ? <p className="soft">{words.noChanges}</p> : null}
          {base && changes.length > 0 ? <ul className="publication-changes">{changes.map((change) => <li key={textOf(change, words)}>{textOf(change, words)}</li>)}</ul> : null}
          {changes.length > 0 ? <p className="soft">{words.consequence}</p> : null}
          {publishing.phase === "failed" ? <p className="publication-failed" role="alert"><Icon name="warning" /><span>{words.failed[publishing.why]}</span></p> : null}
          {problems > 0 ? <p className="tone-warn">{words.blocked(problems)}</p> : null}
          <div className="publication-do">
            <Button kind="main" large disabled={sending || !online || changes.length === 0 || publishing.phase === "newer"} onPress={onPublish}>
              {sending ? words.publishing : words.publish}<span className="publication-keys" aria-hidden="true"><kbd className="key">Ctrl</kbd><kbd className="key">Enter</kbd></span>
            </Button>
            <Button kind="quiet" disabled={sending} onPress={onDiscard}>{words.discard}</Button>
          </div>
          <p className="soft publication-kept">{words.kept}</p>
        </>
      ) : publishing.phase !== "published" && base ? <p className="soft">{words.live(base.version)}</p> : null}
    </aside>
  );
}

function textOf(change: Change, words: (typeof editorWords)["en"]): string {
  const { changed } = words;
  switch (change.kind) {
    case "title": return change.from === "" ? words.title : changed.title(change.from);
    case "gist": return changed.gist;
    case "synonyms": return changed.synonyms;
    case "phrasingAdded": return changed.phrasingAdded(change.number);
    case "phrasingChanged": return changed.phrasingChanged(change.number);
    case "phrasingRemoved": return changed.phrasingRemoved(change.count);
  }
}
