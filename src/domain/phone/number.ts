/** A number that can be dialed. */
export interface DialedNumber {
  /** International form: a plus sign and 7 to 15 digits (ITU-T E.164). */
  readonly e164: string;
  /** What is sent as tones after the answer: digits, `*`, `#`; a comma waits. */
  readonly extension?: string;
}

/** How numbers are written at home: where a company sits decides what "8 (495) …" or "020 …" mean. */
export interface HomePlan {
  /** Country code without the plus sign. */
  readonly country: string;
  /** What stands before a national number at home. */
  readonly trunk: string;
  /** What stands before a country code at home; 00 (ITU-T E.164) is understood everywhere. */
  readonly international: string;
  /** Digits of a national number without the trunk prefix; both ends included. */
  readonly digits: readonly [number, number];
}

export const homePlans = {
  ru: { country: "7", trunk: "8", international: "810", digits: [10, 10] },
  en: { country: "44", trunk: "0", international: "00", digits: [9, 10] },
} as const satisfies Readonly<Record<string, HomePlan>>;

/** Why a text is no number, each for a sentence of its own. */
export type NotANumber =
  /** Nothing was written. */
  | "empty"
  /** There are letters where digits should be. */
  | "letters"
  /** Digits are missing. */
  | "tooShort"
  /** More digits than a number of that country, or any number, has. */
  | "tooLong"
  /** More than one number. */
  | "several"
  /** A colleague's or an emergency number: not one of the public network's numbers for clients. */
  | "short";

export type NumberReading = { readonly ok: true; readonly number: DialedNumber } | { readonly ok: false; readonly why: NotANumber };

const no = (why: NotANumber): NumberReading => ({ ok: false, why });

