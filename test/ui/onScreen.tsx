import { cleanup, configure, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import { afterEach } from "vitest";
import type { Language } from "#domain/base/campaign.ts";
import { stoppedClock } from "#ui/kit/clock.ts";
import { Kit } from "#ui/kit/Kit.tsx";
import { LanguageProvider } from "#ui/words/LanguageProvider.tsx";

afterEach(cleanup);

// Asking jsdom for the computed style of every ancestor takes most of a test's time, and it knows none of our style sheets.
configure({ defaultHidden: true });

// jsdom lays nothing out, so it has nothing to scroll.
if (!("scrollIntoView" in Element.prototype)) Object.assign(Element.prototype, { scrollIntoView: () => {} });

/** Puts a screen before a person of one language, at one moment. */
export function onScreen(content: ReactNode, language: Language, now = 0): void {
  render(<LanguageProvider fixed={language}><Kit clock={stoppedClock(now)}><MemoryRouter>{content}</MemoryRouter></Kit></LanguageProvider>);
}
