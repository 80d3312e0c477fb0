import { createStore } from "zustand/vanilla";
import type { Listening } from "#client/monitoring/listening.ts";
import type { CallTrail, Check, Lead, LeadState, TargetWish, Wish } from "#client/wallboard/lead.ts";
import type { Campaign, Company, Language, OutcomeKind, Person } from "#domain/base/campaign.ts";
import type { CountedCall, DayCount } from "#domain/counting/day.ts";
import { emptyLedger, writeLedger, type Ledger } from "#domain/counting/ledger.ts";
import { paceAt } from "#domain/counting/pace.ts";
import { stretchesOf } from "#domain/counting/plan.ts";
import type { Verdict } from "#domain/counting/verdict.ts";
import type { Fact, FactBody } from "#domain/fact.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import type { BoardRow } from "#domain/wallboard/board.ts";
import { handlers, scripts } from "./scriptFixtures.ts";
import { trainingFixture } from "./trainingFixtures.ts";

/** 23 November 2026, 11:07 in Moscow. */
export const boardNow = Date.UTC(2026, 10, 23, 8, 7, 0);
const ago = (minutes: number, seconds = 0): number => boardNow - (minutes * 60 + seconds) * 1000;

export const company: Company = {
  name: "Полка", timeZone: "Europe/Moscow", target: 70, workStart: 540, workEnd: 1080, breaks: { rest: 15, lunch: 45, training: 30, other: 10 },
};

const names: { readonly [L in Language]: readonly string[] } = {
  ru: ["Олег Титов", "Пётр Лавров", "Тимур Садыков", "Анна Белова", "Вера Зимина", "Дарья Ким", "Ева Константинопольская-Младшая", "Илья Носов", "Марк Орлов", "Юлия Кац"],
  en: ["Oliver Tate", "Peter Lavery", "Tim Sadler", "Anna Bell", "Vera Winter", "Daria Kim", "Evangeline Featherstonehaugh", "Ian Nash", "Mark Eagle", "Julia Katz"],
};

const people = (language: Language): readonly Person[] => names[language].map((name, at) => ({
  id: `p${at}`, name, email: `agent${at + 1}@demo.example`, role: "agent", team: "north", language, gender: at % 2 === 1 ? "m" : "f",
}));

const leads: { readonly [L in Language]: Person } = {
  ru: { id: "lead", name: "Марина Громова", email: "lead@demo.example", role: "lead", team: "north", language: "ru", gender: "f" },
  en: { id: "lead", name: "Marina Gromova", email: "lead@demo.example", role: "lead", team: "north", language: "en", gender: "f" },
};

const day = (contacts: number, dialed: number, answered: number, decisionMaker: number): DayCount => ({
  day: "2026-11-23", contacts, points: contacts, unit: "contacts", count: contacts, plans: stretchesOf(emptyLedger, "2026-11-23", company), work: [], target: company.target, pace: paceAt(contacts, boardNow, company), dialed, answered, decisionMaker,
  byHour: Array.from({ length: 24 }, (_, hour) => (hour === 9 ? Math.ceil(contacts * 0.55) : hour === 10 ? contacts - Math.ceil(contacts * 0.55) : 0)), calls: [],
});

/** A morning with calls, a break, a screen that was locked and a computer that slept. */
const shiftOf = (by: string): Ledger => {
  const said = (minutes: number, body: FactBody): Fact => ({ id: `${by}${minutes}`, at: ago(minutes), offset: -180_000, by, device: "d", ...body });
  const call = (minutes: number, id: string): readonly Fact[] => [
    said(minutes, { kind: "call.dialed", call: id, campaign: "c", prospect: "p", number: "n" }), said(minutes - 1, { kind: "call.answered", call: id }),
    said(minutes - 5, { kind: "call.ended", call: id, why: "clientHungUp" }), said(minutes - 6, { kind: "outcome.saved", call: id, outcome: "refused", decisionMaker: true }),
  ];
  return writeLedger(emptyLedger, [
    said(126, { kind: "shift.ready" }), ...call(120, "s1"), ...call(112, "s2"), ...call(104, "s3"), said(95, { kind: "shift.break", reason: "rest" }), said(82, { kind: "shift.ready" }),
    said(76, { kind: "shift.away", source: "locked" }), said(69, { kind: "shift.back" }), ...call(60, "s4"), ...call(52, "s5"), said(30, { kind: "shift.gap", since: ago(38), cause: "asleep" }),
  ]);
};

const envelope = (at: number) => ({ id: `f${at}`, at, offset: 0, by: "p3", device: "d" });