/** "доб. 12", "(вн. 12)", "ext. 12", "x12", "#12", ";ext=12", ",,12", "p12", at the end of a number. */
const EXTENSION = /(?:[\s(,;.-]*(?:;\s*ext\s*=|(?:доб(?:авочный)?|внутр(?:енний)?|вн|тон(?:ом|овый)?|extension|extn?|x|доп)(?![a-zа-яё])[.:\s№]*|#)|\s*(?<pause>[,;pw]+))\s*(?<tones>[\d*][\d*#,\s-]{0,30}?)\s*\)?$/iu;
const LABEL = /^\s*(?:тел(?:ефон)?|моб(?:ильный)?|раб(?:очий)?|сот(?:овый)?|т|м|ф|факс|tel(?:ephone)?|phone|mob(?:ile)?|cell|fax|call)\s*[.:№]+\s*(?=[+(\d])/iu;

/**
 * Reads a number as people write, copy and link it: `8 (495) 123-45-67`, `+7 495 …`, `810 44 …`, `00 44 …`, with any
 * spaces and dashes, with an extension, as `tel:` (RFC 3966) or `sip:` address.
 */
export function readNumber(text: string, home: HomePlan): NumberReading {
  const plain = plainText(text);
  if (plain === "") return no("empty");
  const uri = ofUri(plain);
  const whole = uri ?? plain.replace(LABEL, "");
  const found = EXTENSION.exec(whole);
  // Two numbers in one cell look like a number with an extension; no extension is that long.
  const long = (found?.groups?.["tones"] ?? "").replace(/\D/g, "").length >= 7;
  const ext = long ? null : found;
  const main = (ext ? whole.slice(0, ext.index) : whole).trim();
  const numbers = main.split(/[,;/|\n]|\s(?:или|or|и|and)\s/iu).filter((part) => part.replace(/\D/g, "").length >= 5);
  if (long || numbers.length > 1 || /\d.*\+/s.test(main)) return no("several");
  if (/[\p{L}]/u.test(main)) return no("letters");
  // Signs that stand in no number: better asked than guessed.
  if (/[^\d\s()+\-./~*#·•]/u.test(main)) return no("letters");
  const extension = (ext?.groups?.["tones"] ?? "").replace(/[\s-]/g, "").replace(/^,+|,+$/g, "");
  const number = international(main, home);
  if (!number.ok || extension === "") return number;
  return { ok: true, number: { ...number.number, extension } };
}

/** As it is written in a record or a link: RFC 3966 without the scheme. */
export function spellNumber({ e164, extension }: DialedNumber): string {
  return extension === undefined ? e164 : `${e164};ext=${extension}`;
}

/** Back from `spellNumber`. */
export function unspellNumber(spelled: string): DialedNumber {
  const [e164 = "", extension] = spelled.split(";ext=");
  return extension === undefined || extension === "" ? { e164 } : { e164, extension };
}

/** Spaces of all kinds, dashes of all kinds, full-width digits and invisible marks made plain (Unicode NFKC). */
function plainText(text: string): string {
  return text.normalize("NFKC").replace(/\p{Cf}/gu, "").replace(/[\u2010-\u2015\u2212\u2043]/g, "-").replace(/\s/gu, " ").trim();
}

/** The number inside a `tel:`, `callto:`, `sip:` or `sips:` address; undefined when it is none. */
function ofUri(text: string): string | undefined {
  const [, scheme = "", rest = ""] = /^(tel|callto|sips?):(?:\/\/)?(.*)$/i.exec(text) ?? [];
  if (scheme === "") return undefined;
  let decoded = rest;
  try {
    decoded = decodeURIComponent(rest);
  } catch {
    // A stray percent sign: read as it stands.
  }
  const [number = "", ...parameters] = (/^sips?$/i.test(scheme) ? decoded.replace(/@.*$/, "") : decoded).replace(/\?.*$/, "").split(/;(?=[a-z])/i);
  const value = (name: string) => parameters.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  // A local number says within which country it is meant (RFC 3966 5.1.5).
  const context = value("phone-context");
  const global = context !== undefined && context.startsWith("+") && !number.startsWith("+") ? `${context}${number}` : number;
  const extension = value("ext");
  return extension === undefined ? global : `${global};ext=${extension}`;
}

function international(written: string, home: HomePlan): NumberReading {
  // "+44 (0)20 …" names the trunk prefix that is left out abroad.
  const spelled = written.replace(/^(\+|00)(\s*\d{1,3})\s*\(0\)/, "$1$2");
  const digits = spelled.replace(/\D/g, "");
  if (digits === "") return no("letters");
  const { country, trunk, international: abroad, digits: [least, most] } = home;
  const national = (rest: string) => rest.length >= least && rest.length <= most;
  if (/^\s*[(]?\s*\+/.test(spelled)) return checked(digits, home);
  if (abroad !== "00" && digits.startsWith(abroad) && digits.length >= abroad.length + 7) return checked(digits.slice(abroad.length), home);
  if (digits.startsWith("00")) return checked(digits.slice(2), home);
  // A trunk prefix that stands by itself is one: "8 495 123 45 6" lacks a digit and is no number of area code 849.
  const [alone = ""] = /^\s*\d+/.exec(spelled) ?? [];
  if (alone.trim() === trunk && digits.length > 4) {
    const rest = digits.slice(trunk.length);
    return national(rest) ? checked(country + rest, home) : no(rest.length < least ? "tooShort" : "tooLong");
  }
  if (digits.startsWith(trunk) && national(digits.slice(trunk.length))) return checked(country + digits.slice(trunk.length), home);
  if (digits.startsWith(country) && national(digits.slice(country.length))) return checked(digits, home);
  if (national(digits) && !digits.startsWith("0")) return checked(country + digits, home);
  if (digits.length <= 4) return no("short");
  // Home's own form with digits too few or too many is told as such; anything longer might be a foreign number without its plus.
  return no(digits.length < least ? "tooShort" : "tooLong");
}

/** Numbers of a country whose plan has one length (ITU-T E.164 national plans). */
const lengths: readonly (readonly [prefix: string, digits: number])[] = [["7", 11], ["1", 11], ["375", 12], ["380", 12], ["998", 12], ["996", 12], ["992", 12], ["374", 11], ["994", 12], ["995", 12], ["373", 11]];

function checked(digits: string, home: HomePlan): NumberReading {
  const exact = lengths.find(([prefix]) => digits.startsWith(prefix))?.[1];
  const [least, most] = exact !== undefined ? [exact, exact]
    : digits.startsWith(home.country) ? [home.country.length + home.digits[0], home.country.length + home.digits[1]] : [8, 15];
  if (digits.startsWith("0") || digits.length < least) return no("tooShort");
  return digits.length > most ? no("tooLong") : { ok: true, number: { e164: `+${digits}` } };
}
