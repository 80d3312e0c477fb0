import { describe, expect, it } from "vitest";
import { askedBy, lampsOf } from "#domain/phone/headset.ts";
import type { Call } from "#domain/phone/call.ts";
import { createHeadset } from "#client/phone/headset.ts";
import { lampReports, layoutOf, readButtons, type HidCollection } from "#client/phone/hidTelephony.ts";

/**
 * Two ways in which headsets describe themselves, as WebHID parses them. The first is the layout that makers publish for
 * USB call control (report 2: hook switch, line busy, phone mute as a pulse, flash, redial, …; lamps in report 2 too);
 * the second that of a small footswitch-like device whose buttons are momentary.
 */
const published: readonly HidCollection[] = [
  { usagePage: 0x0c, inputReports: [{ reportId: 1, items: [{ usages: [0x0c_00e9, 0x0c_00ea], reportSize: 1, reportCount: 2, isAbsolute: true }] }] },
  {
    usagePage: 0x0b,
    inputReports: [{ reportId: 2, items: [
      { usages: [0x0b_0020, 0x0b_0097], reportSize: 1, reportCount: 2, isAbsolute: true, hasPreferredState: false },
      { usages: [0x0b_002f, 0x0b_0021, 0x0b_0024, 0x0b_0050], reportSize: 1, reportCount: 4, isAbsolute: false },
      { isConstant: true, reportSize: 1, reportCount: 10 },
    ] }],
    outputReports: [{ reportId: 2, items: [
      { usages: [0x08_0017, 0x08_0009, 0x08_0018, 0x08_0020, 0x08_0021], reportSize: 1, reportCount: 5 },
      { isConstant: true, reportSize: 1, reportCount: 11 },
    ] }],
  },
];
const momentary: readonly HidCollection[] = [{
  usagePage: 0x0b,
  children: [{ inputReports: [{ reportId: 1, items: [{ isConstant: true, reportSize: 3, reportCount: 1 }, { isRange: true, usageMinimum: 0x0b_002f, reportSize: 1, reportCount: 1, isAbsolute: true, hasPreferredState: true }] }] }],
  outputReports: [{ reportId: 5, items: [{ usages: [0x08_0009], reportSize: 1, reportCount: 1 }] }],
}];

const layout = (of: readonly HidCollection[]) => layoutOf(of) ?? (() => { throw new Error("no layout"); })();
const bytes = (...values: readonly number[]) => new DataView(new Uint8Array(values).buffer);

describe("the reports of headsets", () => {
  it("finds switches, pulses and momentary buttons where the descriptor puts them", () => {
    const of = layout(published);
    expect(readButtons(of, 2, bytes(0b1, 0), undefined)).toEqual([{ button: "hook", does: "on" }]);
    expect(readButtons(of, 2, bytes(0b101, 0), bytes(0b1, 0))).toEqual([{ button: "mute", does: "toggled" }]);
    expect(readButtons(of, 2, bytes(0b0, 0), bytes(0b1, 0))).toEqual([{ button: "hook", does: "off" }]);
    expect(readButtons(of, 1, bytes(0b11), undefined)).toEqual([]);
    const small = layout(momentary);
    expect(readButtons(small, 1, bytes(0b1000), bytes(0))).toEqual([{ button: "mute", does: "toggled" }]);
    expect(readButtons(small, 1, bytes(0b1000), bytes(0b1000))).toEqual([]);
    expect(readButtons(small, 1, bytes(), undefined)).toEqual([]);
  });

  it("lights the lamps that there are, in reports of the right length", () => {
    const lit = { offHook: true, ring: false, mute: true, hold: false };
    expect([...lampReports(layout(published), lit)]).toEqual([[2, new Uint8Array([0b11, 0])]]);
    expect([...lampReports(layout(momentary), lit)]).toEqual([[5, new Uint8Array([1])]]);
    expect([...lampReports(layout(published), { offHook: false, ring: true, mute: false, hold: true })]).toEqual([[2, new Uint8Array([0b1100, 0])]]);
  });

  it("takes a keyboard for no headset", () => {
    expect(layoutOf([{ usagePage: 1, inputReports: [{ items: [{ isRange: true, usageMinimum: 0x07_0004, reportSize: 8, reportCount: 6 }] }] }])).toBeUndefined();
  });
});

