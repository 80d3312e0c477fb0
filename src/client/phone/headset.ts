import { createStore, type StoreApi } from "zustand/vanilla";
import { lampReports, layoutOf, readButtons, type HeadsetButton, type HeadsetLayout, type HidCollection, type Lamps } from "./hidTelephony.ts";

/** WebHID (WICG), which TypeScript does not know; only what is used here. */
interface HidDevice extends EventTarget {
  readonly opened: boolean;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(report: number, data: BufferSource): Promise<void>;
}
interface Hid extends EventTarget {
  getDevices(): Promise<readonly HidDevice[]>;
  requestDevice(wanted: { readonly filters: readonly { readonly usagePage: number }[] }): Promise<readonly HidDevice[]>;
}
type HidEvent = Event & { readonly device: HidDevice; readonly reportId: number; readonly data: DataView };

/** `unable`: the browser knows no WebHID. */
export type HeadsetState = { readonly kind: "unable" | "none" } | { readonly kind: "connected"; readonly name: string };

/** The buttons and lamps of a headset, over the one wire that all makers share. */
export interface Headset {
  readonly state: StoreApi<HeadsetState>;
  /** Lets the person pick one; must be called from a click. Never rejects. */
  pick(): Promise<void>;
  show(lamps: Lamps): void;
  onButton(listener: (button: HeadsetButton) => void): () => void;
  stop(): Promise<void>;
}

const TELEPHONY = 0x0b;
const dark: Lamps = { offHook: false, ring: false, mute: false, hold: false };

/** The browser's WebHID, if it has one. */
export const webHid = (): unknown => (navigator as { readonly hid?: unknown }).hid;

/** @param hid as `webHid` gives it */
export function createHeadset(hid: unknown): Headset {
  const api = hid as Hid | undefined;
  const state = createStore<HeadsetState>(() => ({ kind: api ? "none" : "unable" }));
  const listeners = new Set<(button: HeadsetButton) => void>();
  const before = new Map<number, DataView>();
  let device: HidDevice | undefined;
  let layout: HeadsetLayout | undefined;
  let lit: Lamps = dark;
  let shown = "";

  const heard = (event: Event) => {
    const { reportId, data } = event as HidEvent;
    if (!layout) return;
    const told = readButtons(layout, reportId, data, before.get(reportId));
    before.set(reportId, data);
    for (const button of told) for (const listener of listeners) listener(button);
    // A headset may have changed its own lamp with the button: it is told again what holds, also when nothing came of it.
    if (told.length > 0) queueMicrotask(() => { shown = ""; light(); });
  };

  function light(): void {
    const now = JSON.stringify(lit);
    if (!device?.opened || !layout || now === shown) return;
    shown = now;
    for (const [report, bytes] of lampReports(layout, lit)) void device.sendReport(report, bytes).catch(() => undefined); // Unplugged: `disconnect` follows.
  }

  async function take(candidates: readonly HidDevice[]): Promise<void> {
    for (const candidate of candidates) {
      const its = layoutOf(candidate.collections);
      if (!its || device) continue;
      try {
        if (!candidate.opened) await candidate.open();
      } catch {
        continue; // Another program holds it.
      }
      [device, layout, shown] = [candidate, its, ""];
      before.clear();
      candidate.addEventListener("inputreport", heard);
      state.setState({ kind: "connected", name: candidate.productName }, true);
      light();
    }
  }

  async function letGo(): Promise<void> {
    const gone = device;
    device = layout = undefined;
    if (api) state.setState({ kind: "none" }, true);
    gone?.removeEventListener("inputreport", heard);
    if (gone?.opened) await gone.close().catch(() => undefined);
  }

  const came = (event: Event) => void take([(event as HidEvent).device]);
  const went = (event: Event) => { if ((event as HidEvent).device === device) void letGo(); };
  // Those that the person picked before are there without being asked for.
  if (api) void api.getDevices().then(take, () => undefined);
  api?.addEventListener("connect", came);
  api?.addEventListener("disconnect", went);

  return {
    state,
    async pick() {
      const picked = await api?.requestDevice({ filters: [{ usagePage: TELEPHONY }] }).catch(() => []);
      if (!picked?.length) return;
      await letGo();
      await take(picked);
    },
    show(lamps) {
      lit = lamps;
      light();
    },
    onButton(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      this.show(dark);
      api?.removeEventListener("connect", came);
      api?.removeEventListener("disconnect", went);
      listeners.clear();
      await letGo();
    },
  };
}
