import type { Campaign, Company, Language, OutcomeKind, Person } from "#domain/base/campaign.ts";
import type { Lease } from "#domain/dialing/prospect.ts";
import type { Handler, Module, Script } from "#domain/script/script.ts";

/** 12 November 2026, 11:07 in Moscow: the moment at which every picture is taken. */
export const now = Date.UTC(2026, 10, 12, 8, 7, 0);

export const company: Company = {
  name: "Полка", timeZone: "Europe/Moscow", target: 70, workStart: 540, workEnd: 1080, breaks: { rest: 15, lunch: 45, training: 30, other: 10 },
};

interface Content { readonly person: Person; readonly campaign: Campaign; readonly script: Script; readonly handlers: readonly Handler[]; readonly lease: Lease; readonly names: readonly string[]; readonly words: readonly string[] }

const outcome = (code: string, label: string, criterion: string, counts: boolean, after: OutcomeKind["after"] = "answered", mark?: OutcomeKind["mark"]): OutcomeKind =>
  ({ code, label, criterion, counts, after, ...(mark ? { mark } : {}) });

const ruModules: readonly Module[] = [
  {
    id: "hello", title: "Приветствие", gist: "Представиться и понять, кто взял трубку.", stage: "улыбнитесь; после вопроса замолчите",
    words: "Добрый день! {name}? Это {agentName}, компания «{ourCompany}», склады для оптовиков. Найдётся у вас минута?",
    answers: [
      { id: "yes", label: "Да, слушаю", to: { module: "reason" } }, { id: "what", label: "Да, это я. А что вы хотели?", to: { module: "reason" } },
      { id: "secretary", label: "Секретарь: «По какому вопросу?»", to: { module: "gatekeeper" } }, { id: "away", label: "Секретарь: «Нет на месте»", to: { outcome: "gatekeeper" } },
      { id: "busy", label: "Мне сейчас некогда", to: { outcome: "callback" } }, { id: "wrong", label: "Вы ошиблись номером", to: { outcome: "wrongPerson" } },
      { id: "machine", label: "Автоответчик", to: { outcome: "machine" } },
    ],
    handlers: ["time", "need", "price"],
  },
  {
    id: "gatekeeper", title: "Секретарь", gist: "Спокойно назвать тему и попросить соединить.",
    words: "Вопрос по складу: где хранится товар и кто собирает заказы. Соедините нас, пожалуйста, я коротко.",
    answers: [{ id: "connect", label: "Соединяю", to: { module: "hello" } }],
  },
  {
    id: "reason", title: "Повод", gist: "Сказать, зачем звоним, и проверить, что это ЛПР.",
    words: "{name}, звоню вот почему. Мы храним товар и собираем заказы для оптовых компаний, чтобы им не держать лишний склад и людей. Решение по складу за вами?",
    answers: [{ id: "me", label: "Да, решаю я", to: { module: "need" }, mark: "decisionMaker" }, { id: "notMe", label: "Это не ко мне", to: { outcome: "wrongPerson" } }],
  },
  {
    id: "need", title: "Потребность", gist: "Понять, где лежит товар и что в этом неудобно.", stage: "пауза: дать ответить, не подсказывать",
    words: "Скажите, а как вы сейчас решаете вопрос со складом: снимаете или держите свой?",
    answers: [
      { id: "rent", label: "Снимаем", to: { module: "rent" } }, { id: "own", label: "Свой", to: { module: "rent" } },
      { id: "tight", label: "Не хочу обсуждать", to: { module: "rent" } }, { id: "no", label: "Этим занимаюсь не я", to: { outcome: "wrongPerson" } },
    ],
    handlers: ["price", "supplier", "mail", "season", "need", "time", "think"],
  },
  {
    id: "rent", title: "Во что обходится", gist: "Сложить вслух всё, что клиент платит за хранение.",
    words: "А если сложить аренду, людей, погрузчик и потери, во сколько это обходится в месяц? Хотя бы порядок.",
    answers: [{ id: "said", label: "Назвал сумму", to: { outcome: "proposal" } }, { id: "meet", label: "Давайте встретимся", to: { outcome: "meeting" }, mark: "agreed" }],
  },
];

