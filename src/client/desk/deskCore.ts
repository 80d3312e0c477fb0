import type { StoreApi } from "zustand/vanilla";
import type { Stock } from "#client/dialing/stock.ts";
import type { DeskParts } from "./desk.ts";
import type { DeskMemory, DeskPen } from "./deskPen.ts";
import type { DeskState } from "./deskState.ts";
import type { FirstVisit } from "./firstVisit.ts";
import type { PracticeDesk } from "./practiceDesk.ts";
import type { DeskView } from "./view.ts";

/** What the parts of an open desk share: its stores, its memory, its pen. */
export interface DeskCore extends DeskParts {
  readonly state: StoreApi<DeskState>;
  readonly view: StoreApi<DeskView>;
  readonly memory: DeskMemory;
  readonly pen: DeskPen;
  readonly stock: Stock;
  readonly practice: PracticeDesk;
  readonly visit: FirstVisit;
  /** Reckons anew what is on the screen. */
  readonly refresh: () => void;
}
