import { createStore, type StoreApi } from "zustand/vanilla";
import type { ContactRule, Norms } from "#domain/base/campaign.ts";
import { request, type Answer } from "#client/sync/http.ts";
import type { CampaignRule as WireCampaignRule, CompanyNorms as WireCompanyNorms, NewCompany, NormsResponse, SaveNorms, SaveRule, UndoNorms } from "#wire/normsAdmin.ts";

export type CampaignRule = WireCampaignRule;
export type CompanyNorms = WireCompanyNorms;

/** Why a change of norms or of a contact rule did not happen. */
export type NormsTrouble = "offline" | "forbidden" | "newer" | "tooLate" | "invalid" | "trouble";

export interface NormsState {
  /** Undefined until it has come. */
  readonly known?: NormsResponse;
  readonly busy: boolean;
  /** Of what was asked last. */
  readonly trouble?: NormsTrouble;
}

/** The company's norms and the contact rules, as an admin works with them (rules Q16, Q17). */
export interface NormsKeeper {
  readonly state: StoreApi<NormsState>;
  refresh(): void;
  /** Fulfils with whether it was saved. @param first name and time zone of a company that has no settings yet */
  saveNorms(norms: Norms, from: SaveNorms["from"], first?: NewCompany): Promise<boolean>;
  saveRule(campaign: string, rule: ContactRule, counting: readonly string[]): Promise<boolean>;
  /** Takes the newest change back: of a campaign's rule, or (null) of the company's norms. */
  undo(campaign: string | null): Promise<boolean>;
}

export function createNorms(): NormsKeeper {
  const state = createStore<NormsState>(() => ({ busy: false }));
  const take = (answer: Answer<NormsResponse>): boolean => {
    const { known } = state.getState();
    state.setState(answer.ok ? { known: answer.body, busy: false } : { busy: false, trouble: troubleOf(answer), ...(known ? { known } : {}) }, true);
    return answer.ok;
  };
  const act = async (path: string, body: SaveNorms | SaveRule | UndoNorms): Promise<boolean> => {
    state.setState({ busy: true });
    const answer = await request<NormsResponse>("POST", path, body);
    // Somebody else was first: what they have saved is shown beside the sentence that says so.
    const theirs = !answer.ok && answer.why === "newer" ? await request<NormsResponse>("GET", "/api/admin/norms") : undefined;
    if (theirs?.ok) state.setState({ known: theirs.body });
    return take(answer);
  };
  const look = async (): Promise<void> => void take(await request<NormsResponse>("GET", "/api/admin/norms"));
  const versionOf = (campaign: string | null): number => {
    const { known } = state.getState();
    return (campaign === null ? known?.company?.version : known?.campaigns.find(({ id }) => id === campaign)?.version) ?? 1;
  };
  void look();
  return {
    state,
    refresh: () => void look(),
    saveNorms: (norms, from, company) => act("/api/admin/norms/company", { based: company ? 0 : versionOf(null), norms, from, ...(company ? { company } : {}) }),
    saveRule: (campaign, rule, counting) => act("/api/admin/norms/rule", { campaign, based: versionOf(campaign), rule, counting }),
    undo: (campaign) => act("/api/admin/norms/undo", { based: versionOf(campaign), campaign }),
  };
}

function troubleOf({ status, why }: Extract<Answer<unknown>, { ok: false }>): NormsTrouble {
  if (status === 0) return "offline";
  if (why === "newer" || why === "tooLate") return why;
  if (status === 401 || status === 403) return "forbidden";
  return status < 500 ? "invalid" : "trouble";
}
