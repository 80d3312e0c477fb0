// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Keeping } from "#client/admin/keeping.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import { DeedsPanel } from "#ui/keeping/DeedsPanel.tsx";
import { ErasePanel } from "#ui/keeping/ErasePanel.tsx";
import { Kit } from "#ui/kit/Kit.tsx";
import { LanguageContext } from "#ui/words/language.ts";

const orlova: Prospect = {
  id: "p1", campaign: "c", language: "ru", firstName: "Ирина", middleName: "Сергеевна", lastName: "Орлова", gender: "f", position: "директор", company: "Вектор", phone: "+74950005101", city: "Тверь", timeZone: "Europe/Moscow",
};

function admin(found: readonly Prospect[] | undefined): Keeping & { readonly erasing: Set<string>; finish(ok: boolean): void } {
  const erasing = new Set<string>();
  let told: (ok: boolean) => void = () => {};
  return {
    erasing, finish: (ok) => { told(ok); },
    find: async () => found,
    erase(prospect, done) {
      erasing.add(prospect);
      told = done;
      return () => erasing.delete(prospect);
    },
    audit: async (before) => (before === undefined ? [{ id: 2, at: Date.UTC(2026, 10, 23, 9), by: "Ольга", action: "prospect.erased", subject: "p9" }, { id: 1, at: 0, by: null, action: "odd.deed", subject: "x" }] : []),
    stop: () => {},
  };
}
const shown = (what: React.ReactNode) => render(<LanguageContext value={{ language: "ru", choose: () => {} }}><Kit>{what}</Kit></LanguageContext>);
const find = async (text: string): Promise<void> => {
  const field = screen.getByRole<HTMLInputElement>("searchbox", { name: "Имя, компания или номер" });
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  screen.getByRole("button", { name: "Найти" }).click();
};
afterEach(cleanup);

describe("erasing a person's data", () => {
  it("names whom it erases, and can be taken back for a few seconds", async () => {
    const keeping = admin([orlova]);
    shown(<ErasePanel keeping={keeping} />);
    await find("Орлова");
    (await screen.findByRole("button", { name: "Стереть данные: Орлова Ирина Сергеевна" })).click();
    expect(await screen.findByText(/Сейчас сотрём/)).toBeTruthy();
    expect([...keeping.erasing]).toEqual(["p1"]);
    expect(screen.queryByText(/Вектор/)).toBeNull();
    within(screen.getByText(/Сейчас сотрём/).closest(".toast") as HTMLElement).getByRole("button", { name: /Оставить/ }).click();
    await waitFor(() => expect(screen.getByText(/Вектор/)).toBeTruthy());
    expect([...keeping.erasing]).toEqual([]);
  });

  it("names somebody who was dialed by hand by the number: nobody erases a nameless row", async () => {
    shown(<ErasePanel keeping={admin([{ ...orlova, firstName: "", middleName: "", lastName: "", company: "" }])} />);
    await find("500-51");
    expect(await screen.findByRole("button", { name: "Стереть данные: +7 495 000-51-01" })).toBeTruthy();
  });

  it("says when it was done, and when it could not be", async () => {
    const keeping = admin([orlova]);
    shown(<ErasePanel keeping={keeping} />);
    await find("Орлова");
    (await screen.findByRole("button", { name: /Стереть данные:/ })).click();
    keeping.finish(false);
    expect(await screen.findByText(/не стёрты.*сервер не ответил/)).toBeTruthy();
    keeping.finish(true);
    expect(await screen.findByText(/Данные стёрты: Орлова/)).toBeTruthy();
  });

  it.each([[[], /нет никого/], [undefined, /Ничего не изменилось/]] as const)("says why nobody is there", async (found, sentence) => {
    shown(<ErasePanel keeping={admin(found)} />);
    await find("Никто");
    expect(await screen.findByText(sentence)).toBeTruthy();
  });
});

it("the log of deeds says who did what, also what it has no words for", async () => {
  shown(<DeedsPanel keeping={admin([])} />);
  expect(await screen.findByText("стёрты данные клиента p9")).toBeTruthy();
  expect(screen.getByText("Ольга")).toBeTruthy();
  expect(screen.getByText("odd.deed: x")).toBeTruthy();
  expect(screen.getByText("система")).toBeTruthy();
});
