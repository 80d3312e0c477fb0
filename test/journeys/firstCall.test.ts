import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { allSent, button, names, onServer, ring, signIn, twentySecondsTalked, type Names } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";
import { theirTurnOver, visitor, type Visitor } from "#test/kit/visitor.ts";

// The first call, as a newcomer lives through it: an agent, a lead and an editor, each at a computer of their own.

const AGENTS_PITCH = 450;
let sufler: TestSufler;
let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(async () => { await browser?.close(); });
// A server of its own for each, so that each begins with an empty day.
beforeEach(async () => { sufler = await startSufler(); });
afterEach(async () => { await sufler?.stop(); });

interface Cast {
  readonly language: "ru" | "en";
  readonly agent: string;
  readonly agentName: string;
  readonly objection: { readonly typed: string; readonly title: string };
  readonly fresh: { readonly title: string; readonly gist: string; readonly words: string };
  readonly said: string;
}

const casts: readonly Cast[] = [
  {
    language: "ru", agent: "agent1@demo.example", agentName: "Анна Белова",
    objection: { typed: "дорога", title: "Дорого" },
    fresh: { title: "Ждём новый ангар", gist: "Спросить, что будет до открытия", words: "Понимаю, ангар строится. А где вы храните товар до его открытия?" },
    said: "у нас всё забито до нового года",
  },
  {
    language: "en", agent: "agent4@demo.example", agentName: "Emma Clarke",
    objection: { typed: "expensiv", title: "Too expensive" },
    fresh: { title: "New hangar coming", gist: "Ask what happens until it opens", words: "I see, you are building. Where does the stock go until the hangar opens?" },
    said: "we are full up until New Year",
  },
];

