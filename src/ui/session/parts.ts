import type { Role } from "#domain/base/campaign.ts";

/** The parts of the product that have an address. */
export type Part = "desk" | "lead" | "scripts" | "handoffs" | "lists" | "reports" | "process" | "admin";

/** Parts that have an address but no screen yet. */
export type LaterPart = Exclude<Part, "desk" | "lead" | "scripts" | "admin">;

export const laterParts: readonly LaterPart[] = ["handoffs", "lists", "reports", "process"];

export const addresses: { readonly [P in Part]: string } = {
  desk: "/desk", lead: "/lead", scripts: "/scripts", handoffs: "/handoffs",
  lists: "/lists", reports: "/reports", process: "/process", admin: "/admin",
};

/** Parts with a screen, by role; the first one is where the person begins. */
const byRole: { readonly [R in Role]: readonly Part[] } = {
  agent: ["desk"], lead: ["lead"], editor: ["scripts"], closer: ["handoffs"], admin: ["lead", "scripts", "admin"],
};

export function partsOf(role: Role): readonly Part[] {
  return byRole[role];
}

/** Where a person of this role begins. */
export function homeOf(role: Role): Part {
  return byRole[role][0] ?? "handoffs";
}

/** May somebody of this role open the part? Parts without a screen say the same to everybody. */
export function mayOpen(role: Role, part: Part): boolean {
  return byRole[role].includes(part) || laterParts.some((later) => later === part);
}
