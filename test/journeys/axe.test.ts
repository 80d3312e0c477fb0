import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { servePreview } from "#test/kit/previewSite.ts";

// Every state that has a picture, in both languages, the colours in both themes, by the rules of axe-core (WCAG 2.2 A and AA, and its best practices).

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let site: Awaited<ReturnType<typeof servePreview>>;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([servePreview(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** What axe finds on the page as it is, one line for each kind of finding and element. */
async function findings(page: Page, options: RunOptions): Promise<readonly string[]> {
  // What held is neither described nor brought here: on most states that would be all there is, thousands of elements.
  const violations = await page.evaluate(
    async (asked) => (await (window as unknown as { axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> } }).axe.run(document, asked)).violations, { ...options, resultTypes: ["violations"] } satisfies RunOptions,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`));
}

describe.each(["index", "team"])("the states of preview page %s", (file) => {
  it.each([{ language: "ru", themes: ["light", "dark"] }, { language: "en", themes: ["light"] }])("have no findings in $language", async ({ language, themes }) => {
    const context = await browser.newContext({ viewport: { width: 1366, height: 640 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(`${site.url}/${file}.html?lang=${language}`);
    const names = await page.getByRole("link").evaluateAll((links) =>
      links.map((link) => new URLSearchParams((link as HTMLAnchorElement).search)).flatMap((asked) => asked.get("state") ?? asked.get("frame") ?? []));
    const states = [...new Set(names)];
    expect(states.length).toBeGreaterThan(20);
    await page.evaluate(axe);
    const found: string[] = [];
    for (const state of states) {
      await page.evaluate((search) => {
        history.pushState(null, "", search);
        dispatchEvent(new PopStateEvent("popstate"));
      }, `?${new URLSearchParams({ state, frame: state, lang: language }).toString()}`);
      await page.locator(`[data-shown="${state}"]`).waitFor({ state: "attached" });
      // The way in waits for the list of demo people; a page that never gets its title is a finding.
      await page.locator("h1").first().waitFor({ state: "attached", timeout: 5_000 }).catch(() => undefined);
      for (const theme of themes) {
        await page.evaluate((chosen) => { document.documentElement.dataset["theme"] = chosen; }, theme);
        // Colours do not depend on the language, nor anything else on the theme; and they take axe the longest.
        const options: RunOptions = theme === "dark" ? { runOnly: ["color-contrast"] } : language === "ru" ? {} : { rules: { "color-contrast": { enabled: false } } };
        found.push(...(await findings(page, options)).map((line) => `${state}, ${theme}: ${line}`));
      }
    }
    await context.close();
    expect(found).toEqual([]);
  }, 600_000);
});
