import { useEffect } from "react";
import { useWords } from "#ui/words/language.ts";
import { besideWords } from "./besideWords.ts";

/** May the person still be asked whether they want to be told outside the tab? */
export function canNotify(): boolean {
  return "Notification" in window && Notification.permission === "default";
}

/** Among a dozen tabs and windows, a call to us is seen: in the title of the tab, and outside of it when that is allowed. */
export function useIncomingNotice(who: string | undefined): void {
  const words = useWords(besideWords);
  const title = who === undefined ? undefined : words.tab(who);
  useEffect(() => {
    if (title === undefined) return undefined;
    // The desk's own title changes with the state; this one stays in front of it while it rings.
    const keep = () => { if (!document.title.startsWith(title)) document.title = `${title} · ${document.title}`; };
    const watcher = new MutationObserver(keep);
    const head = document.querySelector("title");
    if (head) watcher.observe(head, { childList: true });
    keep();
    return () => {
      watcher.disconnect();
      document.title = document.title.replace(`${title} · `, "");
    };
  }, [title]);
  const [notice, body] = [who === undefined ? undefined : words.notice(who), words.noticeBody];
  useEffect(() => {
    if (notice === undefined || document.hasFocus() || !("Notification" in window) || Notification.permission !== "granted") return undefined;
    const shown = new Notification(notice, { body, tag: "sufler-call", requireInteraction: true });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
    return () => { shown.close(); };
  }, [notice, body]);
}
