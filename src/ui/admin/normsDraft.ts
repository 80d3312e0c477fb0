import type { BreakReason, ContactRule, Norms, NormUnit, WorkKind } from "#domain/base/campaign.ts";
import { weightsOf } from "#domain/counting/work.ts";
import type { CampaignRule } from "#client/admin/norms.ts";
import { clockFace } from "#ui/kit/times.ts";

export const weighed: readonly ("contact" | WorkKind)[] = ["contact", "meeting", "visit", "proposal", "document"];
export const breakReasons: readonly BreakReason[] = ["rest", "lunch", "training", "other"];
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** Norms as they are being typed. */
export interface NormsDraft {
  readonly target: string; readonly unit: NormUnit; readonly start: string; readonly end: string; readonly closes: string;
  readonly weights: Readonly<Record<"contact" | WorkKind, string>>; readonly breaks: Readonly<Record<BreakReason, string>>;
  readonly weekend: readonly number[];
}

/** A contact rule as it is being typed. */
export interface RuleDraft { readonly seconds: string; readonly decisionMaker: boolean; readonly per: NonNullable<ContactRule["per"]>; readonly counting: readonly string[] }

/** The first thing in a draft that cannot be saved. */
export type NormsProblem = "target" | "hours" | "weekend" | "weights" | "contactWeight" | "breaks" | "closes" | "name";
export type RuleProblem = "seconds" | "counting";

const NOON = 12 * 60;

export function normsDraftOf(norms: Norms): NormsDraft {
  const weights = weightsOf(norms);
  const texts = <K extends string>(keys: readonly K[], values: Readonly<Record<K, number>>): Record<K, string> => Object.fromEntries(keys.map((key) => [key, String(values[key])])) as Record<K, string>;
  return {
    target: String(norms.target), unit: norms.unit ?? "contacts", start: clockFace(norms.workStart), end: clockFace(norms.workEnd), closes: clockFace(norms.closes ?? NOON),
    weights: texts(weighed, weights), breaks: texts(breakReasons, norms.breaks), weekend: norms.weekend ?? [],
  };
}

/** What a company without settings is offered at first. */
export const usualNorms: Norms = { target: 70, workStart: 9 * 60, workEnd: 18 * 60, weekend: [6, 7], breaks: { rest: 15, lunch: 45, training: 30, other: 10 } };

/** The norms that were typed, or what is wrong with them. The server looks once more. */
export function normsOfDraft(draft: NormsDraft): Norms | NormsProblem {
  const target = whole(draft.target, 0, 10_000);
  const [start, end, closes] = [minuteOf(draft.start), minuteOf(draft.end), minuteOf(draft.closes)];
  const weights = numbers(weighed, draft.weights, (text) => (/^\d{1,3}([.,]\d{1,2})?$/.test(text) && number(text) <= 100 ? number(text) : undefined));
  const breaks = numbers(breakReasons, draft.breaks, (text) => whole(text, 1, 480));
  if (target === undefined) return "target";
  if (start === undefined || end === undefined || start >= end) return "hours";
  if (draft.weekend.length === weekdays.length) return "weekend";
  if (!breaks) return "breaks";
  if (!weights) return "weights";
  if (weights.contact === 0) return "contactWeight";
  if (closes === undefined) return "closes";
  return { target, unit: draft.unit, weights, weekend: draft.weekend, closes, workStart: start, workEnd: end, breaks };
}

export function ruleDraftOf({ rule, outcomes }: CampaignRule): RuleDraft {
  return { seconds: String(rule.minSeconds), decisionMaker: rule.decisionMaker, per: rule.per ?? "person", counting: outcomes.filter(({ counts }) => counts).map(({ code }) => code) };
}

/** The rule that was typed, or what is wrong with it. */
export function ruleOfDraft({ seconds, decisionMaker, per, counting }: RuleDraft): ContactRule | RuleProblem {
  const minSeconds = whole(seconds, 0, 3600);
  if (minSeconds === undefined) return "seconds";
  return counting.length === 0 ? "counting" : { decisionMaker, minSeconds, per };
}

const number = (text: string): number => Number(text.replace(",", "."));

function whole(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : -1;
  return value >= least && value <= most ? value : undefined;
}

function numbers<K extends string>(keys: readonly K[], texts: Readonly<Record<K, string>>, read: (text: string) => number | undefined): Record<K, number> | undefined {
  const values = keys.map((key) => [key, read(texts[key].trim())] as const);
  return values.some(([, value]) => value === undefined) ? undefined : (Object.fromEntries(values) as Record<K, number>);
}

function minuteOf(face: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(face);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}
