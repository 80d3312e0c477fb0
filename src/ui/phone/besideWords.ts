import type { SideEnd } from "#domain/phone/sideFacts.ts";
import { inBoth } from "#ui/words/language.ts";

/** What is said about the second line: who calls us, whom we ask, and where the client goes. */
export const besideWords = inBoth<{
  readonly region: string; readonly incoming: string; readonly knocks: string; readonly later: string; readonly unknown: string; readonly uncounted: string;
  readonly take: string; readonly reject: string; readonly asking: string; readonly returning: string; readonly rings: string; readonly onLine: string; readonly waits: string; readonly clientWaits: string;
  readonly joined: string; readonly swap: string; readonly join: string; readonly part: string; readonly toClient: string; readonly endCall: string;
  readonly transferring: string; readonly failed: (why: string) => string; readonly heldByClient: string; readonly heldBySide: string;
  readonly over: (who: string, why: string) => string; readonly missed: (who: string) => string; readonly away: (who: string) => string; readonly engaged: (who: string) => string;
  readonly end: Readonly<Record<SideEnd, string>>;
  readonly refusal: (status: number) => string;
  readonly title: string; readonly field: string; readonly hint: string; readonly ask: string; readonly now: string; readonly empty: string;
  readonly notice: (who: string) => string; readonly noticeBody: string; readonly tab: (who: string) => string; readonly allow: string; readonly silent: string;
}>({
  en: {
    region: "Second line", incoming: "Incoming call", knocks: "Somebody else is calling", later: "can be taken when the client has answered", unknown: "number withheld", uncounted: "This call belongs to no client of the list and counts nowhere.",
    take: "Answer", reject: "Reject", asking: "Calling:", returning: "Coming back to:", rings: "Ringing:", onLine: "On the line:", waits: "On hold:", clientWaits: "The client is on hold and hears nothing.",
    joined: "All three of you hear each other", swap: "Swap", join: "Join", part: "Part", toClient: "Back to client", endCall: "End call",
    transferring: "Passing the client on; waiting for the exchange", failed: (why) => `The client was not passed on: ${why}. You are back with the client.`,
    heldByClient: "The client has put you on hold", heldBySide: "You have been put on hold there",
    over: (who, why) => `${who}: ${why}.`, missed: (who) => `Missed call: ${who}.`, away: (who) => `${who} called while you were away and was told so.`, engaged: (who) => `${who} called while both lines were taken and was told so.`,
    end: {
      agentHungUp: "you hung up", transferred: "now speaks with the client", clientHungUp: "hung up", cancelled: "you called it off", busy: "engaged", noAnswer: "no answer", declined: "declined the call", unavailable: "out of reach",
      wrongNumber: "no such number", answeredElsewhere: "somebody else took the call", barred: "your company does not call such numbers", forbidden: "the exchange did not allow it", noRoute: "the call did not go through", noLines: "all outside lines are taken",
      loop: "the call went round in a circle", notUnderstood: "the exchange did not understand the call", serverDown: "the exchange is not answering", noMicrophone: "the microphone would not start", mediaFailed: "the sound did not connect",
      lost: "the call was lost with the page", cutOff: "the network cut the call off", timerRanOut: "the exchange stopped confirming the call",
      rejected: "you rejected the call", missed: "missed", away: "you were away", engaged: "both lines were taken",
    },
    refusal: (status) => (status === 486 || status === 600 ? "engaged there" : status === 404 || status === 484 ? "no such number" : status === 603 || status === 403 ? "it was not allowed" : status === 408 || status === 480 || status === 487 ? "nobody answered" : "the exchange cannot pass this call on"),
    title: "Pass the client on", field: "Number or extension", hint: "In any spelling, or a colleague's extension. Ask first keeps the client on hold while you explain; Transfer now passes the client on unannounced.",
    ask: "Ask first", now: "Transfer now", empty: "Type a number or an extension first.",
    notice: (who) => `${who} is calling`, noticeBody: "Sufler: come to this tab and answer.", tab: (who) => `☎ ${who}`, allow: "Tell me outside this tab too", silent: "Click anywhere once, so that I can ring.",
  },
  ru: {
    region: "Вторая линия", incoming: "Входящий звонок", knocks: "Звонит ещё кто-то", later: "можно ответить, когда клиент снимет трубку", unknown: "номер скрыт", uncounted: "Этот звонок ни к кому из базы не относится и нигде не считается.",
    take: "Ответить", reject: "Отклонить", asking: "Набираем:", returning: "Возвращаем на линию:", rings: "Гудки:", onLine: "На линии:", waits: "На удержании:", clientWaits: "Клиент на удержании и ничего не слышит.",
    joined: "Вы слышите друг друга втроём", swap: "Поменять", join: "Соединить", part: "Разъединить", toClient: "К клиенту", endCall: "Закончить звонок",
    transferring: "Передаём клиента, ждём ответа АТС", failed: (why) => `Клиент не передан: ${why}. Вы снова с клиентом.`,
    heldByClient: "Клиент поставил вас на удержание", heldBySide: "Там вас поставили на удержание",
    over: (who, why) => `${who}: ${why}.`, missed: (who) => `Пропущенный звонок: ${who}.`, away: (who) => `Звонили, пока вас не было: ${who}. Там услышали, что вы не на месте.`, engaged: (who) => `Звонили, когда обе линии были заняты: ${who}. Там услышали «занято».`,
    end: {
      agentHungUp: "вы положили трубку", transferred: "говорит с клиентом", clientHungUp: "положили трубку", cancelled: "вы отменили набор", busy: "занято", noAnswer: "не берут трубку", declined: "звонок сбросили", unavailable: "телефон вне сети",
      wrongNumber: "такого номера нет", answeredElsewhere: "звонок принял кто-то другой", barred: "на такие номера у вас не звонят", forbidden: "АТС не разрешила", noRoute: "звонок не прошёл", noLines: "все внешние линии заняты",
      loop: "звонок пошёл по кругу", notUnderstood: "АТС не поняла звонок", serverDown: "АТС не отвечает", noMicrophone: "микрофон не включился", mediaFailed: "звук не соединился",
      lost: "звонок оборвался вместе со страницей", cutOff: "сеть оборвала звонок", timerRanOut: "АТС перестала подтверждать звонок",
      rejected: "вы отклонили звонок", missed: "пропущен", away: "вас не было", engaged: "обе линии были заняты",
    },
    refusal: (status) => (status === 486 || status === 600 ? "там занято" : status === 404 || status === 484 ? "такого номера нет" : status === 603 || status === 403 ? "это не разрешено" : status === 408 || status === 480 || status === 487 ? "там не ответили" : "АТС не может передать этот звонок"),
    title: "Кому передать клиента", field: "Номер или внутренний", hint: "Номер в любом виде или внутренний коллеги. «Сначала спросить»: клиент подождёт, пока вы объясняете. «Перевести сразу»: без предупреждения.",
    ask: "Сначала спросить", now: "Перевести сразу", empty: "Сначала введите номер.",
    notice: (who) => `Звонит ${who}`, noticeBody: "Суфлёр: вернитесь на вкладку и ответьте.", tab: (who) => `☎ ${who}`, allow: "Сообщать и вне этой вкладки", silent: "Щёлкните один раз в любом месте, иначе звонка не будет слышно.",
  },
});
