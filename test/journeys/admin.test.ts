import type { Browser } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lineSecret } from "#server/switch/switch.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { names, signIn } from "#test/kit/roles.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";
import { visitor } from "#test/kit/visitor.ts";
import { domain, openBed, passwordOf, type Bed } from "#test/server/switch/kit.ts";

const en = names.en;

/** An admin connects the company's exchange (here a second switch), and an agent's phone goes there. */
describe("an admin", () => {
  let sufler: TestSufler;
  let pbx: Bed;
  let browser: Browser;
  beforeEach(async () => {
    pbx = await openBed({ findLine: async (user) => (user === "101" ? lineSecret(user, domain, passwordOf(user)) : undefined) });
    [sufler, browser] = await Promise.all([startSufler(), openBrowser()]);
  });
  afterEach(async () => {
    await browser?.close();
    await sufler?.stop();
    await pbx?.stop();
  });

  it("enters the exchange, takes lines in from a file, learns what is wrong, and sees the agent's phone registered there", async () => {
    const admin = await visitor(browser, 450, { locale: "en-US" });
    const { page } = admin;
    await signIn(page, sufler.url, "admin@demo.example", sufler.password ?? "", en, "/lead");
    await page.goto(`${sufler.url}/admin?lang=en`);
    const test = async (): Promise<void> => {
      await page.getByRole("radio", { name: "Test" }).check({ force: true });
      await page.getByRole("button", { name: "Test the connection" }).click();
      await page.getByRole("heading", { name: "From this browser" }).waitFor();
    };
    await test();
    await page.getByText("Everything works.").waitFor();
    await page.getByRole("radio", { name: "Exchange" }).check({ force: true });
    await page.getByLabel("Addresses of the exchange").fill(pbx.url);
    await page.getByLabel("Domain").fill(domain);
    await page.getByRole("button", { name: "Save the telephony" }).click();
    await page.getByText(/^Saved\./).waitFor();

    const file = (text: string) => ({ name: "lines.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    const choose = page.locator("input[type=file]");
    await choose.setInputFiles(file(`agent1@demo.example;101;${passwordOf("101")}\nnobody@demo.example;102;x`));
    await page.getByText("names somebody who has no account here").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    await choose.setInputFiles(file(`e-mail;line;password\nagent1@demo.example;101;wrong\n`));
    await page.getByRole("button", { name: "Take in 1 line" }).click();
    await page.getByRole("row", { name: /Анна Белова.*101/ }).waitFor();

    await test();
    await page.getByText("The exchange refuses this user name and password.", { exact: false }).waitFor();
    // The page itself was loaded before the address was saved, and may not go there yet.
    await page.getByText("This page was opened before the address was saved.", { exact: false }).waitFor();

    await page.reload();
    await page.getByRole("button", { name: "Change the line: Анна Белова" }).click();
    await page.getByRole("textbox", { name: "Password" }).fill(passwordOf("101"));
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await test();
    await page.getByText("Everything works.").waitFor();
    // Nothing that this browser keeps holds the password.
    expect(JSON.stringify(await admin.context.storageState({ indexedDB: true }))).not.toContain(passwordOf("101"));

    const agent = await visitor(browser, 700);
    await signIn(agent.page, sufler.url, "agent1@demo.example", sufler.password ?? "", names.ru, "/desk");
    await until("the registration at the exchange", () => pbx.sip.registered("101") === 1);
    await page.getByRole("row", { name: /Анна Белова.*Registered/ }).waitFor();
    expect(JSON.stringify(await agent.context.storageState({ indexedDB: true }))).not.toContain(passwordOf("101"));

    // A norm that holds from today stands on the agent's screen at once, and is taken back by one press.
    const target = agent.page.getByRole("status", { name: "Контактов сегодня" });
    await page.getByRole("radio", { name: "Norms" }).check({ force: true });
    const before = await page.getByLabel("Due a day").inputValue();
    await page.getByLabel("Due a day").fill("33");
    await page.getByRole("radio", { name: "from today" }).check({ force: true });
    await page.getByRole("button", { name: "Save the norm" }).click();
    await target.getByText(/33/).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await until("the norm as it was", async () => (await target.textContent())?.includes(before) === true);

    // A tab of another version than the server's, older or newer: it is asked to load anew, and works after that.
    let ours = PROTOCOL;
    let refused = 0;
    let drop = async (): Promise<void> => undefined;
    await agent.page.routeWebSocket(/\/live$/, (near) => {
      const far = near.connectToServer();
      near.onMessage((text) => { far.send(String(text).replace(`"protocol":${PROTOCOL}`, `"protocol":${ours}`)); });
      far.onClose((code, reason) => {
        if (ours !== PROTOCOL) refused += 1;
        void near.close({ ...(code === undefined ? {} : { code }), ...(reason === undefined ? {} : { reason }) });
      });
      drop = async () => {
        await far.close();
        await near.close();
      };
    });
    const load = agent.page.getByRole("button", { name: "Обновить сейчас" });
    for (const skew of [-1, 1]) {
      ours = PROTOCOL + skew;
      await agent.page.reload();
      await load.waitFor();
      ours = PROTOCOL;
      await load.click();
      await page.getByRole("row", { name: /Анна Белова.*Registered/ }).waitFor();
      await load.waitFor({ state: "detached" });
    }
    // Never in a call: the server has understood this tab no more since the middle of it, and it asks when the outcome is saved.
    await agent.page.getByRole("button", { name: names.ru.next }).first().click();
    await agent.page.getByRole("button", { name: names.ru.call }).first().click();
    await agent.page.getByText("Приветствие", { exact: true }).first().waitFor({ timeout: 30_000 });
    [ours, refused] = [PROTOCOL + 1, 0];
    await drop();
    await until("the server to understand the tab no more", () => refused > 0);
    await agent.page.keyboard.press("1");
    await agent.page.getByText("На линии").waitFor();
    expect(await load.count()).toBe(0);
    await agent.page.keyboard.press("End");
    await agent.page.getByRole("button", { name: names.ru.save }).waitFor();
    expect(await load.count()).toBe(0);
    await agent.page.keyboard.press("9");
    await agent.page.keyboard.press("Enter");
    await load.waitFor();
    ours = PROTOCOL;
    await load.click();
    await page.getByRole("row", { name: /Анна Белова.*Registered/ }).waitFor();
    await load.waitFor({ state: "detached" });
    expect([...admin.errors, ...agent.errors].filter((one) => !/Content Security Policy/.test(one))).toEqual([]);
    await agent.close();
    await page.getByRole("row", { name: /Анна Белова.*Not at the desk/ }).waitFor();
    await admin.close();
  });
});
