import { createStore } from "zustand/vanilla";
import type { CampaignRule, CompanyNorms, NormsKeeper, NormsState } from "#client/admin/norms.ts";
import type { Norms } from "#domain/base/campaign.ts";
import { content } from "./content.ts";

const norms: Norms = {
  target: 70, unit: "contacts", weights: { contact: 1, meeting: 5, visit: 8, proposal: 2, document: 1 }, weekend: [6, 7], closes: 12 * 60, workStart: 540, workEnd: 1080,
  breaks: { rest: 15, lunch: 45, training: 30, other: 10 },
};
const company: CompanyNorms = { version: 3, timeZone: "Europe/Moscow", norms };
const campaigns: readonly CampaignRule[] = (["ru", "en"] as const).map((language) => ({
  id: `storage-${language}`, version: 1, name: language === "ru" ? "Склад для оптовиков" : "Storage for wholesalers", rule: { decisionMaker: true, minSeconds: 20 },
  outcomes: content[language].campaign.outcomes.filter(({ after }) => after === "answered").map(({ code, label, criterion, counts }) => ({ code, label, criterion, counts })),
}));

/** Every state of the norms that looks different. */
export const normsStates = {
  standing: () => ({ known: { company, campaigns }, busy: false }),
  coming: () => ({ known: { company: { ...company, coming: { from: "2026-11-24", until: { ...norms, target: 60 } } }, campaigns }, busy: false }),
  newer: () => ({ known: { company, campaigns }, busy: false, trouble: "newer" }),
  none: () => ({ known: { company: null, campaigns: [] }, busy: false }),
  offline: () => ({ busy: false, trouble: "offline" }),
  loading: () => ({ busy: true }),
} satisfies Record<string, () => NormsState>;

export interface StandingNorms extends NormsKeeper { readonly asked: readonly (readonly unknown[])[] }

/** A keeper of norms that only remembers what it was asked. */
export function standingNorms(shown: NormsState = normsStates.standing()): StandingNorms {
  const asked: (readonly unknown[])[] = [];
  const note = (...words: readonly unknown[]): Promise<boolean> => {
    asked.push(words);
    return Promise.resolve(true);
  };
  return {
    asked, state: createStore<NormsState>(() => shown),
    refresh: () => void note("refresh"),
    saveNorms: (wish, from, first) => note("saveNorms", wish, from, ...(first ? [first] : [])),
    saveRule: (campaign, rule, counting) => note("saveRule", campaign, rule, counting),
    undo: (campaign) => note("undo", campaign),
  };
}
