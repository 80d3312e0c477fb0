import { wasTried } from "#domain/dialing/nextProspect.ts";
import type { Lease } from "#domain/dialing/prospect.ts";
import type { FactBody } from "#domain/fact.ts";
import { spellNumber } from "#domain/phone/number.ts";
import { practiceCallId } from "#domain/practice/practiceCall.ts";
import { deviceNow } from "#client/sync/deviceClock.ts";
import type { CallDesk } from "./callDesk.ts";
import type { DeskCore } from "./deskCore.ts";
import { knownAs } from "./dialDesk.ts";
import { emptyStash, NAMES } from "./stash.ts";

/** Whom to call next, and the call to them. */
export interface CardDesk {
  readonly next: () => Promise<void>;
  readonly practise: () => void;
  readonly dial: () => void;
  /** Opens the card of somebody who is not simply the next one. */
  readonly open: (lease: Lease) => void;
  /** Prospects who need not be offered again today (rule D2). */
  readonly calledToday: () => ReadonlySet<string>;
}

/** @param dialing a call begins: what can be taken back until then no longer can */
export function createCardDesk({ station: { recorder }, state, memory, pen, stock, practice, visit, refresh }: DeskCore, { signal }: CallDesk, dialing: () => void): CardDesk {
  function calledToday(): ReadonlySet<string> {
    const { day } = state.getState();
    const tried = day?.calls.filter(({ record }) => wasTried(record.answered !== undefined, record.ended?.why)) ?? [];
    return new Set(tried.flatMap(({ record }) => record.dialed?.prospect ?? []));
  }

  let fetching = false;
  async function next(): Promise<void> {
    if (fetching) return;
    fetching = true;
    memory.trouble = undefined;
    const lease = await stock.next(calledToday()).finally(() => { fetching = false; });
    if (!lease) {
      if (memory.at.call.phase === "idle") void pen.write(emptyStash, []);
      memory.trouble = state.getState().sync.online ? { kind: "noProspects", barred: stock.barred() } : { kind: "offlineNoProspects" };
      refresh();
      return;
    }
    open(lease);
  }

  function open(lease: Lease): void {
    memory.trouble = undefined;
    openCard(lease, [{ kind: "prospect.opened", prospect: lease.prospect.id, campaign: lease.prospect.campaign }]);
  }

  function practise(): void {
    const lease = practice.next();
    if (!lease) return;
    memory.trouble = undefined;
    openCard(lease, []);
  }

  function openCard(lease: Lease, facts: readonly FactBody[]): void {
    const { prospect } = lease;
    memory.known = new Map([...memory.known, [prospect.id, knownAs(lease)]]);
    const { agent } = state.getState();
    void pen.write({ ...emptyStash, lease }, [...(agent.state === "off" ? [{ kind: "shift.ready" } as const] : []), ...facts], [], { [NAMES]: [...memory.known] });
  }

  function dial(): void {
    const { lease } = memory.at;
    if (!lease) return;
    visit.close();
    dialing();
    const { phone: e164, extension } = lease.prospect;
    const spelled = spellNumber(extension === undefined ? { e164 } : { e164, extension });
    const record = recorder.text("number", spelled);
    const uuid = crypto.randomUUID();
    const call = state.getState().practising ? practiceCallId(uuid) : uuid;
    signal(
      { type: "dial", at: deviceNow(), call, campaign: lease.prospect.campaign, prospect: lease.prospect.id, number: record.id, ...(lease.prospect.firm === undefined ? {} : { firm: lease.prospect.firm }) },
      { record, dial: spelled, first: practice.begun(lease, call) },
    );
  }

  return { next, practise, dial, open, calledToday };
}
