import type { Browser, Page } from "playwright-core";
import type { PhoneAccount } from "#wire/api.ts";
import { until } from "#test/kit/until.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import type { ServedPage } from "./pages/serve.ts";

declare const page: PhonePage;

/** The tone that stands for the agent's voice, hertz. */
export const MINE = 450;

/** A browser of an agent's own, with the phone registered. */
export async function openDesk(browser: Browser, served: ServedPage, account: PhoneAccount, tone = MINE, watch: (desk: Page) => void | Promise<void> = () => undefined): Promise<Page> {
  const desk = await (await browser.newContext()).newPage();
  await watch(desk);
  await desk.goto(`${served.url}?tone=${tone}`);
  await desk.evaluate((given) => page.start(given), account);
  await until("the registration", () => desk.evaluate(() => page.phone.line.getState().state === "ready"));
  return desk;
}

/** Waits until this tone is heard in the call. */
export async function hearing(desk: Page, tone: number): Promise<void> {
  await until(`the tone of ${tone} Hz`, async () => ((await desk.evaluate((hertz) => page.hears([hertz]), tone))?.[tone] ?? -200) > -40);
}
