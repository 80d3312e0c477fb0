/**
 * The buttons and lamps of a headset by "HID Usage Tables for USB" 1.4: page 0x0B (Telephony Device, section 14) for what
 * it tells, page 0x08 (LED, section 11) for what it is told. Pure: reports in, reports out.
 */

/** As WebHID hands out a parsed report descriptor; only what is read here. */
export interface HidReportItem {
  readonly isAbsolute?: boolean;
  readonly hasPreferredState?: boolean;
  readonly isConstant?: boolean;
  readonly isRange?: boolean;
  readonly usages?: readonly number[];
  readonly usageMinimum?: number;
  readonly reportSize?: number;
  readonly reportCount?: number;
}
export interface HidReport { readonly reportId?: number; readonly items?: readonly HidReportItem[] }
export interface HidCollection {
  readonly usagePage?: number;
  readonly inputReports?: readonly HidReport[];
  readonly outputReports?: readonly HidReport[];
  readonly children?: readonly HidCollection[];
}

/** `on`: the switch stands so; `toggled`: a button that only says that it was pressed. */
export type HeadsetButton = { readonly button: "hook" | "mute"; readonly does: "on" | "off" | "toggled" };

export interface Lamps { readonly offHook: boolean; readonly ring: boolean; readonly mute: boolean; readonly hold: boolean }

interface Field { readonly report: number; readonly bit: number; readonly size: number; readonly manner: "switch" | "button" | "pulse" }

export interface HeadsetLayout {
  readonly buttons: Readonly<Partial<Record<"hook" | "mute", Field>>>;
  readonly lamps: Readonly<Partial<Record<keyof Lamps, Field>>>;
  /** Bytes of each output report that holds a lamp. */
  readonly lengths: ReadonlyMap<number, number>;
}

const buttonUsages = { hook: 0x0b_0020, mute: 0x0b_002f } as const;
const lampUsages = { offHook: 0x08_0017, ring: 0x08_0018, mute: 0x08_0009, hold: 0x08_0020 } as const;

/** Where the buttons and lamps lie; undefined for a device without a hook switch and a mute button. */
export function layoutOf(collections: readonly HidCollection[]): HeadsetLayout | undefined {
  const all = collections.flatMap(flat);
  const inputs = fieldsOf(all.flatMap(({ inputReports = [] }) => inputReports));
  const outputs = fieldsOf(all.flatMap(({ outputReports = [] }) => outputReports));
  const buttons = found(buttonUsages, inputs.fields);
  if (!buttons.hook && !buttons.mute) return undefined;
  return { buttons, lamps: found(lampUsages, outputs.fields), lengths: outputs.lengths };
}

/** Which buttons a report tells of. `before` is the last report of the same id: a button is pressed when its bit goes up. */
export function readButtons({ buttons }: HeadsetLayout, report: number, data: DataView, before: DataView | undefined): readonly HeadsetButton[] {
  const told: HeadsetButton[] = [];
  for (const button of ["hook", "mute"] as const) {
    const field = buttons[button];
    if (field?.report !== report) continue;
    const [now, then] = [bitOf(data, field), before ? bitOf(before, field) : 0];
    if (field.manner === "pulse") {
      if (now !== 0) told.push({ button, does: "toggled" });
    } else if (field.manner === "button") {
      if (now !== 0 && then === 0) told.push({ button, does: "toggled" });
    } else if (!before || now !== then) told.push({ button, does: now === 0 ? "off" : "on" });
  }
  return told;
}

/** The output reports that light the lamps so, by report id. */
export function lampReports({ lamps, lengths }: HeadsetLayout, lit: Lamps): ReadonlyMap<number, Uint8Array<ArrayBuffer>> {
  const reports = new Map<number, Uint8Array<ArrayBuffer>>();
  for (const lamp of ["offHook", "ring", "mute", "hold"] as const) {
    const field = lamps[lamp];
    if (!field) continue;
    const bytes = reports.get(field.report) ?? new Uint8Array(lengths.get(field.report) ?? 1);
    if (lit[lamp]) bytes[field.bit >> 3] = (bytes[field.bit >> 3] ?? 0) | (1 << (field.bit & 7));
    reports.set(field.report, bytes);
  }
  return reports;
}

function flat(collection: HidCollection): readonly HidCollection[] {
  return [collection, ...(collection.children ?? []).flatMap(flat)];
}

/** Fields by usage. Items follow each other bit by bit, the lowest bit of a byte first (HID 1.11, sections 5.8 and 8.4). */
function fieldsOf(reports: readonly HidReport[]): { readonly fields: ReadonlyMap<number, Field>; readonly lengths: ReadonlyMap<number, number> } {
  const fields = new Map<number, Field>();
  const lengths = new Map<number, number>();
  for (const { reportId: report = 0, items = [] } of reports) {
    let bit = 0;
    for (const item of items) {
      const { reportSize: size = 1, reportCount = 1, usages = [] } = item;
      for (let index = 0; index < reportCount; index++, bit += size) {
        const usage = item.isRange ? (item.usageMinimum ?? 0) + index : usages[Math.min(index, usages.length - 1)];
        if (item.isConstant || usage === undefined || fields.has(usage)) continue;
        const manner = item.isAbsolute === false ? "pulse" : item.hasPreferredState === false ? "switch" : "button";
        fields.set(usage, { report, bit, size, manner });
      }
    }
    lengths.set(report, Math.max(lengths.get(report) ?? 0, Math.ceil(bit / 8)));
  }
  return { fields, lengths };
}

function found<K extends string>(usages: Readonly<Record<K, number>>, fields: ReadonlyMap<number, Field>): Readonly<Partial<Record<K, Field>>> {
  const entries = (Object.entries(usages) as [K, number][]).flatMap(([name, usage]) => {
    const field = fields.get(usage);
    return field ? [[name, field] as const] : [];
  });
  return Object.fromEntries(entries) as Partial<Record<K, Field>>;
}

function bitOf(data: DataView, { bit }: Field): number {
  return bit >> 3 < data.byteLength ? (data.getUint8(bit >> 3) >> (bit & 7)) & 1 : 0;
}
