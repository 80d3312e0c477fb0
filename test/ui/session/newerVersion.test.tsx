// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, describe, expect, it } from "vitest";
import type { Language } from "#domain/base/campaign.ts";
import { Kit } from "#ui/kit/Kit.tsx";
import { useInHand } from "#ui/kit/inHand.ts";
import { adminStates, standingAdmin } from "#ui/preview/adminFixtures.ts";
import { AdminScreen } from "#ui/screens/AdminScreen.tsx";
import { NewerVersion } from "#ui/session/NewerVersion.tsx";
import { sessionWords } from "#ui/session/words.ts";
import { LanguageProvider } from "#ui/words/LanguageProvider.tsx";

afterEach(cleanup);

function Page({ newer, held, language = "en" }: { readonly newer: boolean; readonly held: number; readonly language?: Language }) {
  return <LanguageProvider fixed={language}><NewerVersion newer={newer} />{Array.from({ length: held }, (_, index) => <Hand key={index} />)}</LanguageProvider>;
}
function Hand() {
  useInHand();
  return null;
}
const offered = (language: Language = "en"): boolean => screen.queryByRole("button", { name: sessionWords[language].loadNewer }) !== null;

describe("a newer page", () => {
  it("is offered when it is there, in both languages", () => {
    const { rerender } = render(<Page newer={false} held={0} />);
    expect(offered()).toBe(false);
    rerender(<Page newer held={0} />);
    expect(offered()).toBe(true);
    cleanup();
    render(<Page newer held={0} language="ru" />);
    expect(offered("ru")).toBe(true);
  });

  it("waits until the last thing is out of hand", () => {
    const { rerender } = render(<Page newer held={2} />);
    expect(offered()).toBe(false);
    rerender(<Page newer held={1} />);
    expect(offered()).toBe(false);
    rerender(<Page newer held={0} />);
    expect(offered()).toBe(true);
  });

  it("is not offered to an admin over what is typed and not saved", () => {
    render(<LanguageProvider fixed="en"><Kit><MemoryRouter><AdminScreen admin={standingAdmin(adminStates.renewed())} first="norms" onSignOut={() => undefined} /></MemoryRouter></Kit></LanguageProvider>);
    expect(offered()).toBe(true);
    const field = screen.getByLabelText("Due a day");
    act(() => { fireEvent.change(field, { target: { value: "71" } }); });
    expect(offered()).toBe(false);
    act(() => { fireEvent.change(field, { target: { value: "70" } }); });
    expect(offered()).toBe(true);
  });
});
