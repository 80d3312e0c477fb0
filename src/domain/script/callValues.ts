import type { Language } from "../base/campaign.ts";
import type { callVariables } from "./check.ts";

/** What the words of a call need to know of its two sides. */
export interface CallSides {
  readonly client: { readonly firstName: string; readonly middleName?: string; readonly company: string };
  readonly agent: { readonly name: string };
  /** The company's own name. */
  readonly company: { readonly name: string };
  readonly campaign: { readonly language: Language; readonly variables: Readonly<Record<string, string>> };
}

/**
 * What stands for each variable in one call (rule S5). `name` is how the client is addressed: in Russian by first name
 * and patronymic, in English by first name. The campaign's own variables come last, so that it may call the company
 * by the name that it has in the campaign's language.
 */
export function callValues({ client, agent, company, campaign }: CallSides): Readonly<Partial<Record<(typeof callVariables)[number], string>>> & Readonly<Record<string, string>> {
  const name = campaign.language === "ru" && client.middleName ? `${client.firstName} ${client.middleName}` : client.firstName;
  // Of somebody whose number was dialed by hand nothing is known: the brackets in the words say what to ask for.
  return { ...(name === "" ? {} : { name }), ...(client.company === "" ? {} : { company: client.company }), agentName: agent.name, ourCompany: company.name, ...campaign.variables };
}
