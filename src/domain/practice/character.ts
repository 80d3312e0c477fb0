import { roll, type Dice } from "./dice.ts";
import type { Difficulty } from "./difficulty.ts";
import type { CharacterId } from "./numbers.ts";
import type { Situation } from "./situations.ts";

/** What becomes of the INVITE. */
export type Pickup =
  | { readonly kind: "answers"; readonly ringMs: readonly [number, number] }
  | { readonly kind: "busy" }
  | { readonly kind: "ringsOut" };

/** One turn of the customer: what is said, after how long a thought, and what comes after it. */
export type Beat = {
  readonly say: Situation;
  readonly thinkMs: readonly [number, number];
  /** listen: it is the agent's turn. leave: the customer is done and hangs up. record: an answering machine runs on. */
  readonly after: "listen" | "leave" | "record";
};

export type Temper = {
  /** The agent's silence after which the customer asks whether anybody is there, in ms. */
  readonly silenceMs: number;
  /** How long the agent may talk in one go before the customer speaks all the same, in ms. */
  readonly monologueMs: number;
  /** How long the customer stays on the line after the last word, in ms. */
  readonly lingerMs: number;
  /** A machine hears nothing: it is not stopped, does not answer and does not ask. */
  readonly deaf: boolean;
};

/** A slot of the plan: one of several situations (never one that was taken before), sometimes left out. */
type Slot = {
  readonly oneOf: readonly Situation[];
  readonly chance?: number;
  readonly after?: Beat["after"];
  readonly thinkMs?: Beat["thinkMs"];
};

type Character = {
  readonly pickup: Pickup;
  readonly temper: Temper;
  /** Alternative courses of the conversation; the dice choose one. */
  readonly courses: readonly (readonly Slot[])[];
};

const usual: Temper = { silenceMs: 6000, monologueMs: 30_000, lingerMs: 3000, deaf: false };
const curt: Temper = { ...usual, monologueMs: 12_000, lingerMs: 300 };
const ring: Pickup = { kind: "answers", ringMs: [1000, 2500] };

const one = (...oneOf: Situation[]): Slot => ({ oneOf });
const sometimes = (chance: number, ...oneOf: Situation[]): Slot => ({ oneOf, chance });
const last = (...oneOf: Situation[]): Slot => ({ oneOf, after: "leave" });
const slowly = (...oneOf: Situation[]): Slot => ({ oneOf, thinkMs: [1200, 2200] });

const firm = (objection: Situation, still: Situation): readonly (readonly Slot[])[] => [
  [one("greeting"), one("whoAreYou"), one(objection), one(still), one("agree"), last("goodbye")],
  [one("greeting"), one("whoAreYou"), one(objection), one(still), one("perhapsLater"), last("goodbye")],
  [one("greeting"), one("whoAreYou"), one(objection), one(still), one("needToThink"), last("refuse")],
];

const characters: Readonly<Record<CharacterId, Character>> = {
  objectsThenAgrees: {
    pickup: ring,
    temper: usual,
    courses: [
      [
        one("greeting"),
        one("whoAreYou"),
        one("hasSupplier", "tooExpensive", "sendEmail", "needToThink"),
        sometimes(0.5, "hasSupplier", "tooExpensive", "needToThink"),
        one("agree"),
        last("goodbye"),
      ],
    ],
  },
  polite: {
    pickup: ring,
    temper: usual,
    courses: [
      [one("greeting"), one("politeInterest"), one("politeQuestion"), one("agree"), last("goodbye")],
      [one("greeting"), one("politeInterest"), one("politeQuestion"), one("needToThink"), one("agree"), last("goodbye")],
      [one("greeting"), one("politeInterest"), one("politeQuestion"), one("perhapsLater"), last("goodbye")],
    ],
  },
  gatekeeper: {
    pickup: ring,
    temper: usual,
    courses: [
      [one("greetingFirm"), one("gateWhat"), one("gateAway"), sometimes(0.6, "gateEmail"), one("gateName"), last("goodbye")],
      [one("greetingFirm"), one("gateWhat"), one("gateEmail"), one("gateAway"), one("gateName"), last("goodbye")],
    ],
  },
  neverAnswers: { pickup: { kind: "ringsOut" }, temper: usual, courses: [] },
  tooExpensive: { pickup: ring, temper: usual, courses: firm("tooExpensive", "tooExpensiveStill") },
  sendEmail: { pickup: ring, temper: usual, courses: firm("sendEmail", "sendEmailStill") },
  hasSupplier: { pickup: ring, temper: usual, courses: firm("hasSupplier", "hasSupplierStill") },
  notSeason: { pickup: ring, temper: usual, courses: firm("notSeason", "notSeasonStill") },
  angry: {
    pickup: ring,
    temper: curt,
    courses: [
      [one("greetingCurt"), one("angryWhere"), one("angryFedUp"), last("angryBye")],
      [one("greetingCurt"), one("angryWhere"), one("angryFedUp"), one("angryCalmer"), one("perhapsLater"), last("goodbyeCurt")],
      [one("greetingCurt"), one("angryFedUp"), one("angryCalmer"), one("noTime"), last("goodbyeCurt")],
    ],
  },
  silent: {
    pickup: ring,
    temper: { ...usual, silenceMs: 9000, monologueMs: 45_000 },
    courses: [
      [one("greetingCurt"), slowly("murmur"), slowly("murmur"), slowly("murmur"), slowly("perhapsLater"), last("goodbyeCurt")],
      [one("greetingCurt"), slowly("murmur"), slowly("murmur"), slowly("needToThink"), slowly("murmur"), last("goodbyeCurt")],
    ],
  },
  busy: { pickup: { kind: "busy" }, temper: usual, courses: [] },
  hangsUpAtOnce: {
    pickup: ring,
    temper: { ...curt, silenceMs: 2500, monologueMs: 1800 },
    courses: [
      [one("greetingCurt"), last("notInterested")],
      [one("greeting"), last("notInterested")],
      [last("notInterested")],
    ],
  },
  answeringMachine: {
    pickup: { kind: "answers", ringMs: [3000, 4500] },
    temper: { silenceMs: 15_000, monologueMs: 60_000, lingerMs: 0, deaf: true },
    courses: [[{ oneOf: ["machine"], after: "record" }]],
  },
};

