import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { servePreview } from "#test/kit/previewSite.ts";

// Every state that has a picture, at the sizes to design for: nothing lies over anything, nothing is cut off, no page scrolls as a whole.

let site: Awaited<ReturnType<typeof servePreview>>;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([servePreview(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Runs in the page: what lies over something else, sticks out or is cut off, a line for each. */
function mess(): readonly string[] {
  interface Box { readonly what: string; readonly owner: Element; readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
  const isShown = (one: Element): boolean => one.closest(".unseen, option, noscript, script, style, title") === null && one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const boxes: Box[] = [];
  /** What a box around it cuts off is not seen. `lead`: a line is higher than its letters. */
  const add = (what: string, owner: Element, edges: DOMRect, lead: number): void => {
    let [left, top, right, bottom] = [edges.left, edges.top + edges.height * lead, edges.right, edges.bottom - edges.height * lead];
    for (let around: Element | null = owner; around; around = around.parentElement) {
      if (getComputedStyle(around).overflow === "visible") continue;
      const edge = around.getBoundingClientRect();
      [left, top, right, bottom] = [Math.max(left, edge.left), Math.max(top, edge.top), Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
    }
    if (right - left > 3 && bottom - top > 3) boxes.push({ what, owner, left, top, right, bottom });
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const [text, owner] = [node.textContent?.trim() ?? "", node.parentElement];
    if (text === "" || !owner || owner.closest("select") || !isShown(owner)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) add(`“${text.slice(0, 40)}”`, owner, line, 0.18);
  }
  for (const sign of document.querySelectorAll("svg, .level")) if (isShown(sign)) add(`<${sign.getAttribute("class") ?? sign.tagName}>`, sign, sign.getBoundingClientRect(), 0);

  const found = new Set<string>();
  const opaque = (one: Element): boolean => !/^(?:rgba\(.*, 0\)|transparent)$/.test(getComputedStyle(one).backgroundColor);
  for (const [at, a] of boxes.entries()) {
    if (a.left < -1 || a.top < -1 || a.right > innerWidth + 1 || a.bottom > innerHeight + 1) found.add(`outside: ${a.what}`);
    for (const b of boxes.slice(at + 1)) {
      // The number belongs into its ring.
      const ring = a.owner.closest(".big-ring");
      if (a.owner === b.owner || (ring !== null && ring.contains(b.owner))) continue;
      const [width, height] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
      if (width < 1.5 || height < 4) continue;
      const there = document.elementsFromPoint(Math.max(a.left, b.left) + width / 2, Math.max(a.top, b.top) + height / 2);
      // Whatever lies under something that is no glass, a sheet or a head that stays, is not seen there.
      const seen = ({ owner }: Box): boolean => {
        const first = there.findIndex((one) => one === owner || owner.contains(one) || one.contains(owner) || opaque(one));
        const one = there[first];
        return one !== undefined && (owner.contains(one) || one.contains(owner));
      };
      if (seen(a) && seen(b)) found.add(`${a.what} and ${b.what} lie over one another`);
    }
  }
  for (const one of document.querySelectorAll("body *")) {
    const style = getComputedStyle(one);
    const says = one instanceof HTMLButtonElement || [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== "");
    if (!says || one.matches("select, textarea, option") || !isShown(one) || one.clientWidth === 0 || one.scrollWidth <= one.clientWidth + 2) continue;
    if (one instanceof HTMLButtonElement || (style.overflowX !== "visible" && style.textOverflow !== "ellipsis")) found.add(`cut off: “${one.textContent.slice(0, 60)}”`);
  }
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth + 1 || scrollHeight > innerHeight + 1) found.add("the page scrolls");
  return [...found];
}

async function show(page: Page, state: string, language: string): Promise<void> {
  await page.evaluate((search) => {
    history.pushState(null, "", search);
    dispatchEvent(new PopStateEvent("popstate"));
  }, `?${new URLSearchParams({ state, frame: state, lang: language }).toString()}`);
  await page.locator(`[data-shown="${state}"]`).waitFor({ state: "attached" });
  await page.locator("h1").first().waitFor({ state: "attached", timeout: 5_000 }).catch(() => undefined);
}

describe.each(["index", "team"])("the states of preview page %s", (file) => {
  it.each([
    { language: "ru", width: 1366, height: 640 }, { language: "en", width: 1366, height: 640 }, { language: "ru", width: 1024, height: 600 },
    { language: "en", width: 1024, height: 600 }, { language: "ru", width: 1920, height: 1080 },
    // The laptop's page enlarged to 200 % (WCAG 1.4.4, 1.4.10).
    { language: "ru", width: 683, height: 320 },
  ])("are in order at $width × $height in $language", async ({ language, width, height }) => {
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(`${site.url}/${file}.html?lang=${language}`);
    const names = await page.getByRole("link").evaluateAll((links) =>
      links.map((link) => new URLSearchParams((link as HTMLAnchorElement).search)).flatMap((asked) => asked.get("state") ?? asked.get("frame") ?? []));
    const states = [...new Set(names)];
    expect(states.length).toBeGreaterThan(20);
    const found: string[] = [];
    for (const state of states) {
      await show(page, state, language);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      found.push(...(await page.evaluate(mess)).map((line) => `${state}: ${line}`));
    }
    await context.close();
    expect(found).toEqual([]);
  }, 600_000);
});

it("the time of the shift stands below the calls of the day in rows of its own height", async () => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 640 } });
  await page.goto(`${site.url}/index.html?lang=ru`);
  await show(page, "todayFew", "ru");
  const heights = await page.locator(".time-table tr").evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
  await page.close();
  expect(heights.length).toBeGreaterThan(1);
  expect(Math.max(...heights)).toBeLessThan(30);
});

it("an agent's reply about a struck contact is read in lines, not in letters, beside the board", async () => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 640 } });
  await page.goto(`${site.url}/team.html?lang=ru`);
  await show(page, "lead checked", "ru");
  await page.getByRole("rowheader", { name: "Анна Белова" }).click();
  const reply = await page.getByText(/просил перезвонить в среду/).boundingBox();
  await page.close();
  expect(reply?.height).toBeLessThan(60);
});

it("the lead reads beside the panel which module is open and what was objected", async () => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 640 } });
  await page.goto(`${site.url}/team.html?lang=ru`);
  await show(page, "lead day", "ru");
  const whole = async (text: string): Promise<boolean> => page.getByText(text, { exact: true }).evaluate((one) => one.scrollWidth <= one.clientWidth);
  expect([await whole("Потребность"), await whole("Сейчас не сезон")]).toEqual([true, true]);
  await page.close();
});

it.each([[1366, 640], [1024, 600]])("answers stay under the hand when a sentence comes up above the phone, at %i × %i", async (width, height) => {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${site.url}/index.html?lang=ru`);
  const tops = new Map<string, number | undefined>();
  for (const state of ["talking", "badHeard", "microphoneGone", "noSound", "offline"]) {
    await show(page, state, "ru");
    tops.set(state, (await page.locator(".answer").first().boundingBox())?.y);
  }
  await context.close();
  expect(new Set(tops.values()).size, JSON.stringify([...tops])).toBe(1);
});
