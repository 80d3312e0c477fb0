// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, describe, expect, it } from "vitest";
import type { NormsState } from "#client/admin/norms.ts";
import type { Language } from "#domain/base/campaign.ts";
import { NormsView } from "#ui/admin/NormsView.tsx";
import { normsWords } from "#ui/admin/normsWords.ts";
import { Kit } from "#ui/kit/Kit.tsx";
import { adminStates, standingAdmin } from "#ui/preview/adminFixtures.ts";
import { normsStates, standingNorms } from "#ui/preview/normsFixtures.ts";
import { AdminScreen } from "#ui/screens/AdminScreen.tsx";
import { LanguageProvider } from "#ui/words/LanguageProvider.tsx";
import { saveNorms, saveRule } from "#wire/normsAdmin.ts";

configure({ defaultHidden: true });
afterEach(cleanup);

function open(state: NormsState = normsStates.standing(), language: Language = "en") {
  const norms = standingNorms(state);
  render(<LanguageProvider fixed={language}><Kit><NormsView norms={norms} /></Kit></LanguageProvider>);
  return norms;
}
const type = (label: string, value: string): void => { fireEvent.change(screen.getByLabelText(label), { target: { value } }); };
const press = async (name: string): Promise<void> => { await act(async () => { fireEvent.click(screen.getByRole("button", { name })); }); };
const save = (): Promise<void> => press("Save the norm");

describe("the norms on the admin's screen", () => {
  it("are saved as the server takes them, from tomorrow on unless today is asked for, and taken back by one press", async () => {
    const norms = open();
    type("Due a day", "120");
    fireEvent.click(screen.getByLabelText("points"));
    fireEvent.click(screen.getByLabelText("Sat"));
    type("Visit", "7,5");
    type("Lunch", "60");
    type("A day closes for pay on the next day at", "09:30");
    await save();
    const [, wish, from] = norms.asked[0] as [string, unknown, string];
    expect(saveNorms.safeParse({ based: 1, norms: wish, from }).success).toBe(true);
    expect(wish).toMatchObject({ target: 120, unit: "points", weekend: [7], weights: { contact: 1, visit: 7.5 }, breaks: { lunch: 60 }, closes: 570, workStart: 540, workEnd: 1080 });
    expect(from).toBe("tomorrow");
    await press("Undo");
    expect(norms.asked[1]).toEqual(["undo", null]);
    expect(screen.getByText("The norm is as it was before.")).toBeTruthy();
    fireEvent.click(screen.getByLabelText("from today"));
    await save();
    expect(norms.asked[2]?.[2]).toBe("today");
  });

  it("say in one sentence what cannot be saved, and save nothing", async () => {
    const norms = open();
    const { problems } = normsWords.en;
    const wrong: readonly (readonly [string, string, string, string])[] = [
      ["Due a day", "70.5", "70", problems.target], ["The day begins", "19:00", "09:00", problems.hours], ["Rest", "0", "15", problems.breaks],
      ["Meeting", "a lot", "5", problems.weights], ["Contact", "0", "1", problems.contactWeight], ["A day closes for pay on the next day at", "", "12:00", problems.closes],
    ];
    for (const [label, bad, good, sentence] of wrong) {
      type(label, bad);
      await save();
      expect(screen.getByRole("alert").textContent).toBe(sentence);
      expect(screen.getByLabelText(label).getAttribute("aria-invalid")).toBe("true");
      type(label, good);
    }
    for (const day of ["Mon", "Tue", "Wed", "Thu", "Fri"]) fireEvent.click(screen.getByLabelText(day));
    await save();
    expect(screen.getByRole("alert").textContent).toBe(problems.weekend);
    expect(norms.asked).toEqual([]);
  });

  it("keep what was typed while another part of the screen is looked at", () => {
    render(<LanguageProvider fixed="en"><Kit><MemoryRouter><AdminScreen admin={standingAdmin(adminStates.exchange())} first="norms" onSignOut={() => undefined} /></MemoryRouter></Kit></LanguageProvider>);
    type("Due a day", "55");
    fireEvent.click(screen.getByLabelText("Numbers"));
    fireEvent.click(screen.getByLabelText("Norms"));
    expect((screen.getByLabelText("Due a day") as HTMLInputElement).value).toBe("55");
  });

  it("change what counts as a contact in a campaign, and refuse a rule by which nothing counts", async () => {
    const norms = open();
    type("Campaign", "storage-en");
    const form = within(screen.getByRole("form", { name: "What counts as a contact" }));
    fireEvent.click(form.getByLabelText("Only with the decision maker"));
    fireEvent.change(form.getByLabelText("Talk at least, seconds"), { target: { value: "45" } });
    fireEvent.click(form.getByLabelText("a company"));
    await press("Save the rule");
    const [, campaign, rule, counting] = norms.asked[0] as [string, string, unknown, readonly string[]];
    expect(saveRule.safeParse({ based: 1, campaign, rule, counting }).success).toBe(true);
    expect([campaign, rule]).toEqual(["storage-en", { decisionMaker: false, minSeconds: 45, per: "company" }]);
    for (const box of form.getAllByRole<HTMLInputElement>("checkbox")) if (box.checked) fireEvent.click(box);
    await press("Save the rule");
    expect(screen.getByRole("alert").textContent).toBe(normsWords.en.problems.counting);
    expect(norms.asked).toHaveLength(1);
  });

  it("[Q16] of a company without settings are entered with its name and its time zone", async () => {
    const norms = open(normsStates.none());
    const { first, name, zone, problems } = normsWords.en;
    expect(screen.getByText(first)).toBeTruthy();
    await save();
    expect([screen.getByRole("alert").textContent, norms.asked]).toEqual([problems.name, []]);
    type(name, " Quiet Don ");
    type(zone, "Asia/Tokyo");
    await save();
    const [, wish, from, company] = norms.asked[0] as [string, unknown, string, unknown];
    expect(company).toEqual({ name: "Quiet Don", timeZone: "Asia/Tokyo" });
    expect(saveNorms.safeParse({ based: 0, norms: wish, from, company }).success).toBe(true);
    expect(screen.getByText(normsWords.en.made)).toBeTruthy();
    cleanup();
    open();
    expect([screen.queryByLabelText(name), screen.getByText(/Europe\/Moscow/).textContent]).toEqual([null, "Time zone: Europe/Moscow"]);
  });

  it.each(["en", "ru"] as const)("tell what is the matter (%s)", (language) => {
    const words = normsWords[language];
    open(normsStates.newer(), language);
    expect(screen.getByRole("alert").textContent).toBe(words.troubles.newer);
    cleanup();
    open(normsStates.offline(), language);
    expect(screen.getByRole("alert").textContent).toContain(words.troubles.offline);
    cleanup();
    open(normsStates.coming(), language);
    expect(screen.getByText(words.coming(language === "ru" ? "24 ноября" : "24 November"))).toBeTruthy();
  });
});
