import type { Listening } from "#client/monitoring/listening.ts";
import { inBoth } from "#ui/words/language.ts";

type WhyOver = Extract<Listening, { phase: "over" }>["why"];

/** What the panel beside the board says about one call. */
export const earWords = inBoth({
  en: {
    unknown: { name: "[name]", company: "[company]" },
    ear: "What you hear",
    choose: "Choose a person",
    chooseHint: "Their call appears here: the words on the screen, the way through the script, what the client said. Sound starts only when you press the button in the row.",
    asking: "Asking for sound…",
    connecting: "Connecting…",
    hearing: "Both voices",
    stop: "Disconnect",
    over: (why: WhyOver, who: string) => {
      switch (why) {
        case "lead": return "You have left. The call goes on.";
        case "call": return "The call is over.";
        case "agentGone": return `The desk went away: ${who}. The call itself may go on.`;
        case "leadGone": return "The connection broke on your side. Press again to hear the call.";
        case "noPath": return "Sound finds no way between your network and the agent’s. A TURN server is needed: tell the administrator.";
        case "failed": return "There is no sound: the connection failed or broke. Press again; the call is not disturbed.";
        case "notAllowed": return "You have no right to hear this call.";
        case "noDesk": return `The desk is not connected: ${who}. There is nothing to hear now.`;
        case "busy": return "Another lead is already in this call.";
      }
    },
    noMicrophone: "Your microphone is off and not needed: nobody hears you.",
    agent: "Agent",
    client: "Client",
    volume: (voice: string) => `Volume: ${voice}`,
    percent: (share: number) => `${Math.round(share * 100)}%`,
    trail: "Way through the script",
    noTrail: "The script is not open in this call yet.",
    words: "On the agent’s screen",
    lastWords: "Where the call ended",
    noWords: "This module has not come from the server yet.",
    said: "The client’s words",
    saidNothing: "Nothing is written down yet.",
    coming: "words are on their way",
  },
  ru: {
    unknown: { name: "[имя]", company: "[компания]" },
    ear: "Что вы слышите",
    choose: "Выберите сотрудника",
    chooseHint: "Здесь будет его разговор: слова на экране, путь по скрипту и фразы клиента. Звук включится, только когда вы нажмёте кнопку в строке.",
    asking: "Ждём звук…",
    connecting: "Соединяем…",
    hearing: "Оба голоса",
    stop: "Отключиться",
    over: (why, who) => {
      switch (why) {
        case "lead": return "Вы отключились. Разговор продолжается.";
        case "call": return "Разговор закончился.";
        case "agentGone": return `Рабочее место отключилось: ${who}. Разговор мог продолжиться на телефоне.`;
        case "leadGone": return "Связь прервалась с вашей стороны. Нажмите ещё раз, чтобы слышать разговор.";
        case "noPath": return "Звук не проходит между вашей сетью и сетью сотрудника. Нужен TURN-сервер: скажите администратору.";
        case "failed": return "Звука нет: соединение не удалось или прервалось. Нажмите ещё раз; разговору это не мешает.";
        case "notAllowed": return "У вас нет права слушать этот разговор.";
        case "noDesk": return `Рабочее место не на связи: ${who}. Слушать сейчас нечего.`;
        case "busy": return "Этот разговор уже слушает другой руководитель.";
      }
    },
    noMicrophone: "Ваш микрофон выключен и не нужен: вас никто не слышит.",
    agent: "Сотрудник",
    client: "Клиент",
    volume: (voice) => `Громкость: ${voice}`,
    percent: (share) => `${Math.round(share * 100)} %`,
    trail: "Путь по скрипту",
    noTrail: "Скрипт в этом разговоре ещё не открыт.",
    words: "На экране у сотрудника",
    lastWords: "На чём закончился разговор",
    noWords: "Этот модуль ещё не пришёл с сервера.",
    said: "Слова клиента",
    saidNothing: "Пока ничего не записано.",
    coming: "слова ещё не пришли",
  },
});
