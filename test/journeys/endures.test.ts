import { request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fact, FactKind, FactOf } from "#domain/fact.ts";
import { startSuflerOnPbx, type SuflerOnPbx } from "#test/kit/onPbx.ts";
import { hasPbx } from "#test/kit/pbx.ts";
import { openRawBrowser, type RawBrowser, type RawTab } from "#test/kit/rawBrowser.ts";
import { onServer } from "#test/kit/roles.ts";
import { until } from "#test/kit/until.ts";

/** `npm run endures -- --minutes 10` sets it: how long the tab lies hidden. Too long for every run. */
const MINUTES = Number(process.env["ENDURES_MINUTES"] ?? 0);
const SECOND = 1000;
const pass = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms); });

describe.skipIf(MINUTES === 0 || !hasPbx)("a long day, on Asterisk (by command: npm run endures)", () => {
  let on: SuflerOnPbx;
  let browser: RawBrowser;
  let desk: RawTab;

  beforeAll(async () => {
    // A registration that lapses while nobody sees to it.
    const lapsing = (text: string) => text.replaceAll("max_contacts=3", "max_contacts=3\nminimum_expiration=60\nmaximum_expiration=180");
    [on, browser] = await Promise.all([startSuflerOnPbx((pbx) => pbx.rewrite(lapsing)), openRawBrowser(["--lang=en-GB"])]);
    await sitDown();
  }, 240_000);

  async function sitDown(): Promise<void> {
    desk = await browser.tab(`${on.sufler.url}/healthz`);
    await pass(500);
    expect(await desk.evaluate<number>(`fetch("/api/auth/sign-in/email", { method: "POST", headers: { "content-type": "application/json" }, body: ${JSON.stringify(JSON.stringify({ email: on.email, password: on.sufler.password }))} }).then((answer) => answer.status)`)).toBe(200);
    await desk.evaluate(`void (location.href = "/desk?lang=en")`);
    await says("Phone is ready", 60_000);
    await pass(3_000);
    await desk.press("Escape");
  }
  afterAll(async () => {
    await browser?.close();
    await on?.stop();
  });

  const text = () => desk.evaluate<string>("document.body.innerText").catch(() => "");
  const says = (words: string, ms = 40_000) => until(`"${words}" on the screen`, async () => (await text()).includes(words), ms)
    .catch(async (error: unknown) => { throw new Error(`${String(error)}; it says: ${(await text()).slice(0, 1500)}`, { cause: error }); });
  const registered = async () => /1002\/sip:/.test(await on.pbx.ask("pjsip show contacts"));
  const channels = async () => Number(/(\d+) active channel/.exec(await on.pbx.ask("core show channels"))?.[1] ?? 0);
  async function facts(): Promise<readonly Fact[]> {
    const context = { request: await request.newContext({ baseURL: on.sufler.url, extraHTTPHeaders: { origin: on.sufler.url } }) };
    await context.request.post("/api/auth/sign-in/email", { data: { email: on.email, password: on.sufler.password } });
    return (await onServer({ context: context as never }, on.sufler.url)).facts;
  }
  const ofKind = async <K extends FactKind>(kind: K) => (await facts()).filter((fact): fact is FactOf<K> => fact.kind === kind);
  async function talk(): Promise<void> {
    await desk.press("Enter");
    await until("the card or the call", async () => /Call|Dialing|Ringing/.test(await text()));
    await pass(1_000);
    await desk.press("Enter");
    await says("On the line");
  }
  async function save(): Promise<void> {
    await says("Save outcome");
    await desk.press("Digit1");
    await pass(300);
    await desk.press("Enter");
    await until("the outcome to be saved", async () => !(await text()).includes("Save outcome"));
  }

  it(`lies hidden for ${MINUTES} minutes: still registered, still rings, and says no more of the person than is known`, async () => {
    const front = await browser.tab("about:blank");
    await until("the desk to be hidden", () => desk.evaluate<boolean>("document.hidden"));
    const end = Date.now() + MINUTES * 60 * SECOND;
    let looks = 0;
    while (Date.now() < end) {
      await pass(Math.min(15 * SECOND, MINUTES * 10 * SECOND));
      looks += 1;
      expect(await registered(), `registered at look ${looks}`).toBe(true);
    }
    await on.pbx.ask("channel originate PJSIP/1002 application Milliwatt");
    const rang = Date.now();
    await until("the ring", async () => /Answer/.test(await text()), 30_000);
    console.log(`hidden for ${MINUTES} minutes, registered at all ${looks} looks; a call rang ${Date.now() - rang} ms after the PBX had sent it`);
    expect(await desk.evaluate<boolean>("document.hidden")).toBe(true);
    await desk.press("KeyE");
    await until("no channel", async () => (await channels()) === 0, 60_000);
    const said = (await facts()).filter(({ kind }) => kind.startsWith("shift."));
    expect(said.filter(({ kind }) => kind === "shift.gap")).toEqual([]);
    const away = said.filter((fact) => fact.kind === "shift.away");
    expect(away.map((fact) => (fact.kind === "shift.away" ? fact.source : ""))).toEqual(MINUTES > 5 ? ["hidden"] : []);
    void front;
    await desk.toFront();
    await until("the desk to be seen", async () => !(await desk.evaluate<boolean>("document.hidden")));
  }, 120_000 + MINUTES * 90 * SECOND);

  it("sleeps for minutes in a call that outlives it: registered again at once, the call alive, the gap on record", async () => {
    await talk();
    await pass(5_000);
    const before = Date.now();
    browser.sleep();
    on.wire.cut();
    await pass(200 * SECOND);
    expect(await registered()).toBe(false);
    on.wire.mend();
    const woke = Date.now();
    browser.wake();
    await until("the registration", registered, 60_000);
    console.log(`asleep for ${Math.round((woke - before) / SECOND)} s, registered again ${Date.now() - woke} ms after waking`);
    await says("On the line");
    await until("no word of silence", async () => !(await text()).includes("Nothing has come from the client"), 60_000);
    expect(await channels()).toBeGreaterThan(0);
    await pass(3_000);
    await desk.press("End");
    await until("no channel", async () => (await channels()) === 0, 60_000);
    await save();
    const [gap, ...more] = await until("the gap", async () => { const all = await ofKind("shift.gap"); return all.length > 0 && all; });
    expect(more).toEqual([]);
    expect(gap?.cause).toBe("asleep");
    expect(Math.abs((gap?.since ?? 0) - before)).toBeLessThan(15 * SECOND);
    expect(Math.abs((gap?.at ?? 0) - woke)).toBeLessThan(30 * SECOND);
    expect(await ofKind("call.ended")).toHaveLength(1);
  }, 400_000);

  it("[P10] sleeps for minutes in a call that the client ends meanwhile: its record ends with the last sound", async () => {
    await says("Phone is ready");
    await talk();
    await pass(5_000);
    const before = Date.now();
    browser.sleep();
    await on.pbx.ask("channel request hangup all");
    await pass(100 * SECOND);
    browser.wake();
    await save();
    const ended = (await until("the end on record", async () => { const all = await ofKind("call.ended"); return all.length > 1 && all; })).at(-1);
    console.log(`ended as ${ended?.why ?? "?"}, ${before - (ended?.at ?? 0)} ms before the computer slept`);
    expect(ended?.why).toBe("clientHungUp");
    expect(Math.abs((ended?.at ?? 0) - before)).toBeLessThan(10 * SECOND);
    await says("Phone is ready");
  }, 300_000);
});
