// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Language } from "#domain/base/campaign.ts";
import { boardNow, leadStates, listenings, rowsOf, standingLead } from "#ui/preview/boardFixtures.ts";
import { LeadScreen } from "#ui/screens/LeadScreen.tsx";
import { onScreen } from "../onScreen.tsx";

const texts = {
  ru: {
    close: "Закрыть", listen: "Слушать", heard: "слушаете", stop: "Отключиться", anna: "Анна Белова", dasha: "Дарья Ким", oleg: "Олег Титов", tim: "Тимур Садыков", mark: "Марк Орлов",
    idle: "без звонка 14 мин, норма 5", longBreak: "перерыв 22 мин, норма 15", lost: "нет связи · разговор 04:12", talking: "01:42",
    count: "12 из 70", funnel: "Набрано 44, ответили 25, ЛПР 14, контактов 12", pace: /^12 из 70, к этому часу по плану 16$/, objection: ["Сейчас не сезон", "«у нас всё забито до нового года»"], line: /Ирина Орлова.*Потребность/,
    attention: "3 требуют внимания", words: /как вы сейчас решаете вопрос со складом/, said: "склад свой, но крыша течёт", trail: "Путь по скрипту", microphone: /микрофон выключен и не нужен/,
    offline: /Нет связи с сервером/, empty: "В группе пока никого нет", calls: "Сегодня: 4 звонка", lines: ["10:58Клиент01:01Секретарь не соединилговорили не с ЛПР", "10:50Павел Громов03:04Назначена встречаЗасчитан", "10:38Екатерина Преображенская00:14Отказ с причиной14 секунд из 20", "10:33Павел ГромовНе берут трубкуне ответили"],
    noPath: /Нужен TURN-сервер/, volume: "Громкость: Клиент", coming: /ещё не пришли/,
  },
  en: {
    close: "Close", listen: "Listen", heard: "listening", stop: "Disconnect", anna: "Anna Bell", dasha: "Daria Kim", oleg: "Oliver Tate", tim: "Tim Sadler", mark: "Mark Eagle",
    idle: "no call for 14 min, norm 5", longBreak: "break 22 min, norm 15", lost: "not connected · in a call 04:12", talking: "01:42",
    count: "12 of 70", funnel: "44 dialed, 25 answered, 14 decision makers, 12 contacts", pace: /^12 of 70, 16 due by now$/, objection: ["Not the season", "“we are full to the roof until New Year”"], line: /Irene Eagleton.*Need/,
    attention: "3 need attention", words: /How do you handle storage at the moment/, said: "we have our own but the roof leaks", trail: "Way through the script", microphone: /microphone is off and not needed/,
    offline: /server cannot be reached/, empty: "Nobody is in this team yet", calls: "Today: 4 calls", lines: ["10:58Prospect01:01Not put throughnot with the decision maker", "10:50Paul Thunder03:04Meeting bookedCounts", "10:38Catherine Transfigurova00:14Refused, with a reason14 seconds of 20", "10:33Paul ThunderNo answernobody answered"],
    noPath: /A TURN server is needed/, volume: "Volume: Client", coming: /on their way/,
  },
} as const;

const show = (lead: ReturnType<typeof standingLead>, language: Language): void => { onScreen(<LeadScreen lead={lead} onSignOut={() => {}} />, language, boardNow); };
const rowOf = (name: string): HTMLElement => {
  const row = screen.getByRole("rowheader", { name }).closest("tr");
  if (!row) throw new Error(`${name} has no row`);
  return row;
};
const press = (code: string): void => { fireEvent.keyDown(document.body, { code }); };
const selected = (): string | undefined => screen.getAllByRole("row").find((row) => row.getAttribute("aria-selected") === "true")?.querySelector("th")?.textContent ?? undefined;