/** One finished call of the day. */
const finished = (call: string, prospect: string, campaign: string, at: number, seconds: number, outcome: string, verdict: Verdict): CountedCall => ({
  verdict, notes: [], ...(seconds > 0 ? { seconds } : {}),
  record: {
    call, by: "p3",
    dialed: { ...envelope(at), kind: "call.dialed", call, campaign, prospect, number: "n" },
    ...(seconds > 0 ? { answered: { ...envelope(at + 6000), kind: "call.answered", call } } : {}),
    ended: { ...envelope(at + 6000 + seconds * 1000), kind: "call.ended", call, why: "clientHungUp" },
    outcome: { ...envelope(at + 20_000 + seconds * 1000), kind: "outcome.saved", call, outcome, decisionMaker: verdict.counts },
  },
});

const callsOf = (language: Language): DayCount["calls"] => {
  const of = campaigns[language].id;
  return [
    finished("a", "c2", of, ago(34), 0, "noAnswer", { counts: false, why: "notAnswered" }),
    finished("b", "c3", of, ago(29), 14, "refused", { counts: false, why: "tooShort", seconds: 14, needed: 20 }),
    finished("c", "c2", of, ago(17), 184, "meeting", { counts: true }),
    finished("d", "c9", of, ago(9), 61, "gatekeeper", { counts: false, why: "notDecisionMaker" }),
  ];
};

const outcomes: { readonly [L in Language]: readonly OutcomeKind[] } = {
  ru: [
    { code: "meeting", label: "Назначена встреча", criterion: "", counts: true, after: "answered" }, { code: "refused", label: "Отказ с причиной", criterion: "", counts: true, after: "answered" },
    { code: "gatekeeper", label: "Секретарь не соединил", criterion: "", counts: false, after: "answered" }, { code: "noAnswer", label: "Не берут трубку", criterion: "", counts: false, after: "unanswered" },
  ],
  en: [
    { code: "meeting", label: "Meeting booked", criterion: "", counts: true, after: "answered" }, { code: "refused", label: "Refused, with a reason", criterion: "", counts: true, after: "answered" },
    { code: "gatekeeper", label: "Not put through", criterion: "", counts: false, after: "answered" }, { code: "noAnswer", label: "No answer", criterion: "", counts: false, after: "unanswered" },
  ],
};

const clients: { readonly [L in Language]: readonly Prospect[] } = {
  ru: [
    { id: "c1", campaign: "storage-ru", language: "ru", firstName: "Ирина", middleName: "Сергеевна", lastName: "Орлова", gender: "f", position: "директор", company: "ООО «Вектор»", phone: "+79990000117", city: "Самара", timeZone: "Europe/Samara" },
    { id: "c2", campaign: "storage-ru", language: "ru", firstName: "Павел", middleName: "Ильич", lastName: "Громов", gender: "m", position: "закупщик", company: "«Лад»", phone: "+79990000118", city: "Казань", timeZone: "Europe/Moscow" },
    { id: "c3", campaign: "storage-ru", language: "ru", firstName: "Екатерина", middleName: "Олеговна", lastName: "Преображенская", gender: "f", position: "коммерческий директор", company: "ТД «Северный причал»", phone: "+79990000119", city: "Архангельск", timeZone: "Europe/Moscow" },
  ],
  en: [
    { id: "c1", campaign: "storage-en", language: "en", firstName: "Irene", lastName: "Eagleton", gender: "f", position: "director", company: "Vector Ltd", phone: "+79990000117", city: "Leeds", timeZone: "Europe/London" },
    { id: "c2", campaign: "storage-en", language: "en", firstName: "Paul", lastName: "Thunder", gender: "m", position: "buyer", company: "Lad & Sons", phone: "+79990000118", city: "Bristol", timeZone: "Europe/London" },
    { id: "c3", campaign: "storage-en", language: "en", firstName: "Catherine", lastName: "Transfigurova", gender: "f", position: "commercial director", company: "North Pier Trading", phone: "+79990000119", city: "Glasgow", timeZone: "Europe/London" },
  ],
};

const texts: { readonly [L in Language]: ReadonlyMap<string, string> } = {
  ru: new Map([["r1", "у нас всё забито до нового года"], ["r2", "да это бешеные деньги за коробки, которые стоят и пылятся"], ["r3", "склад свой, но крыша течёт"]]),
  en: new Map([["r1", "we are full to the roof until New Year"], ["r2", "that is crazy money for boxes that stand and gather dust"], ["r3", "we have our own but the roof leaks"]]),
};

