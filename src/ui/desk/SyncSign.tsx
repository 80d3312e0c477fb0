import type { SyncState } from "#client/desk/deskState.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import { deskWords } from "./words.ts";

/** Whether what was done here has reached the server. */
export function SyncSign({ sync }: { readonly sync: SyncState }) {
  const words = useWords(deskWords);
  if (sync.refused > 0) return <span className="sync tone-bad"><Icon name="warning" />{words.refused(sync.refused)}</span>;
  if (!sync.online) return <span className="sync tone-warn"><Icon name="offline" />{sync.unsent > 0 ? `${words.offline}: ${words.waiting(sync.unsent)}` : words.offline}</span>;
  if (sync.unsent > 0) return <span className="sync soft"><Icon name="unsent" />{words.sending(sync.unsent)}</span>;
  return <span className="sync soft" title={words.savedHint}><Icon name="check" />{words.saved}</span>;
}
