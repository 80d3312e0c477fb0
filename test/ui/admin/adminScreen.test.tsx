// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, describe, expect, it } from "vitest";
import type { AdminState } from "#client/admin/admin.ts";
import type { Language } from "#domain/base/campaign.ts";
import { draftOf, setupOf, wrongIn } from "#ui/admin/draft.ts";
import { Kit } from "#ui/kit/Kit.tsx";
import { adminStates, standingAdmin } from "#ui/preview/adminFixtures.ts";
import { AdminScreen, type AdminPart } from "#ui/screens/AdminScreen.tsx";
import { LanguageProvider } from "#ui/words/LanguageProvider.tsx";

configure({ defaultHidden: true });
afterEach(cleanup);

function open(state: AdminState, part: AdminPart = "exchange", language: Language = "en", agrees = true) {
  const admin = standingAdmin(state, agrees);
  render(<LanguageProvider fixed={language}><Kit><MemoryRouter><AdminScreen admin={admin} first={part} onSignOut={() => undefined} /></MemoryRouter></Kit></LanguageProvider>);
  return admin;
}
const row = (name: string): HTMLElement => screen.getByRole("row", { name: new RegExp(name) });
const type = (label: string | RegExp, value: string): void => { fireEvent.change(screen.getByLabelText(label), { target: { value } }); };
const press = async (name: string | RegExp): Promise<void> => { await act(async () => { fireEvent.click(screen.getByRole("button", { name })); }); };

