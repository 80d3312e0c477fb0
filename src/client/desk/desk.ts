import type { StoreApi } from "zustand/vanilla";
import type { Handler } from "#domain/script/script.ts";
import type { Headset } from "#client/phone/headset.ts";
import type { Levels, Phone } from "#client/phone/phone.ts";
import type { Station } from "#client/sync/station.ts";
import type { CommandArgument, CommandId } from "./commands.ts";
import type { PastLine } from "./dialDesk.ts";
import type { DeskState } from "./deskState.ts";
import type { DeskLock } from "./lock.ts";
import type { SoundDesk } from "./soundDesk.ts";
import type { DeskView } from "./view.ts";

/** The agent's desk: what the screen reads, and the one door through which it acts. */
export interface Desk {
  readonly state: StoreApi<DeskState>;
  readonly view: StoreApi<DeskView>;
  readonly levels: StoreApi<Levels>;
  /** The browser keeps the page from ringing until somebody has clicked in it. */
  readonly ringBlocked: StoreApi<boolean>;
  readonly sound: SoundDesk;
  /** Does a command if it is allowed now; otherwise nothing. */
  run(id: CommandId, argument?: CommandArgument): void;
  /** A key was pressed anywhere on the page. True when it was ours (the caller then prevents its default). */
  press(event: KeyboardEvent): boolean;
  /** Text being written; kept at once, so that a crash of the tab loses nothing. */
  draft(field: "words" | "note", text: string): void;
  /** Takes the draft down for good (Enter in the field). An empty draft does nothing. */
  keep(field: "words" | "note"): void;
  /** Handlers for what was typed; without text, the likeliest for the module on screen. At most nine. */
  find(text: string): readonly Handler[];
  /** The calls of this telephone, newest first. */
  readonly past: () => Promise<readonly PastLine[]>;
  /** A tone during the call (RFC 4733). */
  tone(digit: string): void;
  /** Brings the phone here from the tab or computer where it is, with the call that is up. */
  takePhone(): void;
  stop(): Promise<void>;
}

export interface OpenDesk extends Desk {
  /** The person goes: hangs up and ends the shift. False when something waits here for the return, such as a call without its outcome. Never rejects. */
  leave(): Promise<boolean>;
}

/** What the desk is made of; the phone is given so that nothing here knows SIP. */
export interface DeskParts {
  readonly station: Station;
  readonly phone: Phone;
  readonly headset: Headset;
  readonly lock: DeskLock;
}
