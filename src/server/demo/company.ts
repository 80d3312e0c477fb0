import type { Campaign, Company, OutcomeKind } from "#domain/base/campaign.ts";

/** Keeps goods and packs orders for small wholesale firms; known as Shelfwell where English is spoken. */
export const demoCompany: Company = {
  name: "Полка",
  timeZone: "Europe/Moscow",
  target: 70,
  workStart: 9 * 60,
  workEnd: 18 * 60,
  breaks: { rest: 15, lunch: 45, training: 30, other: 10 },
};

/**
 * A clear refusal by the one who decides is a contact: the unit of the norm is the conversation with the person who
 * decides, not the consent. A machine picks up the call, so it stands among the answered ones.
 */
const outcomesRu: readonly OutcomeKind[] = [
  { code: "meeting", label: "Назначена встреча", criterion: "ЛПР согласился на разговор со специалистом, день и час названы вслух.", counts: true, after: "answered", mark: "agreed" },
  { code: "proposal", label: "Отправляем расчёт, шаг согласован", criterion: "ЛПР дал почту и назвал день, когда обсудим расчёт.", counts: true, after: "answered" },
  { code: "interested", label: "Интерес, передать менеджеру", criterion: "ЛПР сам спрашивает о цене, сроках или местах и готов говорить с менеджером сейчас.", counts: true, after: "answered" },
  { code: "refused", label: "Отказ с причиной", criterion: "ЛПР ясно отказал, причина записана. Засчитывается: норма считает разговоры с ЛПР, а не согласия.", counts: true, after: "answered", mark: "refused" },
  { code: "callback", label: "Перезвонить в срок", criterion: "Названы день и час следующего звонка, разговора по делу ещё не было.", counts: false, after: "answered" },
  { code: "gatekeeper", label: "Секретарь не соединил", criterion: "До ЛПР не дошли, время следующего звонка не назвали.", counts: false, after: "answered" },
  { code: "wrongPerson", label: "Не тот человек", criterion: "Этот человек не решает, уволился или номер чужой; кто решает, записано, если сказали.", counts: false, after: "answered" },
  { code: "machine", label: "Автоответчик", criterion: "Ответила запись или голосовое меню, живого человека не было.", counts: false, after: "answered" },
  { code: "hungUp", label: "Бросили трубку", criterion: "Связь прервал клиент до того, как узнал, о чём речь.", counts: false, after: "answered" },
  { code: "noAnswer", label: "Не берут трубку", criterion: "Гудки шли не меньше 25 секунд, никто не ответил.", counts: false, after: "unanswered", ends: ["noAnswer", "cancelled", "unavailable", "answeredElsewhere"] },
  { code: "busy", label: "Занято", criterion: "Короткие гудки, или сеть сообщила, что абонент занят.", counts: false, after: "unanswered", ends: ["busy"] },
  { code: "declined", label: "Сбросили звонок", criterion: "Гудок прервали, трубку не сняли.", counts: false, after: "unanswered", ends: ["declined"] },
  { code: "deadNumber", label: "Номер не работает", criterion: "Сеть сообщила, что номера нет или он не обслуживается.", counts: false, after: "unanswered", ends: ["wrongNumber"] },
  { code: "notConnected", label: "Связь не состоялась", criterion: "Подвела наша сторона: микрофон, АТС или сеть; клиента можно набрать снова.", counts: false, after: "unanswered", ends: ["barred", "noRoute", "noLines", "loop", "notUnderstood", "serverDown", "mediaFailed", "noMicrophone", "forbidden", "lost", "cutOff", "timerRanOut"] },
];

