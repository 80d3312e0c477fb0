import type { Campaign, Company, ContactRule, Norms, PastNorms } from "./campaign.ts";
import type { Millis } from "./envelope.ts";

/** Made once for each period of a document, so that who looks again gets the same object. */
const companies = new WeakMap<PastNorms, Company>();
const newest = new WeakMap<Company, Company>();

/** The company as it stood on a day (`YYYY-MM-DD`): the norms that held then, and no others (rule Q16). */
export function companyOn(company: Company, day: string): Company {
  const { earlier } = company;
  if (!earlier || earlier.length === 0) return company;
  const past = earlier.find(({ until }) => day < until);
  const known = past ? companies.get(past) : newest.get(company);
  if (known && known.name === company.name && known.timeZone === company.timeZone) return known;
  const made: Company = { name: company.name, timeZone: company.timeZone, ...normsOf(past ?? company) };
  if (past) companies.set(past, made);
  else newest.set(company, made);
  return made;
}

/** The norms alone. */
export function normsOf({ target, unit, weights, weekend, closes, workStart, workEnd, breaks }: Norms): Norms {
  return {
    target, workStart, workEnd, breaks, ...(unit === undefined ? {} : { unit }), ...(weights === undefined ? {} : { weights }),
    ...(weekend === undefined ? {} : { weekend }), ...(closes === undefined ? {} : { closes }),
  };
}

/** The company with norms that hold from a day on, that day included; what held on the days before stays (rule Q16). */
export function withNorms(company: Company, norms: Norms, since: string): Company {
  const { earlier = [], name, timeZone } = company;
  const kept = earlier.filter(({ until }) => until <= since);
  const replaced = earlier.find(({ until }) => until > since) ?? company;
  // Norms that would have begun on this very day have never held.
  const past = kept.at(-1)?.until === since ? kept : [...kept, { ...normsOf(replaced), until: since }];
  return { name, timeZone, ...normsOf(norms), earlier: past };
}

const campaigns = new WeakMap<Campaign, Map<number, Campaign>>();

/** The campaign with the rule and the counting outcomes that held at a moment of the company's clock (rule Q17). */
export function campaignAt(campaign: Campaign, at: Millis): Campaign {
  const index = campaign.earlier?.findIndex(({ until }) => at < until) ?? -1;
  const past = campaign.earlier?.[index];
  if (!past) return campaign;
  let known = campaigns.get(campaign);
  if (!known) campaigns.set(campaign, (known = new Map()));
  let made = known.get(index);
  if (!made) {
    made = { ...campaign, rule: past.rule, outcomes: campaign.outcomes.map((one) => ({ ...one, counts: past.counting.includes(one.code) })) };
    known.set(index, made);
  }
  return made;
}

/** The campaign with a rule, and codes of outcomes that count, for what is answered from a moment on; what was answered before stays as it was (rule Q17). */
export function withRule(campaign: Campaign, rule: ContactRule, counting: readonly string[], since: Millis): Campaign {
  const before = { until: since, rule: campaign.rule, counting: campaign.outcomes.filter(({ counts }) => counts).map(({ code }) => code) };
  return { ...campaign, rule, earlier: [...(campaign.earlier ?? []), before], outcomes: campaign.outcomes.map((one) => ({ ...one, counts: counting.includes(one.code) })) };
}
