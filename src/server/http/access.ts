import type { Role } from "#domain/base/campaign.ts";

/** Who may use an endpoint. `anyone`: without sign-in; `demo`: without sign-in, and only where the demo company lives. */
export type Access = "anyone" | "demo" | readonly Role[];

export const everybody = ["agent", "lead", "editor", "closer", "admin"] as const satisfies readonly Role[];