const enModules: readonly Module[] = [
  {
    id: "hello", title: "Greeting", gist: "Say who you are and find out who picked up.", stage: "smile; ask, then stop talking",
    words: "Good afternoon, is that {name}? It's {agentName} here from {ourCompany}, we do warehousing for wholesalers. Have you got a minute?",
    answers: [
      { id: "yes", label: "Yes, go ahead", to: { module: "reason" } }, { id: "what", label: "Speaking. What's it about?", to: { module: "reason" } },
      { id: "secretary", label: "Gatekeeper: “What's it regarding?”", to: { module: "gatekeeper" } }, { id: "away", label: "Gatekeeper: “Not in at the moment”", to: { outcome: "gatekeeper" } },
      { id: "busy", label: "I'm busy right now", to: { outcome: "callback" } }, { id: "wrong", label: "You've got the wrong number", to: { outcome: "wrongPerson" } },
      { id: "machine", label: "Answering machine", to: { outcome: "machine" } },
    ],
    handlers: ["time", "need", "price"],
  },
  {
    id: "gatekeeper", title: "Gatekeeper", gist: "Name the matter calmly and ask to be put through.",
    words: "It's about storage: where the goods are kept and who packs the orders. Would you put us through, please? I'll be brief.",
    answers: [{ id: "connect", label: "Putting you through", to: { module: "hello" } }],
  },
  {
    id: "reason", title: "Reason", gist: "Say why we call and check that it is the decision maker.",
    words: "{name}, here is why I'm calling. We store goods and pack orders for wholesalers, so that they need not keep a spare warehouse and the people in it. Is the warehouse your decision?",
    answers: [{ id: "me", label: "Yes, it is mine", to: { module: "need" }, mark: "decisionMaker" }, { id: "notMe", label: "Not my department", to: { outcome: "wrongPerson" } }],
  },
  {
    id: "need", title: "Need", gist: "Find out where the goods are and what is awkward about it.", stage: "pause: let them answer, do not prompt",
    words: "May I ask how you manage storage at the moment: do you rent, or have a place of your own?",
    answers: [
      { id: "rent", label: "We rent", to: { module: "rent" } }, { id: "own", label: "Our own", to: { module: "rent" } },
      { id: "tight", label: "Would rather not say", to: { module: "rent" } }, { id: "no", label: "Somebody else looks after that", to: { outcome: "wrongPerson" } },
    ],
    handlers: ["price", "supplier", "mail", "season", "need", "time", "think"],
  },
  {
    id: "rent", title: "What it costs", gist: "Add up aloud everything that storage costs them.",
    words: "And if you add the rent, the people, the forklift and the losses, what does it come to in a month? Roughly will do.",
    answers: [{ id: "said", label: "Named a figure", to: { outcome: "proposal" } }, { id: "meet", label: "Let's meet", to: { outcome: "meeting" }, mark: "agreed" }],
  },
];

const handler = (script: string) => (id: string, title: string, gist: string, ...phrasings: readonly string[]): Handler => ({ id, version: 1, script, title, gist, synonyms: [], phrasings });
const ru = handler("ru");
const en = handler("en");

const day = 24 * 3600_000;

