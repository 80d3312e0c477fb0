import type { AdminTrouble, BrowserStep, CheckStep, LineProblem } from "#client/admin/admin.ts";
import type { DialPlan } from "#domain/phone/dialPlan.ts";
import { inBoth } from "#ui/words/language.ts";
import { enForm, ruForm } from "#ui/words/plural.ts";

type Fault<Step extends CheckStep["step"]> = Extract<CheckStep, { step: Step; ok: false }>["fault"];
type BrowserFault<What extends BrowserStep["what"]> = Extract<BrowserStep, { what: What; ok: false; fault: string }>["fault"];
type Phone = "ready" | "connecting" | "down" | "refused" | "away";

interface AdminWords {
  readonly people: string; readonly find: string; readonly person: string; readonly role: string; readonly line: string; readonly phone: string;
  readonly noLine: string; readonly unreadable: string; readonly phones: Readonly<Record<Phone, string>>; readonly nobodyFound: string;
  readonly giveLine: (name: string) => string; readonly giveLineShort: string; readonly changeLine: (name: string) => string; readonly changeLineShort: string;
  readonly username: string; readonly password: string; readonly passwordHint: string; readonly save: string; readonly saving: string; readonly takeAway: string;
  readonly embeddedLines: string;
  readonly importFile: string; readonly importHint: string; readonly importOf: (name: string) => string; readonly rowsRight: (count: number) => string; readonly rowsWrong: (count: number) => string;
  readonly nothingTaken: string; readonly takeIn: (count: number) => string; readonly row: (row: number) => string; readonly moreRows: (count: number) => string; readonly problems: Readonly<Record<LineProblem["why"], string>>;
  readonly tabs: Readonly<Record<"exchange" | "numbers" | "relay" | "test" | "norms" | "data", string>>; readonly tabsName: string;
  readonly servers: string; readonly serversHint: string; readonly domain: string; readonly domainHint: string; readonly embedded: string; readonly fixed: string;
  readonly form: string; readonly forms: Readonly<Record<DialPlan["form"], string>>; readonly prefix: string; readonly prefixHint: string; readonly country: string; readonly trunk: string; readonly abroad: string;
  readonly barred: string; readonly barredHint: string; readonly allowed: string; readonly allowedHint: string;
  readonly tryNumber: string; readonly isDialed: (user: string) => string; readonly isBarred: (by: string) => string;
  readonly tones: string; readonly tonesBy: Readonly<Record<"rfc4733" | "info", string>>; readonly echo: string; readonly echoHint: string; readonly shows: string; readonly showsHint: string;
  readonly showsBy: Readonly<Record<"none" | "from" | "asserted" | "preferred", string>>; readonly shownBy: (campaign: string) => string;
  readonly stun: string; readonly turn: string; readonly turnHint: string; readonly turnSecret: string; readonly secretKept: string; readonly secretNone: string;
  readonly saveSetup: string; readonly saved: string; readonly wrong: string; readonly unsaved: string; readonly discard: string;
  readonly troubles: Readonly<Record<AdminTrouble, string>>;
  readonly test: string; readonly testing: string; readonly testHint: string; readonly withLine: string; readonly withoutLine: string; readonly unsavedTest: string;
  readonly fromServer: string; readonly fromBrowser: string; readonly allWell: string;
  readonly ok: Readonly<Record<CheckStep["step"], string>>; readonly until: (day: string) => string; readonly proved: (algorithm: string) => string;
  readonly name: Readonly<Record<Fault<"name">, string>>; readonly port: Readonly<Record<Fault<"port">, string>>;
  readonly certificate: Readonly<Record<Fault<"certificate">, string>>;
  readonly upgrade: (fault: Fault<"upgrade">, status: number | undefined) => string; readonly register: (fault: Fault<"register">, status: number | undefined) => string;
  readonly browserOk: Readonly<Record<BrowserStep["what"], string>>;
  readonly microphone: Readonly<Record<BrowserFault<"microphone">, string>>; readonly socket: Readonly<Record<BrowserFault<"socket">, string>>;
  readonly media: string; readonly relayFault: Readonly<Record<BrowserFault<"relay">, string>>;
  readonly missing: Readonly<Record<"offline" | "trouble", string>>;
}