const talking = (muted: boolean): Call => ({ phase: "talking", call: "c", since: 0, muted, hold: "none" });
const idle: Call = { phase: "idle" };

describe("the headset and the screen", () => {
  it.each<[string, Parameters<typeof askedBy>, ReturnType<typeof askedBy>]>([
    ["the mute button mutes", ["mute", "toggled", talking(false), false], "mute"],
    ["a mute switch that says what is so already does nothing", ["mute", "on", talking(true), false], undefined],
    ["a mute switch back on takes the mute away", ["mute", "off", talking(true), false], "mute"],
    ["mute without a call is nothing", ["mute", "toggled", idle, false], undefined],
    ["putting down hangs up", ["hook", "off", talking(false), false], "hangUp"],
    ["a hook button hangs up", ["hook", "toggled", talking(false), false], "hangUp"],
    ["picking up in a call, as a headset repeats what it was told, does nothing", ["hook", "on", talking(false), false], undefined],
    ["picking up answers what rings", ["hook", "on", idle, true], "take"],
    ["putting down without a call is nothing", ["hook", "off", idle, false], undefined],
  ])("[L8] %s", (_, given, asked) => {
    expect(askedBy(...given)).toBe(asked);
  });

  it("[L8] shows the call's own state, whoever changed it", () => {
    expect(lampsOf(talking(true), false)).toEqual({ offHook: true, ring: false, mute: true, hold: false });
    expect(lampsOf({ ...talking(false), phase: "talking", hold: "held" } as Call, true)).toEqual({ offHook: true, ring: false, mute: false, hold: true });
    expect(lampsOf(idle, true)).toEqual({ offHook: false, ring: true, mute: false, hold: false });
  });
});

/** A device that keeps what it is sent, on WebHID as the browser has it. */
class Device extends EventTarget {
  opened = false;
  readonly productName = "Headset";
  readonly collections = published;
  readonly sent: number[][] = [];
  open() { this.opened = true; return Promise.resolve(); }
  close() { this.opened = false; return Promise.resolve(); }
  sendReport(_: number, data: Uint8Array) { this.sent.push([...data]); return Promise.resolve(); }
  press(...values: readonly number[]) { this.dispatchEvent(Object.assign(new Event("inputreport"), { device: this, reportId: 2, data: bytes(...values) })); }
}
class Hid extends EventTarget {
  readonly device = new Device();
  getDevices() { return Promise.resolve([]); }
  requestDevice() { return Promise.resolve([this.device]); }
}
const settle = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve); });

describe("a headset over WebHID", () => {
  it("[L8] is told what holds after each press, so that its own lamp cannot disagree", async () => {
    const hid = new Hid();
    const headset = createHeadset(hid);
    await headset.pick();
    expect(headset.state.getState()).toEqual({ kind: "connected", name: "Headset" });
    let muted = false;
    headset.onButton(({ button }) => {
      if (button !== "mute") return;
      muted = !muted;
      headset.show(lampsOf(talking(muted), false));
    });
    headset.show(lampsOf(talking(false), false));
    hid.device.press(0b101, 0);
    await settle();
    expect([muted, hid.device.sent.at(-1)]).toEqual([true, [0b11, 0]]);
    hid.device.press(0b101, 0);
    await settle();
    expect([muted, hid.device.sent.at(-1)]).toEqual([false, [0b01, 0]]);
    hid.dispatchEvent(Object.assign(new Event("disconnect"), { device: hid.device }));
    expect(headset.state.getState()).toEqual({ kind: "none" });
  });

  it("is offered only where the browser has WebHID", () => {
    expect(createHeadset(undefined).state.getState()).toEqual({ kind: "unable" });
  });
});