describe.each(casts)("the first call in $language", (cast) => {
  const named: Names = names[cast.language];
  const handlersForm = cast.language === "ru"
    ? { group: "Скрипт", script: "Русский", fresh: "Новая отработка", title: "Возражение", gist: "Суть", words: "Формулировка 1" }
    : { group: "Script", script: "English", fresh: "New handler", title: "Objection", gist: "Gist", words: "Phrasing 1" };

  it("is lived through by agent, lead and editor, and counts", async () => {
    const password = sufler.password ?? "";
    const [agent, lead, editor] = await Promise.all([
      visitor(browser, AGENTS_PITCH), visitor(browser, 1130), visitor(browser, 700),
    ]) as [Visitor, Visitor, Visitor];
    const { page } = agent;
    const lang = `?lang=${cast.language}`;
    for (const who of [agent, lead, editor]) await who.page.goto(`${sufler.url}/sign-in${lang}`);
    await signIn(page, sufler.url, cast.agent, password, named, "/desk");
    await signIn(lead.page, sufler.url, "lead@demo.example", password, named, "/lead");
    await signIn(editor.page, sufler.url, "editor@demo.example", password, named, "/scripts");
    const row = lead.page.getByRole("row").filter({ hasText: cast.agentName });
    await row.waitFor();

    // A card, a call, a voice.
    expect(await ring(page, named)).toContain(named.of(0));
    await button(page, named.next).click();
    await button(page, named.call).click();
    await button(page, named.hangUp).waitFor();
    await theirTurnOver(agent);
    const shownToLead = async (what: string): Promise<void> => { await row.getByText(what).first().waitFor({ timeout: 60_000 }); };

    // The client hears the agent and answers in turn; the digits follow.
    await agent.say(1500);
    await page.keyboard.press("1");
    await shownToLead(cast.language === "ru" ? "Повод" : "Reason");
    await theirTurnOver(agent);

    // An objection: found as one types, read, and back to where the call was.
    await page.keyboard.press("Slash");
    await page.keyboard.type(cast.objection.typed);
    await page.keyboard.press("Enter");
    await page.getByText(cast.language === "ru" ? "назад к: Повод" : /back to: /i).waitFor();
    await shownToLead(cast.objection.title);
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Quote");
    await page.keyboard.type(cast.said);
    await page.keyboard.press("Enter");
    await shownToLead(cast.said);
    await page.keyboard.press("Escape");

    // The lead hears both voices; nobody hears the lead, who has no microphone in this at all.
    await row.getByRole("button", { name: named.listen }).click();
    const ears = await until("two voices at the lead's ear", async () => {
      const heard = await lead.hear();
      return heard.length === 2 && heard;
    }, 15_000);
    expect(ears).toHaveLength(2);
    const speaking = agent.say(2000);
    const agentsVoice = await until("the agent's tone at the lead's ear", async () => {
      const heard = await lead.hear([AGENTS_PITCH, 700]);
      return heard.find(({ tones }) => (tones[0] ?? -200) > -45) ?? false;
    });
    expect(agentsVoice.tones[1]).toBeLessThan(-60);
    await speaking;
    await until("the client's voice at the lead's ear", async () => {
      const heard = await lead.hear([AGENTS_PITCH]);
      return heard.some(({ most, tones }) => most > 0.01 && (tones[0] ?? 0) < -50);
    }, 20_000);
    expect((await agent.hear([1130])).every(({ tones }) => (tones[0] ?? 0) < -60)).toBe(true);

    // The editor adds a handler; the running call has it at once. Meanwhile the agent keeps the client on the line.
    const patter = setInterval(() => void agent.say(1200).catch(() => undefined), 4000);
    onTestFinished(() => clearInterval(patter));
    await editor.page.getByRole("radiogroup", { name: handlersForm.group }).getByText(handlersForm.script).click();
    await button(editor.page, handlersForm.fresh).first().click();
    await editor.page.getByLabel(handlersForm.title, { exact: true }).fill(cast.fresh.title);
    await editor.page.getByLabel(handlersForm.gist, { exact: true }).fill(cast.fresh.gist);
    await editor.page.getByLabel(handlersForm.words, { exact: true }).fill(cast.fresh.words);
    await editor.page.getByRole("button", { name: named.publish }).click();
    await page.keyboard.press("Slash");
    await page.keyboard.type(cast.fresh.title.slice(0, 12));
    await page.getByText(cast.fresh.title).first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByText(cast.fresh.words).waitFor();

    // On to an agreement by the digits, until the call has lasted long enough to count.
    await page.keyboard.press("1");
    await until("twenty seconds of talk", () => twentySecondsTalked(page), 40_000);
    clearInterval(patter);
    await page.keyboard.press("End");
    await button(page, named.save).waitFor();
    await page.keyboard.press("1");
    await page.getByText(cast.language === "ru" ? "Засчитан" : /^Counts/).first().waitFor();
    await button(page, named.save).click();
    await until("the ring to move", async () => (await ring(page, named)).includes(named.of(1)));
    await row.getByText(/^1/).first().waitFor({ timeout: 60_000 });
    await allSent(page, named);

    const { facts, records } = await onServer(agent, sufler.url);
    // How the line was is measured, so it stands by itself.
    expect(facts).toContainEqual(expect.objectContaining({ kind: "call.quality", codec: "g711" }));
    expect(facts.map(({ kind }) => kind).filter((kind) => kind !== "call.quality")).toEqual([
      "shift.ready", "prospect.opened", "call.dialed", "call.ringing", "call.answered", "script.opened", "module.shown",
      "module.shown", "handler.shown", "handler.left", "verbatim.taken", "handler.shown", "handler.left", "mark.set", "module.shown",
      "call.ended", "outcome.saved",
    ]);
    expect(records.filter(({ type }) => type === "number").map(({ text }) => text.slice(0, 8))).toEqual(["+7495000"]);
    expect(records.filter(({ type }) => type === "verbatim").map(({ text }) => text)).toEqual([cast.said]);
    expect(records).toHaveLength(2);
    // Nothing in a fact is personal text: neither the number nor the client's words.
    expect(JSON.stringify(facts)).not.toContain("+7495");
    expect(JSON.stringify(facts)).not.toContain(cast.said);
    for (const who of [agent, lead, editor]) {
      expect(who.errors).toEqual([]);
      await who.close();
    }
  });
});