const dayIn = (language: "en" | "ru", day: string): string => new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(day)).replace(/ г\.$/, " года");

const enUpgrade = (fault: Fault<"upgrade">, status = 0): string => {
  if (fault === "subprotocol") return "A WebSocket opens, but not one for SIP: this is another service. Check the path, often /ws.";
  if (fault === "noAnswer") return "The port is open, but nobody answers there as a web server would.";
  if (fault === "noHttp") return "Something else than a web server answers on this port. Check the port: the one for WebSocket is not the one for SIP.";
  if (status === 404) return "The web server has nothing at this path (404). Check the end of the address, often /ws.";
  if (status === 401 || status === 403) return `The web server does not let us in (${status}): a proxy in front asks for something of its own, or does not like where we come from.`;
  if (status === 426 || status === 400) return `The web server does not take a WebSocket here (${status}): WebSocket is off, or a proxy in front drops the Upgrade header.`;
  if (status >= 500) return `The web server answers, the exchange behind it does not (${status}).`;
  return `The web server answers ${status} instead of opening a WebSocket.`;
};
const enRegister = (fault: Fault<"register">, status = 0): string => ({
  wrongPassword: "The exchange refuses this user name and password. Enter them again in the list, exactly as the exchange has them.",
  forbidden: "The exchange does not let this line register (403). FreeSWITCH says so of a wrong user name, password or domain: check all three. Otherwise it is a rule, an address list or a limit of the exchange.",
  unknownLine: "The exchange knows no such line (404). Check the user name and the domain.",
  algorithm: "The exchange asks for a proof that browsers' phones do not know. Let it offer SHA-256 or MD5.",
  noAnswer: "The socket is open, but the exchange does not answer SIP. Check that the domain is one it serves.",
  status: `The exchange answers ${status} to the registration.`,
})[fault];
const ruUpgrade = (fault: Fault<"upgrade">, status = 0): string => {
  if (fault === "subprotocol") return "WebSocket открывается, но не для SIP: это другая служба. Проверьте путь, часто это /ws.";
  if (fault === "noAnswer") return "Порт открыт, но веб-сервер на нём не отвечает.";
  if (fault === "noHttp") return "На этом порту отвечает не веб-сервер. Проверьте порт: для WebSocket он не тот, что для SIP.";
  if (status === 404) return "По этому пути у веб-сервера ничего нет (404). Проверьте конец адреса, часто это /ws.";
  if (status === 401 || status === 403) return `Веб-сервер нас не пускает (${status}): прокси перед АТС требует своего или не доверяет нашему адресу.`;
  if (status === 426 || status === 400) return `Веб-сервер не принимает здесь WebSocket (${status}): он выключен, или прокси теряет заголовок Upgrade.`;
  if (status >= 500) return `Веб-сервер отвечает, а АТС за ним — нет (${status}).`;
  return `Вместо WebSocket веб-сервер отвечает ${status}.`;
};
const ruRegister = (fault: Fault<"register">, status = 0): string => ({
  wrongPassword: "АТС не принимает это имя и пароль. Введите их в списке ещё раз, точно как на АТС.",
  forbidden: "АТС не даёт этой линии подключиться (403). FreeSWITCH отвечает так на неверное имя, пароль или домен: проверьте все три. Иначе мешает правило, список адресов или ограничение на АТС.",
  unknownLine: "Такой линии на АТС нет (404). Проверьте имя линии и домен.",
  algorithm: "АТС требует проверки, которой телефоны в браузере не знают. Включите на ней SHA-256 или MD5.",
  noAnswer: "Соединение открыто, но на SIP АТС не отвечает. Проверьте, что этот домен она обслуживает.",
  status: `На регистрацию АТС отвечает ${status}.`,
})[fault];

