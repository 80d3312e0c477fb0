import type { Language } from "#domain/base/campaign.ts";
import type { Handler, Script } from "#domain/script/script.ts";

/** A short script and a few handlers in both languages, for pictures and tests. */
export const scripts: { readonly [L in Language]: Script } = {
  ru: {
    id: "storage-ru", version: 3, language: "ru", title: "Склад для оптовиков: первый звонок", start: "hello",
    modules: [
      {
        id: "hello", title: "Приветствие", gist: "Представиться и понять, кто взял трубку.", stage: "улыбнитесь; после вопроса замолчите",
        words: "Добрый день! {name}? Это {agentName}, компания «{ourCompany}», склады для оптовиков. Найдётся у вас минута?",
        answers: [
          { id: "yes", label: "Да, слушаю", to: { module: "reason" } },
          { id: "secretary", label: "Секретарь: «По какому вопросу?»", to: { module: "gatekeeper" } },
          { id: "busy", label: "Мне сейчас некогда", to: { module: "busyNow" } },
          { id: "machine", label: "Автоответчик", to: { outcome: "machine" } },
        ],
        handlers: ["price", "supplier", "email"],
      },
      {
        id: "reason", title: "Повод", gist: "Назвать повод и получить разрешение спросить.",
        words: "{agent:Рада|Рад} знакомству. Перед сезоном у оптовиков чаще всего не хватает места: товар стоит в проходах, заказы собирают с ошибками. Можно два вопроса?",
        answers: [{ id: "ask", label: "Спрашивайте", to: { module: "need" } }, { id: "no", label: "Нам это неинтересно", to: { module: "softNo" } }], handlers: ["supplier"],
      },
      {
        id: "need", title: "Потребность", gist: "Узнать, где хранят и что мешает.", stage: "пауза: дать ответить",
        words: "Скажите, а как вы сейчас решаете вопрос со складом: снимаете или держите свой?",
        answers: [
          { id: "rent", label: "Снимаем", to: { module: "value" } }, { id: "own", label: "Свой", to: { module: "value" } },
          { id: "private", label: "Не хочу обсуждать", to: { module: "softNo" } },
        ],
        handlers: ["price", "season"],
      },
      { id: "value", title: "Польза", gist: "Связать боль с расчётом.", words: "Тогда посчитаем вашу паллету: хранение {price}, приёмка и сборка внутри. Сравните со своими расходами.", answers: [{ id: "yes", label: "Давайте посчитаем", to: { module: "time" } }, { id: "dear", label: "Дорого выходит", to: { module: "softNo" } }], handlers: ["price"] },
      { id: "time", title: "Договориться о времени", gist: "Назвать два времени на выбор.", words: "Специалист покажет расчёт за двадцать минут. Вам удобнее завтра в одиннадцать или в четверг после обеда?", answers: [{ id: "day", label: "Выбрал день и час", to: { outcome: "meeting" } }] },
      { id: "gatekeeper", title: "Секретарь спрашивает", gist: "Спокойно назвать тему и попросить соединить.", words: "Вопрос по складу: где хранится товар и кто собирает заказы. Соедините нас, пожалуйста, я коротко.", answers: [{ id: "connect", label: "Соединяю", to: { module: "hello" } }] },
      { id: "busyNow", title: "Некогда", gist: "Попросить полминуты или время.", words: "Понимаю, я коротко: один вопрос, и отпущу. Или скажите, когда перезвонить?", answers: [{ id: "later", label: "Позвоните позже", to: { outcome: "callback" } }] },
      { id: "softNo", title: "Мягкий отказ", gist: "Уйти с миром и узнать причину.", words: "Хорошо, настаивать не буду. Подскажите только, что не подошло: место, цена или просто не время?", answers: [{ id: "cause", label: "Назвал причину", to: { outcome: "refused" } }] },
    ],
  },
  en: {
    id: "storage-en", version: 2, language: "en", title: "Storage for wholesalers: first call", start: "hello",
    modules: [
      {
        id: "hello", title: "Opening", gist: "Say who you are and learn who has picked up.", stage: "smile; be silent after the question",
        words: "Good morning, is that {name}? It’s {agentName} from {ourCompany}, we store and pack for wholesalers. Have you got a minute?",
        answers: [
          { id: "yes", label: "Yes, go ahead", to: { module: "reason" } },
          { id: "secretary", label: "Reception: “What is it about?”", to: { module: "gatekeeper" } },
          { id: "busy", label: "I’m busy right now", to: { module: "busyNow" } },
          { id: "machine", label: "Answering machine", to: { outcome: "machine" } },
        ],
        handlers: ["price", "supplier", "email"],
      },
      { id: "reason", title: "Reason", gist: "Say why you call and be allowed to ask.", words: "Before the season most wholesalers run out of room: stock stands in the aisles and orders go out wrong. May I ask two questions?", answers: [{ id: "ask", label: "Ask away", to: { module: "need" } }, { id: "no", label: "Not interested", to: { module: "softNo" } }], handlers: ["supplier"] },
      { id: "need", title: "Need", gist: "Learn where they store and what is in the way.", stage: "pause; let them answer", words: "How do you handle storage at the moment: do you rent, or have you got your own?", answers: [{ id: "rent", label: "We rent", to: { module: "value" } }, { id: "own", label: "Our own", to: { module: "value" } }, { id: "private", label: "Would rather not say", to: { module: "softNo" } }], handlers: ["price", "season"] },
      { id: "value", title: "Value", gist: "Tie the pain to a figure.", words: "Then let’s cost one pallet: {price}, receiving and picking included. Put that beside what you pay now.", answers: [{ id: "yes", label: "Go on, work it out", to: { module: "time" } }, { id: "dear", label: "That’s dear", to: { module: "softNo" } }], handlers: ["price"] },
      { id: "time", title: "Agree a time", gist: "Offer two times to choose from.", words: "Our specialist shows the figures in twenty minutes. Is tomorrow at eleven better, or Thursday after lunch?", answers: [{ id: "day", label: "Chose day and hour", to: { outcome: "meeting" } }] },
      { id: "gatekeeper", title: "Reception asks", gist: "Name the subject calmly and ask to be put through.", words: "It’s about storage: where your stock is kept and who packs the orders. Would you put me through? I’ll be brief.", answers: [{ id: "connect", label: "Putting you through", to: { module: "hello" } }] },
      { id: "busyNow", title: "Busy", gist: "Ask for half a minute, or for a time.", words: "I understand, one question and I’ll let you go. Or when may I ring again?", answers: [{ id: "later", label: "Ring later", to: { outcome: "callback" } }] },
      { id: "softNo", title: "Gentle no", gist: "Part on good terms and learn the cause.", words: "That’s fine, I won’t press you. Just tell me what didn’t fit: the place, the price, or simply not now?", answers: [{ id: "cause", label: "Gave the cause", to: { outcome: "refused" } }] },
    ],
  },
};