describe("the admin's screen", () => {
  it("lists everybody with role, line and phone", () => {
    open(adminStates.exchange());
    expect(within(row("Анна Белова")).getByText("101")).toBeTruthy();
    expect(within(row("Анна Белова")).getByText("Registered")).toBeTruthy();
    expect(within(row("Юлия Кац")).getByText("Refused by the exchange")).toBeTruthy();
    expect(within(row("Вера Холодова")).getByText("no line")).toBeTruthy();
    expect(within(row("James Porter")).getByText(/SECRET has changed/)).toBeTruthy();
    type("Find a person", "титов");
    expect(screen.getAllByRole("row")).toHaveLength(2);
  });

  it("gives a line: user name and password, the password in a field that shows none", async () => {
    const admin = open(adminStates.exchange());
    await press("Give a line: Вера Холодова");
    type("User name on the exchange", " 120 ");
    const password = screen.getByLabelText("Password");
    expect(password.getAttribute("type")).toBe("password");
    expect(password.getAttribute("autocomplete")).toBe("new-password");
    fireEvent.change(password, { target: { value: " se cret " } });
    await press("Save");
    expect(admin.asked).toEqual([["saveLine", "admin@demo.example", { username: "120", password: " se cret " }]]);
    expect(screen.queryByLabelText("Password")).toBeNull();
  });

  it("takes a line away, and leaves the form by Escape", async () => {
    const admin = open(adminStates.exchange());
    await press("Change the line: Анна Белова");
    fireEvent.keyDown(screen.getByLabelText("Password"), { code: "Escape" });
    expect(screen.queryByLabelText("Password")).toBeNull();
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Change the line: Анна Белова");
    await press("Change the line: Анна Белова");
    await press("Take the line away");
    expect(admin.asked).toEqual([["saveLine", "agent1@demo.example", null]]);
  });

  it("saves servers in their order, and says what a number becomes before it does", async () => {
    const admin = open(adminStates.exchange());
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save the telephony" }).disabled).toBe(true);
    type("Addresses of the exchange", "wss://b.example/ws\n\n wss://a.example:8089/ws ");
    fireEvent.click(screen.getByRole("radio", { name: "Numbers" }));
    expect(screen.getByText("is dialed as 984951234567")).toBeTruthy();
    type("Try a number", "+49 30 1234567");
    expect(screen.getByText("is not dialed: “+” bars it")).toBeTruthy();
    await press("Save the telephony");
    expect(admin.asked[0]).toMatchObject(["saveSetup", { servers: ["wss://b.example/ws", "wss://a.example:8089/ws"], plan: { prefix: "9", barred: ["+", "+7 809"] } }, undefined]);
    expect(screen.getByText(/^Saved\./)).toBeTruthy();
  });

  it("lets a campaign show its own number, and tones go as messages", async () => {
    const admin = open(adminStates.exchange(), "numbers");
    fireEvent.click(screen.getByRole("radio", { name: /INFO/ }));
    type("Clients see the campaign's number", "asserted");
    type(/“Склады, осень” shows/, "+7 (495) 123-45-67 x");
    expect(screen.getByText(/they are marked/)).toBeTruthy();
    type(/“Склады, осень” shows/, "+7 (495) 123-45-67");
    await press("Save the telephony");
    expect(admin.asked[0]?.[1]).toMatchObject({ plan: { tones: "info", shows: "asserted", callers: { north: "+74951234567" } } });
  });

  it("takes the number of the exchange's own echo", async () => {
    const admin = open(adminStates.exchange(), "numbers");
    type("Number of the echo test", "echo");
    expect(screen.getByLabelText("Number of the echo test").getAttribute("aria-invalid")).toBe("true");
    type("Number of the echo test", " *43 ");
    await press("Save the telephony");
    expect(admin.asked[0]?.[1]).toMatchObject({ plan: { echo: "*43" } });
  });

  it("marks what is not right yet and does not send it", async () => {
    const admin = open(adminStates.exchange());
    type("Addresses of the exchange", "https://pbx.example");
    expect(screen.getByLabelText("Addresses of the exchange").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText(/they are marked/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save the telephony" }).disabled).toBe(true);
    await press("Discard");
    expect(screen.getByLabelText<HTMLTextAreaElement>("Addresses of the exchange").value).toContain("pbx.company.example");
    expect(admin.asked).toEqual([["refresh"]]);
  });

  it("sends a relay's secret when it was typed, keeps it when not, takes it away with the last relay", async () => {
    const admin = open(adminStates.exchange(), "relay");
    type("Secret shared with TURN", "north");
    await press("Save the telephony");
    type("STUN servers", "stun:stun.example");
    await press("Save the telephony");
    type("TURN servers", "");
    await press("Save the telephony");
    expect(admin.asked.map(([, , secret]) => secret)).toEqual(["north", undefined, null]);
  });

  it("keeps what the environment says out of reach, and says so", () => {
    open(adminStates.environment());
    expect(screen.getByText(/SIP_SERVER/)).toBeTruthy();
    expect(screen.getByLabelText<HTMLTextAreaElement>("Addresses of the exchange").disabled).toBe(true);
  });

  it("tells each wrong row of a file and takes in none, or takes in all", async () => {
    HTMLDialogElement.prototype.showModal = function showModal() { this.open = true; };
    HTMLDialogElement.prototype.close = function close() { this.open = false; };
    open(adminStates["import wrong"]());
    expect(screen.getByText(/Row 3/).closest("li")?.textContent).toBe("Row 3 (noname@demo.example): names somebody who has no account here");
    expect(screen.queryByRole("button", { name: /^Take in/ })).toBeNull();
    cleanup();
    const admin = open(adminStates["import right"]());
    await press("Take in 5 lines");
    expect(admin.asked).toEqual([["takeIn"]]);
  });

  it("shows of a foreign file what is wrong with it, not a hundred thousand rows; says what is no text, and what is too large", () => {
    open(adminStates["import foreign"]());
    expect(screen.getByText("2340 rows need mending.")).toBeTruthy();
    expect(within(screen.getByRole("dialog")).getAllByRole("listitem")).toHaveLength(101);
    expect(screen.getByText("and 2240 more rows")).toBeTruthy();
    cleanup();
    open(adminStates["import no text"]());
    expect(screen.getByText(/not a text file/)).toBeTruthy();
    cleanup();
    open(adminStates["import too large"]());
    expect(screen.getByRole("alert").textContent).toMatch(/larger than 512 KB.*Nothing was taken in/);
  });

  it("tests with somebody's line, and tells each fault in a sentence", async () => {
    const admin = open(adminStates["tested badly"](), "test");
    for (const sentence of [/The certificate is over/, /nothing at this path \(404\)/, /Nobody listens on this port/, /does not give this page the microphone/, /LocalNetworkAccessAllowedForUrls/, /relay does not answer/])
      expect(screen.getByText(sentence)).toBeTruthy();
    expect(screen.queryByText("Everything works.")).toBeNull();
    await press("Test the connection");
    expect(admin.asked).toEqual([["test", ["wss://pbx.company.example:8089/ws", "wss://pbx2.company.example:8089/ws"], "agent1@demo.example"]]);
    cleanup();
    open(adminStates["tested well"](), "test");
    expect(screen.getByText("Everything works.")).toBeTruthy();
    expect(screen.getByText(/right \(SHA-256\)/)).toBeTruthy();
  });

  it("says in Russian what it says in English", () => {
    open(adminStates["tested badly"](), "test", "ru");
    expect(screen.getByText(/Сертификат кончился/)).toBeTruthy();
    expect(screen.getByText(/На этом порту никто не отвечает/)).toBeTruthy();
  });

  it("says what is missing when the server cannot be reached", async () => {
    const admin = open(adminStates.offline());
    expect(screen.getByRole("alert").textContent).toContain("The server cannot be reached");
    await press("Try again");
    expect(admin.asked).toEqual([["refresh"]]);
  });
});

describe("the draft", () => {
  it("gives back what it was made from", () => {
    const { phone } = adminStates.exchange();
    if (!phone) throw new Error("no phone");
    expect(setupOf(draftOf(phone.setup))).toEqual(phone.setup);
    expect([...wrongIn(draftOf(phone.setup))]).toEqual([]);
  });
});
