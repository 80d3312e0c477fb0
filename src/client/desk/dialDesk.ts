import { isUnnamed, type Lease } from "#domain/dialing/prospect.ts";
import { unspellNumber, type DialedNumber } from "#domain/phone/number.ts";
import { readableNumber } from "#domain/phone/readable.ts";
import { pastCalls, type PastCall } from "#domain/phone/pastCalls.ts";
import type { Fact, FactOf } from "#domain/fact.ts";
import { request } from "#client/sync/http.ts";
import type { NumberRequest, NumberResponse } from "#wire/api.ts";
import type { CardDesk } from "./cardDesk.ts";
import type { DeskCore } from "./deskCore.ts";
import { stageOf } from "./deskState.ts";

/** What became of a number that was dialed by hand (rule D4), for one sentence each. */
export type DialAnswer = "asking" | "taken" | "offline" | "failed";

/** A call of the past with what is known beside its facts. */
export interface PastLine extends PastCall {
  readonly who?: string;
  /** As `spellNumber` writes it; gone when the person was erased. */
  readonly spelled?: string;
}

/** Dialing by hand, once more, and what this telephone did before. */
export interface DialDesk {
  /** Opens the card of whoever has this number; nothing is dialed. True when it is open. */
  readonly to: (number: DialedNumber) => Promise<boolean>;
  /** Calls the one again who was called last. */
  readonly again: () => Promise<void>;
  readonly past: () => Promise<readonly PastLine[]>;
}

/** How many facts of calls the history goes back. */
const FACTS = 1200;

type CallFact = Parameters<typeof pastCalls>[0][number];
const ofCall = (fact: Fact): fact is Fact & CallFact => /^(?:call\.(?:dialed|answered|ended)|side\.)/.test(fact.kind);

export function createDialDesk({ station: { journal, downlink }, state, view, memory, stock }: DeskCore, card: CardDesk, now: () => number): DialDesk {
  const free = (): boolean => stageOf(state.getState()) === "rest" || stageOf(state.getState()) === "card";
  const tell = (answer: DialAnswer | undefined): void => { view.setState(({ dial, ...rest }) => ({ ...rest, dial: { ...dial, answer } }), true); };

  function open(lease: Lease): boolean {
    // In the meantime somebody may have called us, or another card was opened.
    if (!free()) return false;
    card.open(lease);
    return true;
  }

  async function to({ e164, extension }: DialedNumber): Promise<boolean> {
    const here = stock.leases.getState().find(({ prospect, until }) => prospect.phone === e164 && until > now());
    if (here) return open(extension === undefined ? here : { ...here, prospect: { ...here.prospect, extension } });
    const { campaign } = state.getState();
    if (!campaign) return false;
    tell("asking");
    const body: NumberRequest = { device: journal.device, campaign: campaign.id, phone: e164, ...(extension === undefined ? {} : { extension }) };
    const answer = await request<NumberResponse>("POST", "/api/dialing/number", body);
    if (answer.ok) {
      tell(undefined);
      stock.add(answer.body.lease);
      return open(answer.body.lease);
    }
    tell(answer.status === 0 ? "offline" : answer.status === 409 ? "taken" : "failed");
    return false;
  }

  /** Practice is begun anew, not dialed again. */
  const real = (fact: Fact): fact is FactOf<"call.dialed"> => fact.kind === "call.dialed" && downlink.library.getState().campaigns.get(fact.campaign)?.practice !== true;

  return {
    to,
    async again() {
      const [last] = await journal.newestOwn(real, 1);
      if (last?.kind !== "call.dialed") return;
      const [record] = await journal.records([last.number]);
      if (!record || record.text === "") return;
      if (await to(unspellNumber(record.text))) card.dial();
      else if (free()) view.setState((old) => ({ ...old, panel: "dial", dial: { ...old.dial, text: record.text } }), true);
    },
    async past() {
      const calls = pastCalls((await journal.newestOwn(ofCall, FACTS)).filter(ofCall));
      const texts = new Map((await journal.records(calls.flatMap(({ number }) => number ?? []))).map(({ id, text }) => [id, text]));
      return calls.map((call): PastLine => {
        const who = call.prospect === undefined ? undefined : memory.known.get(call.prospect);
        const spelled = call.number === undefined ? undefined : texts.get(call.number);
        return { ...call, ...(who === undefined ? {} : { who }), ...(spelled === undefined || spelled === "" ? {} : { spelled }) };
      });
    },
  };
}

/** What a person is called where their card is not at hand. */
export function knownAs({ prospect }: Lease): string {
  return isUnnamed(prospect) ? [readableNumber(prospect.phone), prospect.extension].filter(Boolean).join(", ") : `${prospect.firstName} ${prospect.lastName}, ${prospect.company}`;
}