const campaigns: { readonly [L in Language]: Campaign } = {
  ru: { id: "storage-ru", name: "Склад для оптовиков", language: "ru", script: "storage-ru", rule: { decisionMaker: true, minSeconds: 20 }, outcomes: outcomes.ru, practice: false, variables: { ourCompany: "Полка", price: "тридцать восемь рублей в сутки" } },
  en: { id: "storage-en", name: "Storage for wholesalers", language: "en", script: "storage-en", rule: { decisionMaker: true, minSeconds: 20 }, outcomes: outcomes.en, practice: false, variables: { ourCompany: "Shelfwell", price: "forty-five pence a day" } },
};

/** Every state and every trouble that a row can have. */
export function rowsOf(language: Language): readonly BoardRow[] {
  const [oleg, peter, tim, anna, vera, dasha, eva, ilya, mark, julia] = people(language) as [Person, Person, Person, Person, Person, Person, Person, Person, Person, Person];
  const on = { script: scripts[language].id, version: scripts[language].version, campaign: campaigns[language].id };
  const handler = (id: string): string => (language === "en" ? `en-${id}` : id);
  return [
    { person: oleg, online: true, state: { state: "ready", since: ago(14, 8) }, day: day(6, 31, 17, 8), trouble: { kind: "idle", minutes: 14, norm: 5 } },
    { person: peter, online: true, state: { state: "break", since: ago(22), reason: "rest" }, day: day(17, 40, 26, 19), trouble: { kind: "longBreak", minutes: 22, norm: 15 }, objection: { at: ago(31), handler: handler("email"), handlerVersion: 1 } },
    { person: tim, online: false, state: { state: "inCall", since: ago(4, 12), call: "k4" }, day: day(9, 28, 16, 10), trouble: { kind: "offline" }, now: { call: "k4", prospect: "c2", ...on, module: "value" } },
    { person: anna, online: true, line: { call: "k1", grade: "good" }, state: { state: "inCall", since: ago(1, 42), call: "k1" }, day: { ...day(12, 44, 25, 14), calls: callsOf(language) }, now: { call: "k1", prospect: "c1", ...on, module: "need" }, objection: { at: ago(0, 50), handler: handler("season"), handlerVersion: 1, record: "r1" } },
    { person: vera, online: true, state: { state: "wrapUp", since: ago(0, 18), call: "k2" }, day: day(23, 61, 40, 27), now: { call: "k2", prospect: "c2", ...on, module: "time" }, objection: { at: ago(3), handler: handler("price"), handlerVersion: 4, record: "r2" } },
    { person: dasha, online: true, line: { call: "k3", grade: "fair" }, state: { state: "inCall", since: ago(2, 5), call: "k3" }, day: day(21, 55, 34, 25), now: { call: "k3", prospect: "c3", ...on, module: "gatekeeper" }, objection: { at: ago(19), handler: handler("supplier"), handlerVersion: 1 } },
    { person: eva, online: true, state: { state: "break", since: ago(6, 30), reason: "lunch" }, day: day(71, 130, 92, 80) },
    { person: ilya, online: true, state: { state: "dialing", since: ago(0, 9), call: "k5" }, day: day(19, 52, 31, 22), now: { call: "k5", prospect: "c2", ...on, module: "hello" } },
    { person: mark, online: false, state: { state: "off" }, day: day(0, 0, 0, 0) },
    { person: julia, online: true, state: { state: "ready", since: ago(0, 31) }, day: day(15, 47, 28, 17), objection: { at: ago(12), record: "r9" } },
  ];
}

const trails: ReadonlyMap<string, CallTrail> = new Map([
  ["k1", { modules: ["hello", "reason", "need"], captures: [{ record: "r1", second: 31, module: "reason" }, { record: "r3", second: 74, module: "need" }] }],
  ["k3", { modules: ["hello", "gatekeeper"], captures: [] }],
]);

