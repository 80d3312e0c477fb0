import type { Browser } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { button, names, signIn } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { visitor } from "#test/kit/visitor.ts";

// A number that stands on no list: from a link to the card, the call, the history, and once more by one key.

let sufler: TestSufler;
let browser: Browser;
beforeEach(async () => { [sufler, browser] = await Promise.all([startSufler(), openBrowser()]); });
afterEach(async () => { await browser?.close(); await sufler?.stop(); });

it("[D4] a linked number is asked about, becomes a prospect, is called, listed and called again by one key", async () => {
  const agent = await visitor(browser, 450);
  const { page } = agent;
  const named = names.en;
  await page.goto(`${sufler.url}/sign-in?lang=en`);
  await signIn(page, sufler.url, "agent4@demo.example", sufler.password ?? "", named, "/desk");
  await button(page, named.next).waitFor();
  // Person 90 of the polite ones is on no list of the demo.
  await page.goto(`${sufler.url}/desk?lang=en&dial=${encodeURIComponent("tel:+7-495-000-52-90")}`);
  const sheet = page.getByRole("dialog", { name: "Dial a number" });
  await sheet.getByText("+7 495 000-52-90").waitFor();
  expect(new URL(page.url()).searchParams.has("dial")).toBe(false);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "+7 495 000-52-90" }).waitFor();
  await page.getByText("Dialed by hand").first().waitFor();
  await sheet.waitFor({ state: "detached" });
  await page.keyboard.press("Enter");
  await page.getByRole("timer").waitFor();
  await page.getByText("On the line").waitFor({ timeout: 30_000 });
  await page.keyboard.press("End");
  await page.keyboard.press("Digit4");
  await page.keyboard.press("Enter");
  await button(page, named.next).waitFor();
  await page.keyboard.press("KeyI");
  const row = page.getByRole("dialog", { name: "Call history" }).getByRole("row").nth(1);
  await row.getByText("you hung up").waitFor();
  expect(await row.textContent()).toMatch(/out.*000-52-90/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("KeyY");
  await page.getByText("On the line").waitFor({ timeout: 30_000 });
  await page.keyboard.press("End");
  expect(agent.errors).toEqual([]);
  await agent.close();
});
