import { demoCampaigns, demoCompany } from "./company.ts";
import { handlersEn } from "./handlers.en.ts";
import { handlersRu } from "./handlers.ru.ts";
import { demoPeople } from "./people.ts";
import { demoProspects } from "./prospects.ts";
import { scriptEn } from "./script.en.ts";
import { scriptRu } from "./script.ru.ts";
import type { DemoCompany } from "./seed.ts";

/** The demo company as it is sown. */
export const demoContent: DemoCompany = {
  people: demoPeople,
  company: demoCompany,
  campaigns: demoCampaigns,
  scripts: [scriptRu, scriptEn],
  handlers: [...handlersRu, ...handlersEn],
  prospects: demoProspects,
};