export function pickupOf(character: CharacterId): Pickup {
  return characters[character].pickup;
}

/** How much more, or less, patience than usual. */
const patience: Readonly<Record<Difficulty, number>> = { easy: 1.5, usual: 1, hard: 0.6 };

export function temperOf(character: CharacterId, difficulty: Difficulty = "usual"): Temper {
  const { temper } = characters[character];
  if (temper.deaf) return temper;
  const times = patience[difficulty];
  return { ...temper, silenceMs: temper.silenceMs * times, monologueMs: temper.monologueMs * times };
}

/** The same objection once more: easy customers take the first answer. */
const stills: ReadonlySet<Situation> = new Set(["tooExpensiveStill", "sendEmailStill", "hasSupplierStill", "notSeasonStill"]);
/** What hard customers bring up beside everything else. */
const further: readonly Situation[] = ["tooExpensive", "sendEmail", "hasSupplier", "notSeason"];
const objecting: ReadonlySet<CharacterId> = new Set(["objectsThenAgrees", "polite", "tooExpensive", "sendEmail", "hasSupplier", "notSeason"]);

/**
 * The course of one call, drawn before it begins; the same dice draw the same course. Empty for those who never answer.
 * Easy customers leave out what is said only sometimes and every second objection; hard ones leave out nothing, and those
 * who object bring up one thing more before they make up their mind.
 */
export function planFor(character: CharacterId, dice: Dice, difficulty: Difficulty = "usual"): { readonly beats: readonly Beat[]; readonly dice: Dice } {
  const { courses } = characters[character];
  let now = dice;
  const draw = (): number => {
    const thrown = roll(now);
    now = thrown.dice;
    return thrown.value;
  };
  const course = courses[Math.floor(draw() * courses.length)] ?? [];
  const beats: Beat[] = [];
  const taken = new Set<Situation>();
  for (const slot of course) {
    const thrown = draw();
    const skipped = slot.chance !== undefined && (difficulty === "easy" || (difficulty === "usual" && thrown >= slot.chance));
    const fresh = slot.oneOf.length > 1 ? slot.oneOf.filter((situation) => !taken.has(situation)) : slot.oneOf;
    const say = fresh[Math.floor(draw() * fresh.length)];
    if (skipped || say === undefined || (difficulty === "easy" && stills.has(say))) continue;
    taken.add(say);
    beats.push({ say, thinkMs: slot.thinkMs ?? [150, 450], after: slot.after ?? "listen" });
  }
  if (difficulty === "hard" && objecting.has(character)) {
    const fresh = further.filter((situation) => !taken.has(situation));
    const say = fresh[Math.floor(draw() * fresh.length)];
    // Before the word in which the mind is made up, and the farewell after it.
    if (say !== undefined) beats.splice(-2, 0, { say, thinkMs: [150, 450], after: "listen" });
  }
  return { beats, dice: now };
}
