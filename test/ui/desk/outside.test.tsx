// @vitest-environment jsdom
import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deskOnScreen } from "./deskOnScreen.tsx";

/** Under load a second is nothing. */
const patient = { timeout: 60_000 };

// What the desk asks of browser and computer beyond its own page.

describe("a call to us", () => {
  const shown: { title: string; open: boolean; onclick?: () => void }[] = [];
  class Notice {
    static permission = "granted";
    private readonly self: (typeof shown)[number];
    constructor(title: string) { shown.push(this.self = { title, open: true }); }
    set onclick(run: () => void) { this.self.onclick = run; }
    close(): void { this.self.open = false; }
  }
  beforeEach(() => {
    shown.length = 0;
    document.head.innerHTML = "<title>Sufler</title>";
    vi.stubGlobal("Notification", Notice);
  });
  afterEach(() => { vi.unstubAllGlobals(); vi.restoreAllMocks(); });

  it("stands in the title of the tab until it is over, in front of what the desk says there", async () => {
    vi.spyOn(document, "hasFocus").mockReturnValue(true);
    const desk = deskOnScreen("rings", "ru");
    await vi.waitFor(() => { expect(document.title).toBe("☎ Ирина Корнеева · Готова · Sufler"); }, patient);
    expect(shown).toEqual([]);
    const { lines } = desk.state.getState();
    act(() => { desk.state.setState({ lines: { ...lines, side: { phase: "free" } } }); });
    await vi.waitFor(() => { expect(document.title).toBe("Готова · Sufler"); }, patient);
  });

  it("is told outside the tab when somebody looks elsewhere; a click on it brings the tab, and the end of the ringing takes it away", () => {
    vi.spyOn(document, "hasFocus").mockReturnValue(false);
    const focus = vi.spyOn(window, "focus").mockImplementation(() => {});
    const desk = deskOnScreen("rings", "en");
    expect(shown.map(({ title, open }) => [title, open])).toEqual([["Irene Cornwell is calling", true]]);
    shown[0]?.onclick?.();
    expect([focus.mock.calls.length, shown[0]?.open]).toEqual([1, false]);
    const [first] = shown;
    if (first) first.open = true;
    const { lines } = desk.state.getState();
    act(() => { desk.state.setState({ lines: { ...lines, side: { phase: "free" } } }); });
    expect(shown.map(({ open }) => open)).toEqual([false]);
  });

  it("asks for leave to do so only while the browser has not been asked", () => {
    deskOnScreen("rings", "en");
    expect(screen.queryByRole("button", { name: "Tell me outside this tab too" })).toBeNull();
    document.body.replaceChildren();
    const asked = vi.fn(() => Promise.resolve("granted"));
    vi.stubGlobal("Notification", Object.assign(class extends Notice {}, { permission: "default", requestPermission: asked }));
    deskOnScreen("rings", "en");
    fireEvent.click(screen.getByRole("button", { name: "Tell me outside this tab too" }));
    expect(asked).toHaveBeenCalledTimes(1);
  });
});

describe("absence that the system notices", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    Reflect.deleteProperty(navigator, "permissions");
  });
  const name = "Let the system notice when I am away";
  const browser = (permission: PermissionState) => {
    const requestPermission = vi.fn(() => Promise.resolve("granted" as const));
    vi.stubGlobal("IdleDetector", Object.assign(class extends EventTarget {}, { requestPermission }));
    Object.defineProperty(navigator, "permissions", { configurable: true, value: { query: () => Promise.resolve({ state: permission }) } });
    return requestPermission;
  };

  it("is allowed from the menu under one's name, once", async () => {
    const requestPermission = browser("prompt");
    deskOnScreen("rest", "en");
    await vi.waitFor(() => { expect(screen.queryByRole("button", { name, hidden: true })).not.toBeNull(); }, patient);
    fireEvent.click(screen.getByRole("button", { name, hidden: true }));
    expect(requestPermission).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => { expect(screen.queryByRole("button", { name, hidden: true })).toBeNull(); }, patient);
  });

  it.each(["granted", "denied"] as const)("is no question where the browser has its answer: %s", async (permission) => {
    browser(permission);
    deskOnScreen("rest", "en");
    await act(() => Promise.resolve());
    expect(screen.queryByRole("button", { name, hidden: true })).toBeNull();
  });
});

describe("the mouse", () => {
  it.each([
    ["breakChoice", /^Lunch/, { id: "break", argument: { reason: "lunch" } }],
    ["work", /^Visit/, { id: "work", argument: { work: "visit" } }],
    ["dial", "Digit 7", undefined],
    ["keypad", "Tone 9", { id: "tone", argument: "9" }],
    ["devices", "Call the echo", { id: "echo", argument: true }],
    ["devices", "Play two notes", { id: "try", argument: "earpiece" }],
    ["devices", "Ring once", { id: "try", argument: "ringer" }],
    ["devices", "Connect its buttons", { id: "pickHeadset", argument: undefined }],
    ["devices", "Allow notices", { id: "allowNotices", argument: undefined }],
    ["rings", /^Answer/, { id: "take", argument: {} }],
    ["rings", /^Reject/, { id: "reject", argument: {} }],
    ["consulting", /^Swap/, { id: "swap", argument: {} }],
    ["consulting", /^Join/, { id: "join", argument: {} }],
    ["consulting", /^Back to client/, { id: "toClient", argument: {} }],
    ["rest", "Dial a number", { id: "dial", argument: {} }],
    ["rest", /^Take a break/, { id: "break", argument: {} }],
    ["rest", /^Other work/, { id: "work", argument: {} }],
    ["talking", "Transfer", { id: "transfer", argument: {} }],
    ["restPractice", /^Practice call/, { id: "practise", argument: {} }],
    ["restPractice", /^My practice/, { id: "training", argument: {} }],
    ["returnAsked", /^Take the call back/, { id: "takeBack", argument: {} }],
  ] as const)("does on %s what the key of %s does", (picture, name, asked) => {
    const desk = deskOnScreen(picture, "en");
    const [button] = screen.getAllByRole("button", { name });
    if (!button) throw new Error("no such button");
    fireEvent.click(button);
    if (asked) expect(desk.asked.at(-1)).toEqual(asked);
    else expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Number" }).value).toMatch(/7$/);
  });

  it.each(["help", "keypad", "transferTo", "breakChoice", "today", "work", "practiceResults", "devices", "dial", "history"] as const)("closes the sheet of %s by its cross", (picture) => {
    const desk = deskOnScreen(picture, "en");
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(desk.asked.at(-1)?.id).toBe("close");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("passes the client on at once or after asking, with the number as it was typed", () => {
    const desk = deskOnScreen("transferTo", "en");
    fireEvent.change(screen.getByRole("textbox", { name: "Number or extension" }), { target: { value: "1002" } });
    fireEvent.click(screen.getByRole("button", { name: "Transfer now" }));
    fireEvent.click(screen.getByRole("button", { name: "Ask first" }));
    expect(desk.asked).toEqual([{ id: "transferNow", argument: { number: "1002" } }, { id: "consult", argument: { number: "1002" } }]);
  });
});
