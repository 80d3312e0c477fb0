import type { Campaign, Company } from "#domain/base/campaign.ts";
import { dayAfter, dayOf } from "#domain/base/day.ts";
import { companyOn, normsOf, withNorms, withRule } from "#domain/base/norms.ts";
import { Json, problem, type Handlers } from "#server/http/handlers.ts";
import type { News } from "#server/live/news.ts";
import { writeAudit } from "#server/monitoring/auditStore.ts";
import { addDocument, COMPANY, documentBefore, newestDocuments } from "#server/scripts/documentStore.ts";
import type { Database, Queries } from "#server/store/database.ts";
import { takeNumbers } from "#server/sync/syncStore.ts";
import type { Deed } from "#wire/api.ts";
import type { CampaignRule, CompanyNorms, NormsResponse } from "#wire/normsAdmin.ts";
import type { Document } from "#wire/sync.ts";

export interface NormsDeps { readonly db: Database; readonly news: News; readonly now: () => number }

type Refused = "newer" | "noCompany" | "noCampaign" | "noOutcome" | "tooLate";
type Names = "norms" | "saveNorms" | "saveRule" | "undoNorms";

/** The company's norms and the contact rules, as an admin changes them (rules Q16, Q17). Every change is a version and stands in the audit log. */
export function normsHandlers({ db, news, now }: NormsDeps): Pick<Handlers, Names> {
  async function look(queries: Queries = db): Promise<NormsResponse> {
    const [company] = await newestDocuments(queries, "company");
    const campaigns = await newestDocuments(queries, "campaign");
    return {
      company: company ? companyNorms(company.version, company.body, now()) : null,
      campaigns: campaigns.filter(({ body }) => !body.practice).map(({ version, body }) => campaignRule(version, body)),
    };
  }

  /** Adds the version that `make` returns; everybody who publishes waits here for the one before. */
  async function change(person: string, action: Deed, make: (tx: Queries) => Promise<{ readonly document: Document; readonly subject: string; readonly detail: object } | Refused>): Promise<ReturnType<typeof problem>> {
    const refused = await db.transaction(async (tx) => {
      await takeNumbers(tx, 0);
      const made = await make(tx);
      if (typeof made === "string") return made;
      await addDocument(tx, made.document, person);
      await writeAudit(tx, person, action, made.subject, { version: made.document.version, ...made.detail });
      await news.post(tx, { of: "documents" });
      return undefined;
    });
    if (refused) return problem(refused === "noCompany" || refused === "noCampaign" ? 404 : refused === "noOutcome" ? 400 : 409, refused);
    news.tell({ of: "documents" });
    return new Json(await look());
  }

  return {
    norms: async () => new Json(await look()),

    saveNorms: ({ signedIn: { person }, body: { based, norms, from, company: first } }) => change(person.id, "norms.saved", async (tx) => {
      const [company] = await newestDocuments(tx, "company");
      if (!company) return first ? { document: { type: "company", id: COMPANY, version: 1, body: { ...first, ...norms } }, subject: first.name, detail: { norms, timeZone: first.timeZone } } : "noCompany";
      if (company.version !== based) return "newer";
      const today = dayOf(now(), company.body.timeZone);
      const since = from === "today" ? today : dayAfter(today, 1);
      return { document: { type: "company", id: company.id, version: based + 1, body: withNorms(company.body, norms, since) }, subject: since, detail: { norms } };
    }),

    saveRule: ({ signedIn: { person }, body: { campaign: id, based, rule, counting } }) => change(person.id, "rule.saved", async (tx) => {
      const campaign = (await newestDocuments(tx, "campaign")).find((one) => one.id === id && !one.body.practice);
      if (!campaign) return "noCampaign";
      if (campaign.version !== based) return "newer";
      if (!counting.every((code) => campaign.body.outcomes.some((one) => one.code === code && one.after === "answered"))) return "noOutcome";
      return { document: { type: "campaign", id, version: based + 1, body: withRule(campaign.body, rule, counting, now()) }, subject: campaign.body.name, detail: { rule, counting } };
    }),

    undoNorms: ({ signedIn: { person }, body: { based, campaign: id } }) => change(person.id, id === null ? "norms.undone" : "rule.undone", async (tx) => {
      const type = id === null ? "company" : "campaign";
      const newest = (await newestDocuments(tx, type)).find((one) => id === null || one.id === id);
      const [company] = await newestDocuments(tx, "company");
      if (!newest || !company) return id === null ? "noCompany" : "noCampaign";
      if (newest.version !== based) return "newer";
      const before = await documentBefore(tx, type, newest.id, based);
      // Once the day is over its numbers rest on what held: then only a new change helps (rules Q16, Q17).
      if (!before || dayOf(before.replacedAt, company.body.timeZone) !== dayOf(now(), company.body.timeZone)) return "tooLate";
      const document = { type, id: newest.id, version: based + 1, body: before.body } as Document;
      return { document, subject: newest.body.name, detail: { undone: based } };
    }),
  };
}

function companyNorms(version: number, company: Company, now: number): CompanyNorms {
  const today = dayOf(now, company.timeZone);
  const coming = company.earlier?.find(({ until }) => until > today);
  return {
    version, timeZone: company.timeZone, norms: normsOf(company),
    ...(coming ? { coming: { from: company.earlier?.at(-1)?.until ?? coming.until, until: normsOf(companyOn(company, today)) } } : {}),
  };
}

function campaignRule(version: number, { id, name, rule, outcomes }: Campaign): CampaignRule {
  return {
    id, version, name, rule,
    outcomes: outcomes.filter(({ after }) => after === "answered").map(({ code, label, criterion, counts }) => ({ code, label, criterion, counts })),
  };
}
