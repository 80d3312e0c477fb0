import type { LineState } from "#client/desk/deskState.ts";
import type { CallEnd } from "#domain/phone/facts.ts";
import { inBoth } from "#ui/words/language.ts";

/** What the phone bar says. Buttons have a short text that is seen and a full name that is heard. */
export const phoneWords = inBoth<{
  readonly bar: string; readonly call: string; readonly hangUp: string; readonly mute: string; readonly muteShort: string;
  readonly hold: string; readonly keys: string; readonly you: string; readonly client: string;
  readonly dialing: string; readonly ringing: string; readonly early: string; readonly talking: string; readonly held: string; readonly holdAsked: string; readonly holdAskedBack: string;
  readonly notHeard: string; readonly lamp: string; readonly ended: string; readonly talkTime: (face: string) => string; readonly sent: string; readonly keypadHint: string; readonly tone: (digit: string) => string;
  readonly line: Readonly<Record<LineState, string>>; readonly end: Readonly<Record<CallEnd, string>>; readonly fallen: string;
}>({
  en: {
    bar: "Phone", call: "Call", hangUp: "Hang up", mute: "Mute", muteShort: "Mute", hold: "Hold", keys: "Keys", you: "you", client: "client",
    dialing: "Dialing", ringing: "Ringing", early: "Ringing", talking: "On the line", held: "On hold", holdAsked: "Putting on hold", holdAskedBack: "Coming back",
    notHeard: "you are muted", lamp: "The microphone is open so that the call begins without a delay; hence the recording light. Sound leaves this computer only during a call.", ended: "Call over", talkTime: (face) => `talked ${face}`,
    sent: "Sent", keypadHint: "Type, or paste a number", tone: (digit) => `Tone ${digit}`,
    line: { off: "Phone is off", connecting: "Phone is connecting", ready: "Phone is ready", refused: "The exchange refused this line", down: "No line, trying again", elsewhere: "Phone is in another tab" },
    end: {
      agentHungUp: "you hung up", clientHungUp: "the client hung up", cancelled: "you cancelled the call", busy: "engaged", noAnswer: "no answer", declined: "the client declined the call",
      wrongNumber: "no such number", barred: "your company does not call such numbers: nothing was dialed", forbidden: "the exchange did not allow this call", noRoute: "the call did not go through", serverDown: "the exchange is not answering",
      noMicrophone: "the microphone would not start", mediaFailed: "the sound did not connect", lost: "the call was lost with the page",
    },
    fallen: "The phone bar has broken, the call goes on.",
  },
  ru: {
    bar: "Телефон", call: "Позвонить", hangUp: "Завершить", mute: "Выключить микрофон", muteShort: "Микрофон", hold: "Удержать", keys: "Тоны", you: "вы", client: "клиент",
    dialing: "Набираем", ringing: "Гудки", early: "Гудки", talking: "На линии", held: "На удержании", holdAsked: "Ставим на удержание", holdAskedBack: "Возвращаем",
    notHeard: "вас не слышно", lamp: "Микрофон открыт, чтобы звонок начался без задержки: поэтому горит значок записи. Звук уходит с этого компьютера только во время звонка.", ended: "Звонок окончен", talkTime: (face) => `говорили ${face}`,
    sent: "Отправлено", keypadHint: "Нажимайте клавиши или вставьте номер", tone: (digit) => `Тон ${digit}`,
    line: { off: "Телефон выключен", connecting: "Телефон подключается", ready: "Телефон готов", refused: "АТС не приняла эту линию", down: "Нет линии, пробуем снова", elsewhere: "Телефон в другой вкладке" },
    end: {
      agentHungUp: "вы положили трубку", clientHungUp: "клиент положил трубку", cancelled: "вы отменили звонок", busy: "занято", noAnswer: "не берут трубку", declined: "клиент сбросил звонок",
      wrongNumber: "такого номера нет", barred: "на такие номера у вас не звонят: набора не было", forbidden: "АТС не разрешила этот звонок", noRoute: "звонок не прошёл", serverDown: "АТС не отвечает",
      noMicrophone: "микрофон не включился", mediaFailed: "звук не соединился", lost: "звонок оборвался вместе со страницей",
    },
    fallen: "Панель телефона сломалась, разговор продолжается.",
  },
});