const ru = (id: string, title: string, gist: string, synonyms: readonly string[], phrasings: readonly string[], version = 1): Handler => ({ id, version, script: "storage-ru", title, gist, synonyms, phrasings });
const en = (id: string, title: string, gist: string, synonyms: readonly string[], phrasings: readonly string[], version = 1): Handler => ({ id: `en-${id}`, version, script: "storage-en", title, gist, synonyms, phrasings });

export const handlers: readonly Handler[] = [
  ru("price", "Дорого", "Перевести цену в сравнение: с чем дорого и что входит.", ["дороговато", "высокая цена", "не потянем", "скидка"], [
    "Понимаю, деньги считать надо. А дорого по сравнению с чем: с арендой или с арендой, людьми и погрузчиком вместе? Давайте сложим, тогда и увидим.",
    "{agent:Согласна|Согласен}, цифра без сравнения пугает. Она включает приёмку, хранение и охрану, а пустое место вы не оплачиваете. Сколько у вас летом пустует?",
  ], 4),
  ru("supplier", "Уже есть подрядчик", "Похвалить выбор, стать запасным вариантом.", ["есть поставщик", "уже работаем", "нас устраивает"], ["Хорошо, что есть: значит, дело налажено. Менять никого не прошу. А что у них можно было бы поправить, если бы решали только вы?"]),
  ru("email", "Пришлите на почту", "Согласиться, уточнить, что прислать, и назначить день.", ["на почту", "скиньте"], ["Пришлю. Чтобы не слать лишнего: вам важнее цена за паллету или сборка заказов?"]),
  ru("season", "Сейчас не сезон", "Показать, что место к сезону занимают заранее.", ["не сезон", "летом"], ["Как раз поэтому и звоню: к сезону места разбирают за два месяца."]),
  ru("think", "Надо подумать", "Узнать, о чём именно думать, и назначить день.", ["подумаю", "посоветуюсь"], ["Конечно. Подскажите, о чём именно: о цене или о переезде товара?"]),
  ru("noTime", "Нет времени", "Попросить полминуты или время.", ["занят", "на совещании"], ["Понимаю. Один вопрос, двадцать секунд, и отпущу."]),
  en("price", "Too expensive", "Turn the price into a comparison: dear against what, and what is in it.", ["dear", "pricey", "no budget", "discount"], [
    "Fair enough, it’s your money. Dear compared with what: the rent alone, or rent, people and the forklift together? Let’s add it up and see.",
    "A figure on its own does look large. It has receiving, storage and security in it, and you never pay for empty space. How much of yours stands empty in summer?",
  ], 4),
  en("supplier", "We have a supplier", "Praise the choice, become the second string.", ["already sorted", "we use somebody"], ["Glad to hear it’s in hand. I’m not asking you to change. What would you improve there if it were only up to you?"]),
  en("email", "Send it by e-mail", "Agree, ask what to send, fix a day.", ["mail me", "send details"], ["I will. So that I don’t send too much: is the price per pallet more use to you, or the picking?"]),
  en("season", "Not the season", "Show that room is taken well ahead.", ["too early", "summer"], ["That’s just why I ring: the room goes two months before the season."]),
  en("think", "I’ll think about it", "Learn what about, and fix a day.", ["let me think"], ["Of course. What about, may I ask: the price, or moving the stock?"]),
  en("noTime", "No time", "Ask for half a minute, or for a time.", ["busy", "in a meeting"], ["I understand. One question, twenty seconds, and I’ll let you go."]),
];
