import type { DialAnswer } from "./dialDesk.ts";

/** What the agent has opened on the screen; kept apart from the trade, gone with the tab except for the text size. */
export interface DeskView {
  readonly panel?: "help" | "today" | "training" | "work" | "keypad" | "transfer" | "dial" | "history" | "break" | "devices";
  /** The number that is being dialed by hand: what it begins with, and what became of it. */
  readonly dial?: { readonly text?: string; readonly answer?: DialAnswer | undefined };
  readonly gistOnly: boolean;
  /** Size of the words to be said, CSS pixels. */
  readonly textSize: number;
  /** A field that asked for the focus; the number grows so that asking twice works. */
  readonly focus?: { readonly field: "find" | "words" | "note"; readonly asked: number };
}

export const firstView: DeskView = { gistOnly: false, textSize: 26 };

/** Where the size is kept on this computer. */
export const SIZE = "sufler.textSize";
