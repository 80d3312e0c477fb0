/** What a practice customer may say. Each situation has several recorded takes in every voice. */
export const situations = [
  // picking up
  "greeting",
  "greetingCurt",
  "greetingFirm",
  // the line itself
  "checking",
  "checkingAgain",
  "cannotHear",
  "murmur",
  // first reaction
  "whoAreYou",
  "politeInterest",
  "politeQuestion",
  // objections, and the same again when the first answer was not enough
  "tooExpensive",
  "tooExpensiveStill",
  "sendEmail",
  "sendEmailStill",
  "hasSupplier",
  "hasSupplierStill",
  "notSeason",
  "notSeasonStill",
  "needToThink",
  "noTime",
  // how it ends
  "agree",
  "perhapsLater",
  "refuse",
  "goodbye",
  "goodbyeCurt",
  // the gatekeeper
  "gateWhat",
  "gateAway",
  "gateEmail",
  "gateName",
  // the angry one, the one in a hurry, the machine
  "angryWhere",
  "angryFedUp",
  "angryCalmer",
  "angryBye",
  "notInterested",
  "machine",
] as const;

export type Situation = (typeof situations)[number];

/** What a customer can raise against the offer: the subject of a look back after a practice call. */
export type Objection =
  | "tooExpensive"
  | "sendEmail"
  | "hasSupplier"
  | "notSeason"
  | "needToThink"
  | "noTime"
  | "notInterested"
  | "whereFromNumber"
  | "gatekeeper";

const raised: Partial<Record<Situation, Objection>> = {
  tooExpensive: "tooExpensive",
  tooExpensiveStill: "tooExpensive",
  sendEmail: "sendEmail",
  sendEmailStill: "sendEmail",
  hasSupplier: "hasSupplier",
  hasSupplierStill: "hasSupplier",
  notSeason: "notSeason",
  notSeasonStill: "notSeason",
  needToThink: "needToThink",
  noTime: "noTime",
  notInterested: "notInterested",
  refuse: "notInterested",
  angryWhere: "whereFromNumber",
  angryFedUp: "notInterested",
  gateWhat: "gatekeeper",
  gateAway: "gatekeeper",
  gateEmail: "sendEmail",
};

/** The objection that a line in this situation raises, if any. */
export function objectionIn(situation: Situation): Objection | undefined {
  return raised[situation];
}
