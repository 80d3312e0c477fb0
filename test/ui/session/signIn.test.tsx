// @vitest-environment jsdom
import { act, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Language } from "#domain/base/campaign.ts";
import type { Session, SignInRefusal } from "#client/session/session.ts";
import { standingSession } from "#ui/preview/sessionFixtures.ts";
import { SignInScreen } from "#ui/screens/SignInScreen.tsx";
import { refusalSentence, sessionWords } from "#ui/session/words.ts";
import { onScreen } from "../onScreen.tsx";

const texts = {
  ru: { email: "Почта", password: "Пароль", signIn: "Войти", anna: /Анна Белова.*Телемаркетолог.*звонит/, ended: /Сеанс закончился/ },
  en: { email: "E-mail", password: "Password", signIn: "Sign in", anna: /Анна Белова.*Telemarketer.*calls/, ended: /The session is over/ },
} as const;

const show = async (session: Session, language: Language, why?: "ended"): Promise<void> => {
  await act(async () => { onScreen(<SignInScreen session={session} why={why} />, language); });
};
const enter = async (language: Language, email: string, password: string): Promise<void> => {
  const t = texts[language];
  fireEvent.change(screen.getByLabelText(t.email), { target: { value: email } });
  fireEvent.change(screen.getByLabelText(t.password), { target: { value: password } });
  await act(async () => { fireEvent.click(screen.getByRole("button", { name: t.signIn })); });
};

describe.each(["ru", "en"] as const)("signing in, in %s", (language) => {
  const t = texts[language];

  it("hands over what was typed, without the spaces around the address", async () => {
    const session = standingSession();
    const signIn = vi.spyOn(session, "signIn");
    await show(session, language);
    await enter(language, " agent1@demo.example ", " secret ");
    expect(signIn).toHaveBeenCalledWith("agent1@demo.example", " secret ");
    expect(session.state.getState().phase).toBe("signedIn");
  });

  it.each([{ why: "wrong" }, { why: "tooMany", wait: 61 }, { why: "offline" }, { why: "server" }] satisfies SignInRefusal[])("says in one sentence what keeps somebody out: $why", async (refusal) => {
    await show(standingSession({ refusal }), language);
    await enter(language, "nobody@demo.example", "secret");
    expect(screen.getAllByRole("alert").map((one) => one.textContent)).toContain(refusalSentence(refusal, sessionWords[language].refusals));
  });

  it("names the time to wait that the server names: after ten tries that is five minutes and not one", async () => {
    await show(standingSession({ refusal: { why: "tooMany", wait: 287 } }), language);
    await enter(language, "nobody@demo.example", "secret");
    expect(screen.getByText(language === "ru" ? /через 5 минут\.$/ : /in 5 minutes\.$/)).toBeTruthy();
  });

  it("asks for what is missing and goes there, without asking the server", async () => {
    const session = standingSession();
    const signIn = vi.spyOn(session, "signIn");
    await show(session, language);
    await enter(language, "agent1@demo.example", "");
    expect(document.activeElement).toBe(screen.getByLabelText(t.password));
    await enter(language, " ", "secret");
    expect(document.activeElement).toBe(screen.getByLabelText(t.email));
    expect(signIn).not.toHaveBeenCalled();
  });

  it("lets one be anybody in the demo by one click", async () => {
    const session = standingSession();
    await show(session, language);
    await act(async () => { fireEvent.click(screen.getByRole("button", { name: t.anna })); });
    expect(session.state.getState()).toMatchObject({ phase: "signedIn", person: { email: "agent1@demo.example" } });
  });

  it("names nobody when this is not a demo, and says why one is here", async () => {
    await show(standingSession({ demo: false }), language, "ended");
    expect(screen.getAllByRole("button").map((one) => one.textContent)).toEqual([t.signIn]);
    expect(screen.getByText(t.ended)).toBeTruthy();
  });
});