describe.each(["ru", "en"] as const)("the lead's screen in %s", (language) => {
  const t = texts[language];

  it("keeps the order of the wallboard and says why a row is up", () => {
    show(standingLead(leadStates.day(language)), language);
    expect(screen.getAllByRole("rowheader").map((cell) => cell.textContent)).toEqual(rowsOf(language).map(({ person }) => person.name));
    expect(within(rowOf(t.oleg)).getByText(t.idle)).toBeTruthy();
    expect(screen.getByText(t.longBreak)).toBeTruthy();
    expect(within(rowOf(t.tim)).getByText(t.lost)).toBeTruthy();
    expect(screen.getByText(t.attention)).toBeTruthy();
  });

  it("shows state with its time, count, pace, funnel with numbers, client, module and last objection", () => {
    show(standingLead(leadStates.day(language)), language);
    const row = rowOf(t.anna);
    expect(within(row).getByText(t.talking)).toBeTruthy();
    expect(row.textContent).toContain(t.count);
    expect(within(row).getByRole("img", { name: t.funnel })).toBeTruthy();
    expect(within(row).getByRole("img", { name: t.pace })).toBeTruthy();
    for (const part of t.objection) expect(within(row).getByText(part)).toBeTruthy();
    expect(row.textContent).toMatch(t.line);
  });

  it("[M3] says in a word how the line of a running call is, puts a bad one among the troubles and says whose side it is", () => {
    show(standingLead(leadStates.badLine(language)), language);
    expect(within(rowOf(t.anna)).getByText({ ru: "хорошая", en: "good" }[language])).toBeTruthy();
    expect(screen.getAllByRole("rowheader").findIndex((cell) => cell.textContent === t.dasha)).toBe(3);
    expect(within(rowOf(t.dasha)).getByText({ ru: "плохая связь у сотрудника", en: "bad line, agent’s side" }[language])).toBeTruthy();
    fireEvent.click(rowOf(t.dasha));
    expect(screen.getByText({ ru: /сеть сотрудника теряет часть его слов/, en: /loses part of what the agent says/ }[language])).toBeTruthy();
  });

  it("offers to hear only calls in which somebody has answered and whose desk is there", () => {
    show(standingLead(leadStates.day(language)), language);
    const offered = screen.getAllByRole("button", { name: t.listen }).map((button) => button.closest("tr")?.querySelector("th")?.textContent);
    expect(offered).toEqual([t.anna, t.dasha]);
  });

  it("asks for the call by one click and opens it beside the table", () => {
    const lead = standingLead(leadStates.day(language));
    show(lead, language);
    fireEvent.click(within(rowOf(t.anna)).getByRole("button", { name: t.listen }));
    expect(lead.asked.listened).toEqual(["p3"]);
    expect(selected()).toBe(t.anna);
    expect(screen.getByText(t.words)).toBeTruthy();
    expect(screen.getByText(t.microphone)).toBeTruthy();
  });

  it("shows both voices, the words, the trail and what was taken down while it is heard", () => {
    const lead = standingLead(leadStates.day(language), listenings["hearing"]);
    show(lead, language);
    fireEvent.click(rowOf(t.anna));
    expect(within(rowOf(t.anna)).getByText(t.heard)).toBeTruthy();
    expect(within(screen.getByRole("list", { name: t.trail })).getAllByRole("listitem")).toHaveLength(3);
    expect(screen.getByText(t.said)).toBeTruthy();
    fireEvent.change(screen.getByRole("slider", { name: t.volume }), { target: { value: "40" } });
    expect(lead.asked.volumes).toEqual([["client", 0.4]]);
    fireEvent.click(screen.getByRole("button", { name: new RegExp(t.stop) }));
    expect(lead.asked.stops).toBe(1);
    expect(screen.queryByRole("slider")).toBeNull();
  });

  it("opens the calls behind the number, each with its reason to count or not", () => {
    show(standingLead(leadStates.day(language)), language);
    fireEvent.click(rowOf(t.anna));
    const calls = screen.getByRole("heading", { name: t.calls }).closest("section")?.querySelectorAll("li") ?? [];
    expect([...calls].map((line) => line.textContent)).toEqual(t.lines.map((line) => line.replace(/(Counts|Засчитан)$/, `$1${language === "en" ? "Check" : "Проверить"}`)));
  });

  it("calls somebody who was dialed by hand by the number: there stood nothing", () => {
    const state = leadStates.day(language);
    const byHand = new Map([...state.prospects].map(([id, prospect]) => [id, { ...prospect, firstName: "", lastName: "", phone: "+74950001117" }]));
    show(standingLead({ ...state, prospects: byHand }), language);
    fireEvent.click(rowOf(t.anna));
    expect(within(rowOf(t.anna)).getByText("+7 495 000-11-17")).toBeTruthy();
    const calls = screen.getByRole("heading", { name: t.calls }).closest("section");
    expect(within(calls as HTMLElement).getAllByText("+7 495 000-11-17").length).toBeGreaterThan(1);
  });

  it("[Q13] strikes a contact with a reason, and takes it back", () => {
    const lead = standingLead(leadStates.day(language));
    show(lead, language);
    fireEvent.click(rowOf(t.anna));
    const [button] = screen.getAllByRole("button", { name: language === "en" ? /^Check the contact: / : /^Проверить контакт: / });
    fireEvent.click(button as HTMLElement);
    const form = screen.getByRole("group", { name: language === "en" ? /^Check the contact: / : /^Проверить контакт: / });
    fireEvent.change(within(form).getByRole("combobox"), { target: { value: "wrongNumber" } });
    fireEvent.click(within(form).getByRole("button", { name: language === "en" ? "Strike" : "Снять" }));
    expect(lead.asked.checks).toEqual([{ call: "c", agent: "p3", found: "notConfirmed", reason: "wrongNumber" }]);
    // Whoever works by keyboard goes on where they were.
    expect(document.activeElement?.getAttribute("aria-label")).toBe((button as HTMLElement).getAttribute("aria-label"));
    fireEvent.click(screen.getByRole("button", { name: language === "en" ? "Undo" : "Вернуть" }));
    expect(lead.asked.checks.at(-1)).toEqual({ call: "c", agent: "p3", found: "withdrawn" });
  });

  it("[Q10] changes today's target from now on, and takes it back", () => {
    const lead = standingLead(leadStates.day(language));
    show(lead, language);
    fireEvent.click(rowOf(t.anna));
    fireEvent.click(screen.getByRole("button", { name: language === "en" ? /^Change .*target$/ : /^Изменить план: / }));
    const form = screen.getByRole("form", { name: language === "en" ? /^Change .*target$/ : /^Изменить план: / });
    fireEvent.change(within(form).getByRole("spinbutton"), { target: { value: "40" } });
    fireEvent.change(within(form).getByLabelText(language === "en" ? "Till" : "До"), { target: { value: "15:00" } });
    fireEvent.submit(form);
    expect(lead.asked.targets).toEqual([{ agent: "p3", from: "2026-11-23", to: "2026-11-23", since: 667, unit: "contacts", amount: 40, start: 540, end: 900 }]);
    expect(document.activeElement?.getAttribute("aria-label")).toMatch(language === "en" ? /^Change .*target$/ : /^Изменить план: /);
    fireEvent.click(screen.getByRole("button", { name: language === "en" ? "Undo" : "Вернуть" }));
    expect(lead.asked.targetsWithdrawn).toEqual([["t1", true]]);
  });

  it("[H5] [H6] shows how the shift was spent, what is not known as such, and a clock that is wrong", () => {
    show(standingLead(leadStates.day(language)), language);
    fireEvent.click(rowOf(t.anna));
    const table = screen.getByRole("table", { name: language === "en" ? "Time of the shift" : "Время смены" });
    expect(table.textContent).toContain(language === "en" ? "screen locked" : "экран заблокирован");
    expect(table.textContent).toContain(language === "en" ? "the computer slept" : "компьютер спал");
    expect(screen.getByText(language === "en" ? /3 min fast/ : /спешат на 3 мин/)).toBeTruthy();
  });

  it("says why there is no sound", () => {
    show(standingLead(leadStates.day(language), listenings["noPath"]), language);
    expect(screen.getByText(t.noPath)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: t.close }));
    expect(screen.queryByText(t.noPath)).toBeNull();
  });

  it("says that the numbers are old while the server is away, and offers no sound that cannot come", () => {
    show(standingLead(leadStates.offline(language)), language);
    expect(screen.getByText(t.offline)).toBeTruthy();
    expect(screen.queryByRole("button", { name: t.listen })).toBeNull();
  });

  it("says when a team is empty", () => {
    show(standingLead(leadStates.empty(language)), language);
    expect(screen.getByRole("heading", { name: t.empty })).toBeTruthy();
  });

  it("says that the client's words are coming when only their record is known", () => {
    show(standingLead(leadStates.day(language)), language);
    expect(screen.getByText(t.coming)).toBeTruthy();
  });
});