/** What the admin's screen says. */
export const adminWords = inBoth<AdminWords>({
  en: {
    people: "People and their lines", find: "Find a person", person: "Person", role: "Role", line: "Line on the exchange", phone: "Phone now",
    noLine: "no line", unreadable: "enter the password again: SECRET has changed", nobodyFound: "Nobody is called that here.",
    phones: { ready: "Registered", connecting: "Connecting", down: "No connection", refused: "Refused by the exchange", away: "Not at the desk" },
    giveLine: (name) => `Give a line: ${name}`, giveLineShort: "Give a line", changeLine: (name) => `Change the line: ${name}`, changeLineShort: "Change",
    username: "User name on the exchange", password: "Password", passwordHint: "It is stored encrypted and given to this person's phone alone; nobody can read it here afterwards.",
    save: "Save", saving: "Saving…", takeAway: "Take the line away",
    embeddedLines: "Everybody has a line on the built-in switch by themselves. Lines of your exchange are needed once its address is entered.",
    importFile: "Lines from a file", importHint: "CSV with e-mail, user name, password", importOf: (name) => `Lines from ${name}`,
    rowsRight: (count) => `${count} ${enForm(count, "line is", "lines are")} ready to be taken in.`, rowsWrong: (count) => `${count} ${enForm(count, "row needs", "rows need")} mending.`,
    nothingTaken: "Nothing has been taken in. Mend these rows in the file and choose it again.", takeIn: (count) => `Take in ${count} ${enForm(count, "line", "lines")}`, row: (row) => `Row ${row}`, moreRows: (count) => `and ${count} more ${enForm(count, "row", "rows")}`,
    problems: {
      columns: "must hold three things: e-mail, user name, password", email: "begins with no e-mail address", username: "has no user name that a line can have", password: "has no password that a line can have",
      nobody: "names somebody who has no account here", twice: "names the same person a second time", sameLine: "gives a second person the same line",
      heading: "names columns, but not e-mail, user name and password", empty: "is not there: the file is empty",
      notText: "this is not a text file. In the spreadsheet choose “Save as”, CSV, and choose that file here", openQuote: "a quotation mark is opened here and never closed: close it or take it out",
      rounded: "a long number was rounded by the spreadsheet (such as 7.495E+10) and its digits are lost: format the column as text and enter it again",
    },
    tabs: { exchange: "Exchange", numbers: "Numbers", relay: "Sound path", test: "Test", norms: "Norms", data: "Data" }, tabsName: "Telephony, norms and data",
    servers: "Addresses of the exchange", serversHint: "One a line, the best first, such as wss://…:8089/ws. Phones go to the next one when one is down, and come back.",
    domain: "Domain", domainHint: "Empty: the host of the first address", embedded: "No address: calls go through the built-in switch, to practice customers only.",
    fixed: "The server's environment says this (SIP_SERVER, TURN_URL …): it is changed there.",
    form: "The exchange wants numbers", forms: { e164: "+7495…", digits: "7495…", national: "as from a desk phone" }, prefix: "Prefix to get out", prefixHint: "Empty: none. Extensions are dialed without it.",
    country: "Own country code", trunk: "Before a number of one's own country", abroad: "Before a number of another country",
    barred: "Never dialed", barredHint: "One a line: beginnings such as +7809, or whole short numbers such as 112. A lone + is everything.", allowed: "Dialed all the same", allowedHint: "The longer beginning decides: with + above and +7 here, only Russia is called.",
    tryNumber: "Try a number", isDialed: (user) => `is dialed as ${user}`, isBarred: (by) => `is not dialed: “${by}” bars it`,
    tones: "Tones in a call", tonesBy: { rfc4733: "in the sound (RFC 4733)", info: "as messages (INFO)" },
    echo: "Number of the echo test", echoHint: "What one dials on this exchange to hear oneself, such as *43: agents then try the whole way to it. Empty: the echo of the built-in switch.",
    shows: "Clients see the campaign's number", showsHint: "Where the exchange looks for it; it must allow that for these lines.",
    showsBy: { none: "no: the line's own number", from: "in From", asserted: "in P-Asserted-Identity", preferred: "in P-Preferred-Identity" }, shownBy: (campaign) => `Number that “${campaign}” shows`,
    stun: "STUN servers", turn: "TURN servers", turnHint: "One a line, such as turn:turn.example.com:3478. A relay carries the sound where a firewall stands between browser and exchange.",
    turnSecret: "Secret shared with TURN", secretKept: "A secret is stored. Type only to change it.", secretNone: "coturn: static-auth-secret. Phones get passwords made from it that expire.",
    saveSetup: "Save the telephony", saved: "Saved. A phone takes it over when its page is opened or reloaded.", wrong: "Some fields are not right yet; they are marked.", unsaved: "Not saved yet", discard: "Discard",
    troubles: {
      offline: "The server cannot be reached; nothing was changed. Try again when the connection is back.", forbidden: "Only an administrator may do this. Sign in again.",
      newer: "Somebody else has saved in between. Press Discard to see their version, then make your change.", fixed: "The server's environment says this; it is changed there.", server: "One of the addresses is none.",
      needsWss: "Addresses must begin with wss: a page that came by https may not open an unencrypted connection.", needsTurnSecret: "A TURN server needs the secret that it shares with Sufler.",
      invalid: "The server did not take what was entered. Check the fields.", tooMany: "Enough tests for the moment: try again in ten seconds.", trouble: "The server could not do it; nothing was changed. Its log says why.",
      fileTooLarge: "The file is larger than 512 KB: a list of lines is smaller. Nothing was taken in. Leave only e-mail, user name and password in it, or share it out over several files.",
      unreadableFile: "The file cannot be read. Close it in other programs and choose it again.",
    },
    test: "Test the connection", testing: "Testing…", testHint: "The server looks at name, port, certificate, WebSocket and password; this browser at microphone, network and relay. A few seconds.",
    withLine: "With the line of", withoutLine: "nobody: without registration", unsavedTest: "Not saved yet: the addresses are tested, the password only after saving.",
    fromServer: "From the server", fromBrowser: "From this browser", allWell: "Everything works.",
    ok: { name: "The name is known.", port: "The port is open.", certificate: "The certificate is good.", upgrade: "A WebSocket for SIP opens.", register: "The line's user name and password are right." },
    until: (day) => `The certificate is good until ${dayIn("en", day)}.`, proved: (algorithm) => `The line's user name and password are right (${algorithm}).`,
    name: { unknown: "Nobody knows this name. Check how it is spelled, and whether this server uses the company's DNS.", noAnswer: "The name server did not answer. Try again; if it stays so, the server's own network is at fault.", linkLocal: "This address belongs to the server's own machine and is no exchange." },
    port: { refused: "Nobody listens on this port. Check the port, and whether the exchange is running with WebSocket on.", noAnswer: "Nothing answers: a firewall swallows the connection, or the machine is off.", unreachable: "There is no way to this address from the server's network." },
    certificate: {
      expired: "The certificate is over: browsers refuse it. Renew it on the exchange.", notYet: "The certificate is not valid yet: check the clocks of the exchange and of this server.",
      wrongName: "The certificate is for another name: browsers refuse it. Use the name that it was made for.", selfSigned: "The exchange has signed its certificate itself: browsers refuse it. Give it one of a certificate authority.",
      unknownIssuer: "This server does not know who issued the certificate. If your computers know the company's own authority, browsers will take it; tell Node too with NODE_EXTRA_CA_CERTS.", noTls: "No encryption answers on this port. Check the port, or whether the address should begin with ws.",
    },
    upgrade: enUpgrade, register: enRegister,
    browserOk: { microphone: "The microphone opens.", socket: "This browser reaches the exchange.", media: "Sound can be sent from this browser.", relay: "The relay gives this browser an address." },
    microphone: { denied: "The browser does not give this page the microphone. Allow it by the sign left of the address.", missing: "This computer has no microphone.", busy: "Another program holds the microphone." },
    socket: {
      closed: "This browser does not reach the exchange. If the server does, the network between this computer and the exchange is in the way.", policy: "This page was opened before the address was saved. Reload the page and test again.",
      localNetwork: "The exchange stands in the company's own network, and the browser wants to be asked: allow “local network” by the sign left of the address, or by the policy LocalNetworkAccessAllowedForUrls.",
    },
    media: "This browser cannot send sound: WebRTC is off, by a policy or an extension.",
    relayFault: { unreachable: "The relay does not answer this browser. Check its address and the firewall (3478, and 5349 for turns).", refused: "The relay refuses our password: the secret here and the relay's static-auth-secret differ, or its clock is wrong." },
    missing: { offline: "The server cannot be reached. This page fills by itself when it is back.", trouble: "The server could not tell how the telephony is set. Its log says why." },
  },
  ru: {
    people: "Сотрудники и их линии", find: "Найти сотрудника", person: "Сотрудник", role: "Роль", line: "Линия на АТС", phone: "Телефон сейчас",
    noLine: "линии нет", unreadable: "введите пароль ещё раз: SECRET сменился", nobodyFound: "Такого сотрудника здесь нет.",
    phones: { ready: "Подключён", connecting: "Подключается", down: "Нет связи", refused: "АТС не приняла", away: "Не за рабочим местом" },
    giveLine: (name) => `Дать линию: ${name}`, giveLineShort: "Дать линию", changeLine: (name) => `Изменить линию: ${name}`, changeLineShort: "Изменить",
    username: "Имя линии на АТС", password: "Пароль", passwordHint: "Он хранится зашифрованным и уходит только в телефон этого человека; прочесть его здесь уже нельзя никому.",
    save: "Сохранить", saving: "Сохраняем…", takeAway: "Забрать линию",
    embeddedLines: "На встроенном коммутаторе линия есть у каждого. Линии вашей АТС понадобятся, когда вы впишете её адрес.",
    importFile: "Линии из файла", importHint: "CSV: почта, имя линии, пароль", importOf: (name) => `Линии из файла ${name}`,
    rowsRight: (count) => `${ruForm(count, "Готова", "Готовы", "Готовы")} ${count} ${ruForm(count, "линия", "линии", "линий")}.`, rowsWrong: (count) => `${ruForm(count, "Нужно поправить", "Нужно поправить", "Нужно поправить")} ${count} ${ruForm(count, "строку", "строки", "строк")}.`,
    nothingTaken: "Ничего не загружено. Поправьте эти строки в файле и выберите его снова.", takeIn: (count) => `Загрузить ${count} ${ruForm(count, "линию", "линии", "линий")}`, row: (row) => `Строка ${row}`, moreRows: (count) => `и ещё ${count} ${ruForm(count, "строка", "строки", "строк")}`,
    problems: {
      columns: "должны быть три значения: почта, имя линии, пароль", email: "начинается не с адреса почты", username: "нет имени, которое может быть у линии", password: "нет пароля, который может быть у линии",
      nobody: "у этого человека здесь нет учётной записи", twice: "тот же человек второй раз", sameLine: "та же линия у второго человека",
      heading: "названы столбцы, но среди них нет почты, имени линии и пароля", empty: "файл пуст",
      notText: "это не текстовый файл. В таблице выберите «Сохранить как» → CSV и загрузите тот файл", openQuote: "здесь открыта кавычка, которая нигде не закрыта: закройте её или уберите",
      rounded: "длинное число округлено таблицей (например, 7,495E+10), и его цифры потеряны: задайте столбцу формат «Текст» и введите число снова",
    },
    tabs: { exchange: "АТС", numbers: "Номера", relay: "Путь звука", test: "Проверка", norms: "Нормы", data: "Данные" }, tabsName: "Телефония, нормы и данные",
    servers: "Адреса АТС", serversHint: "По одному в строке, лучший первым, например wss://…:8089/ws. Если один не отвечает, телефоны переходят на следующий, потом возвращаются.",
    domain: "Домен", domainHint: "Пусто: имя из первого адреса", embedded: "Адреса нет: звонки идут через встроенный коммутатор и только учебным клиентам.",
    fixed: "Это задано в окружении сервера (SIP_SERVER, TURN_URL …): меняется там.",
    form: "АТС ждёт номера", forms: { e164: "+7495…", digits: "7495…", national: "как с обычного телефона" }, prefix: "Выход в город", prefixHint: "Пусто: не нужен. Внутренние номера набираются без него.",
    country: "Код своей страны", trunk: "Перед номером своей страны", abroad: "Перед номером другой страны",
    barred: "Никогда не набирать", barredHint: "По одному в строке: начала номеров (+7809) или короткие номера целиком (112). Один плюс — все номера.", allowed: "Всё же набирать", allowedHint: "Решает более длинное начало: если выше «+», а здесь «+7», звонят только по России.",
    tryNumber: "Проверить номер", isDialed: (user) => `набирается как ${user}`, isBarred: (by) => `не набирается: запрещает «${by}»`,
    tones: "Тоны в разговоре", tonesBy: { rfc4733: "в звуке (RFC 4733)", info: "сообщениями (INFO)" },
    echo: "Номер проверки эхом", echoHint: "Что набрать на этой АТС, чтобы услышать себя, например *43: тогда сотрудник проверит весь путь до неё. Пусто — эхо встроенного коммутатора.",
    shows: "Клиент видит номер кампании", showsHint: "Где АТС его ищет; для этих линий она должна это разрешать.",
    showsBy: { none: "нет: номер самой линии", from: "в From", asserted: "в P-Asserted-Identity", preferred: "в P-Preferred-Identity" }, shownBy: (campaign) => `Номер, который показывает «${campaign}»`,
    stun: "Серверы STUN", turn: "Серверы TURN", turnHint: "По одному в строке, например turn:turn.example.com:3478. Через них идёт звук там, где между браузером и АТС стоит межсетевой экран.",
    turnSecret: "Общий секрет с TURN", secretKept: "Секрет сохранён. Пишите сюда, только чтобы сменить его.", secretNone: "У coturn: static-auth-secret. Телефоны получают сделанные из него временные пароли.",
    saveSetup: "Сохранить телефонию", saved: "Сохранено. Телефон узнает об этом, когда его страницу откроют или обновят.", wrong: "Не все поля верны; они отмечены.", unsaved: "Ещё не сохранено", discard: "Отменить правки",
    troubles: {
      offline: "Сервер недоступен; ничего не изменилось. Повторите, когда связь вернётся.", forbidden: "Это может только администратор. Войдите снова.",
      newer: "Кто-то сохранил раньше вас. Нажмите «Отменить правки», увидите его версию и внесите своё.", fixed: "Это задано в окружении сервера; меняется там.", server: "Один из адресов — не адрес.",
      needsWss: "Адрес должен начинаться с wss: странице, открытой по https, нельзя соединяться без шифрования.", needsTurnSecret: "Серверу TURN нужен секрет, общий с Суфлёром.",
      invalid: "Сервер не принял введённое. Проверьте поля.", tooMany: "Пока хватит проверок: повторите через десять секунд.", trouble: "Сервер не смог; ничего не изменилось. Причина — в его журнале.",
      fileTooLarge: "Файл больше 512 КБ: список линий таким не бывает. Ничего не загружено. Оставьте в нём только почту, имя линии и пароль или разделите его на части.",
      unreadableFile: "Файл не читается. Закройте его в других программах и выберите снова.",
    },
    test: "Проверить связь", testing: "Проверяем…", testHint: "Сервер смотрит имя, порт, сертификат, WebSocket и пароль; этот браузер — микрофон, сеть и TURN. Несколько секунд.",
    withLine: "С линией", withoutLine: "ничьей: без регистрации", unsavedTest: "Ещё не сохранено: проверим адреса, а пароль — только после сохранения.",
    fromServer: "С сервера", fromBrowser: "Из этого браузера", allWell: "Всё работает.",
    ok: { name: "Имя известно.", port: "Порт открыт.", certificate: "Сертификат годен.", upgrade: "WebSocket для SIP открывается.", register: "Имя и пароль линии верны." },
    until: (day) => `Сертификат годен до ${dayIn("ru", day)}.`, proved: (algorithm) => `Имя и пароль линии верны (${algorithm}).`,
    name: { unknown: "Такого имени никто не знает. Проверьте, как оно написано и пользуется ли этот сервер DNS компании.", noAnswer: "Сервер имён не ответил. Повторите; если не пройдёт, дело в сети самого сервера.", linkLocal: "Это адрес внутри самой машины сервера, АТС там нет." },
    port: { refused: "На этом порту никто не отвечает. Проверьте порт и запущена ли АТС с включённым WebSocket.", noAnswer: "Ответа нет: соединение глотает межсетевой экран, или машина выключена.", unreachable: "Из сети сервера к этому адресу нет пути." },
    certificate: {
      expired: "Сертификат кончился: браузеры его не примут. Обновите его на АТС.", notYet: "Сертификат ещё не начал действовать: проверьте часы АТС и этого сервера.",
      wrongName: "Сертификат выдан на другое имя: браузеры его не примут. Впишите то имя, на которое он выдан.", selfSigned: "АТС подписала сертификат сама: браузеры его не примут. Возьмите сертификат удостоверяющего центра.",
      unknownIssuer: "Сервер не знает, кто выдал сертификат. Если ваши компьютеры знают центр компании, браузеры его примут; серверу скажите через NODE_EXTRA_CA_CERTS.", noTls: "На этом порту нет шифрования. Проверьте порт, или адрес должен начинаться с ws.",
    },
    upgrade: ruUpgrade, register: ruRegister,
    browserOk: { microphone: "Микрофон включается.", socket: "Этот браузер видит АТС.", media: "Звук из этого браузера уходит.", relay: "TURN даёт этому браузеру адрес." },
    microphone: { denied: "Браузер не даёт странице микрофон. Разрешите его значком слева от адреса.", missing: "У этого компьютера нет микрофона.", busy: "Микрофон занят другой программой." },
    socket: {
      closed: "Этот браузер не видит АТС. Если сервер её видит, мешает сеть между этим компьютером и АТС.", policy: "Страница открыта раньше, чем сохранён адрес. Обновите её и проверьте снова.",
      localNetwork: "АТС стоит в сети компании, и браузер хочет разрешения: позвольте «локальную сеть» значком слева от адреса или политикой LocalNetworkAccessAllowedForUrls.",
    },
    media: "Этот браузер не может передавать звук: WebRTC выключен политикой или расширением.",
    relayFault: { unreachable: "TURN не отвечает этому браузеру. Проверьте адрес и межсетевой экран (3478, для turns 5349).", refused: "TURN не принимает наш пароль: секрет здесь и static-auth-secret у него разные, или у него неверные часы." },
    missing: { offline: "Сервер недоступен. Страница заполнится сама, когда он вернётся.", trouble: "Сервер не смог сказать, как настроена телефония. Причина — в его журнале." },
  },
});
