// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Person, Role } from "#domain/base/campaign.ts";
import type { LeadState } from "#client/wallboard/lead.ts";
import type { SessionState } from "#client/session/session.ts";
import { App } from "#ui/App.tsx";
import { adminStates, standingAdmin } from "#ui/preview/adminFixtures.ts";
import { leadStates, standingLead } from "#ui/preview/boardFixtures.ts";
import { editorStates, standingEditor } from "#ui/preview/editorFixtures.ts";
import { signedInAs, standingSession } from "#ui/preview/sessionFixtures.ts";

// The screens are here before they are asked for, so that no test waits for the compiler.
import "#ui/screens/AdminScreen.tsx";
import "#ui/screens/DeskScreen.tsx";
import "#ui/screens/LeadScreen.tsx";
import "#ui/screens/ScriptsScreen.tsx";

configure({ defaultHidden: true, asyncUtilTimeout: 5000 });
afterEach(cleanup);
beforeEach(() => { localStorage.setItem("sufler.lang", "en"); });

/** The product with machinery that stands still; the desk has a test of its own and stays shut here. */
async function open(at: string, state?: SessionState, refuse = false, board: Partial<LeadState> = {}) {
  history.replaceState(null, "", at);
  const session = standingSession(state ? { state } : {});
  const opened: [string, Person][] = [];
  const stopped: string[] = [];
  const lead = { ...standingLead({ ...leadStates.day("en"), ...board }), stop: () => { stopped.push("lead"); return Promise.resolve(); } };
  let shut = refuse;
  await act(async () => {
    render(<App session={session}
      openDesk={(person) => { opened.push(["desk", person]); return new Promise(() => {}); }}
      openLead={(person) => { opened.push(["lead", person]); return shut ? Promise.reject(new Error("no database")) : Promise.resolve(lead); }}
      openEditor={(person) => { opened.push(["editor", person]); return Promise.resolve(standingEditor(editorStates.choose("en"))); }}
      openAdmin={(person) => { opened.push(["admin", person]); return Promise.resolve(standingAdmin(adminStates.exchange())); }} />);
  });
  return { session, opened, stopped, allow: () => { shut = false; } };
}

const parts = (opened: readonly (readonly [string, Person])[]): readonly string[] => opened.map(([part]) => part);

describe("addresses", () => {
  it.each([["agent", "/desk", "desk"], ["lead", "/lead", "lead"], ["editor", "/scripts", "editor"], ["admin", "/lead", "lead"]] as const)("lead a person to where the role begins: %s to %s", async (role, address, part) => {
    const { opened } = await open("/", signedInAs(role));
    expect(location.pathname).toBe(address);
    await waitFor(() => { expect(parts(opened)).toEqual([part]); });
    expect(opened[0]?.[1].role).toBe(role);
  });

  it("lead a closer to a page that says what will be there", async () => {
    const { opened } = await open("/", signedInAs("closer"));
    expect(location.pathname).toBe("/handoffs");
    expect(screen.getByText(/queue of warm clients will be/)).toBeTruthy();
    expect(opened).toEqual([]);
  });

  it.each(["/lists", "/reports", "/process"])("say honestly that %s is not built, and lead back", async (address) => {
    const { opened } = await open(address, signedInAs("lead"));
    expect(screen.getByText(/not built yet/)).toBeTruthy();
    expect(screen.getByRole("link", { name: "Open “Team”" }).getAttribute("href")).toBe("/lead");
    expect(opened).toEqual([]);
  });

  it.each([["agent", "/lead"], ["editor", "/desk"], ["agent", "/scripts"], ["closer", "/lead"]] as const)("give the %s one sentence and a way out at %s, and open nothing", async (role: Role, address: string) => {
    const { opened } = await open(address, signedInAs(role));
    expect(location.pathname).toBe(address);
    expect(screen.getByText(/is not for your role/)).toBeTruthy();
    expect(screen.getByRole("link", { name: /^Open / })).toBeTruthy();
    await act(() => new Promise((resolve) => { setTimeout(resolve); }));
    expect(opened).toEqual([]);
  });

  it("bring whoever is signed out to the way in, and afterwards to where they wanted to go", async () => {
    const { session, opened } = await open("/scripts");
    expect(location.pathname).toBe("/sign-in");
    await act(async () => { await session.signInAsDemo("admin@demo.example"); });
    expect(location.pathname).toBe("/scripts");
    await waitFor(() => { expect(parts(opened)).toEqual(["editor"]); });
  });

  it("bring somebody else to the own part instead", async () => {
    const { session } = await open("/scripts");
    await act(async () => { await session.signInAsDemo("lead@demo.example"); });
    expect(location.pathname).toBe("/lead");
  });
});

describe("machinery", () => {
  it("is stopped when its person leaves", async () => {
    const { session, stopped } = await open("/lead", signedInAs("lead"));
    await waitFor(() => { expect(screen.getByRole("grid", { name: "Team" })).toBeTruthy(); });
    await act(async () => { await session.signOut(); });
    expect(location.pathname).toBe("/sign-in");
    await waitFor(() => { expect(stopped).toEqual(["lead"]); });
    expect(screen.getByText("You have signed out.")).toBeTruthy();
  });

  it("that does not come up is said, and tried again", async () => {
    const { opened, allow } = await open("/lead", signedInAs("lead"), true);
    await waitFor(() => { expect(screen.getByRole("heading", { name: "The screen did not open" })).toBeTruthy(); });
    allow();
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => { expect(screen.getByRole("grid", { name: "Team" })).toBeTruthy(); });
    expect(parts(opened)).toEqual(["lead", "lead"]);
  });

  it("outlives a bug on its screen, which is said with the way on", async () => {
    const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
    const { stopped } = await open("/lead", signedInAs("lead"), false, { rows: [null] as never });
    await waitFor(() => { expect(screen.getByRole("heading", { name: "This screen has broken" })).toBeTruthy(); });
    expect(screen.getByRole("button", { name: "Reload the page" })).toBeTruthy();
    expect(screen.getByRole("button", { name: /Sign out/ })).toBeTruthy();
    expect(stopped).toEqual([]);
    quiet.mockRestore();
  });

  it("is another's when another person signs in on the same page", async () => {
    const { session, opened, stopped } = await open("/lead", signedInAs("lead"));
    await waitFor(() => { expect(screen.getByRole("grid", { name: "Team" })).toBeTruthy(); });
    await act(async () => { session.state.setState(signedInAs("admin"), true); });
    await waitFor(() => { expect(opened.map(([, { role }]) => role)).toEqual(["lead", "admin"]); });
    expect(stopped).toEqual(["lead"]);
  });

  it("shows nothing while it is not known who sits here", async () => {
    await open("/lead", { phase: "starting" });
    expect(document.querySelector("main")).toBeNull();
    expect(location.pathname).toBe("/lead");
  });
});
