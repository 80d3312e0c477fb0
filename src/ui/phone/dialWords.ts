import type { DialAnswer } from "#client/desk/dialDesk.ts";
import type { NotANumber } from "#domain/phone/number.ts";
import type { PastCall } from "#domain/phone/pastCalls.ts";
import type { SideEnd } from "#domain/phone/sideFacts.ts";
import type { CallEnd } from "#domain/phone/facts.ts";
import { inBoth } from "#ui/words/language.ts";

/** Dialing by hand, and the calls of this telephone. */
export const dialWords = inBoth<{
  readonly title: string; readonly short: string; readonly open: string; readonly number: string; readonly hint: string; readonly reads: (number: string, extension: string | undefined) => string;
  readonly not: Readonly<Record<NotANumber, string>>; readonly answer: Readonly<Record<DialAnswer, string>>; readonly digit: (digit: string) => string; readonly erase: string;
  readonly offline: string; readonly history: string; readonly redial: string; readonly empty: string; readonly loading: string;
  readonly columns: Readonly<Record<"when" | "way" | "who" | "talk" | "how", string>>; readonly way: Readonly<Record<PastCall["way"], string>>; readonly hidden: string; readonly erased: string;
  readonly dial: string; readonly dialTo: (who: string) => string; readonly goesOn: string; readonly side: Readonly<Record<Exclude<SideEnd, CallEnd>, string>>; readonly links: string; readonly linksAsked: string;
}>({
  en: {
    title: "Dial a number", short: "Dial", open: "Open the card", number: "Number", hint: "Type or paste it as it stands: +7 (495) …, 8 495 …, ext. 12. Nothing is dialed yet: the card opens first.",
    reads: (number, extension) => (extension === undefined ? number : `${number}, then ${extension} as tones`),
    not: {
      empty: "", letters: "This is no number: there are signs in it that no number has. Leave the digits only.", tooShort: "Digits are missing: write the number with its area code.",
      tooLong: "Too many digits for a number. Check it, or write it with + and the country code.", several: "There is more than one number here. Leave the one to call.",
      short: "Short numbers are for colleagues and emergencies. Clients have full numbers with an area code.",
    },
    answer: {
      asking: "Looking up whose number this is…", taken: "A colleague is calling this client, or has just called them. Nobody was dialed; try again in a quarter of an hour.",
      offline: "The server cannot be reached, so nobody knows yet whose number this is. It waits here: open the card when the connection is back.",
      failed: "The server would not give this number out. Try again; if it stays so, tell your administrator.",
    },
    digit: (digit) => `Digit ${digit}`, erase: "Erase the last digit",
    offline: "No connection: only people already on this computer can be called by number. Any other number waits here until the connection is back.",
    history: "Call history", redial: "Redial", empty: "No calls on this computer yet.", loading: "One moment…",
    columns: { when: "When", way: "Way", who: "With whom", talk: "Talked", how: "How it ended" }, way: { out: "out", in: "in", asked: "colleague" }, hidden: "number not shown", erased: "erased",
    dial: "Dial", dialTo: (who) => `Dial ${who}`, goesOn: "goes on", side: { rejected: "you declined it", missed: "missed", away: "you were away", engaged: "both lines were taken" },
    links: "Open telephone links here", linksAsked: "The browser asks whether telephone links open in Sufler: say yes there.",
  },
  ru: {
    title: "Набрать номер", short: "Набрать", open: "Открыть карточку", number: "Номер", hint: "Наберите или вставьте как есть: +7 (495) …, 8 495 …, доб. 12. Звонка ещё не будет: сначала откроется карточка.",
    reads: (number, extension) => (extension === undefined ? number : `${number}, затем тоном ${extension}`),
    not: {
      empty: "", letters: "Это не номер: в нём есть лишние знаки. Оставьте только цифры.", tooShort: "Цифр не хватает: напишите номер с кодом города.",
      tooLong: "Цифр больше, чем бывает в номере. Проверьте его или напишите с + и кодом страны.", several: "Здесь несколько номеров. Оставьте один, по которому звоните.",
      short: "Короткие номера — для коллег и экстренных служб. У клиентов полный номер с кодом города.",
    },
    answer: {
      asking: "Ищем, чей это номер…", taken: "Этому клиенту звонит коллега или только что звонил. Набора не было; попробуйте через четверть часа.",
      offline: "Сервер недоступен, и пока неизвестно, чей это номер. Он подождёт здесь: откройте карточку, когда связь вернётся.",
      failed: "Сервер не выдал этот номер. Попробуйте ещё раз; если не выйдет, скажите администратору.",
    },
    digit: (digit) => `Цифра ${digit}`, erase: "Стереть последнюю цифру",
    offline: "Связи нет: по номеру можно позвонить только тем, кто уже есть на этом компьютере. Другой номер подождёт здесь, пока связь не вернётся.",
    history: "История звонков", redial: "Повторить", empty: "На этом компьютере ещё не звонили.", loading: "Минутку…",
    columns: { when: "Когда", way: "Звонок", who: "С кем", talk: "Говорили", how: "Чем закончился" }, way: { out: "исходящий", in: "входящий", asked: "коллеге" }, hidden: "номер скрыт", erased: "стёрто",
    dial: "Набрать", dialTo: (who) => `Набрать: ${who}`, goesOn: "идёт", side: { rejected: "вы отклонили", missed: "пропущен", away: "вас не было", engaged: "обе линии были заняты" },
    links: "Открывать здесь ссылки на телефоны", linksAsked: "Браузер спросит, открывать ли ссылки на телефоны в Суфлёре: разрешите.",
  },
});