const outcomesEn: readonly OutcomeKind[] = [
  { code: "meeting", label: "Meeting booked", criterion: "The decision maker agreed to speak with our specialist; day and hour were said aloud.", counts: true, after: "answered", mark: "agreed" },
  { code: "proposal", label: "Estimate to send, next step agreed", criterion: "The decision maker gave an e-mail address and a day to go through the estimate.", counts: true, after: "answered" },
  { code: "interested", label: "Interested: hand over", criterion: "The decision maker asks about price, timing or space and will talk to a manager now.", counts: true, after: "answered" },
  { code: "refused", label: "Refused, with a reason", criterion: "The decision maker clearly said no and the reason is noted. Counts: the norm is talks with deciders, not consents.", counts: true, after: "answered", mark: "refused" },
  { code: "callback", label: "Call back as agreed", criterion: "Day and hour of the next call were named; the matter itself was not yet discussed.", counts: false, after: "answered" },
  { code: "gatekeeper", label: "Not put through", criterion: "We did not reach the decision maker and were given no time to try again.", counts: false, after: "answered" },
  { code: "wrongPerson", label: "Wrong person", criterion: "They do not decide, have left, or the number is somebody else's; who does decide is noted if we were told.", counts: false, after: "answered" },
  { code: "machine", label: "Answering machine", criterion: "A recording or a phone menu picked up; nobody was there in person.", counts: false, after: "answered" },
  { code: "hungUp", label: "Hung up on us", criterion: "The client ended the call before learning what it was about.", counts: false, after: "answered" },
  { code: "noAnswer", label: "No answer", criterion: "It rang for at least 25 seconds and nobody picked up.", counts: false, after: "unanswered", ends: ["noAnswer", "cancelled", "unavailable", "answeredElsewhere"] },
  { code: "busy", label: "Engaged", criterion: "Engaged tone, or the network said the line was busy.", counts: false, after: "unanswered", ends: ["busy"] },
  { code: "declined", label: "Call declined", criterion: "The ringing was cut short and nobody spoke.", counts: false, after: "unanswered", ends: ["declined"] },
  { code: "deadNumber", label: "Number not in use", criterion: "The network said the number does not exist or is out of service.", counts: false, after: "unanswered", ends: ["wrongNumber"] },
  { code: "notConnected", label: "Could not be connected", criterion: "Our own side failed: microphone, PBX or network; the client may be called again.", counts: false, after: "unanswered", ends: ["barred", "noRoute", "noLines", "loop", "notUnderstood", "serverDown", "mediaFailed", "noMicrophone", "forbidden", "lost", "cutOff", "timerRanOut"] },
];

const rule = { decisionMaker: true, minSeconds: 20 } as const;

export const campaignRu: Campaign = {
  id: "storage-ru",
  name: "Склад для оптовиков",
  language: "ru",
  script: "storage-ru",
  rule,
  outcomes: outcomesRu,
  practice: false,
  // Every value stands in the nominative, so that the words around it need not change.
  variables: {
    ourCompany: "Полка",
    price: "тридцать восемь рублей за паллету в сутки",
    minimum: "десять паллет",
    manager: "Павел Громов",
    cities: "Подольск, Казань, Екатеринбург и Новосибирск",
  },
};

export const campaignEn: Campaign = {
  id: "storage-en",
  name: "Storage for wholesalers",
  language: "en",
  script: "storage-en",
  rule,
  outcomes: outcomesEn,
  practice: false,
  variables: {
    ourCompany: "Shelfwell",
    price: "forty-five pence a pallet a day",
    minimum: "ten pallets",
    manager: "Paul Gromov",
    cities: "Daventry, Leeds, Bristol and Glasgow",
  },
};

/** The same script and the same words, but nothing of it counts (rules Q5, T1). */
export const practiceRu: Campaign = { ...campaignRu, id: "practice-ru", name: "Тренировка: склад для оптовиков", practice: true };
export const practiceEn: Campaign = { ...campaignEn, id: "practice-en", name: "Practice: storage for wholesalers", practice: true };

export const demoCampaigns: readonly Campaign[] = [campaignRu, campaignEn, practiceRu, practiceEn];
