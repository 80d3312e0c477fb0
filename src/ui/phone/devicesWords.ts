import type { Notices } from "#client/desk/soundDesk.ts";
import type { DeviceRole } from "#domain/phone/devices.ts";
import type { BadLine } from "#domain/base/lineWord.ts";
import type { Codec } from "#domain/phone/quality.ts";
import { inBoth } from "#ui/words/language.ts";

/** What the screen says of devices and of the line. */
export const devicesWords = inBoth<{
  readonly title: string; readonly roles: Readonly<Record<DeviceRole, string>>; readonly computers: string; readonly absent: (name: string) => string; readonly noList: string; readonly fixed: string;
  readonly speak: string; readonly micMissing: string; readonly micDenied: string; readonly micBusy: string; readonly notes: string; readonly ring: string; readonly ringing: string;
  readonly voice: string; readonly processing: Readonly<Record<"echo" | "noise" | "gain", string>>; readonly processingHint: string;
  readonly echoTitle: string; readonly echoWhy: string; readonly echoStart: string; readonly echoStop: string; readonly echoCalling: string; readonly echoTalking: string; readonly echoFailed: (why: string) => string; readonly echoNotNow: string;
  readonly headsetTitle: string; readonly headsetPick: string; readonly headsetNone: string; readonly headsetOn: (name: string) => string; readonly headsetUnable: string;
  readonly noticesTitle: string; readonly notices: Readonly<Record<Notices, string>>; readonly allow: string;
  readonly gone: Readonly<Record<DeviceRole, (name: string) => string>>; readonly open: string;
  readonly bad: Readonly<Record<BadLine, string>>; readonly grade: Readonly<Record<"good" | "fair" | "bad", string>>; readonly lineTitle: string; readonly lineNone: string;
  readonly hear: string; readonly send: string; readonly loss: string; readonly jitter: string; readonly trip: string; readonly codec: string; readonly score: string; readonly ms: (value: number) => string; readonly unknown: string;
  readonly formula: string; readonly codecs: Readonly<Record<Codec, string>>; readonly graph: (worst: string) => string;
}>({
  en: {
    title: "Microphone, sound, line", roles: { microphone: "Microphone", earpiece: "Earpiece", ringer: "Ringer" },
    computers: "As the computer has it", absent: (name) => `${name} (not plugged in)`, noList: "Devices have names once the microphone is allowed.", fixed: "This browser plays on the computer's own device only.",
    speak: "Say something: the bars follow your voice.", micMissing: "No microphone found. Plug the headset in.", micDenied: "The browser does not let us use the microphone. Click the sign at the left of the address.", micBusy: "Another program holds the microphone.",
    notes: "Play two notes", ring: "Ring once", ringing: "Ringing…",
    voice: "Your voice", processing: { echo: "Cancel echo", noise: "Suppress noise", gain: "Level the loudness" }, processingHint: "Holds at once, in a call too. Some headsets do it all by themselves: then switch it off here.",
    echoTitle: "Hear yourself", echoWhy: "A call to an echo: what you say comes back a moment later, as a client would hear it.", echoStart: "Call the echo", echoStop: "Stop the echo", echoCalling: "Calling…", echoTalking: "Speak. You hear yourself a moment later.",
    echoFailed: (why) => `The echo did not come: ${why}.`, echoNotNow: "Between calls only.",
    headsetTitle: "Buttons on the headset", headsetPick: "Connect its buttons", headsetNone: "Answer, hang up and mute on the headset itself. Mute there and mute here always agree.", headsetOn: (name) => `${name}: its buttons work, and its mute agrees with the screen.`, headsetUnable: "This browser cannot use the headset's buttons. Chrome and Edge can.",
    noticesTitle: "When a call comes", notices: { unasked: "The computer can tell you of a call while you look at another page.", allowed: "The computer tells you of a call while you look at another page.", denied: "Notices are switched off for this site. Allow them at the sign left of the address.", unable: "This browser has no notices; the tab's name and the ringer tell of a call." }, allow: "Allow notices",
    gone: {
      microphone: (name) => `The microphone ${name} is gone. You are heard through the computer's other one until it is back.`,
      earpiece: (name) => `The earpiece ${name} is gone. The client's voice comes from the computer's other device until it is back.`,
      ringer: (name) => `The ringer ${name} is gone. Calls ring on the computer's other device until it is back.`,
    },
    open: "Choose another",
    bad: {
      heard: "Your network loses part of what the client says. The client hears you well; ask to repeat, and stop downloads or move to a cable.",
      sent: "Your network loses part of what you say: the client hears you with gaps. Speak in short sentences, and stop uploads or move to a cable.",
      both: "Your network is too slow for the call: both of you hear gaps or a delay. Speak in turns; a cable instead of Wi-Fi helps most.",
      far: "The gaps come from the client's side; your own network is fine. Ask to repeat, or offer to call again.",
    },
    grade: { good: "good line", fair: "fair line", bad: "bad line" }, lineTitle: "The line", lineNone: "Measured every second during a call.",
    hear: "you hear", send: "client hears", loss: "lost", jitter: "jitter", trip: "there and back", codec: "codec", score: "score", ms: (value) => `${value} ms`, unknown: "—",
    formula: "Score: 1 to 4.5, by the E-model of ITU-T G.107, simplified.", codecs: { opus: "Opus", g711: "G.711", g722: "G.722", other: "other" }, graph: (worst) => `Score of the last minute; the worst second ${worst}`,
  },
  ru: {
    title: "Микрофон, звук, линия", roles: { microphone: "Микрофон", earpiece: "Наушник", ringer: "Звонок" },
    computers: "Как настроено в компьютере", absent: (name) => `${name} (не подключён)`, noList: "Имена устройств видны, когда разрешён микрофон.", fixed: "Этот браузер играет только на устройстве самого компьютера.",
    speak: "Скажите что-нибудь: полоски идут за голосом.", micMissing: "Микрофон не найден. Подключите гарнитуру.", micDenied: "Браузер не даёт микрофон. Нажмите на значок слева от адреса.", micBusy: "Микрофон занят другой программой.",
    notes: "Сыграть две ноты", ring: "Позвонить один раз", ringing: "Звоним…",
    voice: "Ваш голос", processing: { echo: "Убирать эхо", noise: "Убирать шум", gain: "Выравнивать громкость" }, processingHint: "Действует сразу, и в разговоре тоже. Некоторые гарнитуры делают это сами: тогда здесь лучше выключить.",
    echoTitle: "Услышать себя", echoWhy: "Звонок на эхо: ваши слова вернутся через мгновение такими, какими их слышит клиент.", echoStart: "Позвонить на эхо", echoStop: "Остановить эхо", echoCalling: "Набираем…", echoTalking: "Говорите. Через мгновение услышите себя.",
    echoFailed: (why) => `Эхо не ответило: ${why}.`, echoNotNow: "Только между звонками.",
    headsetTitle: "Кнопки гарнитуры", headsetPick: "Подключить кнопки", headsetNone: "Ответить, положить трубку и выключить микрофон можно на самой гарнитуре. Микрофон там и на экране всегда в одном состоянии.", headsetOn: (name) => `${name}: кнопки работают, микрофон там и на экране в одном состоянии.`, headsetUnable: "Этот браузер не умеет работать с кнопками гарнитуры. Chrome и Edge умеют.",
    noticesTitle: "Когда звонят вам", notices: { unasked: "Компьютер может показать звонок, пока вы смотрите другую страницу.", allowed: "Компьютер покажет звонок, пока вы смотрите другую страницу.", denied: "Уведомления для этого сайта выключены. Разрешите их у значка слева от адреса.", unable: "В этом браузере нет уведомлений; о звонке узнаете по названию вкладки и по сигналу." }, allow: "Разрешить уведомления",
    gone: {
      microphone: (name) => `Микрофон ${name} пропал. Пока он не вернётся, вас слышно через другой микрофон компьютера.`,
      earpiece: (name) => `Наушник ${name} пропал. Пока он не вернётся, клиента слышно на другом устройстве компьютера.`,
      ringer: (name) => `Устройство звонка ${name} пропало. Пока оно не вернётся, звоним на другом устройстве компьютера.`,
    },
    open: "Выбрать другое",
    bad: {
      heard: "Ваша сеть теряет часть слов клиента. Вас он слышит хорошо; переспрашивайте, остановите загрузки или перейдите на кабель.",
      sent: "Ваша сеть теряет часть ваших слов: клиент слышит вас с провалами. Говорите короче, остановите отправку файлов или перейдите на кабель.",
      both: "Ваша сеть не успевает за разговором: вы оба слышите провалы или задержку. Говорите по очереди; лучше всего помогает кабель вместо Wi-Fi.",
      far: "Провалы идут со стороны клиента, ваша сеть в порядке. Переспросите или предложите перезвонить.",
    },
    grade: { good: "связь хорошая", fair: "связь средняя", bad: "связь плохая" }, lineTitle: "Линия", lineNone: "Измеряется каждую секунду разговора.",
    hear: "слышите вы", send: "слышит клиент", loss: "потери", jitter: "дрожание", trip: "туда и обратно", codec: "кодек", score: "оценка", ms: (value) => `${value} мс`, unknown: "—",
    formula: "Оценка от 1 до 4,5 по E-модели МСЭ-Т G.107, упрощённо.", codecs: { opus: "Opus", g711: "G.711", g722: "G.722", other: "другой" }, graph: (worst) => `Оценка за последнюю минуту; худшая секунда ${worst}`,
  },
});
