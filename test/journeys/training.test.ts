import type { Browser } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { allSent, button, names, onServer, ring, signIn, twentySecondsTalked, type Names } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";
import { theirTurnOver, visitor, type Visitor } from "#test/kit/visitor.ts";

// A lead has a newcomer practise: both see what comes of it, and nothing of it is in the live figures.

let sufler: TestSufler;
let browser: Browser;
beforeEach(async () => {
  [sufler, browser] = await Promise.all([startSufler(), openBrowser()]);
});
afterEach(async () => {
  await browser?.close();
  await sufler?.stop();
});

const casts = [
  {
    language: "ru", agent: "agent2@demo.example", name: "Олег Титов", typed: "дорога", handler: "Дорого", assign: "Назначить тренировку", customer: "Клиент", difficulty: "Легко", calls: "Звонков",
    zero: "0 из 2 звонков", one: "1 из 2 звонков", line: /Тренировка: 0 из 2/, lineAfter: /Тренировка: 1 из 2/, practise: "Тренировочный звонок", sign: /Тренировка, 1 из 2/, lookBack: "Разбор звонка", raised: "Дорого",
    met: /^отработка «Дорого», через 00:/, decider: /ЛПР через 00:/, not: /Не засчитан: учебная кампания/, results: "Мои тренировки", mark: "тренировка", withdraw: "Отозвать", undo: "Вернуть", noCalls: /Сегодня: 0 звонков/,
  },
  {
    language: "en", agent: "agent5@demo.example", name: "James Porter", typed: "expensiv", handler: "Too expensive", assign: "Assign practice", customer: "Client", difficulty: "Easy", calls: "Calls",
    zero: "0 of 2 calls", one: "1 of 2 calls", line: /Practice: 0 of 2/, lineAfter: /Practice: 1 of 2/, practise: "Practice call", sign: /Practice call, 1 of 2/, lookBack: "Look back", raised: "Too expensive",
    met: /^“Too expensive” opened after 00:/, decider: /Decision maker after 00:/, not: /Does not count: practice campaign/, results: "My practice", mark: "practice", withdraw: "Take back", undo: "Undo", noCalls: /Today: 0 calls/,
  },
] as const;

describe.each(casts)("training in $language", (cast) => {
  const named: Names = names[cast.language];

  it("[T1] [T3] [T7] is asked for by the lead, practised with a voice, looked back at by both, and counts nowhere", async () => {
    const password = sufler.password ?? "";
    const [agent, lead] = await Promise.all([visitor(browser, 450), visitor(browser, 1130)]) as [Visitor, Visitor];
    const { page } = agent;
    for (const who of [agent, lead]) await who.page.goto(`${sufler.url}/sign-in?lang=${cast.language}`);
    await signIn(page, sufler.url, cast.agent, password, named, "/desk");
    await signIn(lead.page, sufler.url, "lead@demo.example", password, named, "/lead");
    // The first visit to this computer is put aside.
    await button(page, named.next).waitFor();
    await page.keyboard.press("Escape");
    expect(await ring(page, named)).toContain(named.of(0));

    // The lead asks for two calls to easy customers who find it too expensive; the agent has it at once.
    const row = lead.page.getByRole("row").filter({ hasText: cast.name });
    await row.getByRole("rowheader").click();
    await lead.page.getByRole("button", { name: cast.assign }).click();
    const form = lead.page.getByRole("form");
    await form.getByLabel(cast.customer).selectOption("tooExpensive");
    await form.getByText(cast.difficulty, { exact: true }).click();
    await form.getByLabel(cast.calls).fill("2");
    await form.getByRole("button", { name: cast.assign }).click();
    await lead.page.getByText(cast.zero).waitFor();
    await page.getByText(cast.line).waitFor({ timeout: 60_000 });

    // A key opens the customer's card, marked as practice; the call is the ordinary one, with a voice.
    await page.keyboard.press("KeyT");
    await page.getByText(cast.sign).waitFor();
    await button(page, named.call).click();
    await row.getByText(cast.mark, { exact: true }).waitFor({ timeout: 60_000 });
    await button(page, named.hangUp).waitFor();
    await theirTurnOver(agent);
    await page.keyboard.press("KeyD");

    // Greeting, "who are you", then the objection: each answered by the agent's voice.
    await agent.say(1500);
    await theirTurnOver(agent);
    await agent.say(1500);
    await theirTurnOver(agent);
    await page.keyboard.press("Slash");
    await page.keyboard.type(cast.typed);
    await page.keyboard.press("Enter");
    await page.getByText(cast.handler).first().waitFor();
    const patter = setInterval(() => void agent.say(1200).catch(() => undefined), 4000);
    onTestFinished(() => clearInterval(patter));
    await until("twenty seconds of talk", () => twentySecondsTalked(page), 40_000);
    clearInterval(patter);
    await page.keyboard.press("End");
    await button(page, named.save).waitFor();

    // Beside the outcome: what was raised, which handler met it, when the decision maker was reached.
    const back = page.getByRole("region", { name: cast.lookBack });
    await back.getByText(cast.raised, { exact: true }).waitFor({ timeout: 60_000 });
    await back.getByText(cast.met).waitFor();
    await back.getByText(cast.decider).waitFor();
    await page.keyboard.press("1");
    await page.getByText(cast.not).waitFor();
    await button(page, named.save).click();

    // One of two for both; the live figures stand where they stood.
    await page.getByText(cast.lineAfter).waitFor();
    await lead.page.getByText(cast.one).waitFor({ timeout: 60_000 });
    await lead.page.getByText(cast.one).click();
    await lead.page.getByText(cast.met).waitFor();
    expect(await ring(page, named)).toContain(named.of(0));
    expect(await page.getByText(cast.noCalls).count()).toBe(1);
    expect(await row.getByText(/^0$/).count()).toBe(1);
    await page.keyboard.press("KeyR");
    await page.getByRole("dialog", { name: cast.results }).getByText(cast.met).waitFor();
    await page.keyboard.press("Escape");

    // Taken back, the agent is not asked any more; undone, asked again.
    await lead.page.getByRole("button", { name: cast.withdraw }).click();
    await page.getByText(cast.lineAfter).waitFor({ state: "detached", timeout: 60_000 });
    await lead.page.getByRole("button", { name: cast.undo }).click();
    await page.getByText(cast.lineAfter).waitFor({ timeout: 60_000 });

    // A new tab knows it all from the disk and the server.
    await allSent(page, named);
    await page.reload();
    await page.getByText(cast.lineAfter).waitFor();
    expect(await ring(page, named)).toContain(named.of(0));

    const { facts } = await onServer(agent, sufler.url);
    const kinds = facts.map(({ kind }) => kind);
    for (const kind of ["training.assigned", "practice.begun", "call.dialed", "call.answered", "mark.set", "handler.shown", "call.ended", "practice.heard", "outcome.saved", "training.withdrawn"] as const) expect(kinds).toContain(kind);
    // Nobody of the list was opened for it.
    expect(kinds).not.toContain("prospect.opened");
    const heard = facts.find((fact) => fact.kind === "practice.heard");
    expect(heard?.lines.map(({ says }) => says).slice(0, 3)).toEqual(["greeting", "whoAreYou", "tooExpensive"]);
    for (const who of [agent, lead]) {
      expect(who.errors).toEqual([]);
      await who.close();
    }
  });
});

