import { randomUUID } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { MINUTE, wholeCall } from "#test/kit/facts.ts";
import { button, names, ring, signIn } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";
import { visitor } from "#test/kit/visitor.ts";
import { PROTOCOL } from "#wire/protocol.ts";

const named = names.ru;
let sufler: TestSufler;
let browser: Browser;
beforeEach(async () => { [sufler, browser] = await Promise.all([startSufler(), openBrowser()]); });
afterEach(async () => {
  await browser?.close();
  await sufler?.stop();
});

it("[Q13] [Q10] [Q11] a contact that is struck leaves the count on both sides at once, with reason and reply; so does a changed target, and other work stands beside it", async () => {
  const password = sufler.password ?? "";
  const [agent, lead] = await Promise.all([visitor(browser), visitor(browser)]);
  const { page } = agent;
  await signIn(page, sufler.url, "agent1@demo.example", password, named, "/desk");
  await signIn(lead.page, sufler.url, "lead@demo.example", password, named, "/lead");
  await button(page, named.next).waitFor();
  await page.keyboard.press("Escape");

  // A call that the agent made on another computer a few minutes ago.
  const me = (await (await agent.context.request.get(`${sufler.url}/api/me`)).json()) as { person: { id: string } };
  const device = randomUUID();
  const facts = wholeCall(randomUUID(), Date.now() - 3 * MINUTE, { campaign: "storage-ru", by: me.person.id, prospect: "ru-001", outcome: "refused" }).map((fact) => ({ ...fact, id: randomUUID(), device }));
  const sent = await agent.context.request.post(`${sufler.url}/api/sync/push`, { headers: { origin: sufler.url }, data: { protocol: PROTOCOL, device, entries: facts.map((fact, at) => ({ n: at + 1, fact })) } });
  expect(await sent.json()).toMatchObject({ refused: [] });
  await until("the contact on the desk", async () => (await ring(page, named)).includes(named.of(1)));
  const row = lead.page.getByRole("row").filter({ hasText: "Анна Белова" });
  await row.getByRole("rowheader").click();

  // Struck by the lead, with a reason: gone from both counts, and the agent is told which and why.
  await lead.page.getByRole("button", { name: /^Проверить контакт: / }).click();
  const check = lead.page.getByRole("group", { name: /^Проверить контакт: / });
  await check.getByRole("combobox").selectOption("noTalk");
  await check.getByRole("button", { name: "Снять" }).click();
  await until("the contact to leave the desk's count", async () => (await ring(page, named)).includes(named.of(0)));
  await page.getByText(/^Снят после контрольного звонка: /).waitFor();
  await until("the contact to leave the lead's count", async () => (await row.getByText(/^0$/).count()) === 1);

  // The agent replies; the lead reads it beside the call and confirms after all.
  await page.keyboard.press("KeyL");
  const today = page.getByRole("dialog", { name: "Сегодня: 1 звонок" });
  await today.getByText("снят после контрольного звонка: клиент о разговоре не знает").waitFor();
  await today.getByRole("button", { name: /^Ответить о звонке/ }).click();
  await today.getByRole("textbox", { name: "Ваш ответ руководителю" }).fill("Говорили с заместителем, он решает.");
  await today.getByRole("button", { name: "Отправить" }).click();
  await lead.page.getByText("ответ: «Говорили с заместителем, он решает.»").waitFor();
  await lead.page.getByRole("button", { name: /^Проверить контакт: / }).click();
  await check.getByRole("button", { name: "Подтвердил" }).click();
  await until("the contact to count again", async () => (await ring(page, named)).includes(named.of(1)));
  await today.getByText(/^подтверждён контрольным звонком, /).waitFor();
  await page.keyboard.press("Escape");

  // Less today: the agent's target is another one at once, and the old one when it is taken back.
  await lead.page.getByRole("button", { name: /^Изменить план: / }).click();
  const form = lead.page.getByRole("form", { name: /^Изменить план: / });
  await form.getByRole("spinbutton").fill("40");
  await form.getByText("на весь день", { exact: true }).click();
  await form.getByRole("button", { name: "Задать план" }).click();
  await until("the new target on the desk", async () => (await ring(page, named)).includes("1 из 40"));
  await lead.page.getByRole("button", { name: "Вернуть" }).click();
  await until("the old target on the desk", async () => (await ring(page, named)).includes(named.of(1)));

  // Other work is entered by two keys, and is on the disk.
  await page.keyboard.press("KeyO");
  await page.getByRole("dialog", { name: "Другая работа" }).waitFor();
  await page.keyboard.press("Digit1");
  await page.keyboard.press("Escape");
  await page.getByText("1 · 5 баллов").waitFor();
  await page.reload();
  await page.getByText("1 · 5 баллов").waitFor();
}, 180_000);
