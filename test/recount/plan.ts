import type { Norms } from "#domain/base/campaign.ts";
import type { Fact } from "#domain/fact.ts";

interface Plan { readonly name: string; readonly unit: "contacts" | "points"; readonly amount: number; readonly start: number; readonly end: number }

/**
 * What is due on a day at a minute of it, by Q10 alone.
 * @param facts of one agent, in order
 */
export function planned(facts: readonly Fact[], day: string, minute: number, company: Norms, contact: number, late: (fact: Fact) => boolean): { unit: Plan["unit"]; target: number; due: number } {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
  const own: Plan = { name: "the company's", unit: company.unit ?? "contacts", amount: company.weekend?.includes(weekday) ? 0 : company.target, start: company.workStart, end: company.workEnd };

  // Targets never change: of several words under one name the first is it. Withdrawn or said after all: the last word.
  const sets: Extract<Fact, { kind: "target.set" }>[] = [];
  for (const fact of facts) if (fact.kind === "target.set" && !sets.some((one) => one.target === fact.target)) sets.push(fact);
  const holding = sets.filter((set) => {
    if (late(set) || set.from > day || set.to < day) return false;
    const word = facts.filter((fact) => fact.kind === "target.withdrawn" && fact.target === set.target && !late(fact)).at(-1);
    return !(word?.kind === "target.withdrawn" && word.on);
  });
  const planAt = (at: number): Plan => {
    const set = holding.filter((one) => one.from < day || one.since <= at).at(-1);
    return set ? { name: set.target, unit: set.unit, amount: set.amount, start: set.start, end: set.end } : own;
  };

  // From one change of the plan to the next, up to the minute that is asked for.
  const changes = [...new Set([0, ...holding.filter((one) => one.from === day).map((one) => one.since)])].filter((at) => at <= minute).sort((a, b) => a - b);
  let plan = planAt(0);
  let from = 0;
  let before = 0;
  const targetNow = (): number => Math.max(plan.amount, Math.floor(before));
  const dueAt = (at: number): number => {
    const begin = Math.max(from, plan.start);
    const share = at >= plan.end || from >= plan.end ? 1 : at <= begin ? 0 : (at - begin) / (plan.end - begin);
    return before + Math.max(0, targetNow() - before) * share;
  };
  for (const at of changes) {
    const next = planAt(at);
    if (next.name === plan.name) continue;
    const due = dueAt(at);
    before = next.unit === plan.unit ? due : next.unit === "points" ? due * contact : due / contact;
    from = at;
    plan = next;
  }
  return { unit: plan.unit, target: targetNow(), due: dueAt(minute) };
}