it("[T2] can be had without being asked for, put aside, and given up while the lead takes it back", async () => {
  const [agent, lead] = await Promise.all([visitor(browser, 450), visitor(browser, 1130)]) as [Visitor, Visitor];
  const { page } = agent;
  for (const who of [agent, lead]) await who.page.goto(`${sufler.url}/sign-in?lang=en`);
  await signIn(page, sufler.url, "agent4@demo.example", sufler.password ?? "", names.en, "/desk");
  await signIn(lead.page, sufler.url, "lead@demo.example", sufler.password ?? "", names.en, "/lead");
  await button(page, names.en.next).waitFor();
  await page.keyboard.press("Escape");

  // Of one's own accord: a card without a count; skipping leads back to the day, not to somebody of the list.
  await page.keyboard.press("KeyT");
  const sign = page.getByRole("note").filter({ hasText: /It does not count/ });
  await sign.getByText(/^Practice call$/).waitFor();
  await page.keyboard.press("KeyS");
  await sign.waitFor({ state: "detached" });
  await button(page, names.en.next).waitFor();

  // Asked for, begun, and taken back while the engaged customer's card is open: the call is then nobody's but the agent's own.
  await lead.page.getByRole("row").filter({ hasText: "Emma Clarke" }).getByRole("rowheader").click();
  await lead.page.getByRole("button", { name: "Assign practice" }).click();
  await lead.page.getByRole("form").getByLabel("Client").selectOption("busy");
  await lead.page.getByRole("form").getByRole("button", { name: "Assign practice" }).click();
  await page.getByText(/Practice: 0 of 5/).waitFor({ timeout: 60_000 });
  await page.keyboard.press("KeyT");
  await sign.getByText("Practice call, 1 of 5").waitFor();
  await lead.page.getByText("0 of 5 calls").click();
  await lead.page.getByRole("button", { name: "Take back" }).click();
  await sign.getByText(/^Practice call$/).waitFor({ timeout: 60_000 });
  await page.keyboard.press("Enter");
  await button(page, names.en.save).waitFor({ timeout: 60_000 });
  await page.getByText("Nobody answered, so there is nothing to look back at.").waitFor();
  await page.keyboard.press("Enter");
  await button(page, names.en.next).waitFor();
  await lead.page.getByText("Beside what was assigned: 1").waitFor({ timeout: 60_000 });
  await allSent(page, names.en);
  const { facts } = await onServer(agent, sufler.url);
  expect(facts.filter(({ kind }) => kind === "practice.begun").map((fact) => "assignment" in fact)).toEqual([false]);
  expect(facts.some(({ kind }) => kind === "prospect.opened")).toBe(false);
  for (const who of [agent, lead]) {
    expect(who.errors).toEqual([]);
    await who.close();
  }
});