export const content: Readonly<Record<Language, Content>> = {
  ru: {
    person: { id: "anna", name: "Анна Белова", email: "agent1@demo.example", role: "agent", team: "north", language: "ru", gender: "f" },
    campaign: {
      id: "ru", name: "Склад для оптовиков", language: "ru", script: "ru", rule: { decisionMaker: true, minSeconds: 30 }, practice: false, variables: {},
      outcomes: [
        outcome("meeting", "Назначена встреча", "ЛПР согласился на разговор со специалистом, день и час названы вслух.", true, "answered", "agreed"),
        outcome("proposal", "Отправляем расчёт, шаг согласован", "ЛПР дал почту и назвал день, когда обсудим расчёт.", true),
        outcome("interested", "Интерес, передать менеджеру", "ЛПР сам спрашивает о цене, сроках или местах и готов говорить с менеджером сейчас.", true),
        outcome("refused", "Отказ с причиной", "ЛПР ясно отказал, причина записана. Засчитывается: норма считает разговоры с ЛПР, а не согласия.", true, "answered", "refused"),
        outcome("callback", "Перезвонить в срок", "Названы день и час следующего звонка, разговора по делу ещё не было.", false),
        outcome("gatekeeper", "Секретарь не соединил", "До ЛПР не дошли, время следующего звонка не назвали.", false),
        outcome("wrongPerson", "Не тот человек", "Этот человек не решает, уволился или номер чужой; кто решает, записано, если сказали.", false),
        outcome("machine", "Автоответчик", "Ответила запись или голосовое меню, живого человека не было.", false),
        outcome("hungUp", "Бросили трубку", "Связь прервал клиент до того, как узнал, о чём речь.", false),
        outcome("noAnswer", "Не берут трубку", "Гудки шли не меньше 25 секунд, никто не ответил.", false, "unanswered"),
        outcome("busy", "Занято", "Короткие гудки, или сеть сказала, что номер занят.", false, "unanswered"),
        outcome("declined", "Сбросили звонок", "Гудки оборвались, никто не заговорил.", false, "unanswered"),
        outcome("deadNumber", "Номер не работает", "Сеть сообщила, что номера нет или он не обслуживается.", false, "unanswered"),
      ],
    },
    script: { id: "ru", version: 3, language: "ru", title: "Склад для оптовиков", start: "hello", modules: ruModules },
    handlers: [
      ru("price", "Дорого", "Перевести цену в сравнение: с чем дорого и что входит.", "Понимаю, деньги считать надо. А дорого по сравнению с чем: с арендой или с арендой, людьми и погрузчиком вместе? Давайте сложим, тогда и увидим.", "Согласен{agent:на|}, цифра без сравнения пугает. Сколько у вас летом пустует?", "Бывает и дорого, спорить не буду. Посчитаем на ваших цифрах?"),
      ru("supplier", "Уже есть подрядчик", "Похвалить выбор, стать запасным вариантом.", "Хорошо, что есть: значит, дело налажено. А что у них можно было бы поправить, если бы решали только вы?"),
      ru("mail", "Пришлите на почту", "Отправить, но договориться о дне разговора.", "Пришлю сегодня же. Чтобы письмо не затерялось, когда вам удобно его обсудить: завтра утром или после обеда?"),
      ru("season", "Сейчас не сезон", "Посчитать готовность к сезону.", "Потому и звоню: в сезон места заняты. Когда у вас начинается?"),
      ru("need", "Нам это не нужно", "Понять, что именно не нужно.", "Понимаю. А что сейчас устраивает больше всего: цена, место или люди?"),
      ru("time", "Мне некогда", "Взять время.", "Слышу. Когда набрать, чтобы не отвлекать?"),
      ru("think", "Надо подумать", "Узнать, о чём думать.", "Конечно. Что хочется взвесить прежде всего?"),
    ],
    lease: {
      until: now + 3600_000,
      prospect: { id: "irina", campaign: "ru", language: "ru", firstName: "Ирина", middleName: "Сергеевна", lastName: "Орлова", gender: "f", position: "директор", company: "ООО «Вектор»", phone: "+74950000117", city: "Самара", timeZone: "Europe/Samara", about: "Опт бытовой химии, 40 сотрудников." },
      history: [
        { call: "h2", at: now - day, by: "Анна Белова", outcome: "noAnswer", words: [] },
        { call: "h1", at: now - 3 * day, by: "Олег Титов", outcome: "gatekeeper", words: ["директор будет после обеда"] },
      ],
    },
    names: ["Иван Громов, ООО «Лад»", "Светлана Нечаева, «Уютный дом»", "Тимур Каримов, ТД «Восток»", "Ольга Пахомова, ИП Пахомова", "Денис Ершов, «Стройбаза 24»", "Нина Власова, АО «Северные краски»"],
    words: ["у нас всё забито до нового года", "дорого, нам погрузчик дешевле выходит"],
  },
  en: {
    person: { id: "emma", name: "Emma Clarke", email: "agent4@demo.example", role: "agent", team: "north", language: "en", gender: "f" },
    campaign: {
      id: "en", name: "Storage for wholesalers", language: "en", script: "en", rule: { decisionMaker: true, minSeconds: 30 }, practice: false, variables: { ourCompany: "Shelfwell" },
      outcomes: [
        outcome("meeting", "Meeting booked", "The decision maker agreed to speak with our specialist; day and hour were said aloud.", true, "answered", "agreed"),
        outcome("proposal", "Estimate to send, next step agreed", "The decision maker gave an e-mail address and a day to go through the estimate.", true),
        outcome("interested", "Interested: hand over", "The decision maker asks about price, timing or space and will talk to a manager now.", true),
        outcome("refused", "Refused, with a reason", "The decision maker clearly said no and the reason is noted. Counts: the norm is talks with deciders, not consents.", true, "answered", "refused"),
        outcome("callback", "Call back as agreed", "Day and hour of the next call were named; the matter itself was not yet discussed.", false),
        outcome("gatekeeper", "Not put through", "We did not reach the decision maker and were given no time to try again.", false),
        outcome("wrongPerson", "Wrong person", "They do not decide, have left, or the number is somebody else's; who does decide is noted if we were told.", false),
        outcome("machine", "Answering machine", "A recording or a phone menu picked up; nobody was there in person.", false),
        outcome("hungUp", "Hung up on us", "The client ended the call before learning what it was about.", false),
        outcome("noAnswer", "No answer", "It rang for at least 25 seconds and nobody picked up.", false, "unanswered"),
        outcome("busy", "Engaged", "Engaged tone, or the network said the line was busy.", false, "unanswered"),
        outcome("declined", "Call declined", "The ringing was cut short and nobody spoke.", false, "unanswered"),
        outcome("deadNumber", "Number not in use", "The network said the number does not exist or is out of service.", false, "unanswered"),
      ],
    },
    script: { id: "en", version: 3, language: "en", title: "Storage for wholesalers", start: "hello", modules: enModules },
    handlers: [
      en("price", "Too expensive", "Turn the price into a comparison: with what, and what is included.", "I see, money has to be counted. Expensive compared with what: with the rent alone, or with the rent, the people and the forklift together? Let's add it up and see.", "Fair enough, a figure by itself is frightening. How much of your space stands empty in summer?", "Sometimes it is. Shall we work it out with your own figures?"),
      en("supplier", "We have a supplier", "Praise the choice, become the second option.", "Good to hear, so the thing is running. What would you improve there, if it were only up to you?"),
      en("mail", "Send me an e-mail", "Send it, but agree on a day to talk.", "I will, today. So that it doesn't get lost: when may I call to go through it, tomorrow morning or after lunch?"),
      en("season", "Not in season", "Work out how ready they are for the season.", "That is why I'm calling now: in season every place is taken. When does yours begin?"),
      en("need", "We don't need it", "Find out what is not needed.", "I understand. What suits you best at the moment: the price, the place or the people?"),
      en("time", "I have no time", "Get a time.", "I hear you. When may I ring without disturbing?"),
      en("think", "We must think about it", "Find out what about.", "Of course. What would you like to weigh first?"),
    ],
    lease: {
      until: now + 3600_000,
      prospect: { id: "irina", campaign: "en", language: "en", firstName: "Irene", lastName: "Hartley", gender: "f", position: "managing director", company: "Vector Supplies Ltd", phone: "+74950005117", city: "Leeds", timeZone: "Europe/London", about: "Household goods, 40 people." },
      history: [
        { call: "h2", at: now - day, by: "Emma Clarke", outcome: "noAnswer", words: [] },
        { call: "h1", at: now - 3 * day, by: "James Porter", outcome: "gatekeeper", words: ["she is in after lunch"] },
      ],
    },
    names: ["Ian Groom, Ladd & Sons", "Claire Nash, Homely Ltd", "Tim Carey, Easterly Trade", "Olive Pike, Pike's", "Dennis Rush, Buildbase 24", "Nina Wells, Northern Paints"],
    words: ["we are full until the new year", "expensive, our own forklift is cheaper"],
  },
};
