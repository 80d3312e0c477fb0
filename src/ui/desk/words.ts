import type { CommandId } from "#client/desk/commands.ts";
import { enForm, ruForm } from "#ui/words/plural.ts";
import { inBoth } from "#ui/words/language.ts";

/** In which part of the help sheet a command stands. */
export type HelpGroup = "call" | "line" | "script" | "capture" | "after" | "day" | "screen";

export const deskWords = inBoth<{
  readonly commands: Readonly<Record<CommandId, string>>; readonly groups: Readonly<Record<HelpGroup, string>>; readonly help: string; readonly helpHint: string;
  readonly saved: string; readonly sending: (count: number) => string; readonly waiting: (count: number) => string; readonly refused: (count: number) => string; readonly offline: string;
  readonly savedHint: string; readonly loading: string; readonly loadingLong: string; readonly reload: string; readonly gotIt: string;
  readonly trouble: Readonly<Record<"noMicrophoneDenied" | "noMicrophoneMissing" | "noMicrophoneBusy" | "lineDown" | "linePassword" | "lineForbidden" | "lineUnknown" | "lineBusy" | "signedOut" | "storageLow" | "storageFull" | "storageBroken" | "storageFullOffline" | "storageBrokenOffline" | "callLost" | "returnAsked" | "noSound" | "relayRefused" | "newVersion" | "offline" | "refused", string>>;
  readonly elsewhereTitle: string; readonly elsewhere: string; readonly otherComputerTitle: string; readonly otherComputer: string; readonly takePhone: string;
}>({
  en: {
    commands: {
      next: "Next prospect", call: "Call", dial: "Dial a number", dialNumber: "Open a number's card", redial: "Redial the last number", callAgain: "Call again", history: "Call history", takeBack: "Take the call back", hangUp: "Hang up", mute: "Mute", hold: "Hold", keypad: "Keypad", take: "Answer an incoming call", reject: "Reject an incoming call", transfer: "Transfer", consult: "Ask first", transferNow: "Transfer now", swap: "Swap the two lines", join: "Join the two lines, or part them", toClient: "Back to client", answer: "The client's answer", other: "Said something else",
      find: "Find objection", handler: "Likely objection", back: "One step back", gist: "Words or gist only", words: "Client's words", note: "Note", outcome: "Choose an outcome",
      decisionMaker: "Decision maker, yes or no", save: "Save outcome", skip: "Skip this prospect", break: "Take a break", ready: "Back to work", help: "This sheet", today: "Today's list", practise: "Practice call", training: "My practice", work: "Other work", dispute: "Reply about a contact",
      devices: "Microphone, sound, line", larger: "Larger words", smaller: "Smaller words", close: "Close, leave a field",
      welcome: "Check microphone and sound", goOn: "Go on with the check", undo: "Open the saved outcome again",
    },
    groups: { call: "Call", line: "Numbers, second line", script: "Script", capture: "Notes", after: "After the call", day: "The day", screen: "Screen" },
    help: "Keys", helpHint: "Keys work by their place on the keyboard, whatever the layout. The signs follow the layout you type in.",
    saved: "saved", sending: (count) => `sending ${count}`, waiting: (count) => `${count} ${enForm(count, "entry waits", "entries wait")}`, refused: (count) => `${count} not accepted`, offline: "offline",
    savedHint: "Everything is on this computer and on the server.", loading: "One moment…", loadingLong: "Fetching the campaign and its script.", reload: "Load it now", gotIt: "Understood",
    trouble: {
      noMicrophoneDenied: "The browser does not let us use the microphone, so nobody would hear you. Click the sign at the left of the address and allow the microphone.",
      noMicrophoneMissing: "No microphone found. Plug the headset in: it will be noticed at once.",
      noMicrophoneBusy: "Another program holds the microphone. Close it there, then call.",
      linePassword: "The exchange no longer takes the password of your line, so no new calls for now; a call that is up goes on. Tell your administrator: once the new password is entered, the phone takes it by itself.",
      lineForbidden: "The exchange does not let your line in: it is barred there, or its password has changed. No new calls for now; a call that is up goes on. Tell your administrator; once it is put right, the phone comes back by itself.",
      lineUnknown: "The exchange does not know your line, so no new calls for now; a call that is up goes on. Tell your administrator; once it is put right, the phone comes back by itself.",
      lineBusy: "The exchange is turning telephones away for now, so no new calls; a call that is up goes on. We ask again by ourselves as soon as it allows.",
      lineDown: "The phone has no line to the exchange. We keep trying; notes and outcomes are kept meanwhile.",
      signedOut: "Your sign-in has ended. What you record is kept on this computer; sign in again to send it and to call on.",
      storageLow: "This computer's disk is almost full. Everything is saved so far; free some space, or ask your administrator to.",
      storageFull: "This computer's disk is full. Go on calling: what you record is sent straight to the server. Free some space when you can.",
      storageBroken: "The browser cannot write to this computer's disk. Go on calling: what you record is sent straight to the server. Between calls, reload the page.",
      storageFullOffline: "The disk is full and the server cannot be reached. What you record now is kept in this tab only: do not close it. New calls wait for the disk or the server.",
      storageBrokenOffline: "The browser cannot write to the disk, and the server cannot be reached. What you record now is kept in this tab only: do not close it. New calls wait for one of the two.",
      callLost: "The page was closed during a call, and the exchange did not give the call back. It has ended and is on record: call again, or say how it went.",
      relayRefused: "The relay for sound (TURN) refused this phone, so calls from outside the office may have no sound. Tell your administrator: Settings, Test the connection.",
      noSound: "Nothing has come from the client for five seconds. The way for the sound is being made anew. If it stays silent, hang up and call again.",
      returnAsked: "This page was gone for a while during a call. The client may still be on the line: take the call back, or hang up.",
      newVersion: "A newer Sufler is ready. It can be loaded between calls and takes a second.",
      offline: "No connection to the server. Go on: everything is kept on this computer and sent when the connection is back.",
      refused: "The server would not take some entries. They are kept on this computer; tell your administrator, so that nothing is lost.",
    },
    elsewhereTitle: "The phone is open in another tab", elsewhere: "One tab at a time can hold the phone, so that no call rings twice. Work on there, or bring the phone here: a call that is up comes along.",
    otherComputerTitle: "The phone is on another computer", otherComputer: "You are signed in there too, and one of your screens at a time can hold the phone. Work on there, or bring the phone here: a call that is up comes along.", takePhone: "Bring the phone here",
  },
  ru: {
    commands: {
      next: "Следующий клиент", call: "Позвонить", dial: "Набрать номер", dialNumber: "Открыть карточку номера", callAgain: "Набрать снова", redial: "Повторить последний номер", history: "История звонков", takeBack: "Вернуться в разговор", hangUp: "Завершить", mute: "Выключить микрофон", hold: "Удержать", keypad: "Набор тонов", take: "Ответить на входящий", reject: "Отклонить входящий", transfer: "Перевести", consult: "Сначала спросить", transferNow: "Перевести сразу", swap: "Поменять линии", join: "Соединить линии или разъединить", toClient: "К клиенту", answer: "Ответ клиента", other: "Сказал другое",
      find: "Найти возражение", handler: "Частое возражение", back: "Шаг назад", gist: "Текст или только суть", words: "Слова клиента", note: "Заметка", outcome: "Выбрать результат",
      decisionMaker: "ЛПР: да или нет", save: "Сохранить результат", skip: "Пропустить клиента", break: "Перерыв", ready: "Вернуться к работе", help: "Эта памятка", today: "Звонки за день", practise: "Тренировочный звонок", training: "Мои тренировки", work: "Другая работа", dispute: "Ответ о контакте",
      devices: "Микрофон, звук, линия", larger: "Слова крупнее", smaller: "Слова мельче", close: "Закрыть, выйти из поля",
      welcome: "Проверить микрофон и звук", goOn: "Дальше по проверке", undo: "Вернуться к результату",
    },
    groups: { call: "Звонок", line: "Номера и вторая линия", script: "Скрипт", capture: "Записи", after: "После звонка", day: "День", screen: "Экран" },
    help: "Клавиши", helpHint: "Клавиши работают по месту, в любой раскладке. Знаки показаны для той, в которой вы печатаете.",
    saved: "сохранено", sending: (count) => `отправляем ${count}`, waiting: (count) => `${count} ${ruForm(count, "запись ждёт", "записи ждут", "записей ждут")}`, refused: (count) => `${count} не принято`, offline: "нет связи",
    savedHint: "Всё есть и на этом компьютере, и на сервере.", loading: "Минутку…", loadingLong: "Получаем кампанию и её скрипт.", reload: "Обновить сейчас", gotIt: "Понятно",
    trouble: {
      noMicrophoneDenied: "Браузер не даёт микрофон, и вас никто не услышит. Нажмите на значок слева от адреса и разрешите микрофон.",
      noMicrophoneMissing: "Микрофон не найден. Подключите гарнитуру, мы сразу её заметим.",
      noMicrophoneBusy: "Микрофон занят другой программой. Закройте его там и звоните.",
      linePassword: "АТС больше не принимает пароль вашей линии, поэтому новых звонков пока нет; начатый разговор не прервётся. Скажите администратору: как только он введёт новый пароль, телефон возьмёт его сам.",
      lineForbidden: "АТС не пускает вашу линию: она там закрыта или сменился пароль. Новых звонков пока нет; начатый разговор не прервётся. Скажите администратору: когда он это исправит, телефон подключится сам.",
      lineUnknown: "АТС не знает вашей линии, поэтому новых звонков пока нет; начатый разговор не прервётся. Скажите администратору: когда он это исправит, телефон подключится сам.",
      lineBusy: "АТС пока не принимает телефоны, поэтому новых звонков нет; начатый разговор не прервётся. Спросим снова сами, как только она разрешит.",
      lineDown: "У телефона нет линии до АТС. Пробуем снова сами; заметки и результаты тем временем сохраняются.",
      signedOut: "Сеанс закончился. Всё записанное лежит на этом компьютере; войдите снова, чтобы отправить и звонить дальше.",
      storageLow: "На компьютере кончается место. Пока всё сохранено; освободите диск или попросите администратора.",
      storageFull: "На компьютере кончилось место. Звоните дальше: записи уходят сразу на сервер. Освободите диск, когда сможете.",
      storageBroken: "Браузер не может писать на диск. Звоните дальше: записи уходят сразу на сервер. Между звонками обновите страницу.",
      storageFullOffline: "Места на диске нет, и нет связи с сервером. Новые записи держатся только в этой вкладке: не закрывайте её. Звонки подождут места или связи.",
      storageBrokenOffline: "Браузер не может писать на диск, и нет связи с сервером. Новые записи держатся только в этой вкладке: не закрывайте её. Звонки подождут диска или связи.",
      callLost: "Страница закрылась во время разговора, и АТС его не вернула. Звонок окончен и записан: наберите снова или отметьте, чем он закончился.",
      relayRefused: "Ретранслятор звука (TURN) не принял пароль: вне офиса в разговорах может не быть звука. Скажите администратору: «Настройки», «Проверить связь».",
      noSound: "От клиента пять секунд ничего не слышно. Звук переподключается. Если тишина останется, положите трубку и наберите снова.",
      returnAsked: "Страница была закрыта, а разговор шёл. Клиент, возможно, ещё на линии: вернитесь в разговор или положите трубку.",
      newVersion: "Вышла новая версия. Её можно загрузить между звонками, это займёт секунду.",
      offline: "Связи с сервером нет. Работайте дальше: всё сохраняется здесь и уйдёт, когда связь вернётся.",
      refused: "Часть записей сервер не принял. Они лежат на этом компьютере; скажите администратору, чтобы ничего не пропало.",
    },
    elsewhereTitle: "Телефон открыт в другой вкладке", elsewhere: "Телефон держит одна вкладка, чтобы звонок не раздвоился. Работайте там или перенесите телефон сюда: разговор перейдёт вместе с ним.",
    otherComputerTitle: "Телефон на другом компьютере", otherComputer: "Вы вошли и там, а телефон держит только один экран. Работайте там или перенесите телефон сюда: разговор перейдёт вместе с ним.", takePhone: "Перенести телефон сюда",
  },
});