export const leadStates = {
  day: (language: Language): LeadState => ({
    person: leads[language], company, campaigns: new Map([[campaigns[language].id, campaigns[language]]]),
    scripts: new Map([[`${scripts[language].id}@${scripts[language].version}`, scripts[language]]]),
    handlers: new Map(handlers.flatMap((one) => [[`${one.id}@${one.version}`, one], [one.id, one]])),
    rows: rowsOf(language), prospects: new Map(clients[language].map((one) => [one.id, one])), texts: texts[language], trails, online: true, offset: 0, loaded: true, ledgers: new Map([["p3", shiftOf("p3")]]), names: new Map([["lead", leads[language].name]]),
    training: trainingFixture("p3", boardNow, campaigns[language].id, handlers[0]?.id ?? ""),
  }),
  /** A call whose line is bad stands first. */
  badLine: (language: Language): LeadState => ({
    ...leadStates.day(language),
    rows: rowsOf(language).map((row): BoardRow => (row.line?.grade === "fair" ? { ...row, line: { call: "k3", grade: "bad", bad: "sent" }, trouble: { kind: "badLine", bad: "sent" } } : row)).sort((a, b) => Number(!a.trouble) - Number(!b.trouble)),
  }),
  /** A contact that a control call struck, an outcome that was corrected, and what the agent replies. */
  checked: (language: Language): LeadState => ({
    ...leadStates.day(language), texts: new Map([...texts[language], ["r5", language === "ru" ? "Клиент просил перезвонить в среду, запись разговора есть" : "They asked to be called on Wednesday, the call is on record"]]),
    rows: rowsOf(language).map((row): BoardRow => (row.person.id !== "p3" ? row : { ...row, day: { ...row.day, calls: row.day.calls.map((call) => (call.record.call !== "c" ? call : {
      ...call, verdict: { counts: false, why: "struck", reason: "noTalk", at: ago(6), by: "lead" },
      notes: [{ kind: "corrected", outcome: "refused", decisionMaker: true, at: ago(12) }, { kind: "disputed", record: "r5", at: ago(3) }],
    })) } })),
  }),
  offline: (language: Language): LeadState => ({ ...leadStates.day(language), online: false }),
  /** Two hundred people: the most that one lead looks after. */
  crowd: (language: Language): LeadState => ({
    ...leadStates.day(language),
    rows: Array.from({ length: 20 }, (_, group) => rowsOf(language).map((row): BoardRow => ({ ...row, person: { ...row.person, id: `${row.person.id}.${group}`, name: `${row.person.name} ${group + 1}` } })))
      .flat().sort((a, b) => Number(!a.trouble) - Number(!b.trouble)),
  }),
  empty: (language: Language): LeadState => ({ ...leadStates.day(language), rows: [] }),
  loading: (language: Language): LeadState => ({ ...leadStates.day(language), rows: [], loaded: false }),
};

/** Every phase of the ear. */
export const listenings: { readonly [name: string]: Listening } = {
  off: { phase: "off" },
  asking: { phase: "asking", agent: "p3" },
  connecting: { phase: "connecting", agent: "p3", session: "s" },
  hearing: { phase: "hearing", agent: "p3", session: "s", since: boardNow - 32_000 },
  ...Object.fromEntries((["lead", "call", "agentGone", "leadGone", "noPath", "failed", "notAllowed", "noDesk", "busy"] as const).map((why) => [why, { phase: "over", agent: "p3", why } as const])),
};

/** What the screen asked of the machinery. */
export interface Asked { readonly listened: string[]; readonly volumes: [string, number][]; stops: number; readonly wishes: Wish[]; readonly targets: TargetWish[]; readonly targetsWithdrawn: [string, boolean][]; readonly checks: Check[]; readonly withdrawn: [string, boolean][] }

/** A lead's machinery that stands still; what is asked of it is written down. */
export function standingLead(state: LeadState, listening: Listening = { phase: "off" }): Lead & { readonly asked: Asked } {
  const asked: Asked = { listened: [], volumes: [], stops: 0, wishes: [], withdrawn: [], targets: [], targetsWithdrawn: [], checks: [] };
  const ear = createStore<Listening>(() => listening);
  return {
    asked,
    state: createStore(() => state),
    ear: {
      state: ear,
      levels: createStore(() => ({ agent: 0.5, client: 0.2 })),
      listen: (agent) => { asked.listened.push(agent); ear.setState({ phase: "asking", agent }, true); },
      stop: () => { asked.stops += 1; ear.setState({ phase: "off" }, true); },
      volume: (voice, to) => { asked.volumes.push([voice, to]); },
    },
    assign: (wish) => { asked.wishes.push(wish); return true; },
    withdraw: (assignment, _, on) => { asked.withdrawn.push([assignment, on]); },
    setTarget: (wish) => { asked.targets.push(wish); return `t${asked.targets.length}`; },
    withdrawTarget: (target, _, on) => { asked.targetsWithdrawn.push([target, on]); },
    check: (check) => { asked.checks.push(check); },
    stop: () => Promise.resolve(),
  };
}
