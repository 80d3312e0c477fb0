import type { Page } from "playwright-core";
import type { Fact, PrivateRecord } from "#domain/fact.ts";
import type { PullResponse } from "#wire/sync.ts";
import { until } from "./until.ts";
import type { Visitor } from "./visitor.ts";

/** Accessible names of the product's parts, in both languages: the names that people and documents rely on. */
export const names = {
  ru: {
    email: "Почта", password: "Пароль", signIn: "Войти", next: "Следующий клиент", call: "Позвонить", hangUp: "Завершить",
    mute: "Выключить микрофон", hold: "Удержать", save: "Сохранить результат", listen: "Слушать", publish: "Опубликовать",
    find: "Найти возражение", words: "Слова клиента", today: "Контактов сегодня", of: (count: number) => `${count} из 70`,
  },
  en: {
    email: "E-mail", password: "Password", signIn: "Sign in", next: "Next prospect", call: "Call", hangUp: "Hang up",
    mute: "Mute", hold: "Hold", save: "Save outcome", listen: "Listen", publish: "Publish",
    find: "Find objection", words: "Client's words", today: "Contacts today", of: (count: number) => `${count} of 70`,
  },
} as const;

export type Names = (typeof names)["ru"] | (typeof names)["en"];

export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: false });

/** Types e-mail and password as a person does, and waits until the person's own screen is there. */
export async function signIn(page: Page, url: string, email: string, password: string, named: Names, path: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel(named.email).fill(email);
  await page.getByLabel(named.password).fill(password);
  await page.getByRole("button", { name: named.signIn, exact: true }).click();
  await page.waitForURL(`**${path}`);
}

/** What the ring says, such as `1 of 70`. */
export function ring(page: Page, named: Names): Promise<string> {
  return page.getByRole("status", { name: named.today }).first().innerText();
}

/** Everything of the signed-in person that the server has: asked for as the person's own new device would. */
export async function onServer({ context }: Pick<Visitor, "context">, url: string): Promise<{ facts: Fact[]; records: PrivateRecord[] }> {
  const facts: Fact[] = [];
  const records: PrivateRecord[] = [];
  for (let since = 0, more = true; more;) {
    const answer = await context.request.get(`${url}/api/sync/pull?since=${since}`);
    if (!answer.ok()) throw new Error(`the server answers ${answer.status()}`);
    const page = (await answer.json()) as PullResponse;
    facts.push(...page.facts);
    records.push(...page.records);
    since = page.cursor;
    more = page.more;
  }
  return { facts: facts.sort((a, b) => a.at - b.at), records };
}

/** Waits until the server has as many facts of the person as the browser has written. */
export async function allSent(page: Page, named: Names): Promise<void> {
  const saved = named === names.ru ? "сохранено" : "saved";
  let since = 0;
  await until("everything to be saved", async () => {
    if (!(await page.getByText(saved, { exact: true }).first().isVisible())) since = 0;
    else since ||= Date.now();
    // The sign leaves the desk a moment to send before it says otherwise.
    return since > 0 && Date.now() - since > 400;
  }, 30_000);
}

/** Has the running call lasted twenty seconds or more? Asks the call's own clock: past midnight the clock on the wall begins with 00 too. */
export async function twentySecondsTalked(page: Page): Promise<boolean> {
  return (await page.getByRole("timer").filter({ hasText: /^00:(2[1-9]|[3-5]\d)$/ }).count()) > 0;
}