describe("the lead's keys", () => {
  it("move through rows with the arrows, listen with L or Enter, leave with Escape", () => {
    const lead = standingLead(leadStates.day("en"));
    show(lead, "en");
    press("ArrowDown");
    expect(selected()).toBe("Oliver Tate");
    press("KeyL");
    expect(lead.asked.listened).toEqual([]);
    press("ArrowDown"); press("ArrowDown"); press("ArrowDown");
    expect(selected()).toBe("Anna Bell");
    press("Enter");
    expect(lead.asked.listened).toEqual(["p3"]);
    press("Enter"); press("KeyL");
    expect(lead.asked.listened).toEqual(["p3"]);
    press("Escape");
    expect(lead.asked.stops).toBe(1);
    press("End");
    expect(selected()).toBe("Julia Katz");
    press("KeyL");
    expect(lead.asked.listened).toEqual(["p3"]);
  });

  it("go round those in trouble with N", () => {
    show(standingLead(leadStates.day("en")), "en");
    const seen: (string | undefined)[] = [];
    for (let time = 0; time < 4; time += 1) {
      press("KeyN");
      seen.push(selected());
    }
    expect(seen).toEqual(["Oliver Tate", "Peter Lavery", "Tim Sadler", "Oliver Tate"]);
  });

  it("act once when held, and leave a slider its arrows", () => {
    const lead = standingLead(leadStates.day("en"), listenings["hearing"]);
    show(lead, "en");
    press("ArrowDown");
    fireEvent.keyDown(document.body, { code: "KeyN", repeat: true });
    expect(selected()).toBe("Oliver Tate");
    fireEvent.keyDown(screen.getByRole("slider", { name: "Volume: Agent" }), { code: "ArrowDown" });
    expect(selected()).toBe("Oliver Tate");
    fireEvent.keyDown(document.body, { code: "KeyL", ctrlKey: true });
    expect(lead.asked.listened).toEqual([]);
  });

  it("keep hold of the person when the rows change places", () => {
    const lead = standingLead(leadStates.day("en"));
    show(lead, "en");
    fireEvent.click(rowOf("Anna Bell"));
    act(() => { lead.state.setState({ rows: [...rowsOf("en")].reverse() }); });
    expect(selected()).toBe("Anna Bell");
  });
});
