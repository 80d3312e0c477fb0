import type { LineState } from "#client/desk/deskState.ts";
import type { CallEnd } from "#domain/phone/facts.ts";
import { inBoth } from "#ui/words/language.ts";

/** What the phone bar says. Buttons have a short text that is seen and a full name that is heard. */
export const phoneWords = inBoth<{
  readonly bar: string; readonly call: string; readonly hangUp: string; readonly mute: string; readonly muteShort: string;
  readonly hold: string; readonly transfer: string; readonly keys: string; readonly you: string; readonly client: string; readonly other: string;
  readonly dialing: string; readonly ringing: string; readonly early: string; readonly returning: string; readonly talking: string; readonly held: string; readonly holdAsked: string; readonly holdAskedBack: string;
  readonly notHeard: string; readonly lamp: string; readonly ended: string; readonly talkTime: (face: string) => string; readonly sent: string; readonly keypadHint: string; readonly tone: (digit: string) => string;
  readonly line: Readonly<Record<LineState, string>>; readonly end: Readonly<Record<CallEnd, string>>; readonly advice: Readonly<Partial<Record<CallEnd, string>>>; readonly fallen: string;
}>({
  en: {
    bar: "Phone", call: "Call", hangUp: "Hang up", mute: "Mute", muteShort: "Mute", hold: "Hold", transfer: "Transfer", keys: "Keys", you: "you", client: "client", other: "the other",
    dialing: "Dialing", ringing: "Ringing", early: "Ringing", returning: "Taking the call back", talking: "On the line", held: "On hold", holdAsked: "Putting on hold", holdAskedBack: "Coming back",
    notHeard: "you are muted", lamp: "The microphone is open so that the call begins without a delay; hence the recording light. Sound leaves this computer only during a call.", ended: "Call over", talkTime: (face) => `talked ${face}`,
    sent: "Sent", keypadHint: "Type, or paste a number", tone: (digit) => `Tone ${digit}`,
    line: { off: "Phone is off", connecting: "Phone is connecting", ready: "Phone is ready", refused: "The exchange refused this line", down: "No line, trying again", elsewhere: "Phone is in another tab", otherComputer: "Phone is on another computer" },
    end: {
      agentHungUp: "you hung up", transferred: "you passed the client on", clientHungUp: "the client hung up", cancelled: "you cancelled the call", busy: "engaged", noAnswer: "no answer", declined: "the client declined the call",
      unavailable: "the telephone is switched off or out of reach", wrongNumber: "no such number", answeredElsewhere: "somebody else took the call", barred: "your company does not call such numbers: nothing was dialed", forbidden: "the exchange did not allow this call",
      noRoute: "the call did not go through", noLines: "all outside lines are taken", loop: "the call was sent round in a circle", notUnderstood: "the exchange did not understand the call", serverDown: "the exchange is not answering",
      noMicrophone: "the microphone would not start", mediaFailed: "the sound did not connect", lost: "the page was closed", cutOff: "the network cut the call off", timerRanOut: "the exchange stopped confirming the call, so it was ended",
    },
    advice: {
      unavailable: "Try again later, or another number of theirs.", wrongNumber: "Check the number; if it is right, mark it as not in use.", busy: "Try again in a few minutes.",
      forbidden: "Ask your administrator whether this line may call such numbers.", noRoute: "Nothing rang. Try once more; if it happens again, tell your administrator the number.",
      noLines: "Nothing rang. Wait a minute and call again; if it happens often, the company needs more lines.", loop: "Nothing rang. Tell your administrator the number: a redirection leads back to itself.",
      notUnderstood: "Nothing rang. Tell your administrator: the exchange and Sufler do not agree on something.", serverDown: "Nothing rang. We keep trying to reach the exchange; call again when the phone is ready.",
      noMicrophone: "Allow the microphone or plug the headset in, then call again.", mediaFailed: "Call again. If it happens often, tell your administrator: sound does not pass between this computer and the exchange.",
      lost: "Call again and say that you were cut off.", cutOff: "Call again and say that you were cut off.", timerRanOut: "Check the network and call again; the client may have been cut off for a while.",
    },
    fallen: "The phone bar has broken, the call goes on.",
  },
  ru: {
    bar: "Телефон", call: "Позвонить", hangUp: "Завершить", mute: "Выключить микрофон", muteShort: "Микрофон", hold: "Удержать", transfer: "Перевести", keys: "Тоны", you: "вы", client: "клиент", other: "собеседник",
    dialing: "Набираем", ringing: "Гудки", early: "Гудки", returning: "Возвращаем звонок", talking: "На линии", held: "На удержании", holdAsked: "Ставим на удержание", holdAskedBack: "Возвращаем",
    notHeard: "вас не слышно", lamp: "Микрофон открыт, чтобы звонок начался без задержки: поэтому горит значок записи. Звук уходит с этого компьютера только во время звонка.", ended: "Звонок окончен", talkTime: (face) => `говорили ${face}`,
    sent: "Отправлено", keypadHint: "Нажимайте клавиши или вставьте номер", tone: (digit) => `Тон ${digit}`,
    line: { off: "Телефон выключен", connecting: "Телефон подключается", ready: "Телефон готов", refused: "АТС не приняла эту линию", down: "Нет линии, пробуем снова", elsewhere: "Телефон в другой вкладке", otherComputer: "Телефон на другом компьютере" },
    end: {
      agentHungUp: "вы положили трубку", transferred: "вы передали клиента", clientHungUp: "клиент положил трубку", cancelled: "вы отменили звонок", busy: "занято", noAnswer: "не берут трубку", declined: "клиент сбросил звонок",
      unavailable: "телефон выключен или вне сети", wrongNumber: "такого номера нет", answeredElsewhere: "звонок принял кто-то другой", barred: "на такие номера у вас не звонят: набора не было", forbidden: "АТС не разрешила этот звонок",
      noRoute: "звонок не прошёл", noLines: "все внешние линии заняты", loop: "звонок пошёл по кругу", notUnderstood: "АТС не поняла звонок", serverDown: "АТС не отвечает",
      noMicrophone: "микрофон не включился", mediaFailed: "звук не соединился", lost: "страница закрылась", cutOff: "сеть оборвала звонок", timerRanOut: "АТС перестала подтверждать звонок, и он завершён",
    },
    advice: {
      unavailable: "Наберите позже или по другому номеру.", wrongNumber: "Проверьте номер; если он верный, отметьте, что не работает.", busy: "Наберите через несколько минут.",
      forbidden: "Спросите администратора, можно ли с этой линии звонить на такие номера.", noRoute: "Звонка у клиента не было. Наберите ещё раз; если повторится, скажите номер администратору.",
      noLines: "Звонка у клиента не было. Подождите минуту и наберите снова; если часто так, компании мало линий.", loop: "Звонка у клиента не было. Скажите номер администратору: переадресация возвращается сама к себе.",
      notUnderstood: "Звонка у клиента не было. Скажите администратору: АТС и Суфлёр в чём-то не сошлись.", serverDown: "Звонка у клиента не было. Пробуем достучаться до АТС сами; звоните, когда телефон будет готов.",
      noMicrophone: "Разрешите микрофон или подключите гарнитуру и наберите снова.", mediaFailed: "Наберите ещё раз. Если часто так, скажите администратору: звук не проходит между этим компьютером и АТС.",
      lost: "Наберите снова и скажите, что связь прервалась.", cutOff: "Наберите снова и скажите, что связь прервалась.", timerRanOut: "Проверьте сеть и наберите снова: клиент мог какое-то время вас не слышать.",
    },
    fallen: "Панель телефона сломалась, разговор продолжается.",
  },
});
