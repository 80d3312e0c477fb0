import { z } from "zod";
import type { ContactRule, Norms, OutcomeKind } from "#domain/base/campaign.ts";

/** `GET /api/admin/norms`, and what every change of them answers. */
export interface NormsResponse {
  /** null until the company has settings. */
  readonly company: CompanyNorms | null;
  /** Those that count. */
  readonly campaigns: readonly CampaignRule[];
}
export interface CompanyNorms {
  readonly version: number;
  readonly timeZone: string;
  readonly norms: Norms;
  /** The first day of `norms`, and what holds until then; none when they hold already. */
  readonly coming?: { readonly from: string; readonly until: Norms };
}
export interface CampaignRule {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly rule: ContactRule;
  /** Outcomes of answered calls. */
  readonly outcomes: readonly Pick<OutcomeKind, "code" | "label" | "criterion" | "counts">[];
}

/**
 * `POST /api/admin/norms/company`: norms from a day on (rule Q16); 409 `newer` when somebody else has saved since `based`. The first ones,
 * `based` on 0, hold for all days and come with what is settled once for ever.
 */
export interface SaveNorms { readonly based: number; readonly norms: Norms; readonly from: "today" | "tomorrow"; readonly company?: NewCompany }
export interface NewCompany { readonly name: string; /** IANA name. */ readonly timeZone: string }
/** `POST /api/admin/norms/rule`: a campaign's contact rule from now on (rule Q17); 409 `newer` likewise. `counting`: codes of outcomes. */
export interface SaveRule { readonly campaign: string; readonly based: number; readonly rule: ContactRule; readonly counting: readonly string[] }
/** `POST /api/admin/norms/undo`: takes back the version `based` of the company's norms, or of a campaign's rule; 409 `newer`, or `tooLate` on another day than it was saved. */
export interface UndoNorms { readonly based: number; readonly campaign: string | null }

const based = z.int().min(1).max(2_000_000_000);
const minute = z.int().min(0).max(1440);
const points = z.number().min(0).max(100).multipleOf(0.01);
const breakNorm = z.int().min(1).max(480);

const norms: z.ZodType<Norms> = z.strictObject({
  target: z.int().min(0).max(10_000), unit: z.enum(["contacts", "points"]).exactOptional(),
  // A contact is worth something: targets are converted by its weight (rule Q10).
  weights: z.strictObject({ contact: points.min(0.01), meeting: points, visit: points, proposal: points, document: points }).exactOptional(),
  weekend: z.array(z.int().min(1).max(7)).max(6).refine((days) => new Set(days).size === days.length).exactOptional(),
  closes: z.int().min(0).max(1439).exactOptional(), workStart: minute, workEnd: minute,
  breaks: z.strictObject({ rest: breakNorm, lunch: breakNorm, training: breakNorm, other: breakNorm }),
}).refine(({ workStart, workEnd }) => workStart < workEnd);

const id = z.string().regex(/^[\x21-\x7e]{1,80}$/);

const timeZone = z.string().max(64).refine(isZone);
const newCompany = z.strictObject({ name: z.string().trim().min(1).max(200).refine((name) => !name.includes("\0")), timeZone });
export const saveNorms: z.ZodType<SaveNorms> = z.strictObject({
  based: z.int().min(0).max(2_000_000_000), norms, from: z.enum(["today", "tomorrow"]), company: newCompany.exactOptional(),
}).refine((wish) => (wish.based === 0) === (wish.company !== undefined));

export const saveRule: z.ZodType<SaveRule> = z.strictObject({
  campaign: id, based,
  rule: z.strictObject({ decisionMaker: z.boolean(), minSeconds: z.int().min(0).max(3600), per: z.enum(["person", "company", "call"]).exactOptional() }),
  counting: z.array(id).min(1).max(100),
});

export const undoNorms: z.ZodType<UndoNorms> = z.strictObject({ based, campaign: id.nullable() });

/** A place's zone and no bare difference to UTC, which knows no summer time. */
function isZone(name: string): boolean {
  try {
    return (name === "UTC" || /^[A-Za-z]/.test(name)) && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
