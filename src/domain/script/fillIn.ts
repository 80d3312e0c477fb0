import type { Gender } from "../base/campaign.ts";

/**
 * Puts values into the words of a module.
 * `{name}` is a variable; `{agent:звонила|звонил}` and `{client:…|…}` agree with a gender, woman's form first (rule S5).
 * An unknown variable stays visible in brackets, so that nobody reads out a hole.
 */
export function fillIn(words: string, values: Readonly<Record<string, string>>, gender: { readonly agent: Gender; readonly client: Gender }): string {
  return words.replace(/\{(\w+)(?::([^|{}]*)\|([^{}]*))?\}/g, (whole, key: string, woman?: string, man?: string) => {
    if (woman !== undefined && man !== undefined && (key === "agent" || key === "client")) return gender[key] === "f" ? woman : man;
    return values[key] ?? whole;
  });
}
