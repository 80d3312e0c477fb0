import { useState, useSyncExternalStore, type ReactNode } from "react";
import { heldOpen } from "#client/session/heldOpen.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useWords } from "#ui/words/language.ts";
import { sessionWords } from "./words.ts";

export interface OpenedProps<T> {
  /** Brings the machinery up. Read once: another one needs another key. */
  readonly open: () => Promise<T>;
  /** Around what is shown while there is no machine yet, or none to be had. */
  readonly frame: (content: ReactNode) => ReactNode;
  readonly children: (machine: T) => ReactNode;
}

/** Said while a screen is on its way. */
export function Waiting({ children, title = "Sufler" }: { readonly children: string; readonly title?: string }) {
  return <main className="waiting"><h1 className="unseen">{title}</h1><p role="status">{children}</p></main>;
}

/** The machinery of a screen, up for as long as the screen is shown. */
export function Opened<T extends { stop(): Promise<void> }>({ open, frame, children }: OpenedProps<T>) {
  const words = useWords(sessionWords);
  const [held] = useState(() => heldOpen(open));
  const state = useSyncExternalStore(held.subscribe, held.read);
  if (state.phase === "open") return children(state.machine);
  if (state.phase === "opening") return frame(<Waiting>{words.opening}</Waiting>);
  return frame(
    <main className="plain-page">
      <div role="alert"><h1>{words.failed}</h1><p>{words.failedHint}</p></div>
      <div className="actions"><Button kind="main" large onPress={held.again}>{words.again}</Button></div>
      <details><summary>{words.detail}</summary><pre>{String(state.cause)}</pre></details>
    </main>,
  );
}
